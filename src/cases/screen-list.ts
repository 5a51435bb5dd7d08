import { createReadStream } from "node:fs"
import { TextDecoder } from "node:util"
import { asProblem } from "../readers/file-problem.ts"
import { Problem } from "../units/problem.ts"

/** One thing to screen, with the line of the file that it stands on; null on the command line. */
export interface Listed {
  readonly ref: string
  readonly line: number | null
}

/** A longer line is cut here, and refused by whoever reads it as a reference. */
const MOST_LINE = 4096

/**
 * The references of a file, one a line, in bounded memory: blank lines, and whatever follows a "#" that stands at the
 * beginning or after a space, are left out (a "#" within a word is part of an account's reference).
 *
 * @throws Problem `file-missing`, `file-unreadable` or `file-encoding`, with the file and the line
 */
export async function* readRefs(file: string): AsyncGenerator<Listed> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 16 })
  let rest = ""
  let line = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const lines = (rest + decoded(decoder, chunk, line)).split("\n")
      // What is too long already stays too long, and is not kept beyond that.
      rest = (lines.pop() ?? "").slice(0, MOST_LINE)
      for (const text of lines) {
        line++
        const ref = refOf(text)
        if (ref !== "") yield { ref, line }
      }
    }
    const last = refOf(rest + decoded(decoder, undefined, line))
    if (last !== "") yield { ref: last, line: line + 1 }
  } catch (error) {
    throw asProblem(error, file)
  }
}

function refOf(line: string): string {
  return line
    .slice(0, MOST_LINE)
    .replace(/^\ufeff/, "")
    .trim()
    .replace(/(?:^|\s)#.*$/, "")
    .trim()
}

function decoded(decoder: TextDecoder, chunk: Buffer | undefined, line: number): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" }, { line: line + 1 })
  }
}
