/**
 * A share in percent, rounded half up to one decimal. What is neither all nor nothing is never written so: 99.96 is 99.9,
 * and 0.04 is 0.1.
 */
export function percent(right: number, of: number): string {
  // Half up exactly: 0.9885 as a float would be cut just below the half.
  const tenths = (2_000n * BigInt(right) + BigInt(of)) / (2n * BigInt(of))
  return written(Number(tenths), right === 0, right === of)
}

/** The same of an end of an interval, from 0 to 1, which is no ratio of counts. */
export function percentOfEnd(end: number): string {
  return written(Math.floor(end * 1000 + 0.5), end === 0, end === 1)
}

function written(tenths: number, isNone: boolean, isAll: boolean): string {
  const told = isNone || isAll ? tenths : Math.min(999, Math.max(1, tenths))
  return `${(told / 10).toFixed(1)} %`
}
