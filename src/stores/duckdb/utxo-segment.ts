import { OWNER_KINDS } from "../../chains/bitcoin/owner-key.ts"
import { UNSPENT } from "../utxo-ledger/utxo-layout.ts"
import type { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import { keptNames } from "./owner-names.ts"
import { SegmentOwners } from "./segment-owners.ts"
import { bytesOf, streamColumns } from "./stream.ts"
import { type ColumnSink, type ColumnTeller, hashThen } from "./told-columns.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/**
 * The columns of the blocks after those that segments hold, as a segment of its own: read from the tables are these blocks
 * alone, and what they have to do with earlier ones is looked up in the earlier segments. All of it is held in memory.
 */
export async function tellSegment<Sink extends ColumnSink>(
  teller: ColumnTeller<Sink>,
  before: UtxoSegments,
  end: UtxoCounts,
): Promise<void> {
  const from = before.counts
  await teller.writeRows({ from, end })
  await tellSpending(teller, before, end)
  await tellOutputs(teller, before, end)
}

async function tellSpending<Sink extends ColumnSink>(
  teller: ColumnTeller<Sink>,
  { counts }: UtxoSegments,
  end: UtxoCounts,
): Promise<void> {
  const spenders = new Uint32Array(end.outputs - counts.outputs).fill(UNSPENT)
  const earlier = new BigUint64Array(end.inputs - counts.inputs)
  let count = 0
  const spent = teller.open("input-spent")
  await streamColumns(
    teller.database,
    `select spent, tx from inputs where id >= ${counts.inputs} and id < ${end.inputs} order by id`,
    ([outputs, txs], rows) => {
      spent.write(bytesOf(outputs as Uint32Array, rows))
      for (let row = 0; row < rows; row++) {
        const output = Number(outputs?.[row])
        const tx = Number(txs?.[row])
        if (output >= counts.outputs) spenders[output - counts.outputs] = tx
        else earlier[count++] = pairOf(output, tx)
      }
      teller.tick(rows)
    },
  )
  teller.done(spent)
  teller.tell("output-spender", bytesOf(spenders, spenders.length))
  const pairs = sortedPairs(earlier.subarray(0, count))
  teller.tell("earlier-spent", bytesOf(pairs.firsts, count))
  teller.tell("earlier-spender", bytesOf(pairs.seconds, count))
}

async function tellOutputs<Sink extends ColumnSink>(
  teller: ColumnTeller<Sink>,
  before: UtxoSegments,
  end: UtxoCounts,
): Promise<void> {
  const { counts } = before
  const owners = new SegmentOwners(before)
  const value = teller.open("output-value")
  await streamColumns(
    teller.database,
    `select o0, o1, o2, o3, value, kind from outputs where id >= ${counts.outputs} and id < ${end.outputs} order by id`,
    (columns, rows) => {
      const [keys, values, kinds] = hashThen(columns, rows) as [Uint8Array, Uint8Array, Uint8Array]
      for (let row = 0; row < rows; row++) {
        owners.add(kinds[row] as number, keys.subarray(32 * row, 32 * row + 32))
      }
      value.write(values)
      teller.tick(rows)
    },
  )
  teller.done(value)
  const numbers = owners.numbers()
  teller.tell("output-owner", bytesOf(numbers, numbers.length))
  const owned = new BigUint64Array(numbers.length)
  for (const [at, owner] of numbers.entries()) owned[at] = pairOf(owner, counts.outputs + at)
  tellOwnerOutputs(teller, owned, counts.owners)
  teller.tell("owner-key", owners.keys())
  teller.tell("owner-kind", owners.kinds())
  const index = owners.index()
  teller.tell("owner-index-key", index.keys)
  teller.tell("owner-index", bytesOf(index.ids, index.ids.length))
  await tellNames(teller, before, owners)
}

function tellOwnerOutputs<Sink extends ColumnSink>(
  teller: ColumnTeller<Sink>,
  owned: BigUint64Array,
  firstOwn: number,
): void {
  const { firsts, seconds } = sortedPairs(owned)
  const earlier: number[] = []
  const begins: number[] = []
  for (const [at, owner] of firsts.entries()) {
    if (at > 0 && owner === firsts[at - 1]) continue
    begins.push(at)
    if (owner < firstOwn) earlier.push(owner)
  }
  begins.push(owned.length)
  teller.tell("owner-earlier", bytesOf(Uint32Array.from(earlier), earlier.length))
  teller.tell("owner-first-output", bytesOf(Uint32Array.from(begins), begins.length))
  teller.tell("owner-output", bytesOf(seconds, seconds.length))
}

async function tellNames<Sink extends ColumnSink>(
  teller: ColumnTeller<Sink>,
  { counts }: UtxoSegments,
  owners: SegmentOwners,
): Promise<void> {
  const named = owners.ofKind(OWNER_KINDS.indexOf("named"))
  const names = await keptNames(teller.database, named)
  let at = counts.nameBytes
  const ends = BigUint64Array.from(names, ({ text }) => {
    at += text.length
    return BigInt(at)
  })
  teller.tell(
    "name-owner",
    bytesOf(
      Uint32Array.from(names, ({ owner }) => owner),
      names.length,
    ),
  )
  teller.tell("name-end", bytesOf(ends, names.length))
  teller.tell("name-text", Buffer.concat(names.map(({ text }) => text)))
}

/** Two numbers of 32 bits as one that is sorted by the first, then by the second. */
function pairOf(first: number, second: number): bigint {
  return (BigInt(first) << 32n) | BigInt(second)
}

function sortedPairs(pairs: BigUint64Array): { readonly firsts: Uint32Array; readonly seconds: Uint32Array } {
  const sorted = pairs.slice().sort()
  const halves = new Uint32Array(sorted.buffer)
  return {
    firsts: Uint32Array.from({ length: sorted.length }, (_, at) => halves[2 * at + 1] as number),
    seconds: Uint32Array.from({ length: sorted.length }, (_, at) => halves[2 * at] as number),
  }
}
