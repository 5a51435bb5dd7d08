import type { UtxoLedger } from "./question.ts"
import type { InputRow, OutputRow } from "./rows.ts"

export interface UtxoTx {
  readonly txid: string
  readonly height: number
  readonly index: number
  readonly outputs: OutputRow[]
  readonly inputs: InputRow[]
}

export interface Block {
  readonly height: number
  /** All but the coinbase, by index. */
  readonly others: readonly UtxoTx[]
  readonly coinbase: UtxoTx | null
}

/** "Order is by position, never by clock". */
export function blocksOf(ledger: UtxoLedger): Block[] {
  const txs = new Map<string, UtxoTx>()
  for (const output of ledger.outputs) {
    const { txid, height, index } = output
    const tx = txs.get(txid) ?? { txid, height, index, outputs: [], inputs: [] }
    txs.set(txid, tx)
    tx.outputs.push(output)
  }
  for (const input of ledger.inputs) {
    const tx = txs.get(input.txid)
    if (!tx) throw new Error(`oracle: inputs of ${input.txid}, which has no outputs`)
    tx.inputs.push(input)
  }
  const heights = [...new Set([...txs.values()].map(tx => tx.height))].sort((a, b) => a - b)
  return heights.map(height =>
    blockOf(
      height,
      [...txs.values()].filter(tx => tx.height === height),
    ),
  )
}

/** "In files a block's coinbase is its inputless transaction of lowest index". */
function blockOf(height: number, unordered: UtxoTx[]): Block {
  const txs = unordered.sort((a, b) => a.index - b.index)
  for (const tx of txs) {
    tx.outputs.sort((a, b) => a.vout - b.vout)
    tx.inputs.sort((a, b) => a.n - b.n)
  }
  const coinbase = txs.find(tx => tx.inputs.length === 0) ?? null
  return { height, others: txs.filter(tx => tx !== coinbase), coinbase }
}
