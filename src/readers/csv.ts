import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { TextDecoder } from "node:util"
import { parse } from "csv-parse"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { asProblem } from "./file-problem.ts"

/** A row by column name; an optional column that the file does not have reads as "". */
export interface CsvRow {
  readonly line: number
  get(column: string): string
}

export interface CsvColumns {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** A longer field is no identifier, address or amount of any ledger. */
const MAX_FIELD = 4096
const MAX_RECORD = 65_536

/**
 * Streams a CSV file (RFC 4180, UTF-8, a header row in any order) through `onRow`, in bounded memory.
 *
 * @returns the file's SHA-256, for the report's list of inputs
 * @throws Problem with file, line and column: of the file, of its form, or from `onRow`
 */
export async function readCsv(
  file: string,
  columns: CsvColumns,
  onRow: (row: CsvRow) => void,
  onProgress: OnProgress = () => {},
): Promise<string> {
  const hash = createHash("sha256")
  let header: Header | null = null
  let failure: unknown = null
  const parser = parse({
    bom: true,
    trim: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    on_record: (fields: string[], { lines }: { lines: number }) => {
      if (failure !== null) return null
      try {
        if (header === null) header = new Header(fields, columns)
        else header.read(fields, lines, onRow)
      } catch (error) {
        failure = error instanceof Problem ? error.at({ line: lines }) : error
      }
      return null
    },
  })
  const finished = new Promise<void>((resolve, reject) => {
    parser.on("error", reject).on("end", resolve).resume()
  })
  finished.catch(() => {})
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true })
    const { size } = await stat(file)
    let read = 0
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      read += chunk.length
      onProgress(file, read, size)
      checkUtf8(decoder, chunk)
      if (!parser.write(chunk)) await new Promise<void>(resolve => afterDrain(parser, resolve))
      if (failure !== null || parser.destroyed) break
    }
    if (failure === null && !parser.destroyed) checkUtf8(decoder, undefined)
    parser.end()
    if (failure === null) await finished
  } catch (error) {
    throw asProblem(error, file)
  } finally {
    parser.destroy()
  }
  if (failure !== null) throw asProblem(failure, file)
  if (header === null) throw new Problem("csv-empty", { columns: columns.required.join(",") }, { file })
  return hash.digest("hex")
}

function afterDrain(parser: ReturnType<typeof parse>, resolve: () => void): void {
  if (parser.destroyed) {
    resolve()
    return
  }
  parser.once("drain", resolve)
  parser.once("close", resolve)
}

class Header {
  readonly #names: readonly string[]
  readonly #at = new Map<string, number>()

  constructor(names: readonly string[], { required, optional }: CsvColumns) {
    this.#names = names.map(name => name.trim())
    const expected = [...required, ...optional]
    for (const [index, name] of this.#names.entries()) {
      if (!expected.includes(name)) {
        if (names.length === 1 && /[;\t]/.test(name)) throw new Problem("csv-separator")
        throw new Problem(
          "csv-column-unknown",
          { column: name, expected: expected.join(",") },
          { column: index + 1 },
        )
      }
      if (this.#at.has(name)) {
        throw new Problem("csv-column-twice", { column: name }, { column: name })
      }
      this.#at.set(name, index)
    }
    const missing = required.find(name => !this.#at.has(name))
    if (missing !== undefined) {
      throw new Problem(
        "csv-column-missing",
        { column: missing, expected: expected.join(",") },
        { column: missing },
      )
    }
  }

  read(fields: readonly string[], line: number, onRow: (row: CsvRow) => void): void {
    if (fields.length !== this.#names.length) {
      throw new Problem("csv-malformed", {
        reason: `${this.#names.length} fields expected, ${fields.length} found`,
      })
    }
    for (const [index, field] of fields.entries()) {
      const column = this.#names[index] as string
      if (field.length > MAX_FIELD) throw new Problem("field-too-long", { most: MAX_FIELD }, { column })
      if (/[\u0000-\u001f\u007f]/.test(field)) throw new Problem("control-characters", {}, { column })
    }
    const at = this.#at
    onRow({
      line,
      get(column) {
        const index = at.get(column)
        return index === undefined ? "" : (fields[index] as string)
      },
    })
  }
}

function checkUtf8(decoder: TextDecoder, chunk: Buffer | undefined): void {
  try {
    if (chunk === undefined) decoder.decode()
    else decoder.decode(chunk, { stream: true })
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}
