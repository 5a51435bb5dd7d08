import type { Source } from "../ports/source.ts"
import type { Located } from "../tracing/need.ts"
import { Problem } from "../units/problem.ts"
import type { Time } from "../units/time.ts"

/** The last instant that a time may be. */
export function lastOf(time: Time): string | null {
  return time === null || typeof time === "string" ? time : time.to
}

/** Where a reference is in the ledger; null where it has none such, or only beyond its horizon. */
export async function locate(
  source: Source,
  ref: string,
): Promise<Extract<Located, { step: unknown }> | null> {
  try {
    const [answer] = await source.answer([{ what: "theft", ref }])
    return answer?.what === "theft" && "step" in answer.found ? answer.found : null
  } catch (error) {
    if (error instanceof Problem && ["ref-unknown", "ref-malformed", "ref-ambiguous"].includes(error.code))
      return null
    throw error
  }
}
