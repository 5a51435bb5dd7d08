import type { DuckDBValue } from "@duckdb/node-api"
import { EXCHANGE_FLAG, NONE, ORIGIN_UNKNOWN_FLAG, TO_UNRECORDED } from "./codes.ts"
import { MovementColumns } from "./movement-columns.ts"
import { NumberWriter } from "./number-writer.ts"
import { bytesOf, type Publishing } from "./publishing.ts"

/** Numbers the pots, and what else rows name, in tables that are gone with the transaction; and writes their columns. */
export async function writePots(publishing: Publishing): Promise<void> {
  const run = (sql: string) => publishing.run(sql)
  await run(`create temp table pots as
    select (row_number() over (order by account, asset) - 1)::uinteger as id, account, asset from (
      select from_account as account, asset from rows where from_account is not null
      union select to_account, asset from rows where to_account is not null)`)
  await run(`create temp table suffixes as
    select (row_number() over (order by ref) - 1)::uinteger as id, ref from (select distinct ref from rows)`)
  await run(`create temp table sources as
    select (row_number() over (order by source) - 1)::uinteger as id, source
    from (select distinct source from rows where source is not null)`)
  await run(`create temp table moved as
    select r.id, r.tx, coalesce(f.id, ${NONE})::uinteger as from_pot,
      (case when r.unrecorded then ${TO_UNRECORDED} else coalesce(t.id, ${NONE}) end)::uinteger as to_pot,
      r.amount, coalesce(r.exchange, r.id) as step, (r.exchange is not null)::utinyint as exchanged,
      r.origin_unknown::utinyint as unknown, s.id as suffix, coalesce(c.id, ${NONE})::uinteger as source,
      (r.kind + r.grade * 8)::utinyint as words
    from rows r
    left join pots f on f.account = r.from_account and f.asset = r.asset
    left join pots t on t.account = r.to_account and t.asset = r.asset
    join suffixes s on s.ref = r.ref
    left join sources c on c.source = r.source`)
  await publishing.numbers(["pot-account", "pot-asset"], "select account, asset from pots order by id")
  await publishing.texts("row-ref", "ref", "suffixes", "id")
  await publishing.texts("source", "source", "sources", "id")
}

/** The rows, as `writePots` has left them. */
export async function writeRows(publishing: Publishing): Promise<void> {
  const width = amountWidth(await publishing.one("select max(amount) from rows"))
  const names = ["row-tx", "row-from", "row-to", "row-suffix", "row-source"]
  const numbers = names.map(name => publishing.open(name, 4))
  const meta = publishing.open("row-meta", 1)
  const amounts = new NumberWriter(publishing.open, "row-amount", width)
  const sql = `select tx, from_pot, to_pot, suffix, source,
      (words + unknown * ${ORIGIN_UNKNOWN_FLAG} + exchanged * ${EXCHANGE_FLAG})::utinyint, amount
    from moved order by id`
  await publishing.stream(sql, 1, ({ count, columns }) => {
    for (const [at, writer] of numbers.entries()) writer.write(bytesOf(columns[at], count))
    meta.write(bytesOf(columns[5], count))
    for (let at = 0; at < count; at++) amounts.pushBig(columns[6]?.[at] as bigint)
  })
  publishing.close(...numbers, meta, amounts)
  const exchanges = "select id, step from moved where exchanged = 1 order by id"
  await publishing.numbers(["exchange-row", "exchange-first"], exchanges)
}

/** What moves on each pot, as `writePots` has left it. */
export async function writeMovements(publishing: Publishing): Promise<void> {
  const width = amountWidth(await publishing.one("select max(amount) from rows"))
  // 2^32 rows of the widest amount take 32 bits more; eight bytes are the next that fit.
  const movements = new MovementColumns(publishing.open, width + 8)
  // A leg to itself is a movement of an exchange only, where it moves nothing.
  const leg = (pot: string, enters: number): string => `
    select ${pot} as pot, step, ${enters}::utinyint as enters,
      case when from_pot = to_pot then 0::bignum else amount end as amount,
      ${enters === 1 ? "case when from_pot = to_pot then 0::utinyint else unknown end" : "0::utinyint"} as unknown
    from moved where ${pot} < ${TO_UNRECORDED} and (exchanged = 1 or from_pot <> to_pot)`
  const sql = `select pot, step, enters, unknown, amount
    from (${leg("from_pot", 0)} union all ${leg("to_pot", 1)}) order by pot, step, enters`
  await publishing.stream(sql, 1, ({ count, columns: [pot, step, enters, unknown, amount] }) => {
    for (let at = 0; at < count; at++) {
      movements.push({
        pot: pot?.[at] as number,
        step: step?.[at] as number,
        enters: enters?.[at] === 1,
        amount: amount?.[at] as bigint,
        originUnknown: unknown?.[at] === 1,
      })
    }
  })
  publishing.add(...movements.close(Number(await publishing.one("select count(*) from pots"))))
}

/** Bytes that hold every amount up to the greatest: 8 do for NEM, 32 hold a uint256. */
function amountWidth(most: DuckDBValue): number {
  const greatest = typeof most === "bigint" ? most : 0n
  return greatest < 1n << 64n ? 8 : greatest < 1n << 128n ? 16 : 32
}
