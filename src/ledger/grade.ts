/**
 * How well a datum is founded, best first: `chain` read from the chain, hash checked; `computed` a node's tracer
 * says so; `reported` a publication says so; `inferred` our reading, reasoning kept.
 */
export const GRADES = ["chain", "computed", "reported", "inferred"] as const
export type Grade = (typeof GRADES)[number]

/** A figure is as good as its weakest part. */
export function weakest(a: Grade, b: Grade): Grade {
  return GRADES.indexOf(a) >= GRADES.indexOf(b) ? a : b
}
