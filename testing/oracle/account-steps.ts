import type { Nowhere, Place } from "./credit.ts"
import type { TransferRow } from "./rows.ts"

/** One row, or the rows of one exchange, which "is evaluated whole at its first row". */
export interface AccountStep {
  readonly height: number | null
  readonly exchange: boolean
  readonly rows: readonly TransferRow[]
}

export const UNRECORDED = "?"
export const accountPot = (account: string, asset: string): string => `${account}/${asset}`
export const rowRef = (row: TransferRow): string => `${row.txid}#${row.n}`
/** The account that a row credits; null where it burns or nobody knows. */
export const receiverOf = (row: TransferRow): string | null =>
  row.to === "" || row.to === UNRECORDED ? null : row.to

export function destinationOf(row: TransferRow): Place | Nowhere {
  const receiver = receiverOf(row)
  if (receiver !== null) return { pot: accountPot(receiver, row.asset), address: receiver }
  return row.to === UNRECORDED ? "unrecorded" : "burned"
}

/** The rows of a transfers file as steps in evaluation order, without those that do nothing. */
export function stepsOf(rows: readonly TransferRow[]): AccountStep[] {
  const steps: { height: number | null; exchange: boolean; rows: TransferRow[] }[] = []
  const exchanges = new Map<string, TransferRow[]>()
  let height: number | null = null
  for (const row of rows) {
    // "an empty height is the previous one's"
    height = row.height ?? height
    // "A transfer to oneself is a no-op", whatever its kind: it moves nothing, so it also declares nothing.
    if (row.from !== "" && row.from === row.to) continue
    const id = row.exchange ?? ""
    const key = JSON.stringify([row.txid, id])
    const begun = exchanges.get(key)
    if (id !== "" && begun) {
      begun.push(row)
      continue
    }
    const step = { height, exchange: id !== "", rows: [row] }
    steps.push(step)
    if (id !== "") exchanges.set(key, step.rows)
  }
  return steps
}
