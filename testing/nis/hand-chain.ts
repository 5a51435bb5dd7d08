import type { Inner } from "../../src/chains/nem/transaction.ts"
import { type Key, numberedKey } from "./keys.ts"
import { type Moved, NemChain, PRODUCER } from "./nem-chain.ts"
import type { NemLedger } from "./nem-ledger.ts"
import { type Own, signed } from "./signing.ts"

/** A chain made by hand, payment by payment. */
export class HandChain {
  readonly ann = numberedKey(2)
  readonly bob = numberedKey(3)
  readonly cyd = numberedKey(4)
  /** Harvests every block where nothing else is said. */
  readonly hal = numberedKey(5)
  readonly rem = numberedKey(6)
  readonly chain = new NemChain(numberedKey(1), [
    [this.ann, 1_000_000n],
    [this.bob, 1_000_000n],
    [this.hal, 5_000n],
  ])
  /** Whose blocks are harvested in whose name, for the node's list; the test says so itself. */
  mainOf: (signer: string, height: number) => string = signer => signer
  forwarded: (address: string) => string = address => address

  /** A payment of XEM with a fee of 10, in the block that is being made; gives its hash. */
  pay(from: Key, to: Key, amount: bigint, receiver = this.hal, before = 0): string {
    const own = {
      kind: "transfer",
      version: 1,
      recipient: to.address,
      amount,
      message: null,
      mosaics: [],
    } as const
    return this.put(
      own,
      from,
      [{ from: from.address, to: to.address, asset: "XEM", amount }],
      receiver,
      before,
    )
  }

  /** @param before how many seconds before its block its sender says that he made it */
  put(own: Own<Inner>, from: Key, rows: readonly Moved[], receiver = this.hal, before = 0): string {
    const transaction = signed(own, from, { timeStamp: this.chain.nextTime - before, fee: 10n })
    const fee = { from: from.address, to: PRODUCER, asset: "XEM", amount: 10n, kind: "fee" }
    this.chain.put(transaction, [fee, ...rows], receiver)
    return this.chain.books.rows.at(-1)?.txid ?? ""
  }

  link(main: Key, remote: Key, mode: "activate" | "deactivate", receiver = this.hal): void {
    this.put({ kind: "importance-transfer", version: 1, mode, remote: remote.publicKey }, main, [], receiver)
  }

  seal(harvester = this.hal): number {
    return this.chain.seal(harvester).height
  }

  get ledger(): NemLedger {
    const { books, blocks, genesis } = this.chain
    const { ann, bob, cyd, hal, rem, mainOf, forwarded } = this
    return {
      genesis,
      blocks,
      rows: books.rows,
      accounts: [ann, bob, cyd, hal, rem],
      knowledge: { balances: books.balances, mainOf, forwarded },
    }
  }
}
