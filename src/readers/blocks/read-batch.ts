import { open } from "node:fs/promises"
import { asProblem } from "../file-problem.ts"
import type { BlockFile } from "./block-files.ts"
import { malformed } from "./block-record.ts"
import type { Place } from "./header-index.ts"
import { type ObfuscationKey, obfuscate } from "./obfuscation.ts"

/** Magic and size stand between two blocks. */
const BETWEEN = 8

/** Blocks that follow each other in one file, and are read at once. */
interface Run {
  readonly file: number
  readonly from: number
  to: number
  /** The blocks in it, by their number in the batch. */
  readonly blocks: number[]
}

/**
 * The bytes of these blocks, in the order asked for. All are views of one buffer, which nothing else uses: it may be
 * given away as a whole. Besides the blocks it holds the 8 bytes between them.
 *
 * @throws Problem `block-malformed` where a file has become shorter; `file-missing`, `file-unreadable`
 */
export async function readBatch(
  files: readonly BlockFile[],
  key: ObfuscationKey | null,
  places: readonly Place[],
): Promise<Uint8Array[]> {
  const runs = runsOf(places)
  const buffer = new ArrayBuffer(runs.reduce((sum, { from, to }) => sum + to - from, 0))
  const blocks: Uint8Array[] = new Array(places.length)
  let at = 0
  for (const run of runs) {
    const bytes = new Uint8Array(buffer, at, run.to - run.from)
    await readRun(files[run.file]?.path ?? "", run.from, bytes)
    obfuscate(bytes, run.from, key)
    for (const n of run.blocks) {
      const { offset, size } = places[n] ?? { offset: 0, size: 0 }
      blocks[n] = new Uint8Array(buffer, at + offset - run.from, size)
    }
    at += bytes.length
  }
  return blocks
}

/** A node that catches up stores blocks as they come: near their order, but not in it. */
function runsOf(places: readonly Place[]): Run[] {
  const inFileOrder = [...places.entries()].sort(([, a], [, b]) => a.file - b.file || a.offset - b.offset)
  const runs: Run[] = []
  for (const [n, { file, offset, size }] of inFileOrder) {
    const last = runs.at(-1)
    if (last?.file === file && last.to + BETWEEN === offset) {
      last.to = offset + size
      last.blocks.push(n)
    } else runs.push({ file, from: offset, to: offset + size, blocks: [n] })
  }
  return runs
}

async function readRun(path: string, from: number, into: Uint8Array): Promise<void> {
  try {
    const handle = await open(path, "r")
    try {
      let done = 0
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, from + done)
        if (bytesRead === 0) throw malformed(path, "unknown", "the file has become shorter", from + done)
        done += bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw asProblem(error, path)
  }
}
