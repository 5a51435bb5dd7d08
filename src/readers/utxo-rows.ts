import type { Tx } from "../ledger/step.ts"
import type { Where } from "../units/problem.ts"

/** An output as recorded; `line` is kept for what only shows when all is read. */
export interface OutputRow {
  readonly vout: number
  readonly address: string | null
  readonly value: bigint
}

/** A transaction as the outputs file tells it, with the inputs that the inputs file adds. */
export interface UtxoTransaction {
  readonly tx: Tx & { readonly id: string }
  /** Its place in the block; order of appearance where the record has none. */
  readonly index: number | null
  readonly outputs: OutputRow[]
  readonly inputs: { readonly n: number; readonly spent: string; readonly where: Where }[]
  readonly where: Where
}
