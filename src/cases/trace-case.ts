import { type Flow, TRACE_SCHEMA, type TraceDocument } from "../contracts/trace.ts"
import type { Gap } from "../ledger/gap.ts"
import { type Grade, weakest } from "../ledger/grade.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { Findings } from "../tracing/question.ts"
import type { OnFlow } from "../tracing/settlement.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { Problem } from "../units/problem.ts"
import type { Time } from "../units/time.ts"
import { answerFor, assetsAnswered, type RuleRun } from "./answer.ts"
import { drive } from "./drive.ts"
import { couldChangeAFigure, gapsOf } from "./gaps.ts"
import { bookOf, type Inquiry, questionFor } from "./inquiry.ts"
import { PassedServices } from "./services-passed.ts"
import { Speller } from "./spell.ts"
import { ratesOfStops } from "./trace-rates.ts"

export interface Traced {
  readonly document: TraceDocument
  /** Of each holding by its pot, of each arrival by `arrivalKey`. */
  readonly grades: ReadonlyMap<string, Grade>
  /** The services that following went through; null where it was to stop at them. */
  readonly passed: PassedServices | null
}

/**
 * Traces every rule that is asked for over one source, and puts the answers side by side.
 *
 * @param gapText the sentence of a gap in the user's language
 * @throws Problem `rule-needs-utxo` where a rule is asked for by name that the chain does not allow
 */
export async function traceCase(inquiry: Inquiry, gapText: (gap: Gap) => string): Promise<Traced> {
  const skipped = rulesSkipped(inquiry)
  const { labels } = bookOf(inquiry)
  const runs = new Map<RuleName, RuleRun>()
  const passed = new PassedServices(bookOf(inquiry))
  for (const rule of inquiry.rules) {
    if (!skipped.includes(rule)) runs.set(rule, await runRule(rule, inquiry, passed))
  }
  const findings = new Map([...runs].map(([rule, run]) => [rule, run.findings]))
  const gaps = gapsOf(inquiry, findings, skipped, passed)
  const answers = assetsAnswered(runs).map(asset => answerFor(asset, inquiry, runs))
  const rates = ratesOfStops(answers, inquiry)
  const document: TraceDocument = {
    schema: TRACE_SCHEMA,
    case: inquiry.caseId,
    chain: inquiry.chain,
    horizon: inquiry.source.horizon,
    complete: !gaps.some(couldChangeAFigure),
    ...(labels === null ? {} : { labels }),
    gaps: gaps.map(gap => ({
      code: gap.code,
      pot: gap.pot,
      amount: gap.amount === null ? null : gap.amount.toString(),
      text: gapText(gap),
    })),
    answers,
    ...(rates.length === 0 ? {} : { rates }),
  }
  const grades = gradesOf(inquiry, [...findings.values()])
  return { document, grades, passed: inquiry.stopAtServices ? null : passed }
}

/** How well founded each figure is: the weakest grade that any rule met on the way to it. */
export function gradesOf(inquiry: Inquiry, findings: readonly Findings[]): Traced["grades"] {
  const { source } = inquiry
  const book = bookOf(inquiry)
  const grades = new Map<string, Grade>()
  const note = (key: string, grade: Grade) => grades.set(key, weakest(grades.get(key) ?? grade, grade))
  for (const { held, arrived } of findings) {
    for (const { pot, grade } of held) note(source.potName(pot), grade)
    for (const { pot, step, grade, address } of arrived) {
      const by = book.serviceAt(address)?.by
      // That a pattern makes it a service's is our reading, however good the path to it.
      const isPattern = by?.kind === "deposit-address" || by?.kind === "cluster"
      note(arrivalKey(source.potName(pot), step.tx), isPattern ? weakest(grade, by.grade) : grade)
    }
  }
  return grades
}

/** An arrival is told from others at its pot by its transaction, or by its time where no record has a hash. */
export function arrivalKey(
  pot: string,
  { id, time }: { readonly id: string | null; readonly time: Time },
): string {
  return JSON.stringify([pot, id, time])
}

/** @throws Problem `rule-needs-utxo` where one of them was asked for by name */
export function rulesSkipped({
  rules,
  allRules,
  source,
}: Pick<Inquiry, "rules" | "allRules" | "source">): readonly RuleName[] {
  if (source.shape === "utxo" || !rules.includes("tiho")) return []
  if (!allRules) throw new Problem("rule-needs-utxo", { rule: "tiho" })
  return ["tiho"]
}

async function runRule(rule: RuleName, inquiry: Inquiry, passed: PassedServices): Promise<RuleRun> {
  const theftIds = inquiry.thefts.map(({ id }) => id)
  const most = inquiry.flows === "all" ? Number.POSITIVE_INFINITY : (inquiry.flows ?? 0)
  const flows = new Map<string, { kept: Flow[]; leftOut: number }>()
  const onFlow: OnFlow = (flow, labels) => {
    if (!inquiry.stopAtServices && flow.to !== null && flow.address !== null)
      passed.note(flow.address, flow.asset)
    const own = getOrMake(flows, flow.asset, () => ({ kept: [] as Flow[], leftOut: 0 }))
    // A label's meaning never changes, so a flow can be spelled out while the trace still runs.
    if (own.kept.length < most) own.kept.push(new Speller(inquiry.source, labels, theftIds).flow(flow))
    else own.leftOut++
  }
  const findings = await drive(questionFor(rule, inquiry), inquiry.source, onFlow, inquiry.onProgress)
  return { findings, flows }
}
