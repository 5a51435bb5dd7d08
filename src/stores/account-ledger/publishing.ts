import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api"
import type { ColumnEntry } from "../columns/manifest.ts"
import type { TextName } from "./account-layout.ts"
import type { OpenSink } from "./column-sink.ts"
import { type Chunk, streamRows } from "./stream-rows.ts"
import { formOf, formSql, type TextForm, TextWriter } from "./texts.ts"

/** Columns on their way from a ledger's tables to where they are wanted. */
export class Publishing {
  readonly open: OpenSink
  readonly #connection: DuckDBConnection
  readonly #onDone: (done: number) => void
  readonly #entries: ColumnEntry[] = []
  readonly #forms = new Map<TextName, TextForm>()
  #done = 0

  /** @param onDone told how many rows of heavy questions have been handled so far */
  constructor(connection: DuckDBConnection, open: OpenSink, onDone: (done: number) => void) {
    this.#connection = connection
    this.open = open
    this.#onDone = onDone
  }

  get entries(): readonly ColumnEntry[] {
    return this.#entries
  }

  get forms(): ReadonlyMap<TextName, TextForm> {
    return this.#forms
  }

  add(...entries: readonly ColumnEntry[]): void {
    this.#entries.push(...entries)
  }

  close(...writers: readonly { close(): ColumnEntry }[]): void {
    this.add(...writers.map(writer => writer.close()))
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql)
  }

  /** All rows of a small answer. */
  async all(sql: string): Promise<DuckDBValue[][]> {
    return (await this.#connection.runAndReadAll(sql)).getRows()
  }

  /** Of an answer that is one value. */
  async one(sql: string): Promise<DuckDBValue> {
    return (await this.all(sql))[0]?.[0] ?? null
  }

  /** @param weight how many times a row counts as progress */
  async stream(sql: string, weight: number, onChunk: (chunk: Chunk) => void): Promise<void> {
    await streamRows(this.#connection, sql, chunk => {
      onChunk(chunk)
      this.#done += chunk.count * weight
      this.#onDone(this.#done)
    })
  }

  /** Texts as a question gives them, in the form that suits them. */
  async texts(name: TextName, text: string, from: string, order: string): Promise<void> {
    const [row = []] = await this.all(formSql(text, from))
    const form = formOf(Number(row[0]), Number(row[1]), row[2] === true, row[3] === true)
    this.#forms.set(name, form)
    const writer = new TextWriter(this.open, name, form)
    await this.stream(`select ${text} from ${from} order by ${order}`, 0, ({ count, columns }) => {
      for (let at = 0; at < count; at++) writer.push(columns[0]?.[at] as string | null)
    })
    this.add(...writer.close())
  }

  /** Columns of 32-bit numbers as a question gives them. */
  async numbers(names: readonly string[], sql: string): Promise<void> {
    const writers = names.map(name => this.open(name, 4))
    await this.stream(sql, 0, ({ count, columns }) => {
      for (const [at, writer] of writers.entries()) writer.write(bytesOf(columns[at], count))
    })
    this.close(...writers)
  }

  /** @param sql the ids and names to be found */
  async index(name: string, sql: string, weight: number): Promise<void> {
    const keys = this.open(`${name}-key`, 8)
    const ids = this.open(`${name}-key-id`, 4)
    const sorted = `select ('0x' || sha256(name)[1:16])::ubigint as key, id from (${sql}) order by key, id`
    await this.stream(sorted, weight, ({ count, columns }) => {
      // As a number the first byte is the last in memory; sorted keys are compared from the first byte on.
      keys.write(Buffer.from(bytesOf(columns[0], count)).swap64())
      ids.write(bytesOf(columns[1], count))
    })
    this.close(keys, ids)
  }
}

/** A typed column of a chunk, as its bytes: numbers little-endian. */
export function bytesOf(column: unknown, count: number): Uint8Array {
  if (!(column instanceof Uint8Array || column instanceof Uint32Array || column instanceof BigUint64Array)) {
    throw new Error("account ledger: a column whose values do not lie in a typed array")
  }
  return new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT)
}
