import type { Arrival, AssetAnswer, RuleName } from "../../contracts/trace.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { type Context, conservingOf } from "./context.ts"
import { type Html, html } from "./markup.ts"
import { ratesList } from "./rates-list.ts"
import { type ByRule, ruleColumns } from "./rule-columns.ts"
import { addressCell, code, showTime } from "./show.ts"
import { servicesText, stopsList } from "./stops.ts"
import { firstRows, table } from "./table.ts"

interface Line {
  readonly arrival: Arrival
  readonly amounts: Map<RuleName, bigint>
}

/** What reached services, payment by payment: the list that goes to an exchange with a request to freeze. */
export function arrivalsSection(context: Context): Html {
  const { text, input } = context
  if (!input.stopAtServices) return html`<p>${text.arrivals.followed}</p>${passedServices(context)}`
  const tables = input.trace.answers.flatMap(answer => {
    const lines = linesOf(answer)
    return lines.length === 0 ? [] : [arrivalsTable(answer, lines, context)]
  })
  return tables.length === 0
    ? html`<p>${text.arrivals.none}</p>`
    : html`<p>${text.arrivals.lead}</p>\n${tables}${ratesList(context)}`
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
      ...byDeposit(own).flatMap(lines => [
        ...lines.map(({ arrival, amounts }) => [
          payment(arrival, context),
          showTime(arrival.time, context),
          ...byRule.cells(amounts),
        ]),
        ...depositSum(lines, context).map(head => [head, "", ...byRule.cells(sumOf(lines))]),
      ]),
      ...(own.length < 2 ? [] : [[text.arrivals.sum(service), "", ...byRule.cells(sumOf(own))]]),
    ],
  }))
  const columns = [{ head: text.arrivals.payment }, { head: text.columns.time }, ...byRule.columns]
  const rest = leftOut === 0 ? null : html`<p class="warn">${text.rowsLeftOut(leftOut)}</p>\n`
  const stops = stopsList(
    lines.map(({ arrival }) => arrival),
    context,
  )
  return html`${table(text.arrivals.caption(answer.asset), columns, bodies)}${rest}${stops}`
}

/** What follows through services must be warned of where their list would stand. */
function passedServices({ input }: Context): Html | null {
  const gap = input.trace.gaps.find(({ code }) => code === "services-followed")
  return gap === undefined ? null : html`\n<p class="warn">${gap.text}</p>`
}

/** Payments to addresses of the service itself, then those to each of its deposit addresses. */
function byDeposit(lines: readonly Line[]): readonly (readonly Line[])[] {
  const groups = new Map<string, Line[]>()
  for (const line of lines.toSorted((a, b) => Number(isDeposit(a)) - Number(isDeposit(b)))) {
    getOrMake(groups, isDeposit(line) ? line.arrival.address : "", () => [] as Line[]).push(line)
  }
  return [...groups.values()]
}

const isDeposit = ({ arrival }: Line): boolean => arrival.stoppedBy?.kind === "deposit-address"

function depositSum(lines: readonly Line[], context: Context): readonly string[] {
  const [first] = lines
  if (first === undefined || lines.length < 2 || !isDeposit(first)) return []
  return [context.text.arrivals.sum(servicesText(context).depositAddress(first.arrival.address))]
}

function payment({ address, pot, tx, stoppedBy }: Arrival, context: Context): Html {
  const output = pot.startsWith(`${address}/`) ? null : html`<br><span class="tx">${code(pot)}</span>`
  const hash =
    tx === null || output !== null
      ? null
      : html`<br><span class="tx">${context.text.columns.tx} ${code(tx)}</span>`
  const note = stoppedBy?.kind === "deposit-address" ? servicesText(context).short[stoppedBy.kind] : null
  const mark = note === null ? null : html`<br><span class="note">${note}</span>`
  return html`${addressCell(address, context)}${mark}${output}${hash}`
}

function sumOf(lines: readonly Line[]): ByRule {
  const sums = new Map<RuleName, bigint>()
  for (const { amounts } of lines)
    for (const [rule, value] of amounts) sums.set(rule, (sums.get(rule) ?? 0n) + value)
  return sums
}
