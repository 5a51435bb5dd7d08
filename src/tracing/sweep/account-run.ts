import type { PotId, Step } from "../../ledger/step.ts"

/** Numbers from here on are no pots: a row issues, burns, or leaves to where nobody knows. */
export const NO_POT = 0xffff_fffe

/**
 * A run of whole blocks of an account chain: rows in the order of evaluation, by the ledger's ids. Arrays begin with the
 * run's first row. Whether a row touches anything traced is seen from two numbers; its step is made only where it does.
 */
export interface AccountRun {
  readonly rowFrom: number
  /** The first row that is not in it. */
  readonly rowEnd: number
  /** The pot that a row leaves and the one that it enters; for a leg of an exchange both are `NO_POT`. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** The first row of each exchange, ascending: an exchange is evaluated whole there. */
  readonly exchanges: readonly number[]
  /** The rows of the debits and of the credits of the step that stands at a row. */
  rowsOf(first: number): { readonly debits: readonly number[]; readonly credits: readonly number[] }
  /** The step that stands at a row; its position is the row. */
  stepAt(first: number): Step
}

/** How an account's pot stands before a row. */
export interface Standing {
  readonly before: bigint
  /** The least untraced balance before the ledger begins that keeps the pot from going below zero. */
  readonly opening: bigint
  /** What was issued into it before that row from an unknown origin. */
  readonly issued: bigint
}

/** What accounts held that nobody has followed: told by the whole of their record. */
export interface AccountPast {
  standing(pot: PotId, row: number): Standing
}

/** A credit declared stolen: the row at which its step stands, and its place among the step's credits. */
export interface DeclaredRow {
  readonly row: number
  readonly credit: number
  readonly theft: number
}
