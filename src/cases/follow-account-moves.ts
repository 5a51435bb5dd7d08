import type { Move, TracedPart } from "../ports/block-moves.ts"
import type { AccountColumns, StoredRow } from "../stores/account-ledger/account-columns.ts"
import { NONE, TO_UNRECORDED } from "../stores/account-ledger/codes.ts"

/** By row, what is traced in what leaves its account, and in what comes to the other. */
export interface RowLots {
  readonly taken: ReadonlyMap<number, readonly TracedPart[]>
  readonly made: ReadonlyMap<number, readonly TracedPart[]>
}

export interface BlockRows {
  readonly from: number
  readonly end: number
}

/**
 * A block's debits and credits by name, with what each rule says is traced in them, in the order of the rows.
 *
 * @param lots of each rule
 * @param tellAll also those in which nothing is traced
 */
export function accountMoves(
  columns: AccountColumns,
  { from, end }: BlockRows,
  lots: readonly RowLots[],
  tellAll: boolean,
): { readonly debits: Move[]; readonly credits: Move[] } {
  const debits: Move[] = []
  const credits: Move[] = []
  for (let id = from; id < end; id++) {
    const row = columns.row(id)
    const taken = lots.flatMap(own => own.taken.get(id) ?? [])
    const made = lots.flatMap(own => own.made.get(id) ?? [])
    if (row.from !== NONE && (tellAll || taken.length > 0)) debits.push(moveOf(columns, row, row.from, taken))
    const isPot = row.to !== NONE && row.to !== TO_UNRECORDED
    if (isPot && (tellAll || made.length > 0)) credits.push(moveOf(columns, row, row.to, made))
  }
  return { debits, credits }
}

function moveOf(
  columns: AccountColumns,
  { tx, amount }: StoredRow,
  pot: number,
  traced: readonly TracedPart[],
): Move {
  const [address, asset] = [columns.accountName(pot), columns.assetName(pot)]
  return { tx: columns.beginningOf(tx), pot: `${address}/${asset}`, address, asset, amount, traced }
}

/** Rows that stand beside all transactions, as a block's reward does, are of none. */
export function transactionsIn(columns: AccountColumns, { from, end }: BlockRows): number {
  if (from === end) return 0
  let count = 0
  const [first, last] = [columns.row(from).tx, columns.row(end - 1).tx]
  for (let tx = first; tx <= last; tx++) if (columns.tx(tx).id !== null) count++
  return count
}
