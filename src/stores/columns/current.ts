import { closeSync, openSync, readFileSync, readSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { MANIFEST_FILE, type Manifest, MOST_MANIFEST_BYTES, readManifest } from "./manifest.ts"
import { systemCode } from "./write-problem.ts"

export const COLUMNS_FOLDER = "columns"
export const CURRENT_FILE = "current"
/** Where the next set is built: with the process's id, so that two never build in one folder. */
export const PART_PREFIX = "columns.part-"

/** Which of the sets in `columns/` counts, and the CRC-32 of its manifest. */
export interface Current {
  readonly generation: number
  readonly crc: number
}

const LINE = /^([1-9][0-9]{0,14}) ([0-9a-f]{8})\n$/

export function writtenCurrent({ generation, crc }: Current): string {
  return `${generation} ${crc.toString(16).padStart(8, "0")}\n`
}

/**
 * @returns null where nothing has been published
 * @throws Problem `ledger-damaged`
 */
export function readCurrent(ledgerFolder: string): Current | null {
  const text = readText(join(ledgerFolder, COLUMNS_FOLDER, CURRENT_FILE))
  if (text === null) return null
  const match = LINE.exec(text)
  if (match === null) throw new Problem("ledger-damaged", { reason: `${COLUMNS_FOLDER}/${CURRENT_FILE}` })
  return { generation: Number(match[1]), crc: Number.parseInt(match[2] as string, 16) }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "latin1").slice(0, 64)
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return null
    throw error
  }
}

/**
 * What the set that counts says of itself.
 *
 * @throws Problem `ledger-damaged` or `ledger-other-version`; errors of the system, also where it has been replaced
 */
export function manifestOf(ledgerFolder: string, { generation, crc }: Current): Manifest {
  const file = join(ledgerFolder, COLUMNS_FOLDER, `${generation}`, MANIFEST_FILE)
  return readManifest(readStart(file, MOST_MANIFEST_BYTES), crc)
}

/** The first bytes of a file, `most` and one at the most, so that what is too large can be told by its length. */
function readStart(file: string, most: number): Uint8Array {
  const handle = openSync(file, "r")
  try {
    const bytes = new Uint8Array(most + 1)
    let filled = 0
    for (;;) {
      const read = readSync(handle, bytes, filled, bytes.length - filled, filled)
      filled += read
      if (read === 0) return bytes.subarray(0, filled)
    }
  } finally {
    closeSync(handle)
  }
}
