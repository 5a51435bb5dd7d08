import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { CoinjoinShape } from "./coinjoin-shape.ts"

/**
 * Our own threshold. The first coordinator (2022 to 2024) asked for 50; for those after it Dumplings asks for 15, which
 * fits more consolidations too.
 */
const FEWEST_INPUTS = 20
/** More than this share of the outputs is standard, in tenths (Dumplings, and BlockSci after it). */
const STANDARD_TENTHS = 8
const LOWEST = 5_000
/** 2^37. */
const HIGHEST = 137_438_953_472

/**
 * Wasabi 2's standard values: 2^n, 3^n, 2*3^n, 10^n, 2*10^n and 5*10^n smallest units (the wallet's DenominationBuilder;
 * the bounds are those of the list in Dumplings, StdDenoms).
 */
const STANDARD: ReadonlySet<number> = new Set(
  [
    [1, 2],
    [1, 3],
    [2, 3],
    [1, 10],
    [2, 10],
    [5, 10],
  ].flatMap(([first, times]) => seriesOf(first as number, times as number)),
)

function seriesOf(first: number, times: number): number[] {
  const series: number[] = []
  for (let value = first; value <= HIGHEST; value *= times) if (value >= LOWEST) series.push(value)
  return series
}

/**
 * Wasabi 2 (WabiSabi; Ficsór and others 2021, eprint 2021/206): many inputs, nearly all outputs of a standard value
 * and some of them alike. Participants have several outputs each, so that an output's anonymity set counts outputs.
 */
export function wasabi2In({ inputs, outputs, paidIn, equal }: CoinjoinShape): CoinjoinFinding | null {
  if (inputs.length < FEWEST_INPUTS || paidIn.length < FEWEST_INPUTS) return null
  const standard = outputs.filter(value => STANDARD.has(value)).length
  if (standard * 10 <= outputs.length * STANDARD_TENTHS) return null
  const alike = equal.filter(({ value }) => STANDARD.has(value))
  const [most] = alike
  // A consolidation into one round sum has no outputs alike.
  if (most === undefined || alike.length < 2) return null
  const values = alike.map(({ value }) => value)
  return { pattern: "wasabi-2", values, anonymitySet: most.count, doubts: ["batch-by-service"] }
}
