import { once } from "node:events"
import type { Writable } from "node:stream"
import type { TraceDocument } from "../contracts/trace.ts"

/**
 * Writes an answer as JSON, two spaces deep. Lists are written item by item and wait for the reader, so that an
 * answer with a million flows never stands in memory as one text.
 */
export async function writeJson(out: Writable, document: TraceDocument): Promise<void> {
  let buffer = ""
  const write = async (text: string): Promise<void> => {
    buffer += text
    if (buffer.length < 1 << 16) return
    if (!out.write(buffer)) await once(out, "drain")
    buffer = ""
  }
  await writeValue(document, "", write)
  await write("\n")
  out.write(buffer)
}

async function writeValue(
  value: unknown,
  indent: string,
  write: (text: string) => Promise<void>,
): Promise<void> {
  if (Array.isArray(value)) {
    if (value.length === 0) return write("[]")
    for (const [index, item] of value.entries()) {
      await write(`${index === 0 ? "[" : ","}\n${indent}  `)
      await writeValue(item, `${indent}  `, write)
    }
    return write(`\n${indent}]`)
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    if (entries.length === 0) return write("{}")
    for (const [index, [key, item]] of entries.entries()) {
      await write(`${index === 0 ? "{" : ","}\n${indent}  ${JSON.stringify(key)}: `)
      await writeValue(item, `${indent}  `, write)
    }
    return write(`\n${indent}}`)
  }
  return write(JSON.stringify(value))
}
