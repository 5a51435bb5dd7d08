import type { OnProgress } from "../ports/progress.ts"
import type { Source } from "../ports/source.ts"
import type { Findings, Question } from "../tracing/question.ts"
import type { OnFlow } from "../tracing/settlement.ts"
import { trace } from "../tracing/trace.ts"

/**
 * Runs one trace to its end, answering its needs from a source.
 *
 * @param onProgress told of the blocks from the first traced credit on, where the records count blocks
 */
export async function drive(
  question: Question,
  source: Source,
  onFlow: OnFlow,
  onProgress?: OnProgress,
): Promise<Findings> {
  const run = trace(
    question,
    onProgress === undefined ? onFlow : watched(question, source, onFlow, onProgress),
  )
  let next = run.next()
  while (!next.done) {
    const answers = source.answer(next.value)
    // Awaiting an answer that is at hand would cost a turn of the event loop for every step.
    next = run.next(answers instanceof Promise ? await answers : answers)
  }
  return next.value
}

function watched({ rule }: Question, { horizon }: Source, onFlow: OnFlow, onProgress: OnProgress): OnFlow {
  const last = horizon.height
  let first: number | null = null
  return (flow, labels) => {
    const { height } = flow.step.tx
    if (height !== null && last !== null) {
      first ??= height
      onProgress(rule, height - first, last - first + 1, "blocks")
    }
    onFlow(flow, labels)
  }
}
