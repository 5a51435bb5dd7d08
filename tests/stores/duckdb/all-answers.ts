import { createHash } from "node:crypto"
import type { Columns } from "../../../src/stores/columns/columns.ts"
import { mergedColumns } from "../../../src/stores/utxo-ledger/merging/merge-segments.ts"
import { OwnerTable } from "../../../src/stores/utxo-ledger/owner-table.ts"
import { SweepLedger } from "../../../src/stores/utxo-ledger/sweep-ledger.ts"
import { TransactionTable } from "../../../src/stores/utxo-ledger/transaction-table.ts"
import { UtxoLedgerSource } from "../../../src/stores/utxo-ledger/utxo-ledger-source.ts"
import { UtxoOwnerGraph } from "../../../src/stores/utxo-ledger/utxo-owner-graph.ts"
import { UtxoSegments } from "../../../src/stores/utxo-ledger/utxo-segments.ts"

const COIN = { asset: "coin", unit: "unit", decimals: 0 }

/** The SHA-256 of every column that a set's segments are when they are merged to one. */
export function merged(columns: Columns): Record<string, string> {
  const ledger = UtxoSegments.of(columns)
  const hashes = new Map<string, ReturnType<typeof createHash>>()
  for (const { names, tell } of mergedColumns(ledger, ledger.all)) {
    for (const name of names) hashes.set(name, createHash("sha256"))
    for (const { name, bytes } of tell()) hashes.get(name)?.update(bytes)
  }
  return Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest("hex")]))
}

/** Whatever a reader can be asked of a small ledger, up to a height: two sets that answer alike are alike. */
export function answers(columns: Columns, toHeight: number | null): unknown {
  const sweep = new SweepLedger(columns, "regtest", new Map([["script:00", "none"]]), toHeight)
  const transactions = new TransactionTable(columns)
  const owners = new OwnerTable(columns, "regtest")
  const graph = new UtxoOwnerGraph(columns, "regtest", toHeight)
  const source = new UtxoLedgerSource(columns, "regtest", COIN, toHeight)
  const outputs = transactions.outputsOf(transactions.count - 1).end
  const ids = (count: number): number[] => Array.from({ length: count }, (_, id) => id)
  return {
    horizon: [sweep.horizonTold, graph.horizon, source.horizon, source.notices],
    blocks: ids(sweep.blocks).map(block => sweep.hashAt(block)),
    burned: owners.burned(),
    transactions: ids(transactions.count).map(tx => {
      const { from, end } = transactions.inputsOf(tx)
      const txid = transactions.txid(tx)
      const spent = ids(end - from).map(n => transactions.spentBy(from + n))
      const made = graph.transactionOf(txid)
      return { txid, found: transactions.find(txid), spent, made, outputs: transactions.outputsOf(tx) }
    }),
    outputs: ids(outputs).map(output => ({
      name: sweep.nameOf(output),
      address: owners.addressOf(output),
      owner: owners.of(output),
      burned: owners.isBurned(output),
      value: transactions.valueOf(output),
      spender: transactions.spenderOf(output),
      spenderThen: graph.spenderOf(output),
      step: source.answer([{ what: "spender", pot: output }]),
    })),
    owners: ids(owners.count).map(owner => {
      const address = owners.nameOf(owner)
      const found = address === null ? null : owners.ownerOf(address)
      const all = [...graph.outputsOf(owner)]
      return { address, found, kind: owners.kindOf(owner), all, count: graph.outputCount(owner) }
    }),
    runs: [1, 7, 1000].map(size => [...sweep.runs(0, size)].map(([from, to]) => sweep.run(from, to))),
  }
}
