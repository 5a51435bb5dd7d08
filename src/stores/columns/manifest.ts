import { crc32 } from "node:zlib"
import { Problem } from "../../units/problem.ts"

export const FORMAT = "ashiato/columns/1"
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
  /** What the one who publishes has to say besides; checked by whoever reads it. */
  readonly extra: Readonly<Record<string, unknown>>
}

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
export const MOST_WIDTH = 64

export function isColumnName(name: string): boolean {
  return NAME.test(name)
}

export function writtenManifest(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify({ format: FORMAT, ...manifest }, null, 1)}\n`)
}

/**
 * @param crc what `current` says the CRC-32 of the text is
 * @throws Problem `ledger-damaged` or `ledger-other-version`
 */
export function readManifest(bytes: Uint8Array, crc: number): Manifest {
  if (crc32(bytes) !== crc) throw damaged("checksum")
  const found: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"))
  if (!isRecord(found)) throw damaged("no object")
  if (found.format !== FORMAT) {
    throw new Problem("ledger-other-version", { found: String(found.format), expected: FORMAT })
  }
  const { chain, shape, horizon, columns, extra } = found
  if (typeof chain !== "string") throw damaged("chain")
  if (shape !== "utxo" && shape !== "account") throw damaged("shape")
  if (!isHorizon(horizon)) throw damaged("horizon")
  if (!Array.isArray(columns) || !columns.every(isEntry)) throw damaged("columns")
  if (new Set(columns.map(({ name }) => name)).size < columns.length) throw damaged("columns")
  if (!isRecord(extra)) throw damaged("extra")
  return { chain, shape, horizon, columns, extra }
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
