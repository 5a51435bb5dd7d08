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
import { COLUMNS_FOLDER, CURRENT_FILE, PART_PREFIX, readCurrent, writtenCurrent } from "./current.ts"
import { MANIFEST_FILE, type Manifest, MOST_MANIFEST_BYTES, writtenManifest } from "./manifest.ts"
import { asWriteProblem } from "./write-problem.ts"

const GENERATION = /^[1-9][0-9]{0,14}$/

/**
 * Publishes a new set of columns in place of the one there is. The set is built in a folder of its own, moved to
 * `columns/<generation>/`, and counts from the moment at which `columns/current` is replaced, by one rename: killed
 * before it, the old set stands, after it the new one. Who has the old one open keeps reading it (its files lose their
 * names, not their bytes); who was about to open it finds it gone and opens the new one.
 *
 * Only the one process that may write the ledger may call this, since it clears away whatever others left unfinished.
 *
 * @param build writes the columns (`ColumnWriter`) into the folder it is given, and says what they are
 * @throws Problem `ledger-unwritable`
 */
export async function publishColumns(
  ledgerFolder: string,
  build: (folder: string) => Promise<Manifest>,
): Promise<Manifest> {
  const part = join(ledgerFolder, `${PART_PREFIX}${process.pid}`)
  try {
    clearParts(ledgerFolder)
    mkdirSync(part)
    const manifest = await build(part)
    await makeCurrent(ledgerFolder, part, manifest)
    return manifest
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    throw asWriteProblem(error)
  }
}

async function makeCurrent(ledgerFolder: string, part: string, manifest: Manifest): Promise<void> {
  const text = writtenManifest(manifest)
  if (text.length > MOST_MANIFEST_BYTES) throw new Error(`columns: a manifest of ${text.length} bytes`)
  writeWhole(join(part, MANIFEST_FILE), text)
  // Only now, and all at once: of a hundred files each would wait for a turn of the disk's own.
  await Promise.all(readdirSync(part).map(name => syncFile(join(part, name))))
  syncFolder(part)
  const columns = join(ledgerFolder, COLUMNS_FOLDER)
  mkdirSync(columns, { recursive: true })
  const generation = Math.max(0, ...generationsIn(columns)) + 1
  renameSync(part, join(columns, `${generation}`))
  syncFolder(columns)
  const next = join(columns, `${CURRENT_FILE}.part`)
  writeWhole(next, Buffer.from(writtenCurrent({ generation, crc: crc32(text) })))
  await syncFile(next)
  renameSync(next, join(columns, CURRENT_FILE))
  syncFolder(columns)
  syncFolder(ledgerFolder)
  for (const other of generationsIn(columns)) {
    if (other !== generation) removeOld(join(columns, `${other}`))
  }
}

/** Sets that a killed process left half built, or built and never made current. */
function clearParts(ledgerFolder: string): void {
  for (const name of readdirSync(ledgerFolder)) {
    if (name.startsWith(PART_PREFIX)) rmSync(join(ledgerFolder, name), { recursive: true, force: true })
  }
  const columns = join(ledgerFolder, COLUMNS_FOLDER)
  const current = currentGeneration(ledgerFolder)
  for (const generation of generationsIn(columns)) {
    if (generation !== current) removeOld(join(columns, `${generation}`))
  }
}

/** A `current` that is damaged names nothing worth keeping: what is published now takes its place. */
function currentGeneration(ledgerFolder: string): number | null {
  try {
    return readCurrent(ledgerFolder)?.generation ?? null
  } catch {
    return null
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
