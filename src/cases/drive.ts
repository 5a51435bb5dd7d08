import type { Source } from "../ports/source.ts"
import type { Findings, Question } from "../tracing/question.ts"
import type { OnFlow } from "../tracing/settlement.ts"
import { trace } from "../tracing/trace.ts"

/** Runs one trace to its end, answering its needs from a source. */
export async function drive(question: Question, source: Source, onFlow: OnFlow): Promise<Findings> {
  const run = trace(question, onFlow)
  let next = run.next()
  while (!next.done) {
    const answers = source.answer(next.value)
    // Awaiting an answer that is at hand would cost a turn of the event loop for every step.
    next = run.next(answers instanceof Promise ? await answers : answers)
  }
  return next.value
}
