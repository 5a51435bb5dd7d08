/** Below it products of two amounts are exact as floating point, and so is the whole part of their quotient. */
const EXACT = Number.MAX_SAFE_INTEGER
/** Two roundings, of the product and of the quotient, each by at most 2^-53 of the value; twice that to be safe. */
const UNSURE = 2 ** -51

/**
 * The least integer not below s*c/t: what a credit of c gets of the last labels, whose amounts sum to s, of a pool of t
 * (DESIGN section 2: haircut). Labels are numbered from untraced on, and the first l of them get floor(P*c/t) of the
 * sum P of their amounts, so that the others get c - floor((t-s)*c/t), which is this.
 *
 * Exact: computed in floating point where its error cannot reach the next integer, in BigInt where it could.
 *
 * @param s at most t
 * @param c at most t
 * @param t above 0; all three integers below 2^53
 */
export function shareAbove(s: number, c: number, t: number): number {
  if (s === t) return c
  const product = s * c
  const quotient = product / t
  const up = Math.ceil(quotient)
  if (product <= EXACT) return up
  const error = quotient * UNSURE
  return up - quotient > error && quotient - (up - 1) > error ? up : inWholeNumbers(s, c, t)
}

function inWholeNumbers(s: number, c: number, t: number): number {
  const [bigS, bigC, bigT] = [BigInt(s), BigInt(c), BigInt(t)]
  return Number((bigS * bigC + bigT - 1n) / bigT)
}
