import { createHash } from "node:crypto"
import { closeSync, existsSync, openSync, readSync } from "node:fs"
import { basename, join } from "node:path"
import type { Label } from "../../ports/label-book.ts"
import { Problem } from "../../units/problem.ts"
import { labelOfLine, PACK_NAME, PACKS_FOLDER, type PackSection, type PlacedSection } from "./pack.ts"
import { packsIn } from "./pack-writer.ts"

const READ_BYTES = 1 << 20
const NEWLINE = 10

export interface PackFile {
  readonly file: string
  readonly sections: readonly PlacedSection[]
}

/** The names of a book's packs, oldest first. */
export function packNames(bookFolder: string): string[] {
  const folder = join(bookFolder, PACKS_FOLDER)
  return existsSync(folder) ? packsIn(folder) : []
}

/**
 * Reads a pack through once and holds it to the hash in its name.
 *
 * @throws Problem `labels-damaged`
 */
export function openPack(file: string): PackFile {
  const hash = createHash("sha256")
  let last = Buffer.alloc(0)
  for (const chunk of chunksOf(file, 0, Number.POSITIVE_INFINITY)) {
    hash.update(chunk)
    last = lastLine(last, chunk)
  }
  const digest = hash.digest("hex").slice(0, 16)
  if (PACK_NAME.exec(basename(file))?.[2] !== digest) {
    throw new Problem("labels-damaged", { reason: `${PACKS_FOLDER}/${basename(file)}` })
  }
  const { sections } = JSON.parse(last.toString("utf8")) as { sections: PlacedSection[] }
  return { file, sections }
}

/** From the beginning of the last line on, without the line's own end. */
function lastLine(before: Buffer, chunk: Buffer): Buffer<ArrayBuffer> {
  const both = Buffer.concat([before, chunk])
  const start = both.lastIndexOf(NEWLINE, both.length - 2)
  return start < 0 ? both : both.subarray(start + 1)
}

/** Whether any pack of a book has something of a list. */
export function hasList(
  bookFolder: string,
  { list, creator }: Pick<PackSection, "list" | "creator">,
): boolean {
  return packNames(bookFolder).some(name =>
    openPack(join(bookFolder, PACKS_FOLDER, name)).sections.some(
      one => one.list === list && one.creator === creator && one.to > one.from,
    ),
  )
}

/** The labels of one section, one after the other, in bounded memory. */
export function* labelsIn(file: string, section: PlacedSection): Generator<Label, void, undefined> {
  for (const line of linesOf(file, section.from, section.to)) yield labelOfLine(line, section)
}

function* linesOf(file: string, from: number, to: number): Generator<string, void, undefined> {
  let rest = Buffer.alloc(0)
  for (const chunk of chunksOf(file, from, to)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (;;) {
      const end = bytes.indexOf(NEWLINE, start)
      if (end < 0) break
      yield bytes.toString("utf8", start, end)
      start = end + 1
    }
    rest = Buffer.from(bytes.subarray(start))
  }
}

function* chunksOf(file: string, from: number, to: number): Generator<Buffer, void, undefined> {
  const handle = openSync(file, "r")
  try {
    let at = from
    while (at < to) {
      const buffer = Buffer.alloc(Math.min(READ_BYTES, to - at))
      const read = readSync(handle, buffer, 0, buffer.length, at)
      if (read === 0) return
      at += read
      yield buffer.subarray(0, read)
    }
  } finally {
    closeSync(handle)
  }
}

/** The same for two imports of one file in the same way. A day that is only that of the import does not count. */
export function importKey({
  sha256,
  form,
  list,
  creator,
  complete,
  options,
  day,
  dayFrom,
}: PackSection): string {
  return JSON.stringify([sha256, form, list, creator, complete, options, dayFrom === "import" ? null : day])
}
