import { bytesOfRows } from "../../chains/bitcoin/word-columns.ts"
import { INDEX_KEY_BYTES, type UtxoColumn, WIDTHS } from "../utxo-ledger/utxo-layout.ts"
import type { TypedColumn } from "./append.ts"
import type { Database } from "./database.ts"
import { bytesOf, streamColumns } from "./stream.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/** Where a column's bytes go: into a file, or beside one to be compared. */
export interface ColumnSink {
  write(bytes: Uint8Array): void
}

/** Ids from one on to before another. */
export interface IdRange {
  readonly from: UtxoCounts
  readonly end: UtxoCounts
}

/** Tells columns of Bitcoin's family from the tables, each to a sink of its own. */
export class ColumnTeller<Sink extends ColumnSink> {
  readonly database: Database
  readonly #open: (name: UtxoColumn, width: number) => Sink
  readonly #tick: (rows: number) => void
  readonly #onDone: (sink: Sink) => void

  /**
   * @param tick is told of every so many rows
   * @param onDone is given each sink when all of its column was told
   */
  constructor(
    database: Database,
    open: (name: UtxoColumn, width: number) => Sink,
    tick: (rows: number) => void,
    onDone: (sink: Sink) => void,
  ) {
    this.database = database
    this.#open = open
    this.#tick = tick
    this.#onDone = onDone
  }

  open(name: UtxoColumn): Sink {
    return this.#open(name, WIDTHS.get(name) ?? 0)
  }

  /** All of a column at once. */
  tell(name: UtxoColumn, bytes: Uint8Array): void {
    const sink = this.open(name)
    sink.write(bytes)
    this.#onDone(sink)
  }

  tick(rows: number): void {
    this.#tick(rows)
  }

  done(...sinks: readonly Sink[]): void {
    for (const sink of sinks) this.#onDone(sink)
  }

  /** The answer of a question into columns; those of 8 bytes or more in a row of hashes come as words. */
  async write(
    names: readonly UtxoColumn[],
    sql: string,
    told: (columns: readonly TypedColumn[], rows: number) => readonly Uint8Array[],
  ): Promise<void> {
    const sinks = names.map(name => this.open(name))
    await streamColumns(this.database, sql, (chunk, rows) => {
      for (const [at, bytes] of told(chunk, rows).entries()) sinks[at]?.write(bytes)
      this.tick(rows)
    })
    this.done(...sinks)
  }

  /** Blocks, transactions and what they spend: columns in which every row is told by its own. */
  async writeRows({ from, end }: IdRange): Promise<void> {
    const within = (id: string, what: keyof UtxoCounts): string =>
      `where ${id} >= ${from[what]} and ${id} < ${end[what]}`
    await this.write(
      ["block-hash", "block-time", "block-first-tx"],
      `select h0, h1, h2, h3, time, first_transaction from blocks ${within("height", "blocks")} order by height`,
      hashThen,
    )
    await this.write(
      ["tx-id", "tx-first-output", "tx-first-input"],
      `select t0, t1, t2, t3, first_output, first_input from transactions ${within("id", "transactions")} order by id`,
      hashThen,
    )
    await this.write(
      ["txid-key", "txid-tx"],
      `select t0, id from transactions ${within("id", "transactions")} order by t0, id`,
      keyThen,
    )
  }
}

/** Four words of 64 bits, and then numbers. */
export function hashThen([a, b, c, d, ...rest]: readonly TypedColumn[], rows: number): readonly Uint8Array[] {
  return [bytesOfRows([a, b, c, d] as BigUint64Array[], rows), ...rest.map(column => bytesOf(column, rows))]
}

/** The beginning of a key, and then numbers. */
export function keyThen([key, ...rest]: readonly TypedColumn[], rows: number): readonly Uint8Array[] {
  return [
    bytesOfRows([key as BigUint64Array], rows, INDEX_KEY_BYTES),
    ...rest.map(column => bytesOf(column, rows)),
  ]
}
