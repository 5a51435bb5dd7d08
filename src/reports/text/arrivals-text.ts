import { arrivalKey } from "../../cases/trace-case.ts"
import type { Arrival } from "../../contracts/trace.ts"
import { type AssetPage, MOST_ROWS } from "./asset-page.ts"
import { type Column, printable, tableText } from "./table.ts"
import { timeText } from "./time-text.ts"

/** What one sends to a service with a freeze request: address, transaction, time, and the amount by rule. */
export function arrivalsText(page: AssetPage): string[] {
  const { say, groups } = page
  const byRule = groups.map(({ arrivals }) => keyed(arrivals))
  const all = new Map(byRule.flatMap(arrivals => [...arrivals]))
  if (all.size === 0) return [say.noArrivals]
  const columns: Column[] = [
    { head: say.address, align: "left" },
    { head: say.grade, align: "left" },
    ...page.ruleColumns(),
  ]
  const shown = [...all].slice(0, MOST_ROWS)
  const rows = shown.map(([key, arrival]) => [
    printable(arrival.address),
    page.grade(gradeKey(arrival)),
    ...byRule.map(arrivals => page.amount(arrivals.get(key)?.traced ?? "0")),
  ])
  const notes = shown.map(([, { service, tx, time }]) => {
    const when = timeText(time, page.language) ?? say.unknown
    return printable(`${service}; ${when}; ${tx ?? say.noHash}`)
  })
  return [
    say.arrivals,
    ...byService(page),
    "",
    ...tableText(columns, rows, page.width, notes),
    ...page.more(all.size),
  ]
}

const gradeKey = ({ pot, tx, time }: Arrival): string => arrivalKey(pot, { id: tx, time })

/** Arrivals that no record tells apart, having neither hash nor time, stay apart by their number. */
function keyed(arrivals: readonly Arrival[]): Map<string, Arrival> {
  const seen = new Map<string, number>()
  return new Map(
    arrivals.map(arrival => {
      const key = gradeKey(arrival)
      const number = (seen.get(key) ?? 0) + 1
      seen.set(key, number)
      return [`${key} ${number}`, arrival]
    }),
  )
}

/** What each service got in all; every figure that a rule gives. */
function byService(page: AssetPage): string[] {
  const { say, groups, answer } = page
  const services = [...new Set(groups.flatMap(({ arrivals }) => arrivals.map(({ service }) => service)))]
  return services.map(service => {
    const own = groups.map(({ arrivals }) => arrivals.filter(arrival => arrival.service === service))
    const sums = own.map(list => list.reduce((sum, { traced }) => sum + BigInt(traced), 0n).toString())
    const figures = [...new Set(sums)].map(sum => page.amount(sum)).join(" / ")
    const most = own.reduce((count, list) => Math.max(count, list.length), 0)
    return `  ${printable(service)}: ${figures} ${answer.asset} (${say.arrivalsAt(most)})`
  })
}
