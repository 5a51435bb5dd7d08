import type { Hex } from "viem"
import { type AccountRow, isOriginUnknown } from "../../ledger/account-row.ts"
import type { Grade } from "../../ledger/grade.ts"
import type { StepKind, Tx } from "../../ledger/step.ts"

export const ETHER = "ETH"

/** Makes rows of one transaction, or of a block outside its transactions. A row that moves nothing is none. */
export class Rows {
  readonly #tx: Tx
  readonly #prefix: string
  readonly #rows: AccountRow[] = []

  /** @param prefix what a reference begins with: the transaction's id, or `block:HEIGHT` */
  constructor(tx: Tx, prefix: string) {
    this.#tx = tx
    this.#prefix = prefix
  }

  get rows(): readonly AccountRow[] {
    return this.#rows
  }

  add(row: {
    readonly at: string
    readonly from: Hex | null
    readonly to: Hex | null
    readonly amount: bigint
    readonly kind: StepKind
    readonly grade: Grade
    readonly asset?: string
  }): void {
    const { at, from, to, amount, kind, grade, asset = ETHER } = row
    if (amount === 0n || (from === null && to === null)) return
    this.#rows.push({
      tx: this.#tx,
      ref: `${this.#prefix}#${at}`,
      from,
      to,
      asset,
      amount,
      kind,
      exchange: null,
      grade,
      source: null,
      originUnknown: isOriginUnknown(from, kind, this.#tx.height),
    })
  }
}
