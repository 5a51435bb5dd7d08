import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { OWNER_KEY_LENGTH, OWNER_KINDS } from "../../chains/bitcoin/owner-key.ts"
import { ColumnSet } from "../columns/column-set.ts"
import { DEFAULT_CACHE_BYTES, type Segment } from "../columns/columns.ts"
import type { SegmentEntry } from "../columns/manifest.ts"
import { PageCache } from "../columns/page-cache.ts"
import { mergedColumns } from "../utxo-ledger/merging/merge-segments.ts"
import { firstToMerge } from "../utxo-ledger/merging/which-to-merge.ts"
import { OwnerIndex } from "../utxo-ledger/owner-index.ts"
import { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import type { Database } from "./database.ts"
import { SegmentWriter } from "./segment-writer.ts"
import { ColumnTeller } from "./told-columns.ts"
import { tellSegment } from "./utxo-segment.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

const MWEB = OWNER_KINDS.indexOf("mweb")

interface Growth {
  readonly database: Database
  /** The segments that stay, and how much of them. */
  readonly before: UtxoSegments
  /** Of the tables. */
  readonly counts: UtxoCounts
  /** Where the new segment is built, and the generation that it is going to be of. */
  readonly folder: string
  readonly generation: number
  readonly tick: (rows: number) => void
  /** Transactions, outputs and inputs of a piece that is made in memory; its last block may go beyond. */
  readonly pieceRows: number
}

interface Grown {
  readonly segments: readonly SegmentEntry[]
  readonly hasExtension: boolean
}

/**
 * The segments of a ledger that has grown, at most one of them new: what the tables hold beyond those there were is told
 * in pieces, each in memory, and merged from files with as many of the last segments as it is time for.
 */
export async function growSegments(growth: Growth): Promise<Grown> {
  const { before, counts, folder, generation } = growth
  const kept = before.all.map(({ segment }) => segment)
  const sizes = before.all.map(({ holds }) => rowsOf(holds))
  const added = rowsOf(counts) - rowsOf(before.counts)
  const first = added === 0 ? kept.length : firstToMerge(sizes, added)
  const ends = await pieceEnds(growth)
  const cache = new PageCache(DEFAULT_CACHE_BYTES)
  const pieces: Segment[] = []
  try {
    // What is not merged is written where it is going to stay.
    const isMerged = first < kept.length || ends.length > 1
    for (const [at, end] of ends.entries()) {
      const own = isMerged ? join(folder, `piece-${at}`) : folder
      if (isMerged) mkdirSync(own)
      const entry = await tellPiece(growth, new UtxoSegments([...kept, ...pieces]), end, own)
      pieces.push({ set: ColumnSet.open(own, entry.columns, cache, `${generation}/`), entry })
    }
    const all = new UtxoSegments([...kept, ...pieces])
    const hasExtension = new OwnerIndex(all).find(MWEB, new Uint8Array(OWNER_KEY_LENGTH)) !== null
    const last = isMerged ? [mergeFrom(all, first, folder, generation)] : pieces.map(({ entry }) => entry)
    return { segments: [...kept.slice(0, first).map(({ entry }) => entry), ...last], hasExtension }
  } finally {
    for (const { set } of pieces) set.close()
    cache.release()
    for (const at of ends.keys()) rmSync(join(folder, `piece-${at}`), { recursive: true, force: true })
  }
}

async function tellPiece(
  { database, generation, tick }: Growth,
  before: UtxoSegments,
  end: UtxoCounts,
  folder: string,
): Promise<SegmentEntry> {
  const writer = new SegmentWriter(folder)
  try {
    await tellSegment(new ColumnTeller(database, writer.open, tick, writer.close), before, end)
    return writer.entry(generation)
  } finally {
    writer.abandon()
  }
}

function mergeFrom(ledger: UtxoSegments, first: number, folder: string, generation: number): SegmentEntry {
  const writer = new SegmentWriter(folder)
  try {
    for (const { names, tell } of mergedColumns(ledger, ledger.all.slice(first))) {
      const sinks = new Map(names.map(name => [name, writer.open(name)]))
      for (const { name, bytes } of tell()) sinks.get(name)?.write(bytes)
      for (const sink of sinks.values()) writer.close(sink)
    }
    return writer.entry(generation)
  } finally {
    writer.abandon()
  }
}

function rowsOf({ transactions, outputs, inputs }: Omit<UtxoCounts, "blocks">): number {
  return transactions + outputs + inputs
}

/** Where each piece ends: after a whole block, as soon as it is large enough. */
async function pieceEnds({ database, before, counts, pieceRows }: Growth): Promise<UtxoCounts[]> {
  if (counts.blocks === before.counts.blocks) return []
  const rows = await database.rows(
    `select b.height, t.id, t.first_output, t.first_input from blocks b join transactions t on t.id = b.first_transaction
       where b.height >= ${before.counts.blocks} and t.id >= ${before.counts.transactions} order by b.height`,
  )
  const ends: UtxoCounts[] = []
  let last: UtxoCounts = before.counts
  for (const row of rows) {
    const [blocks = 0, transactions = 0, outputs = 0, inputs = 0] = row.map(Number)
    const here = { blocks, transactions, outputs, inputs }
    if (rowsOf(here) - rowsOf(last) < pieceRows) continue
    ends.push(here)
    last = here
  }
  return [...ends, counts]
}
