import { networkOfChain } from "../chains/bitcoin/network-name.ts"
import type { Columns } from "../stores/columns/columns.ts"
import { TransactionTable } from "../stores/utxo-ledger/transaction-table.ts"
import { UtxoOwnerGraph } from "../stores/utxo-ledger/utxo-owner-graph.ts"

/**
 * What addresses held together after a block, in smallest units.
 */
export function balanceAt(
  columns: Columns,
  chain: string,
  addresses: readonly string[],
  height: number,
): bigint {
  const network = networkOfChain(chain)
  if (network === null) throw new Error(`follow: ${chain} has no outputs`)
  const graph = new UtxoOwnerGraph(columns, network, height)
  const transactions = new TransactionTable(columns)
  let sum = 0n
  for (const address of addresses) {
    const owner = graph.ownerOf(address)
    if (owner === null) continue
    for (const output of graph.outputsOf(owner)) {
      if (graph.spenderOf(output) === null) sum += transactions.valueOf(output)
    }
  }
  return sum
}
