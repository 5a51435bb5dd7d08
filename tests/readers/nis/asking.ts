import type { Step } from "../../../src/ledger/step.ts"
import type { Source } from "../../../src/ports/source.ts"
import type { AccountAnswer } from "../../../src/tracing/need.ts"

export interface Found {
  readonly step: Step
  readonly credit: number
}

export async function answerTo(source: Source, ref: string): Promise<Found> {
  const [answer] = await source.answer([{ what: "theft", ref }])
  if (answer?.what !== "theft") throw new Error("expected a theft's place")
  if ("beyond" in answer.found) throw new Error(`${ref} is beyond the horizon`)
  return answer.found
}

/** How the account that a credit enters stands before it. */
export async function standingOf(source: Source, { step, credit }: Found): Promise<AccountAnswer> {
  const to = step.credits[credit]?.to
  if (typeof to !== "number") throw new Error("the credit enters no pot")
  const [answer] = await source.answer([{ what: "account", pot: to, at: step.position }])
  if (answer?.what !== "account") throw new Error("expected an account's answer")
  return answer
}
