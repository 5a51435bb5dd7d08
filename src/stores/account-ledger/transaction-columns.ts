import {
  HAS_ID,
  TIME_ORIGIN,
  TIME_SHIFT,
  TIME_TO_THE_MINUTE,
  TIME_TO_THE_SECOND,
  TIME_UNKNOWN,
} from "./codes.ts"
import { NumberWriter } from "./number-writer.ts"
import type { Publishing } from "./publishing.ts"

/** The columns of transactions, and of the rows whose clock runs backwards. */
export async function writeTransactions(publishing: Publishing, rowCount: number): Promise<void> {
  await publishing.texts("tx-id", "txid", "transactions", "id")
  await publishing.texts("named-tx", "ref", "(select * from transactions where ref is not null)", "id")
  await publishing.numbers(["named-tx"], "select id from transactions where ref is not null order by id")
  const heights = new NumberWriter(publishing.open, "tx-height", 4)
  const rows = new NumberWriter(publishing.open, "tx-row", 4)
  const times = new NumberWriter(publishing.open, "tx-time", 8)
  const clock = new NumberWriter(publishing.open, "clock-row", 4)
  const sql = `select height, first_row, (txid is not null)::utinyint, time, to_the_minute::utinyint
    from transactions order by id`
  let latest = Number.NEGATIVE_INFINITY
  let backwardsFrom = -1
  const passTo = (row: number): void => {
    for (let at = backwardsFrom; at !== -1 && at < row; at++) clock.push(at)
  }
  await publishing.stream(sql, 1, ({ count, columns: [height, first, named, time, minute] }) => {
    for (let at = 0; at < count; at++) {
      const firstRow = first?.[at] as number
      const seconds = time?.[at] as bigint | null
      const form = seconds === null ? TIME_UNKNOWN : minute?.[at] ? TIME_TO_THE_MINUTE : TIME_TO_THE_SECOND
      const start = seconds === null ? latest : Number(seconds)
      heights.push(height?.[at] as number)
      rows.push(firstRow)
      times.push(
        ((seconds === null ? 0 : Number(seconds)) + TIME_ORIGIN) * TIME_SHIFT +
          form +
          (named?.[at] ? HAS_ID : 0),
      )
      passTo(firstRow)
      // "00:09" is any second of that minute: only what must be earlier is backwards.
      backwardsFrom = start + (form === TIME_TO_THE_MINUTE ? 59.999 : 0) < latest ? firstRow : -1
      latest = Math.max(latest, start)
    }
  })
  passTo(rowCount)
  rows.push(rowCount)
  publishing.close(heights, rows, times, clock)
}
