import { Agenda } from "./agenda.ts"
import { Evaluation } from "./evaluation.ts"
import type { Answer, Need } from "./need.ts"
import type { Findings, Question, Unknown } from "./question.ts"
import type { OnFlow } from "./settlement.ts"
import type { Wanted } from "./wanted.ts"

/**
 * Follows the thefts of a question under one rule, pulling only what the traced value needs, in position order.
 *
 * A generator: it yields batches of needs and is resumed with their answers, in the same order; it returns what it
 * found. No step is evaluated before every open need is answered, because an answer may bring an earlier step.
 * `onFlow` is told every traced credit as it is dealt.
 *
 * @throws Error where an answer does not fit its need, or a ledger breaks what its reader has to check
 */
export function* trace(
  question: Question,
  onFlow: OnFlow,
): Generator<readonly Need[], Findings, readonly Answer[]> {
  const agenda = new Agenda()
  const unknown: Unknown[] = []
  const wanted: Wanted = { spenders: [], accounts: [], movements: [], coinbases: [] }
  const evaluation = new Evaluation(question, wanted, onFlow)

  const refs = question.thefts.flatMap(({ refs }, theft) => refs.map(ref => ({ theft, ref })))
  const located = refs.length === 0 ? [] : yield refs.map(({ ref }) => ({ what: "theft", ref }))
  for (const [index, { theft, ref }] of refs.entries()) {
    const { found } = answered("theft", located[index])
    if ("beyond" in found) {
      evaluation.declareNothing(theft, ref, found.beyond)
      unknown.push({ what: "theft-beyond-horizon", theft, ref })
    } else if (!evaluation.declare(theft, ref, found.step, found.credit)) {
      unknown.push({ what: "theft-moves-nothing", theft, ref })
    } else agenda.add(found.step)
  }

  let last = -1
  for (;;) {
    yield* learn(wanted, evaluation, agenda)
    const step = agenda.next()
    if (step === undefined) return evaluation.findings(unknown)
    // Both ends of a transfer, and every input of a transaction, put the same step on the agenda.
    if (step.position <= last) continue
    last = step.position
    evaluation.evaluate(step)
    for (const pot of evaluation.accounts.touched(step))
      evaluation.accounts.advance(pot, step.position, agenda)
  }
}

/** Asks for everything wanted until nothing is. */
function* learn(
  wanted: Wanted,
  evaluation: Evaluation,
  agenda: Agenda,
): Generator<readonly Need[], void, readonly Answer[]> {
  for (;;) {
    const spenders = wanted.spenders.splice(0)
    const accounts = wanted.accounts.splice(0)
    const movements = wanted.movements.splice(0)
    const coinbases = wanted.coinbases.splice(0)
    const needs: Need[] = [
      ...spenders.map((pot): Need => ({ what: "spender", pot })),
      ...accounts.map(({ pot, at }): Need => ({ what: "account", pot, at })),
      ...movements.map(({ pot, after }): Need => ({ what: "movements", pot, after })),
      ...coinbases.map((at): Need => ({ what: "coinbase", at })),
    ]
    if (needs.length === 0) return
    const answers = yield needs
    let next = 0
    for (const _ of spenders) {
      const { step } = answered("spender", answers[next++])
      if (step !== null) agenda.add(step)
    }
    for (const { pot, at } of accounts) {
      evaluation.accounts.enter(pot, answered("account", answers[next++]))
      evaluation.accounts.advance(pot, at, agenda)
    }
    for (const { pot, after } of movements) {
      evaluation.accounts.extend(pot, answered("movements", answers[next++]))
      evaluation.accounts.advance(pot, after, agenda)
    }
    for (const _ of coinbases) agenda.add(answered("coinbase", answers[next++]).step)
  }
}

function answered<What extends Need["what"]>(
  what: What,
  answer: Answer | undefined,
): Answer & { what: What } {
  if (answer?.what !== what) throw new Error(`trace: expected an answer to "${what}", got "${answer?.what}"`)
  return answer as Answer & { what: What }
}
