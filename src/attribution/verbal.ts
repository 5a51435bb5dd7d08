import { compare, type Fraction, fraction, inverse, ONE } from "./fraction.ts"

export const SUPPORT = [
  "none",
  "below-scale",
  "weak",
  "moderate",
  "moderately-strong",
  "strong",
  "very-strong",
  "extremely-strong",
] as const
/** How one end of a ratio is called. */
export type Support = (typeof SUPPORT)[number]

/**
 * ENFSI's example of a verbal scale (Guideline for Evaluative Reporting in Forensic Science, 2015): from this ratio on.
 * Between 1 and 2 it has no word. Read at second hand in part; another page gives other ends, so the number is
 * always printed beside the word.
 */
const FROM: readonly (readonly [bigint, Support])[] = [
  [1_000_000n, "extremely-strong"],
  [10_000n, "very-strong"],
  [1_000n, "strong"],
  [100n, "moderately-strong"],
  [10n, "moderate"],
  [2n, "weak"],
]

/** The word for a ratio, and which of the two it supports relative to the other. */
export function supportOf(ratio: Fraction): {
  readonly support: Support
  readonly of: "for" | "against" | null
} {
  const order = compare(ratio, ONE)
  if (order === 0) return { support: "none", of: null }
  const size = order > 0 ? ratio : ratio.n === 0n ? null : inverse(ratio)
  const found = FROM.find(([from]) => size === null || compare(size, { n: from, d: 1n }) >= 0)
  return { support: found?.[1] ?? "below-scale", of: order > 0 ? "for" : "against" }
}

export const CHANCES = [
  "almost-no-chance",
  "very-unlikely",
  "unlikely",
  "roughly-even",
  "likely",
  "very-likely",
  "almost-certain",
] as const
export type Chance = (typeof CHANCES)[number]

/** ICD 203 (by way of MISP estimative-language, version 5), in parts of 100: a bound belongs to the word above it. */
const BELOW: readonly (readonly [bigint, Chance])[] = [
  [5n, "almost-no-chance"],
  [20n, "very-unlikely"],
  [45n, "unlikely"],
  [55n, "roughly-even"],
  [80n, "likely"],
  [95n, "very-likely"],
]

export function chanceOf(probability: Fraction): Chance {
  return BELOW.find(([below]) => compare(probability, fraction(below, 100n)) < 0)?.[1] ?? "almost-certain"
}
