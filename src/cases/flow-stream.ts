import type { Flow } from "../contracts/trace.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { trace } from "../tracing/trace.ts"
import { type Inquiry, questionFor } from "./inquiry.ts"
import { Speller } from "./spell.ts"

/**
 * Every flow of one asset under one rule, in the order of evaluation, told while the trace is run once more: a
 * million flows are written without ever standing in memory together. The same question gives the same flows.
 */
export async function* flowStream(asset: string, rule: RuleName, inquiry: Inquiry): AsyncGenerator<Flow> {
  const { source, thefts } = inquiry
  const theftIds = thefts.map(({ id }) => id)
  let told: Flow[] = []
  const run = trace(questionFor(rule, inquiry), (flow, labels) => {
    if (flow.asset === asset) told.push(new Speller(source, labels, theftIds).flow(flow))
  })
  let next = run.next()
  while (!next.done) {
    next = run.next(await source.answer(next.value))
    yield* told
    told = []
  }
}
