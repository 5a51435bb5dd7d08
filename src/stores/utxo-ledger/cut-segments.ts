import type { Segment } from "../columns/columns.ts"
import type { UtxoHolds } from "./utxo-layout.ts"
import type { UtxoSegment, UtxoSegments } from "./utxo-segments.ts"

/**
 * The segments of the first so many blocks: those beyond are left out, and of one that goes on beyond them less counts.
 * Nothing is written for that, however large it is: ids are in chain order, so that what counts of a column is its
 * beginning, and what lies in an index besides is told by its id.
 */
export function segmentsUpTo(ledger: UtxoSegments, blocks: number): readonly Segment[] {
  return ledger.all
    .filter(({ first, holds }) => first.blocks < blocks && holds.blocks > 0)
    .map(one => {
      const { set, entry } = one.segment
      if (one.end.blocks <= blocks) return one.segment
      return { set, entry: { ...entry, holds: { ...cutAt(ledger, one, blocks) } } }
    })
}

function cutAt(ledger: UtxoSegments, one: UtxoSegment, blocks: number): UtxoHolds {
  const transactions = ledger.column("block-first-tx").u32(blocks)
  const outputs = ledger.column("tx-first-output").u32(transactions)
  const inputs = ledger.column("tx-first-input").u32(transactions)
  const owners = firstOwnerFrom(one, outputs)
  const nameOwner = ledger.column("name-owner")
  const names = firstAtLeast(one.first.names, one.end.names, name => nameOwner.u32(name) >= owners)
  const nameBytes = names === 0 ? 0 : ledger.column("name-end").uint53(names - 1)
  const { first } = one
  return {
    blocks: blocks - first.blocks,
    transactions: transactions - first.transactions,
    outputs: outputs - first.outputs,
    inputs: inputs - first.inputs,
    owners: owners - first.owners,
    names: names - first.names,
    nameBytes: nameBytes - first.nameBytes,
  }
}

/** Owners are numbered by their first output: the first of them whose first output is not below this one. */
function firstOwnerFrom({ first, end, column }: UtxoSegment, output: number): number {
  const earlier = column("owner-earlier").count
  const begin = column("owner-first-output")
  const outputs = column("owner-output")
  const firstOutput = (owner: number): number => outputs.u32(begin.u32(earlier + owner - first.owners))
  return firstAtLeast(first.owners, end.owners, owner => firstOutput(owner) >= output)
}

function firstAtLeast(from: number, end: number, isFrom: (at: number) => boolean): number {
  let [low, high] = [from, end]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isFrom(middle)) high = middle
    else low = middle + 1
  }
  return low
}
