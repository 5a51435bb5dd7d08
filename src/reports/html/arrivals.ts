import type { Arrival, AssetAnswer, RuleName } from "../../contracts/trace.ts"
import { type Context, conservingOf } from "./context.ts"
import { type Html, html } from "./markup.ts"
import { type ByRule, ruleColumns } from "./rule-columns.ts"
import { addressCell, code, showTime } from "./show.ts"
import { firstRows, table } from "./table.ts"

interface Line {
  readonly arrival: Arrival
  readonly amounts: Map<RuleName, bigint>
}

/** What reached services, payment by payment: the list that goes to an exchange with a request to freeze. */
export function arrivalsSection(context: Context): Html {
  const { text, input } = context
  if (!input.stopAtServices) return html`<p>${text.arrivals.followed}</p>`
  const tables = input.trace.answers.flatMap(answer => {
    const lines = linesOf(answer)
    return lines.length === 0 ? [] : [arrivalsTable(answer, lines, context)]
  })
  return tables.length === 0
    ? html`<p>${text.arrivals.none}</p>`
    : html`<p>${text.arrivals.lead}</p>\n${tables}`
}

export function rulesOf(answer: AssetAnswer): readonly RuleName[] {
  const conserving = conservingOf(answer).map(([rule]) => rule)
  return answer.rules.poison === undefined ? conserving : [...conserving, "poison"]
}

function linesOf(answer: AssetAnswer): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const rule of rulesOf(answer)) {
    // One pot may receive twice in one transaction; the payments are told apart by how many came before.
    const seen = new Map<string, number>()
    for (const arrival of answer.rules[rule]?.arrivals ?? []) {
      const payment = JSON.stringify([arrival.pot, arrival.tx, arrival.time])
      const nth = (seen.get(payment) ?? 0) + 1
      seen.set(payment, nth)
      const key = `${payment} ${nth}`
      const line = lines.get(key) ?? { arrival, amounts: new Map() }
      line.amounts.set(rule, BigInt(arrival.traced))
      lines.set(key, line)
    }
  }
  return [...lines.values()]
}

function arrivalsTable(answer: AssetAnswer, lines: readonly Line[], context: Context): Html {
  const { text } = context
  const byRule = ruleColumns(
    rulesOf(answer),
    lines.map(({ amounts }) => amounts),
    answer.asset,
    context,
  )
  const { shown, leftOut } = firstRows(lines)
  const services = new Map<string, Line[]>()
  for (const line of shown) {
    const own = services.get(line.arrival.service)
    if (own === undefined) services.set(line.arrival.service, [line])
    else own.push(line)
  }
  const bodies = [...services].map(([service, own]) => ({
    head: service,
    rows: [
      ...own.map(({ arrival, amounts }) => [
        payment(arrival, context),
        showTime(arrival.time, context),
        ...byRule.cells(amounts),
      ]),
      ...(own.length < 2 ? [] : [[text.arrivals.sum(service), "", ...byRule.cells(sumOf(own))]]),
    ],
  }))
  const columns = [{ head: text.arrivals.payment }, { head: text.columns.time }, ...byRule.columns]
  const rest = leftOut === 0 ? null : html`<p class="warn">${text.rowsLeftOut(leftOut)}</p>\n`
  return html`${table(text.arrivals.caption(answer.asset), columns, bodies)}${rest}`
}

function payment({ address, pot, tx }: Arrival, context: Context): Html {
  const output = pot.startsWith(`${address}/`) ? null : html`<br><span class="tx">${code(pot)}</span>`
  const hash =
    tx === null || output !== null
      ? null
      : html`<br><span class="tx">${context.text.columns.tx} ${code(tx)}</span>`
  return html`${addressCell(address, context)}${output}${hash}`
}

function sumOf(lines: readonly Line[]): ByRule {
  const sums = new Map<RuleName, bigint>()
  for (const { amounts } of lines)
    for (const [rule, value] of amounts) sums.set(rule, (sums.get(rule) ?? 0n) + value)
  return sums
}
