import { createHash } from "node:crypto"
import { closeSync, fstatSync, fsyncSync, openSync, readSync } from "node:fs"
import type { Writable } from "node:stream"
import { writeAll } from "./durable.ts"
import { DeliveryFault, type Receiver } from "./receiver.ts"

/** JSON lines on a stream, mostly standard output. It has a line when the system has taken it. */
export function streamReceiver(stream: Writable): Receiver {
  return {
    id: "stdout",
    name: "stdout",
    deliver: ({ line }) =>
      new Promise((resolve, reject) => {
        stream.write(`${line}\n`, error => {
          if (error) reject(new DeliveryFault(error.message))
          else resolve()
        })
      }),
  }
}

/** JSON lines at the end of a file, which is made where there is none. It has a line when the disk has. */
export function fileReceiver(file: string): Receiver {
  return {
    id: `file-${createHash("sha256").update(file).digest("hex")}`,
    name: "file",
    deliver: async ({ line }) => {
      try {
        appendLine(file, line)
      } catch (error) {
        if (error instanceof Error && "code" in error) throw new DeliveryFault(String(error.code))
        throw error
      }
    },
  }
}

function appendLine(file: string, line: string): void {
  const handle = openSync(file, "a+", 0o600)
  try {
    const { size } = fstatSync(handle)
    const last = Buffer.alloc(1)
    if (size > 0) readSync(handle, last, 0, 1, size - 1)
    // A line that a kill has cut short stays as it is, by itself: the whole one follows.
    const isCut = size > 0 && last.toString() !== "\n"
    writeAll(handle, Buffer.from(`${isCut ? "\n" : ""}${line}\n`), size)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
