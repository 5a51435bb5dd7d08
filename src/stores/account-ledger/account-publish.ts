import type { DuckDBConnection } from "@duckdb/node-api"
import { parseInstant } from "../../units/time.ts"
import { ColumnWriter } from "../columns/column-writer.ts"
import type { Manifest } from "../columns/manifest.ts"
import { publishColumns } from "../columns/publish.ts"
import { type AccountLayout, LAYOUT } from "./account-layout.ts"
import { accountCounts } from "./account-tables.ts"
import type { OpenSink } from "./column-sink.ts"
import { NumberWriter } from "./number-writer.ts"
import { Publishing } from "./publishing.ts"
import { writeMovements, writePots, writeRows } from "./row-columns.ts"
import { writeTransactions } from "./transaction-columns.ts"

/** Of one kind and asset. The first say it; what more there are differ in words that a block gave them. */
const MOST_NOTICES_ALIKE = 16

/** What the publisher is told besides. */
export interface AccountPublishing {
  readonly chain: string
  /** Told after every chunk: rows handled, of how many. */
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Publishes the columns of an account chain's ledger. Ids of rows, transactions and accounts are those of the tables;
 * pots (account, asset) get theirs here. All order is made by the database, which spills to disk: memory does not grow
 * with the ledger.
 *
 * - blocks: `block-height` (u32), `block-hash` (texts), `block-time` (u64, 0 where it is not known), `block-row` (u32, one more than blocks): its first row
 * - transactions: `tx-height`, `tx-row` (u32, one more): its first row; `tx-time` (u64, see `codes.ts`), `tx-id`
 *   (texts); `named-tx` (u32) and its texts: transactions without an id, and what their references begin with
 * - `tx-key` (8, sorted) and `tx-key-id` (u32): SHA-256 of what references begin with
 * - rows: `row-tx`, `row-from`, `row-to` (u32: pots), `row-amount`, `row-meta` (u8), `row-suffix` (u32: a text of
 *   `row-ref`), `row-source` (u32: a text of `source`); `exchange-row`, `exchange-first` (u32): rows of exchanges, and
 *   the first of each
 * - `pot-account`, `pot-asset` (u32), by account and asset; what moves on them: see `MovementColumns`
 * - `account`, `asset` (texts); `account-key` (8, sorted), `account-key-id` (u32): SHA-256 of its name
 * - `clock-row` (u32): rows whose time is earlier than one before them
 * - `notice-height` (u32) and `notice` (texts of JSON): what blocks lack, each once, and the first block that does
 *
 * Call it outside a transaction: it begins its own, and leaves the ledger as it was.
 *
 * @throws Problem `ledger-unwritable`
 */
export async function publishAccountColumns(
  connection: DuckDBConnection,
  ledgerFolder: string,
  publishing: AccountPublishing,
): Promise<Manifest> {
  return publishColumns(ledgerFolder, async folder => {
    const writers: ColumnWriter[] = []
    const open: OpenSink = (name, width) => {
      const writer = new ColumnWriter(folder, name, width)
      writers.push(writer)
      return writer
    }
    try {
      return await tellAccountColumns(connection, open, publishing)
    } finally {
      // Those that are closed stay so; of a publishing that failed the others have files open.
      for (const writer of writers) writer.abandon()
    }
  })
}

/** The columns, byte by byte, to whoever wants them: the same ledger always gives the same. */
export async function tellAccountColumns(
  connection: DuckDBConnection,
  open: OpenSink,
  { chain, onProgress }: AccountPublishing,
): Promise<Manifest> {
  await connection.run("begin transaction")
  try {
    const { rows, transactions } = await accountCounts(connection)
    // Rows are read as rows and as movements of two pots; transactions as such and for their index.
    const total = 3 * rows + 2 * transactions
    const publishing = new Publishing(connection, open, done => onProgress?.(done, total))
    await writePots(publishing)
    await writeBlocks(publishing, rows)
    await writeTransactions(publishing, rows)
    await publishing.index("tx", "select id, coalesce(ref, txid) as name from transactions", 1)
    await writeRows(publishing)
    await writeMovements(publishing)
    await publishing.texts("account", "name", "accounts", "id")
    await publishing.index("account", "select id, name from accounts", 0)
    await publishing.texts("asset", "name", "assets", "id")
    await writeNotices(publishing)
    return { chain, shape: "account", ...(await headOf(publishing)), columns: publishing.entries }
  } finally {
    await connection.run("rollback")
  }
}

async function writeBlocks(publishing: Publishing, rowCount: number): Promise<void> {
  await publishing.texts("block-hash", "hash", "blocks", "height")
  const times = new NumberWriter(publishing.open, "block-time", 8)
  const rows = new NumberWriter(publishing.open, "block-row", 4)
  await publishing.stream(
    "select coalesce(time, 0)::ubigint, first_row from blocks order by height",
    0,
    ({ count, columns }) => {
      for (let at = 0; at < count; at++) {
        times.pushBig(columns[0]?.[at] as bigint)
        rows.push(columns[1]?.[at] as number)
      }
    },
  )
  rows.push(rowCount)
  await publishing.numbers(["block-height"], "select height from blocks order by height")
  publishing.close(times, rows)
}

async function writeNotices(publishing: Publishing): Promise<void> {
  await publishing.run(`create temp table told as
    select height, json from (
      select *, row_number() over (partition by code, asset order by height, json) as nth from (
        select code, asset, min(height)::uinteger as height, arg_min(json, row(height, json)) as json
        from notices group by code, asset, same_as))
    where nth <= ${MOST_NOTICES_ALIKE}`)
  await publishing.texts("notice", "json", "told", "height, json")
  await publishing.numbers(["notice-height"], "select height from told order by height, json")
}

async function headOf(publishing: Publishing): Promise<Pick<Manifest, "horizon" | "extra">> {
  const [tip] = await publishing.all(
    "select height, hash, time from blocks where height = (select max(height) from blocks)",
  )
  const provenance = await publishing.all(
    "select from_height, to_height, source, strftime(stored, '%Y-%m-%dT%H:%M:%SZ') from provenance order by all",
  )
  const layout: AccountLayout = {
    layout: LAYOUT,
    forms: Object.fromEntries(publishing.forms) as AccountLayout["forms"],
    provenance: provenance.map(([from, to, source, at]) => {
      return { from: Number(from), to: Number(to), source: String(source), at: String(at) }
    }),
  }
  const horizon =
    tip === undefined
      ? { height: null, hash: null, time: null }
      : {
          height: Number(tip[0]),
          hash: String(tip[1]),
          time: tip[2] === null ? null : parseInstant(String(tip[2])),
        }
  return { horizon, extra: { ...layout } }
}
