import { GRADES, type Grade } from "../ledger/grade.ts"
import { STEP_KINDS, type StepKind } from "../ledger/step.ts"
import { parseAmount } from "../units/amount.ts"
import { Problem } from "../units/problem.ts"
import { type Instant, parseInstant } from "../units/time.ts"
import type { CsvRow } from "./csv.ts"

/** Reads one field of a row; a problem inside it names the column. */
export function field<T>(row: CsvRow, column: string, read: (text: string) => T): T {
  try {
    return read(row.get(column))
  } catch (error) {
    throw error instanceof Problem ? error.at({ line: row.line, column }) : error
  }
}

export function parseText(text: string): string {
  if (text === "") throw new Problem("field-empty")
  return text
}

/** A whole number from 0 to 2^31 - 1: heights, indexes, vouts. */
export function parseInteger(text: string): number {
  if (!/^(0|[1-9][0-9]{0,9})$/.test(text) || Number(text) > 0x7fffffff) {
    throw new Problem("integer-malformed", { value: text })
  }
  return Number(text)
}

export function parseOptionalInteger(text: string): number | null {
  return text === "" ? null : parseInteger(text)
}

export function parseGrade(text: string): Grade {
  if (text === "") return "reported"
  const grade = GRADES.find(known => known === text)
  if (grade === undefined) throw new Problem("grade-unknown", { value: text, known: GRADES.join(", ") })
  return grade
}

export function parseKind(text: string): StepKind | null {
  if (text === "") return null
  const kind = STEP_KINDS.find(known => known === text)
  if (kind === undefined) throw new Problem("kind-unknown", { value: text, known: STEP_KINDS.join(", ") })
  return kind
}

export const readAmount = (row: CsvRow, column: string): bigint => field(row, column, parseAmount)
export const readInstant = (row: CsvRow, column: string): Instant | null => field(row, column, parseInstant)
