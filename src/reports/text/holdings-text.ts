import type { RangeEntry } from "../../contracts/trace.ts"
import { type AssetPage, MOST_ROWS } from "./asset-page.ts"
import { type Column, printable, tableText } from "./table.ts"

/** Every pot that holds traced value under any rule, with the range over those that conserve. */
export function holdingsText(page: AssetPage): string[] {
  const { say, groups, answer } = page
  const byRule = groups.map(({ holdings }) => new Map(holdings.map(({ pot, traced }) => [pot, traced])))
  const range = new Map((answer.range ?? []).map(entry => [entry.pot, entry]))
  const pots = [...new Set([...range.keys(), ...byRule.flatMap(traced => [...traced.keys()])])]
  if (pots.length === 0) return [say.noHoldings]
  const hasRange = answer.range !== undefined
  const columns: Column[] = [
    { head: say.pot, align: "left" },
    { head: say.grade, align: "left" },
    ...(hasRange ? [{ head: say.range, align: "right" as const }] : []),
    ...page.ruleColumns(),
  ]
  const suffix = `/${answer.asset}`
  const rows = pots
    .slice(0, MOST_ROWS)
    .map(pot => [
      printable(pot.endsWith(suffix) ? pot.slice(0, -suffix.length) : pot),
      page.grade(pot),
      ...(hasRange ? [rangeText(range.get(pot), page)] : []),
      ...byRule.map(traced => page.amount(traced.get(pot) ?? "0")),
    ])
  return [say.holdings, ...tableText(columns, rows, page.width), ...page.more(pots.length)]
}

function rangeText(entry: RangeEntry | undefined, page: AssetPage): string {
  const { least, most } = entry ?? { least: "0", most: "0" }
  return least === most ? page.amount(most) : `${page.amount(least)} - ${page.amount(most)}`
}
