import type { AssetAnswer, RuleName } from "../../contracts/trace.ts"
import { accountOf } from "./address-book.ts"
import { type Context, conservingOf } from "./context.ts"
import { type Html, html } from "./markup.ts"
import { ruleColumns } from "./rule-columns.ts"
import { addressCell, amount, code } from "./show.ts"
import { firstRows, table } from "./table.ts"

/** Every place that still holds traced value: under each rule, and the range that no rule asked for moves. */
export function holdingsSection(context: Context): Html | null {
  const { text, input } = context
  const tables = input.trace.answers.flatMap(answer => {
    const pots = potsOf(answer)
    return pots.size === 0 ? [] : [holdingsTable(answer, pots, context)]
  })
  if (tables.length === 0)
    return input.trace.answers.some(({ rules }) => rules.poison === undefined)
      ? html`<p>${text.holdings.none}</p>`
      : null
  const hasRange = input.trace.answers.some(({ range }) => range !== undefined)
  return html`<p>${hasRange ? text.holdings.leadRange : text.holdings.lead}</p>\n${tables}`
}

/** Pots in the order of the range, or of the one rule's holdings, with their addresses. */
function potsOf(answer: AssetAnswer): ReadonlyMap<string, string | null> {
  const listed = answer.range ?? conservingOf(answer).flatMap(([, { holdings }]) => holdings)
  return new Map(listed.map(({ pot, address }) => [pot, address]))
}

function holdingsTable(
  answer: AssetAnswer,
  pots: ReadonlyMap<string, string | null>,
  context: Context,
): Html {
  const { text } = context
  const rules = conservingOf(answer)
  const lines = new Map([...pots.keys()].map(pot => [pot, new Map<RuleName, bigint>()]))
  for (const [rule, { holdings }] of rules) {
    for (const { pot, traced } of holdings) lines.get(pot)?.set(rule, BigInt(traced))
  }
  const names = rules.map(([rule]) => rule)
  const byRule = ruleColumns(names, [...lines.values()], answer.asset, context)
  const ranges = new Map((answer.range ?? []).map(entry => [entry.pot, entry]))
  const show = (value: string) => amount(value, answer.asset, context)
  const { shown, leftOut } = firstRows([...pots])
  const rows = shown.map(([pot, address]) => {
    const range = ranges.get(pot)
    const both = answer.range === undefined ? [] : [show(range?.least ?? "0"), show(range?.most ?? "0")]
    return [place(pot, address, answer.asset, context), ...byRule.cells(lines.get(pot) ?? new Map()), ...both]
  })
  const columns = [
    { head: text.columns.place },
    ...byRule.columns,
    ...(answer.range === undefined
      ? []
      : [text.holdings.least, text.holdings.most].map(head => ({ head, numeric: true }))),
  ]
  const rest = leftOut === 0 ? null : html`<p class="warn">${text.rowsLeftOut(leftOut)}</p>\n`
  return html`${table(text.holdings.caption(answer.asset), columns, [{ rows }])}${rest}`
}

/** An account is its address; of an output the address stands beside it, where the script has one. */
function place(pot: string, address: string | null, asset: string, context: Context): Html {
  const account = accountOf(pot, asset)
  if (account !== pot) return addressCell(account, context)
  return address === null
    ? code(pot)
    : html`${addressCell(address, context)}<br><span class="tx">${code(pot)}</span>`
}
