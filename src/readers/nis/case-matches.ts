import type { CaseTransfer } from "../../casefile/case.ts"
import type { Entry } from "../../chains/nem/entry.ts"
import { instantOf } from "../../chains/nem/time.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import { millisecondsOf, parseInstant, type Time } from "../../units/time.ts"

/** A row of the chain that a transfer of a case may be. */
export interface Candidate {
  readonly row: AccountRow
  /** When its sender says that he made it, which explorers show and publications repeat. */
  readonly made: string
}

export function candidateOf(row: AccountRow, { transaction }: Entry): Candidate {
  return { row, made: instantOf(transaction.timeStamp) }
}

/** Same ends, same asset, same amount; what a source calls a transfer is one. */
export function isAlike(transfer: CaseTransfer, { from, to, asset, amount, kind }: AccountRow): boolean {
  if (transfer.kind !== undefined && transfer.kind !== kind) return false
  if (kind === "fee" && transfer.kind !== "fee") return false
  const ends = transfer.from === (from ?? undefined) && transfer.to === (to ?? undefined)
  return ends && transfer.asset === asset && transfer.amount === amount.toString()
}

/** Whether the chain's time, of the transaction or of its block, lies in what the source says of when. */
export function isInTime(transfer: CaseTransfer, { row, made }: Candidate): boolean {
  const window = windowOf(transfer.time)
  const { time } = row.tx
  const times = [made, ...(typeof time === "string" ? [time] : [])].map(millisecondsOf)
  return window === null || times.some(at => at >= window.from && at <= window.to)
}

/** In milliseconds; a time to the minute is any moment of that minute. Null is any time at all. */
function windowOf(time: Time): { readonly from: number; readonly to: number } | null {
  if (time === null) return null
  const [from, to] = typeof time === "string" ? [time, time] : [time.from, time.to]
  const begins = parseInstant(from)
  const ends = parseInstant(to)
  if (begins === null || ends === null) return null
  const precision = ends.length === "2018-01-25T15:09Z".length ? 59_999 : 999
  return { from: millisecondsOf(begins), to: millisecondsOf(ends) + precision }
}

/**
 * Which transfer is which candidate, both lists in their order, where several are alike: the chain's order is the
 * record's. Null where none is left for a transfer, undefined where it could be more than one: nothing is guessed.
 */
export function assign(
  transfers: readonly CaseTransfer[],
  candidates: readonly Candidate[],
): (Candidate | null | undefined)[] {
  const earliest = inOrder(transfers, candidates)
  const latest = inOrder(transfers.toReversed(), candidates.toReversed()).reverse()
  return earliest.map((candidate, at) => (candidate === latest[at] ? candidate : undefined))
}

/** Each takes the first one left that fits. */
function inOrder(transfers: readonly CaseTransfer[], candidates: readonly Candidate[]): (Candidate | null)[] {
  let next = 0
  return transfers.map(transfer => {
    const at = candidates.findIndex((candidate, index) => index >= next && isInTime(transfer, candidate))
    if (at === -1) return null
    next = at + 1
    return candidates[at] ?? null
  })
}
