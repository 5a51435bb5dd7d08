import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { Problem } from "../../units/problem.ts"

/**
 * Writes a file as a whole, on disk when it returns, and takes its name by one rename: a killed process leaves the one before.
 *
 * @throws Problem `ledger-unwritable`
 */
export function replaceFile(file: string, chunks: Iterable<Uint8Array>): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const part = `${file}.part`
    const fd = openSync(part, "w")
    try {
      // A system may write less than it was given.
      for (const chunk of chunks) for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done)
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
