import type { Flow } from "../../contracts/trace.ts"
import type { AssetPage } from "./asset-page.ts"
import { type Column, printable, tableText } from "./table.ts"
import { timeText } from "./time-text.ts"

/** The flows asked for, rule by rule: the way is each rule's own. */
export function flowsText(page: AssetPage): string[] {
  const { say, groups } = page
  const columns: Column[] = [
    ...[say.kind, say.transaction, say.time, say.from, say.to].map(
      (head): Column => ({ head, align: "left" }),
    ),
    { head: say.amount, align: "right" },
    { head: say.traced, align: "right" },
    { head: say.grade, align: "left" },
  ]
  return groups
    .flatMap(({ flows }) => flows)
    .filter(({ told }) => told.length > 0)
    .flatMap(({ rule, told, leftOut }) => [
      "",
      `${say.flows}: ${rule}`,
      ...tableText(
        columns,
        told.map(flow => flowRow(flow, page)),
        Number.MAX_SAFE_INTEGER,
      ),
      ...(leftOut > 0 ? [say.flowsLeftOut(leftOut)] : []),
    ])
}

function flowRow({ kind, tx, time, from, to, amount, traced, grade }: Flow, page: AssetPage): string[] {
  const { say } = page
  return [
    say.kinds[kind],
    printable(tx ?? "-"),
    timeText(time, page.language) ?? say.unknown,
    printable(from.join(" ")),
    printable(to ?? "-"),
    page.amount(amount),
    page.amount(traced),
    say.grades[grade],
  ]
}
