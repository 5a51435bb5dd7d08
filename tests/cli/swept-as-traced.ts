import type { SweepDocument } from "../../src/contracts/sweep.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"

/**
 * What a sweep and a trace both say. A trace says besides who says that an address is a service's, and ranges over whole
 * lists; arrivals that are alike in amount and pot have no order.
 */
export function figures({ horizon, complete, gaps, answers }: SweepDocument | TraceDocument): unknown {
  const own = answers.map(({ range, ...answer }) => {
    const rules = Object.entries(answer.rules).map(([rule, { arrivals, ...rest }]) => {
      const told = arrivals.map(({ stoppedBy, ...arrival }) => JSON.stringify(arrival)).sort()
      return [rule, { ...rest, arrivals: told }]
    })
    return { ...answer, rules: Object.fromEntries(rules) }
  })
  return { horizon, complete, gaps, answers: own }
}
