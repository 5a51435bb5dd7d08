import { once } from "node:events"
import type { Writable } from "node:stream"

/**
 * Writes a value as JSON, two spaces deep, piece by piece and no faster than it is read. A list may be an array or an
 * async iterable, so that a list of any length is written in bounded memory.
 */
export async function writeJson(out: Writable, value: unknown): Promise<void> {
  let buffer = ""
  const write = async (text: string): Promise<void> => {
    buffer += text
    if (buffer.length < 1 << 16) return
    const full = buffer
    buffer = ""
    if (!out.write(full)) await once(out, "drain")
  }
  await writeValue(value, "", write)
  await write("\n")
  out.write(buffer)
}

type Write = (text: string) => Promise<void>

async function writeValue(value: unknown, indent: string, write: Write): Promise<void> {
  if (isList(value)) await writeList(value, indent, write)
  else if (typeof value === "object" && value !== null) await writeObject(value, indent, write)
  else await write(JSON.stringify(value))
}

function isList(value: unknown): value is readonly unknown[] | AsyncIterable<unknown> {
  return (
    Array.isArray(value) || (typeof value === "object" && value !== null && Symbol.asyncIterator in value)
  )
}

async function writeList(list: readonly unknown[] | AsyncIterable<unknown>, indent: string, write: Write) {
  let separator = "["
  for await (const item of list) {
    await write(`${separator}\n${indent}  `)
    await writeValue(item, `${indent}  `, write)
    separator = ","
  }
  await write(separator === "[" ? "[]" : `\n${indent}]`)
}

async function writeObject(object: object, indent: string, write: Write) {
  let separator = "{"
  for (const [key, item] of Object.entries(object)) {
    if (item === undefined) continue
    await write(`${separator}\n${indent}  ${JSON.stringify(key)}: `)
    await writeValue(item, `${indent}  `, write)
    separator = ","
  }
  await write(separator === "{" ? "{}" : `\n${indent}}`)
}
