import type { PassedCount } from "../../cases/services-passed.ts"
import { arrivalKey } from "../../cases/trace-case.ts"
import type { Arrival } from "../../contracts/trace.ts"
import { servicesMessages } from "../../messages/services.ts"
import { type AssetPage, MOST_ROWS } from "./asset-page.ts"
import { stopsText } from "./stops-text.ts"
import { type Column, printable, tableText } from "./table.ts"
import { timeText } from "./time-text.ts"

/** What one sends to a service with a freeze request: address, transaction, time, and the amount by rule. */
export function arrivalsText(page: AssetPage): string[] {
  const { say, groups } = page
  const byRule = groups.map(({ arrivals }) => keyed(arrivals))
  const all = new Map(byRule.flatMap(arrivals => [...arrivals]))
  if (all.size === 0) return [page.passed === null ? say.noArrivals : passedText(page.passed, page)]
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
  const notes = shown.map(([, { service, tx, time, stoppedBy }]) => {
    const when = timeText(time, page.language) ?? say.unknown
    return printable([service, when, tx ?? say.noHash, ...reasonOf(stoppedBy, page)].join("; "))
  })
  return [
    say.arrivals,
    ...byService(page),
    "",
    ...tableText(columns, rows, page.width, notes),
    ...page.more(all.size),
    ...stopsText([...all.values()], page.language),
  ]
}

/** Where following did not stop, what it did not stop at stands in the place of the list. */
function passedText({ services, addresses, names }: PassedCount, { say }: AssetPage): string {
  const more = services > names.length
  return services === 0
    ? say.passedNone
    : say.passed(services, addresses, printable(names.join(say.comma)), more)
}

/** Said in the note where it is a list's word or a reading of ours; who named the others is said below the table. */
function reasonOf(by: Arrival["stoppedBy"], { language }: AssetPage): readonly string[] {
  if (by === undefined || by.kind === "file" || by.kind === "case" || by.kind === "chain") return []
  return [servicesMessages(language).short[by.kind]]
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

/** What each service got in all, and below it what each of its deposit addresses got; every figure that a rule gives. */
function byService(page: AssetPage): string[] {
  const lists = page.groups.map(({ arrivals }) => arrivals)
  const services = [...new Set(lists.flat().map(({ service }) => service))]
  return services.flatMap(service => {
    const own = lists.map(list => list.filter(arrival => arrival.service === service))
    const deposits = [
      ...new Set(
        own
          .flat()
          .filter(isDeposit)
          .map(({ address }) => address),
      ),
    ]
    const below = deposits.slice(0, MOST_ROWS).map(address => {
      const name = servicesMessages(page.language).depositAddress(address)
      return `    ${sumText(name, own, arrival => arrival.address === address, page)}`
    })
    return [`  ${sumText(service, own, () => true, page)}`, ...below, ...page.more(deposits.length)]
  })
}

const isDeposit = ({ stoppedBy }: Arrival): boolean => stoppedBy?.kind === "deposit-address"

function sumText(
  name: string,
  byRule: readonly (readonly Arrival[])[],
  isMeant: (arrival: Arrival) => boolean,
  page: AssetPage,
): string {
  const own = byRule.map(list => list.filter(isMeant))
  const sums = own.map(list => list.reduce((sum, { traced }) => sum + BigInt(traced), 0n).toString())
  const figures = [...new Set(sums)].map(sum => page.amount(sum)).join(" / ")
  const most = own.reduce((count, list) => Math.max(count, list.length), 0)
  return `${printable(name)}: ${figures} ${page.answer.asset} (${page.say.arrivalsAt(most)})`
}
