import { createHash } from "node:crypto"
import { addressOf, type MinedChain, mineChain } from "../../../testing/explorers/mined-chain.ts"
import type { Scenario } from "../../../testing/generator/scenario.ts"
import type { UtxoLedger } from "../../../testing/oracle/question.ts"
import type { InputRow, OutputRow } from "../../../testing/oracle/rows.ts"
import { blocksOf } from "../../../testing/oracle/utxo-blocks.ts"

export type UtxoScenario = Scenario & { readonly ledger: UtxoLedger }

export const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex")

/**
 * A random ledger as Bitcoin could have it, and an explorer can tell it: txids are hashes, every block has a coinbase
 * at its head, and nothing else is without inputs. What a ledger issues besides is spent from a block put before it.
 */
export function asBitcoin(scenario: Scenario): UtxoScenario {
  const { ledger, thefts, conditions } = scenario
  if (ledger.shape !== "utxo") throw new Error("as bitcoin: expected a UTXO ledger")
  const outputs: OutputRow[] = []
  const inputs: InputRow[] = []
  const fund: OutputRow[] = []
  const first = Math.min(...ledger.outputs.map(({ height }) => height))
  for (const { height, others, coinbase } of blocksOf(ledger)) {
    const place = { height: height + 1, index: 0, time: "" }
    const none = { ...place, txid: hashOf(`coinbase ${height}`), vout: 0, address: "miner", value: 0n }
    outputs.push(...(coinbase?.outputs.map(row => ({ ...row, ...place, txid: hashOf(row.txid) })) ?? [none]))
    for (const [at, tx] of others.entries()) {
      const txid = hashOf(tx.txid)
      outputs.push(...tx.outputs.map(row => ({ ...row, ...place, index: at + 1, txid })))
      inputs.push(...tx.inputs.map(row => ({ ...row, txid, spent_txid: hashOf(row.spent_txid) })))
      if (tx.inputs.length > 0) continue
      const value = tx.outputs.reduce((sum, row) => sum + row.value, 0n)
      const source = { ...none, height: first, txid: hashOf("fund"), vout: fund.length, value }
      fund.push(source)
      inputs.push({ txid, n: 0, spent_txid: source.txid, spent_vout: source.vout })
    }
  }
  const renamed = (ref: string) => ref.replace(/^[^:]+/, hashOf)
  const { toHeight } = conditions
  return {
    ...scenario,
    ledger: { shape: "utxo", outputs: [...fund, ...outputs], inputs },
    thefts: thefts.map(({ id, refs }) => ({ id, refs: refs.map(renamed) })),
    conditions: { ...conditions, toHeight: toHeight === null ? null : toHeight + 1 },
  }
}

/** A scenario with its chain mined: txids and addresses in it are those of real bytes. */
export function mined(scenario: Scenario): { readonly scenario: UtxoScenario; readonly chain: MinedChain } {
  const named = asBitcoin(scenario)
  const { ledger, thefts, conditions } = named
  const chain = mineChain(ledger)
  const outputs = ledger.outputs.map(row => {
    return { ...row, txid: chain.txidOf(row.txid), address: addressOf(row.address) }
  })
  const inputs = ledger.inputs.map(row => {
    return { ...row, txid: chain.txidOf(row.txid), spent_txid: chain.txidOf(row.spent_txid) }
  })
  const services = new Map([...conditions.services].map(([address, name]) => [addressOf(address), name]))
  const renamed = (ref: string) => ref.replace(/^[^:]+/, name => chain.txidOf(name))
  return {
    chain,
    scenario: {
      ...named,
      ledger: { shape: "utxo", outputs, inputs },
      thefts: thefts.map(({ id, refs }) => ({ id, refs: refs.map(renamed) })),
      conditions: { ...conditions, services },
    },
  }
}
