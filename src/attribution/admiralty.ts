import { type Fraction, fraction, times } from "./fraction.ts"

/** MISP taxonomy admiralty-scale, version 5: its numeric values, of 100. */
const LETTERS: Readonly<Record<string, number>> = { A: 100, B: 75, C: 50, D: 25, E: 0, F: 50, G: 0 }
const DIGITS: Readonly<Record<string, number>> = { "1": 100, "2": 75, "3": 50, "4": 25, "5": 0, "6": 50 }

/** A letter for the source and a digit for what it says: "B2". */
export const GRADE_PATTERN = /^[A-G][1-6]$/

/**
 * The share of a ratio that a graded claim may keep: letter times digit, each as the part of 1 that the taxonomy gives.
 * The two numbers are the taxonomy's; that they are multiplied is this program's rule.
 *
 * @param grade of `GRADE_PATTERN`
 */
export function reliabilityOf(grade: string): Fraction {
  const part = (value: number | undefined): Fraction => fraction(BigInt(value ?? 0), 100n)
  return times(part(LETTERS[grade.charAt(0)]), part(DIGITS[grade.charAt(1)]))
}
