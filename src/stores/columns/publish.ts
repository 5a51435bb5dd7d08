import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import {
  COLUMNS_FOLDER,
  CURRENT_FILE,
  manifestOf,
  PART_PREFIX,
  readCurrent,
  writtenCurrent,
} from "./current.ts"
import { MANIFEST_FILE, type Manifest, MOST_MANIFEST_BYTES, writtenManifest } from "./manifest.ts"
import { asWriteProblem } from "./write-problem.ts"

const GENERATION = /^[1-9][0-9]{0,14}$/

/**
 * Publishes a new set of columns in place of the one there is. The set is built in a folder of its own, moved to
 * `columns/<generation>/`, and counts from the moment at which `columns/current` is replaced, by one rename: killed
 * before it, the old set stands, after it the new one. Who has the old one open keeps reading it (its files lose their
 * names, not their bytes); who was about to open it finds it gone and opens the new one.
 *
 * Of a set in segments those that stay are named by the new manifest and keep their folders; a new one is built with the
 * set that it comes with. Folders that the current manifest does not name are removed.
 *
 * Only the one process that may write the ledger may call this, since it clears away whatever others left unfinished.
 *
 * @param build writes the columns (`ColumnWriter`) into the folder it is given, which is going to be that of the
 *   generation, and says what they are
 * @throws Problem `ledger-unwritable`
 */
export async function publishColumns(
  ledgerFolder: string,
  build: (folder: string, generation: number) => Promise<Manifest>,
): Promise<Manifest> {
  const part = join(ledgerFolder, `${PART_PREFIX}${process.pid}`)
  try {
    clearParts(ledgerFolder)
    mkdirSync(part)
    const generation = Math.max(0, ...generationsIn(join(ledgerFolder, COLUMNS_FOLDER))) + 1
    const manifest = await build(part, generation)
    await makeCurrent(ledgerFolder, part, generation, manifest)
    return manifest
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw asWriteProblem(error)
  }
}

async function makeCurrent(
  ledgerFolder: string,
  part: string,
  generation: number,
  manifest: Manifest,
): Promise<void> {
  const text = writtenManifest(manifest)
  if (text.length > MOST_MANIFEST_BYTES) throw new Error(`columns: a manifest of ${text.length} bytes`)
  writeWhole(join(part, MANIFEST_FILE), text)
  // Only now, and all at once: of a hundred files each would wait for a turn of the disk's own.
  await Promise.all(readdirSync(part).map(name => syncFile(join(part, name))))
  syncFolder(part)
  const columns = join(ledgerFolder, COLUMNS_FOLDER)
  mkdirSync(columns, { recursive: true })
  renameSync(part, join(columns, `${generation}`))
  syncFolder(columns)
  const next = join(columns, `${CURRENT_FILE}.part`)
  writeWhole(next, Buffer.from(writtenCurrent({ generation, crc: crc32(text) })))
  await syncFile(next)
  renameSync(next, join(columns, CURRENT_FILE))
  syncFolder(columns)
  syncFolder(ledgerFolder)
  removeOthers(columns, namedBy(generation, manifest))
}

/** Sets that a killed process left half built, or built and never made current. */
function clearParts(ledgerFolder: string): void {
  for (const name of readdirSync(ledgerFolder)) {
    if (name.startsWith(PART_PREFIX)) rmSync(join(ledgerFolder, name), { recursive: true, force: true })
  }
  const named = currentlyNamed(ledgerFolder)
  if (named !== null) removeOthers(join(ledgerFolder, COLUMNS_FOLDER), named)
}

/** The folders that the current set needs; null where it cannot be known, and nothing is removed before it is replaced. */
function currentlyNamed(ledgerFolder: string): ReadonlySet<number> | null {
  try {
    const current = readCurrent(ledgerFolder)
    return current === null ? new Set() : namedBy(current.generation, manifestOf(ledgerFolder, current))
  } catch {
    return null
  }
}

function namedBy(generation: number, { segments = [] }: Manifest): ReadonlySet<number> {
  return new Set([generation, ...segments.map(segment => segment.generation)])
}

function removeOthers(columns: string, named: ReadonlySet<number>): void {
  for (const generation of generationsIn(columns)) {
    if (!named.has(generation)) removeOld(join(columns, `${generation}`))
  }
}

function generationsIn(columns: string): number[] {
  try {
    return readdirSync(columns)
      .filter(name => GENERATION.test(name))
      .map(Number)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return []
    throw error
  }
}

/** Windows refuses to remove what somebody reads: the next publishing tries again, and no reader is misled meanwhile. */
function removeOld(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    if (process.platform !== "win32") throw error
  }
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, "w")
  try {
    let done = 0
    while (done < bytes.length) done += writeSync(handle, bytes, done)
  } finally {
    closeSync(handle)
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is on disk when its folder is; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
