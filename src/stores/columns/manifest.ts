import { crc32 } from "node:zlib"
import { Problem } from "../../units/problem.ts"

/** Of a set that is published as a whole. */
export const FORMAT = "ashiato/columns/1"
/** Of a set of segments, most of which stay when the next is published. */
export const SEGMENTED_FORMAT = "ashiato/columns/2"
export const MANIFEST_FILE = "manifest.json"
/** A manifest lists some dozens of columns; what is larger is none of ours. */
export const MOST_MANIFEST_BYTES = 1 << 20

/** One column: `count` values of `width` bytes in `file`, header-less. `crc` is the CRC-32 of its checksum file. */
export interface ColumnEntry {
  readonly name: string
  readonly width: number
  readonly count: number
  readonly file: string
  readonly crc: number
}

/**
 * Columns that stand for a run of a ledger's blocks, in the folder of the set with which they were published, and how
 * much of them counts: of a segment whose last blocks the chain has left, the beginning.
 */
export interface SegmentEntry {
  readonly generation: number
  /** How many of each kind of thing; which kinds there are is checked by whoever reads them. */
  readonly holds: Readonly<Record<string, number>>
  readonly columns: readonly ColumnEntry[]
}

/** What a set of columns says of itself. */
export interface Manifest {
  readonly chain: string
  readonly shape: "utxo" | "account"
  /** The block for which the columns stand; nulls where the ledger is empty. `time` is an instant, as in units/time. */
  readonly horizon: {
    readonly height: number | null
    readonly hash: string | null
    readonly time: string | null
  }
  readonly columns: readonly ColumnEntry[]
  /** Of a set in segments, which has no columns beside them: oldest first, each going on where the one before ends. */
  readonly segments?: readonly SegmentEntry[]
  /** What the one who publishes has to say besides; checked by whoever reads it. */
  readonly extra: Readonly<Record<string, unknown>>
}

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
export const MOST_WIDTH = 64

export function isColumnName(name: string): boolean {
  return NAME.test(name)
}

export function writtenManifest(manifest: Manifest): Buffer {
  const format = manifest.segments === undefined ? FORMAT : SEGMENTED_FORMAT
  return Buffer.from(`${JSON.stringify({ format, ...manifest }, null, 1)}\n`)
}

/**
 * @param crc what `current` says the CRC-32 of the text is
 * @throws Problem `ledger-damaged` or `ledger-other-version`
 */
export function readManifest(bytes: Uint8Array, crc: number): Manifest {
  if (crc32(bytes) !== crc) throw damaged("checksum")
  const found: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"))
  if (!isRecord(found)) throw damaged("no object")
  if (found.format !== FORMAT && found.format !== SEGMENTED_FORMAT) {
    throw new Problem("ledger-other-version", { found: String(found.format), expected: SEGMENTED_FORMAT })
  }
  const { chain, shape, horizon, columns, segments, extra } = found
  if (typeof chain !== "string") throw damaged("chain")
  if (shape !== "utxo" && shape !== "account") throw damaged("shape")
  if (!isHorizon(horizon)) throw damaged("horizon")
  if (!areEntries(columns)) throw damaged("columns")
  if (!isRecord(extra)) throw damaged("extra")
  if (found.format === FORMAT) return { chain, shape, horizon, columns, extra }
  if (!Array.isArray(segments) || !segments.every(isSegment)) throw damaged("segments")
  return { chain, shape, horizon, columns, segments, extra }
}

function damaged(what: string): Problem {
  return new Problem("ledger-damaged", { reason: `${MANIFEST_FILE}: ${what}` })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isHorizon(value: unknown): value is Manifest["horizon"] {
  if (!isRecord(value)) return false
  const { height, hash, time } = value
  return (
    (height === null || isCount(height)) &&
    (hash === null || typeof hash === "string") &&
    (time === null || typeof time === "string")
  )
}

function areEntries(value: unknown): value is ColumnEntry[] {
  if (!Array.isArray(value) || !value.every(isEntry)) return false
  return new Set(value.map(({ name }) => name)).size === value.length
}

function isSegment(value: unknown): value is SegmentEntry {
  if (!isRecord(value)) return false
  const { generation, holds, columns } = value
  return (
    isCount(generation) &&
    generation > 0 &&
    isRecord(holds) &&
    Object.values(holds).every(isCount) &&
    areEntries(columns)
  )
}

function isEntry(value: unknown): value is ColumnEntry {
  if (!isRecord(value)) return false
  const { name, width, count, file, crc } = value
  return (
    typeof name === "string" &&
    isColumnName(name) &&
    file === `${name}.col` &&
    isCount(width) &&
    width >= 1 &&
    width <= MOST_WIDTH &&
    isCount(count) &&
    Number.isSafeInteger(width * count) &&
    isCount(crc)
  )
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
}
