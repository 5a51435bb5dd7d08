import type { CaseFile, CaseTransfer } from "../casefile/case.ts"
import { type AccountRow, isOriginUnknown, kindOf, parseAsset, UNRECORDED } from "../ledger/account-row.ts"
import type { Tx } from "../ledger/step.ts"
import { AccountChecks } from "../readers/account-checks.ts"
import { parseAmount } from "../units/amount.ts"
import { Problem } from "../units/problem.ts"
import { parseInstant, type Time } from "../units/time.ts"

/**
 * The transfers of a case as rows of a record. A "remainder" becomes what the rows before it leave in the sender's
 * pot: the source says that it is empty, and nothing says how.
 *
 * @throws Problem with the transfer's path
 */
export function rowsOfCase(file: CaseFile, checkAddress: (address: string) => string): readonly AccountRow[] {
  const checks = new AccountChecks()
  const balances = new Map<string, bigint>()
  const txs = new Map<string, Tx>()
  const rows = file.transfers.map((transfer, index) => {
    const where = { column: `transfers.${index} (${transfer.id})` }
    try {
      const row = rowOf(transfer, txs, balances, checkAddress)
      checks.check(row, null, where)
      move(balances, row)
      return row
    } catch (error) {
      throw error instanceof Problem
        ? new Problem(error.code, error.detail, { ...error.where, ...where })
        : error
    }
  })
  checks.finish()
  return rows
}

function rowOf(
  transfer: CaseTransfer,
  txs: Map<string, Tx>,
  balances: ReadonlyMap<string, bigint>,
  checkAddress: (address: string) => string,
): AccountRow {
  const { id, tx, height, exchange, grade } = transfer
  const asset = parseAsset(transfer.asset)
  const end = (address: string | undefined): string | null => {
    if (address === undefined) return null
    return address === UNRECORDED ? address : checkAddress(address)
  }
  const from = end(transfer.from)
  const to = end(transfer.to)
  const kind = kindOf(transfer.kind ?? null, from, to, exchange !== undefined)
  const left = balances.get(`${from}/${asset}`) ?? 0n
  const amount = transfer.amount === "remainder" ? (left > 0n ? left : 0n) : parseAmount(transfer.amount)
  return {
    tx: sharedTx(txs, tx, height, timeOf(transfer.time)),
    ref: id,
    from,
    to,
    asset,
    amount,
    kind,
    exchange: exchange ?? null,
    grade,
    source: transfer.sources.join(" "),
    originUnknown: isOriginUnknown(from, kind, height),
  }
}

function sharedTx(txs: Map<string, Tx>, id: string | null, height: number | null, time: Time): Tx {
  if (id === null) return { id, height, time }
  const known = txs.get(id)
  if (known !== undefined) return known
  const tx = { id, height, time }
  txs.set(id, tx)
  return tx
}

/** A case's time in UTC, as precise as its source. */
export function timeOf(time: Time): Time {
  if (time === null) return null
  if (typeof time === "string") return parseInstant(time)
  return { from: parseInstant(time.from) as string, to: parseInstant(time.to) as string }
}

function move(balances: Map<string, bigint>, { from, to, asset, amount }: AccountRow): void {
  const add = (account: string, change: bigint): void => {
    const pot = `${account}/${asset}`
    balances.set(pot, (balances.get(pot) ?? 0n) + change)
  }
  if (from !== null) add(from, -amount)
  if (to !== null && to !== UNRECORDED) add(to, amount)
}
