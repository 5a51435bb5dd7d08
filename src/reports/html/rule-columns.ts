import type { RuleName } from "../../contracts/trace.ts"
import type { Context } from "./context.ts"
import { html, joined, type Piece } from "./markup.ts"
import { amount } from "./show.ts"
import type { Column } from "./table.ts"

/** One amount for each rule; a rule that is not in it has 0. */
export type ByRule = ReadonlyMap<RuleName, bigint>

export interface RuleColumns {
  readonly columns: readonly Column[]
  cells(line: ByRule): readonly Piece[]
}

/**
 * Rules side by side, those that agree in every line of a table in one column: five equal columns hide that they
 * are equal, and leave no room for the addresses. Poison is never put with the others: its figures are no amounts.
 */
export function ruleColumns(
  rules: readonly RuleName[],
  lines: readonly ByRule[],
  asset: string,
  context: Context,
): RuleColumns {
  const groups = new Map<string, RuleName[]>()
  for (const rule of rules) {
    const key = rule === "poison" ? rule : lines.map(line => line.get(rule) ?? 0n).join(" ")
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [rule])
    else group.push(rule)
  }
  const { names, every } = context.text.rules
  const conserving = rules.filter(rule => rule !== "poison").length
  const head = (group: readonly RuleName[]): Piece =>
    group.length > 1 && group.length === conserving
      ? every(conserving)
      : joined(
          group.map(rule => names[rule]),
          html`,<br>`,
        )
  return {
    columns: [...groups.values()].map(group => ({ head: head(group), numeric: true })),
    cells: line =>
      [...groups.values()].map(([rule]) =>
        amount(rule === undefined ? 0n : (line.get(rule) ?? 0n), asset, context),
      ),
  }
}
