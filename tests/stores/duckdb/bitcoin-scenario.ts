import { addressOf, type MinedChain, mineChain } from "../../../testing/explorers/mined-chain.ts"
import { makeBitcoinLedger } from "../../../testing/generator/bitcoin-ledger.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { makeConditions, type Scenario } from "../../../testing/generator/scenario.ts"
import { makeThefts } from "../../../testing/generator/thefts.ts"
import type { UtxoLedger } from "../../../testing/oracle/question.ts"

export type UtxoScenario = Scenario & { readonly ledger: UtxoLedger }

/** A random chain in real bytes, and the same as rows for the oracle, under its real txids and addresses. */
export function bitcoinScenario(seed: number): {
  readonly chain: MinedChain
  readonly scenario: UtxoScenario
} {
  const dice = new Dice(seed)
  const named = makeBitcoinLedger(dice)
  const chain = mineChain(named)
  const ledger: UtxoLedger = {
    shape: "utxo",
    outputs: named.outputs.map(row => ({
      ...row,
      txid: chain.txidOf(row.txid),
      address: addressOf(row.address),
    })),
    inputs: named.inputs.map(row => {
      return { ...row, txid: chain.txidOf(row.txid), spent_txid: chain.txidOf(row.spent_txid) }
    }),
  }
  const rules = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison", "tiho"] as const
  const thefts = makeThefts(dice, { ...ledger, outputs: ledger.outputs.filter(({ height }) => height > 0) })
  return { chain, scenario: { seed, ledger, thefts, conditions: makeConditions(dice, ledger), rules } }
}
