import { bytesOfRows } from "../../chains/bitcoin/word-columns.ts"
import type { TypedColumn } from "./append.ts"
import type { Database } from "./database.ts"
import { bytesOf, streamColumns, streamRows } from "./stream.ts"

/** An output that nobody has spent. */
export const UNSPENT = 0xffff_ffff
/** Of a txid in the sorted index: so many bytes of 2^64 that few are shared by chance. */
const KEY_BYTES = 8

/** Where a column's bytes go: into a file, or beside one to be compared. */
export interface ColumnSink {
  write(bytes: Uint8Array): void
}

/**
 * The columns of a chain of Bitcoin's family; ids are those of the tables.
 *
 * - blocks: `block-hash` (32 bytes), `block-time` (u32), `block-first-tx` (u32)
 * - transactions: `tx-id` (32), `tx-first-output`, `tx-first-input` (u32); `txid-key` (8) and `txid-tx` (u32), sorted
 * - outputs: `output-value` (u64), `output-owner` (u32), `output-spender` (u32: a transaction)
 * - inputs: `input-spent` (u32: an output)
 * - owners, sorted by kind and key: `owner-kind` (u8), `owner-key` (32); `name-key` (32), `name-end` (u64), `name-text`;
 *   `owner-output` (u32: outputs, by owner and in chain order), `owner-first-output` (u32, one more than owners: where each
 *   owner's begin)
 *
 * @param tick is told of every so many rows
 * @param onDone is given each column when all of it was told
 */
export async function tellColumns<Column extends ColumnSink>(
  database: Database,
  open: (name: string, width: number) => Column,
  tick: (rows: number) => void,
  onDone: (column: Column) => void,
): Promise<void> {
  await new Telling(database, open, tick, onDone).all()
}

type Told = (columns: readonly TypedColumn[], rows: number) => readonly Uint8Array[]

class Telling<Column extends ColumnSink> {
  readonly #database: Database
  readonly #open: (name: string, width: number) => Column
  readonly #tick: (rows: number) => void
  readonly #onDone: (column: Column) => void

  constructor(
    database: Database,
    open: (name: string, width: number) => Column,
    tick: (rows: number) => void,
    onDone: (column: Column) => void,
  ) {
    this.#database = database
    this.#open = open
    this.#tick = tick
    this.#onDone = onDone
  }

  async all(): Promise<void> {
    const raw: Told = (columns, rows) => columns.map(column => bytesOf(column, rows))
    const hashThen: Told = ([a, b, c, d, ...rest], rows) => [
      bytesOfRows([a, b, c, d] as BigUint64Array[], rows),
      ...rest.map(column => bytesOf(column, rows)),
    ]
    await this.#write(
      [
        ["block-hash", 32],
        ["block-time", 4],
        ["block-first-tx", 4],
      ],
      "select h0, h1, h2, h3, time, first_transaction from blocks order by height",
      hashThen,
    )
    await this.#write(
      [
        ["tx-id", 32],
        ["tx-first-output", 4],
        ["tx-first-input", 4],
      ],
      "select t0, t1, t2, t3, first_output, first_input from transactions order by id",
      hashThen,
    )
    await this.#write(
      [
        ["txid-key", KEY_BYTES],
        ["txid-tx", 4],
      ],
      "select t0, id from transactions order by t0, id",
      ([key, id], rows) => [
        bytesOfRows([key as BigUint64Array], rows, KEY_BYTES),
        bytesOf(id as TypedColumn, rows),
      ],
    )
    await this.#write([["input-spent", 4]], "select spent from inputs order by id", raw)
    await this.#owners(hashThen)
    await this.#database.run("drop table if exists owned")
    await this.#database.run(`create temp table owned as
      select o.id, o.value, w.id::uinteger as owner, coalesce(i.tx, ${UNSPENT})::uinteger as spender from outputs o
        join owners w on o.kind = w.kind and o.o0 = w.o0 and o.o1 = w.o1 and o.o2 = w.o2 and o.o3 = w.o3
        left join inputs i on i.spent = o.id`)
    await this.#write(
      [
        ["output-value", 8],
        ["output-owner", 4],
        ["output-spender", 4],
      ],
      "select value, owner, spender from owned order by id",
      raw,
    )
    await this.#outputsByOwner()
    await this.#database.run("drop table owned")
    await this.#database.run("drop table owners")
  }

  async #owners(hashThen: Told): Promise<void> {
    await this.#database.run("drop table if exists owners")
    await this.#database.run(`create temp table owners as
      select row_number() over (order by kind, o0, o1, o2, o3) - 1 as id, kind, o0, o1, o2, o3
      from (select distinct kind, o0, o1, o2, o3 from outputs)`)
    await this.#write(
      [
        ["owner-key", 32],
        ["owner-kind", 1],
      ],
      "select o0, o1, o2, o3, kind from owners order by id",
      hashThen,
    )
    await this.#names()
  }

  /** Every owner has an output: where a new one comes in the sorted rows, its outputs begin. */
  async #outputsByOwner(): Promise<void> {
    const output = this.#open("owner-output", 4)
    const first = this.#open("owner-first-output", 4)
    let at = 0
    let last = -1
    const sql = "select owner, id from owned order by owner, id"
    await streamColumns(this.#database, sql, ([owners, ids], rows) => {
      output.write(bytesOf(ids as TypedColumn, rows))
      const begins: number[] = []
      for (let row = 0; row < rows; row++, at++) {
        const owner = Number(owners?.[row])
        if (owner !== last) begins.push(at)
        last = owner
      }
      first.write(bytesOf(Uint32Array.from(begins), begins.length))
      this.#tick(rows)
    })
    first.write(bytesOf(Uint32Array.of(at), 1))
    for (const column of [output, first]) this.#onDone(column)
  }

  /** Mainnet has millions of them, bare multisig above all: a chunk at a time. */
  async #names(): Promise<void> {
    const key = this.#open("name-key", 32)
    const end = this.#open("name-end", 8)
    const text = this.#open("name-text", 1)
    let at = 0
    const sql = "select distinct o0, o1, o2, o3, name from owner_names order by o0, o1, o2, o3"
    await streamRows(this.#database, sql, names => {
      const words = [0, 1, 2, 3].map(word => BigUint64Array.from(names, row => row[word] as bigint))
      const texts = names.map(row => Buffer.from(`${row[4]}`))
      const ends = BigUint64Array.from(texts, ({ length }) => {
        at += length
        return BigInt(at)
      })
      key.write(bytesOfRows(words, names.length))
      end.write(bytesOf(ends, names.length))
      text.write(Buffer.concat(texts))
    })
    for (const column of [key, end, text]) this.#onDone(column)
  }

  async #write(columns: readonly (readonly [string, number])[], sql: string, told: Told): Promise<void> {
    const sinks = columns.map(([name, width]) => this.#open(name, width))
    await streamColumns(this.#database, sql, (chunk, rows) => {
      for (const [at, bytes] of told(chunk, rows).entries()) sinks[at]?.write(bytes)
      this.#tick(rows)
    })
    for (const column of sinks) this.#onDone(column)
  }
}
