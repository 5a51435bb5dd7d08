import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { crc32 } from "node:zlib"
import { Problem } from "../../units/problem.ts"
import type { SweepHorizon } from "./sweep-file.ts"

const FORMAT = "ashiato/told-blocks/1"
const LINE = /^([0-9a-f]{8}) (.*)\n$/s
/** More than a ledger takes back. */
const MOST = 256

export interface ToldBlocks {
  /** Blocks up to this height were there before anything was told. */
  readonly beganAt: number
  /** In ascending order. */
  readonly blocks: readonly SweepHorizon[]
}

/**
 * The last blocks of which all has been told, with those before the first; null where nothing has been told yet.
 *
 * @throws Problem `ledger-damaged`, `file-unreadable`
 */
export function loadTold(file: string): ToldBlocks | null {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    if (code === "ENOENT") return null
    throw new Problem("file-unreadable", { reason: code }, { file })
  }
  const [, crc, body] = LINE.exec(text) ?? []
  if (body === undefined || Number.parseInt(crc ?? "", 16) !== crc32(body))
    throw new Problem(
      "ledger-damaged",
      { reason: "the list of told blocks is not whole; delete it" },
      { file },
    )
  // Checked by its sum: it is what was written.
  const { format, beganAt, blocks } = JSON.parse(body) as {
    format: string
    beganAt: number
    blocks: [number, string][]
  }
  if (format !== FORMAT) throw new Problem("ledger-damaged", { reason: format }, { file })
  return { beganAt, blocks: blocks.map(([height, hash]) => ({ height, hash })) }
}

/**
 * Keeps the newest of them, on disk when it returns; replaced as a whole, so that a killed process leaves the list before.
 *
 * @throws Problem `ledger-unwritable`
 */
export function saveTold(file: string, told: ToldBlocks): void {
  const blocks = told.blocks.slice(-MOST).map(({ height, hash }) => [height, hash])
  const body = JSON.stringify({ format: FORMAT, beganAt: told.beganAt, blocks })
  try {
    mkdirSync(dirname(file), { recursive: true })
    const part = `${file}.part`
    const fd = openSync(part, "w")
    try {
      const bytes = Buffer.from(`${crc32(body).toString(16).padStart(8, "0")} ${body}\n`)
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(part, file)
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Problem("ledger-unwritable", { reason }, { file })
  }
}
