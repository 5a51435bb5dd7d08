import type { AccountRow } from "../../ledger/account-row.ts"
import { type Grade, weakest } from "../../ledger/grade.ts"
import type { Time } from "../../units/time.ts"
import type { CallFrame } from "./call-frame.ts"
import { EthereumFault } from "./fault.ts"
import { type Fees, feesOf } from "./fees.ts"
import type { Header } from "./header.ts"
import type { Lack } from "./lack.ts"
import { movesOf } from "./moves.ts"
import type { Log, Receipt } from "./receipt.ts"
import { Rows } from "./rows.ts"
import { assetOfToken, tokensOf } from "./token.ts"
import type { Transaction } from "./transaction.ts"
import { createdAddress } from "./transaction-hash.ts"

interface TransactionRecord {
  readonly header: Header
  readonly transaction: Transaction
  readonly receipt: Receipt
  readonly frame: CallFrame | null
  readonly time: Time
  readonly isProved: boolean
  readonly destroysOnlyCreated: boolean
}

/** What a transaction costs that runs no code and carries no data. */
const GAS_OF_PLAIN_TRANSFER = 21_000n

/**
 * What a transaction moved: its fees, its value, what its calls moved, then tokens. Native value and tokens are of
 * different pots, so that it does not matter that a token's transfer may have come before the call it stands after.
 *
 * @throws EthereumFault
 */
export function tellTransaction(record: TransactionRecord): {
  readonly rows: readonly AccountRow[]
  readonly lacks: readonly Lack[]
} {
  const { header, transaction, receipt, frame, time, isProved } = record
  const path = `transactions[${transaction.index}]`
  const rows = new Rows({ id: transaction.hash, height: header.number, time }, transaction.hash)
  const lacks: Lack[] = []
  const grade: Grade = isProved ? "chain" : "reported"
  const fees = feesOf(transaction, receipt, header, path)
  tellFees(record, fees, rows, grade)
  if (fees.blob === null) lacks.push({ what: "proof" })
  if (frame !== null) checkFrame(record, frame, path)
  const outcome = outcomeOf(record)
  if (outcome.succeeded) {
    const to = transaction.to ?? createdOf(record, path)
    const valueGrade = weakest(outcome.grade, grade)
    rows.add({
      at: "value",
      from: transaction.from,
      to,
      amount: transaction.value,
      kind: "transfer",
      grade: valueGrade,
    })
    if (frame !== null && !tellMoves(record, frame, fees.tip, rows, grade))
      lacks.push({ what: "internal calls" })
    lacks.push(...tellTokens(receipt.logs ?? [], rows, grade))
  }
  // A failed transaction's calls moved nothing, whatever they were; one that ran no code made none.
  const mayHaveCalled = outcome.succeeded
    ? receipt.gasUsed !== GAS_OF_PLAIN_TRANSFER
    : receipt.succeeded === null
  if (frame === null && mayHaveCalled) lacks.push({ what: "internal calls" })
  return { rows: rows.rows, lacks }
}

function tellFees({ header, transaction }: TransactionRecord, fees: Fees, rows: Rows, grade: Grade): void {
  const { from } = transaction
  rows.add({ at: "fee", from, to: header.miner, amount: fees.tip, kind: "fee", grade })
  rows.add({ at: "basefee", from, to: null, amount: fees.base, kind: "fee", grade })
  const computed = weakest(grade, "computed")
  // What a blob's gas costs stands in no root: a node works it out.
  rows.add({ at: "blobfee", from, to: null, amount: fees.blob ?? 0n, kind: "fee", grade: computed })
}

/**
 * Before Byzantium (EIP-658) no receipt says whether a transaction failed: its trace does. Without one, a failed one
 * has used all its gas, since nothing gave any back then; a plain transfer's gas is exactly what it needs, so that its
 * success is inferred.
 */
function outcomeOf({ transaction, receipt, frame }: TransactionRecord): {
  readonly succeeded: boolean
  readonly grade: Grade
} {
  if (receipt.succeeded !== null) return { succeeded: receipt.succeeded, grade: "chain" }
  if (frame !== null) return { succeeded: !frame.failed, grade: "computed" }
  if (receipt.gasUsed < transaction.gas) return { succeeded: true, grade: "chain" }
  return { succeeded: receipt.gasUsed === GAS_OF_PLAIN_TRANSFER, grade: "inferred" }
}

/** @throws EthereumFault `trace does not match` where the trace is of something else */
function checkFrame({ transaction, receipt }: TransactionRecord, frame: CallFrame, path: string): void {
  const { from, to, value } = transaction
  const agrees =
    frame.from === from &&
    (to === null ? frame.type === "CREATE" : frame.to === to) &&
    (frame.value ?? 0n) === value &&
    (receipt.succeeded === null || receipt.succeeded !== frame.failed)
  if (!agrees) throw new EthereumFault("trace does not match", path)
}

function createdOf({ transaction, receipt }: TransactionRecord, path: string): `0x${string}` {
  const created = createdAddress(transaction.from, transaction.nonce)
  if (receipt.contractAddress !== null && receipt.contractAddress !== created) {
    throw new EthereumFault("of another transaction", `${path}.contractAddress`)
  }
  return created
}

/** False where the tracer left something out. */
function tellMoves(
  record: TransactionRecord,
  frame: CallFrame,
  tip: bigint,
  rows: Rows,
  grade: Grade,
): boolean {
  const { header, destroysOnlyCreated } = record
  const { moves, complete } = movesOf(frame, {
    destroysOnlyCreated,
    tip: { to: header.miner, amount: tip },
  })
  for (const move of moves) {
    rows.add({ ...move, kind: move.to === null ? "burn" : "transfer", grade: weakest(grade, "computed") })
  }
  return complete
}

function tellTokens(logs: readonly Log[], rows: Rows, grade: Grade): Lack[] {
  const { transfers, doubts } = tokensOf(logs)
  for (const { token, from, to, amount, index } of transfers) {
    const kind = from === null ? "issue" : to === null ? "burn" : "transfer"
    rows.add({ at: `log:${index}`, from, to, amount, kind, grade, asset: assetOfToken(token) })
  }
  return doubts.map(doubt => ({ what: "token", ...doubt }))
}
