import { createReadStream } from "node:fs"
import { type FileHandle, open } from "node:fs/promises"
import { getOrMake } from "../../units/get-or-make.ts"
import { Problem } from "../../units/problem.ts"
import { asProblem } from "../file-problem.ts"
import { parseExactJson } from "./exact-json.ts"
import type { Table } from "./export-files.ts"
import { ExportRow, splitCsv } from "./export-row.ts"

/** The input of the largest transaction that fits a block, or a contract's code, as digits: no line is longer. */
const LONGEST_LINE = 64 * 2 ** 20
const NEW_LINE = 0x0a

interface File {
  readonly path: string
  /** The columns of a CSV file; null of JSON lines. */
  readonly header: readonly string[] | null
}

/**
 * A table of an export: where in its files the rows of each block stand. ethereum-etl writes with many hands, so that
 * rows of a block may stand apart. Rows that stand together are kept as one stretch: about a hundred bytes of memory
 * for each block and file.
 */
export class ExportTable {
  readonly #table: Table
  readonly #column: string
  readonly #files: File[] = []
  /** By height: file, start and end of each stretch. */
  readonly #stretches = new Map<number, number[]>()
  readonly #handles = new Map<number, FileHandle>()

  private constructor(table: Table) {
    this.#table = table
    this.#column = table === "blocks" ? "number" : "block_number"
  }

  /** @throws Problem of a file or of its form */
  static async read(table: Table, paths: readonly string[]): Promise<ExportTable> {
    const made = new ExportTable(table)
    for (const path of paths) await made.#index(path)
    return made
  }

  get heights(): Iterable<number> {
    return this.#stretches.keys()
  }

  /** How many bytes a block's rows take up. */
  sizeAt(height: number): number {
    const stretches = this.#stretches.get(height) ?? []
    let size = 0
    for (let at = 0; at < stretches.length; at += 3) {
      size += (stretches[at + 2] as number) - (stretches[at + 1] as number)
    }
    return size
  }

  /** The rows of a block, in the order of the files. */
  async rowsAt(height: number): Promise<ExportRow[]> {
    const stretches = this.#stretches.get(height) ?? []
    const rows: ExportRow[] = []
    for (let at = 0; at < stretches.length; at += 3) {
      const [file, start, end] = stretches.slice(at, at + 3) as [number, number, number]
      const { path, header } = this.#files[file] as File
      try {
        const text = await this.#readText(file, path, start, end)
        for (const line of text.split(/\r?\n/)) {
          if (line !== "") rows.push(new ExportRow(this.#table, columnsOf(line, header)))
        }
      } catch (error) {
        throw asProblem(error, path)
      }
    }
    return rows
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close()
    this.#handles.clear()
  }

  async #readText(file: number, path: string, start: number, end: number): Promise<string> {
    let handle = this.#handles.get(file)
    if (handle === undefined) {
      handle = await open(path, "r")
      this.#handles.set(file, handle)
    }
    const bytes = Buffer.alloc(end - start)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
    if (bytesRead < bytes.length) throw new Problem("file-unreadable", { reason: "ends too early" })
    return decode(bytes)
  }

  async #index(path: string): Promise<void> {
    const isCsv = path.endsWith(".csv")
    const number = this.#files.length
    let header: readonly string[] | null = null
    try {
      for await (const { bytes, start, end } of linesOf(path)) {
        const line = decode(bytes).replace(/\r?\n$/, "")
        if (line === "") continue
        if (isCsv && header === null) {
          header = splitCsv(line.replace(/^\ufeff/, ""))
          continue
        }
        this.#place(number, columnsOf(line, header), start, end)
      }
    } catch (error) {
      throw asProblem(error, path)
    }
    this.#files.push({ path, header })
  }

  #place(file: number, columns: ReadonlyMap<string, unknown>, start: number, end: number): void {
    const height = columns.get(this.#column)
    if (typeof height !== "string" || !/^\d{1,15}$/.test(height)) {
      throw malformed(`${this.#table}.${this.#column}: not a quantity`)
    }
    const stretches = getOrMake(this.#stretches, Number(height), () => [])
    const isNext = stretches.at(-3) === file && stretches.at(-1) === start
    if (isNext) stretches[stretches.length - 1] = end
    else stretches.push(file, start, end)
  }
}

function columnsOf(line: string, header: readonly string[] | null): ReadonlyMap<string, unknown> {
  if (header !== null) {
    const fields = splitCsv(line)
    if (fields.length !== header.length) {
      throw new Problem("csv-malformed", {
        reason: `${header.length} fields expected, ${fields.length} found`,
      })
    }
    return new Map(header.map((name, at) => [name, fields[at]]))
  }
  let value: unknown
  try {
    value = parseExactJson(line)
  } catch {
    throw malformed("not JSON")
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed("not an object")
  return new Map(Object.entries(value))
}

function malformed(reason: string): Problem {
  return new Problem("chain-data-malformed", { what: "a line", reason })
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}

/** A file's lines with their places, in bounded memory. */
async function* linesOf(path: string): AsyncGenerator<{ bytes: Uint8Array; start: number; end: number }> {
  let parts: Buffer[] = []
  let length = 0
  let start = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, from)) {
      parts.push(chunk.subarray(from, at + 1))
      length += at + 1 - from
      yield { bytes: Buffer.concat(parts), start, end: start + length }
      start += length
      parts = []
      length = 0
      from = at + 1
    }
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > LONGEST_LINE) throw new Problem("field-too-long", { most: LONGEST_LINE })
  }
  if (length > 0) yield { bytes: Buffer.concat(parts), start, end: start + length }
}
