import { isUtf8 } from "node:buffer"
import { createReadStream } from "node:fs"
import { asProblem } from "../readers/file-problem.ts"
import { Problem } from "../units/problem.ts"

/** One thing to screen, with the line of the file that it stands on; null on the command line. */
export interface Listed {
  readonly ref: string
  readonly line: number | null
  /** Why it cannot be read at all: its bytes are no text; `ref` has a sign in the place of each of them. */
  readonly fault?: Problem
}

/** A longer line is cut here (in bytes), and refused by whoever reads it as a reference. */
const MOST_LINE = 4096
const NEWLINE = 0x0a
/** What stands in a decoded text for bytes that are none. */
const REPLACEMENT = "\ufffd"

/**
 * The references of a file, one a line, in bounded memory: blank lines, and whatever follows a "#" that stands at the
 * beginning or after a space, are left out (a "#" within a word is part of an account's reference). A line that is no
 * UTF-8 stops no other.
 *
 * @throws Problem `file-missing` or `file-unreadable`, with the file
 */
export async function* readRefs(file: string): AsyncGenerator<Listed> {
  const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 16 })
  let rest = Buffer.alloc(0)
  let line = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let from = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        const listed = listedOf(joined(rest, chunk.subarray(from, end)), ++line)
        rest = Buffer.alloc(0)
        from = end + 1
        if (listed !== null) yield listed
      }
      // What is too long already stays too long, and is not kept beyond that.
      rest = joined(rest, chunk.subarray(from))
    }
    const last = listedOf(rest, line + 1)
    if (last !== null) yield last
  } catch (error) {
    throw asProblem(error, file)
  }
}

function joined(rest: Buffer, more: Buffer): Buffer<ArrayBuffer> {
  return Buffer.concat([rest, more.subarray(0, MOST_LINE - rest.length)])
}

/** @returns null for a line that has nothing to screen */
function listedOf(bytes: Buffer, line: number): Listed | null {
  const ref = refOf(bytes.toString("utf8"))
  if (ref === "") return null
  // A remark behind a reference that can be read may be in whatever encoding; a line that was cut, within a sign.
  const isFaulty = ref.includes(REPLACEMENT) && bytes.length < MOST_LINE && !isUtf8(bytes)
  return isFaulty ? { ref, line, fault: new Problem("line-encoding", { expected: "UTF-8" }) } : { ref, line }
}

function refOf(line: string): string {
  return line
    .replace(/^\ufeff/, "")
    .trim()
    .replace(/(?:^|\s)#.*$/, "")
    .trim()
}
