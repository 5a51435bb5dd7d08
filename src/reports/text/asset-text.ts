import type { AssetAnswer } from "../../contracts/trace.ts"
import { BUCKETS, type Bucket } from "../../ledger/vocabulary.ts"
import type { Language } from "../../messages/language.ts"
import { arrivalsText } from "./arrivals-text.ts"
import { AssetPage, MOST_ROWS, type TracedBeside } from "./asset-page.ts"
import { flowsText } from "./flows-text.ts"
import { holdingsText } from "./holdings-text.ts"
import { type Column, printable, tableText } from "./table.ts"

/** One asset's answer: the identity by rule, holdings with their range, arrivals, flows if asked for. */
export function assetText(
  answer: AssetAnswer,
  traced: TracedBeside,
  language: Language,
  width: number,
): string[] {
  const page = new AssetPage(answer, traced, language, width)
  const { say } = page
  return [
    say.whereItIs(answer.decimals === 0 ? say.amountsIn(answer.asset) : answer.asset),
    "",
    ...identityText(page),
    "",
    ...holdingsText(page),
    "",
    ...arrivalsText(page),
    ...flowsText(page),
  ]
}

function identityText(page: AssetPage): string[] {
  const { say, groups, answer } = page
  const isShown = (bucket: Bucket): boolean => {
    if (bucket === "declared" || bucket === "held") return true
    return groups.some(group => (group.total(bucket) ?? "0") !== "0")
  }
  const columns: Column[] = [{ head: "", align: "left" }, ...page.ruleColumns()]
  const rows = BUCKETS.filter(isShown).map(bucket => [
    `${signOf(bucket)} ${say.buckets[bucket]}`,
    ...groups.map(group => page.amount(group.total(bucket))),
  ])
  const ids = [...new Set(groups.flatMap(({ thefts }) => thefts))]
  const lines = tableText(columns, [...rows, ...(ids.length < 2 ? [] : theftRows(page, ids))], page.width)
  if (ids.length > 1) lines.push(...page.more(ids.length))
  const agreed = groups.flatMap(({ rules }) => rules).filter(rule => answer.rules[rule]?.reconciles)
  if (agreed.length > 0) lines.push("", say.reconciled(agreed))
  if (answer.rules.poison !== undefined) lines.push(say.poisonConservesNothing)
  return lines
}

function signOf(bucket: Bucket): string {
  if (bucket === "declared") return " "
  return bucket === "held" ? "=" : "+"
}

/** With several thefts each has its own figures, since a unit may count for more than one. */
function theftRows(page: AssetPage, ids: readonly string[]): string[][] {
  const { say, groups } = page
  const shown = [
    ["declared", say.newlyNamed],
    ["collided", say.collided],
    ["held", say.buckets.held],
    ["services", say.buckets.services],
  ] as const
  return ids
    .slice(0, MOST_ROWS)
    .flatMap(id =>
      shown.map(([figure, name]) => [
        `  ${printable(id)}: ${name}`,
        ...groups.map(group => page.amount(group.ofTheft(id, figure))),
      ]),
    )
}
