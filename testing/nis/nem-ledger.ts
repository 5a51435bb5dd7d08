import type { Block } from "../../src/chains/nem/block.ts"
import type { Genesis } from "../../src/chains/nem/nemesis.ts"
import type { Dice } from "../generator/dice.ts"
import type { TransferRow } from "../oracle/rows.ts"
import { type Key, numberedKey } from "./keys.ts"
import { NemChain } from "./nem-chain.ts"
import { NemMint } from "./nem-mint.ts"
import type { NodeKnowledge } from "./nis-node.ts"

/** A chain of NEM made up and signed, and what a reader of it should come to. */
export interface NemLedger {
  readonly genesis: Genesis
  readonly blocks: readonly Block[]
  readonly rows: readonly TransferRow[]
  readonly accounts: readonly Key[]
  readonly knowledge: NodeKnowledge
}

/** A random ledger of every kind of movement that this chain has; the same dice make the same one. */
export function makeNemLedger(dice: Dice): NemLedger {
  const nemesis = numberedKey(1)
  const accounts = Array.from({ length: dice.int(3, 6) }, (_, at) => numberedKey(at + 2))
  const chain = new NemChain(
    nemesis,
    accounts.map(key => [key, BigInt(dice.int(1, 20)) * 10n ** BigInt(dice.int(6, 10))] as const),
  )
  const mint = new NemMint(dice, chain, accounts)
  for (let left = dice.int(6, 16); left > 0; left--) {
    const harvester = dice.pick(accounts) ?? nemesis
    for (let more = dice.pick([0, 1, 1, 2, 3]); more > 0; more--) mint.make(harvester)
    chain.seal(harvester)
  }
  const { books, blocks, genesis } = chain
  const knowledge = {
    balances: books.balances,
    mainOf: (signer: string) => signer,
    forwarded: (address: string) => address,
  }
  return { genesis, blocks, rows: books.rows, accounts, knowledge }
}
