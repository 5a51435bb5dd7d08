import { readFileSync } from "node:fs"
import { crc32 } from "node:zlib"
import { PotTable } from "../../tracing/sweep/pot-table.ts"
import type { SavedBook } from "../../tracing/sweep/sweep-book.ts"
import type { SweepState } from "../../tracing/sweep/sweep-question.ts"
import { Problem } from "../../units/problem.ts"
import { replaceFile } from "./replace-file.ts"

const FORMAT = "ashiato/sweep-state/1"
const PARTS = ["outputs", "ends", "labels", "amounts"] as const

/** Up to which block a saved sweep stands. */
export interface SweepHorizon {
  readonly height: number
  readonly hash: string
}

export interface SavedSweep {
  readonly horizon: SweepHorizon
  readonly state: SweepState
}

/**
 * Keeps where a sweep stands: a line of JSON with its horizon, its books and a CRC-32 of what follows, then the arrays of
 * its pots as they are in memory. Replaced as a whole by one rename, so that a killed process leaves the one before.
 *
 * @throws Problem `ledger-unwritable`
 */
export function saveSweep(file: string, { horizon, state }: SavedSweep): void {
  const arrays = state.pots.arrays()
  const bytes = PARTS.map(
    part => new Uint8Array(arrays[part].buffer, arrays[part].byteOffset, arrays[part].byteLength),
  )
  const body = { ...horizon, lengths: bytes.map(({ length }) => length), crc: crcOf(bytes), book: state.book }
  const text = JSON.stringify(body)
  const head = Buffer.from(`${JSON.stringify({ format: FORMAT, crc: crc32(text) })}\n${text}\n`)
  replaceFile(file, [head, ...bytes])
}

/**
 * What `saveSweep` kept; null where there is none.
 *
 * @throws Problem `ledger-damaged` where it is not whole
 */
export function loadSweep(file: string): SavedSweep | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Problem("file-unreadable", { reason }, { file })
  }
  const damaged = () =>
    new Problem("ledger-damaged", { reason: "a saved sweep is not whole; delete it" }, { file })
  const first = bytes.indexOf("\n")
  const second = bytes.indexOf("\n", first + 1)
  if (first < 0 || second < 0) throw damaged()
  const text = bytes.subarray(first + 1, second).toString("utf8")
  const head = parsed(bytes.subarray(0, first).toString("utf8"))
  if (head?.format !== FORMAT || head.crc !== crc32(text)) throw damaged()
  // Checked by its sum: it is what was written.
  const body = JSON.parse(text) as SweepHorizon & { lengths: number[]; crc: number; book: SavedBook }
  let at = second + 1
  const [outputs, ends, labels, amounts] = body.lengths.map(length => {
    const part = new Uint8Array(length)
    part.set(bytes.subarray(at, at + length))
    at += length
    return part
  })
  if (outputs === undefined || ends === undefined || labels === undefined || amounts === undefined)
    throw damaged()
  if (at !== bytes.length || crcOf([outputs, ends, labels, amounts]) !== body.crc) throw damaged()
  const pots = new PotTable({
    outputs: new Uint32Array(outputs.buffer),
    ends: new Uint32Array(ends.buffer),
    labels: new Uint32Array(labels.buffer),
    amounts: new Float64Array(amounts.buffer),
  })
  return { horizon: { height: body.height, hash: body.hash }, state: { pots, book: body.book } }
}

function parsed(text: string): { format?: unknown; crc?: unknown } | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function crcOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((crc, part) => crc32(part, crc), 0)
}
