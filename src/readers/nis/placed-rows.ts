import { addressOfKey } from "../../chains/nem/account.ts"
import { mosaicsOf } from "../../chains/nem/concern.ts"
import type { Entry } from "../../chains/nem/entry.ts"
import { NemFault } from "../../chains/nem/fault.ts"
import { assetOf, type MosaicDefinition } from "../../chains/nem/mosaic.ts"
import type { UnknownMovement } from "../../chains/nem/movement.ts"
import { nemesisRow, type Producer, type Rows, rowsOf, type Setting } from "../../chains/nem/rows.ts"
import type { DefinitionLookup } from "../../chains/nem/steps.ts"
import { instantOf } from "../../chains/nem/time.ts"
import type { Transaction } from "../../chains/nem/transaction.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import { type Position, positionOf } from "../../units/position.ts"
import { Problem } from "../../units/problem.ts"
import type { CheckedBlock, PlacedTransaction } from "./checked-block.ts"
import type { OutsideKnowledge } from "./outside-knowledge.ts"

export interface PlacedRow {
  readonly row: AccountRow
  readonly position: Position
}

export interface PlacedRows {
  readonly rows: readonly PlacedRow[]
  /** Who may have moved more than the rows tell. */
  readonly actor: string
  readonly unknown: readonly UnknownMovement[]
}

/** Rows that one transaction may come to, and transactions that one block may hold: their product is 2^27. */
const ROWS_IN_TRANSACTION = 2 ** 16
const TRANSACTIONS_IN_BLOCK = 2 ** 11 - 2

/** The account whose coins a transaction moves: of a multisig the one that it acts for. */
export function actorOf(transaction: Transaction): string {
  const inner = transaction.kind === "multisig" ? transaction.inner : transaction
  return addressOfKey(inner.signer, inner.network)
}

/**
 * The rows of one transaction of a block, at their places in the order of the chain: the place in the block, and
 * within the transaction. A place once given is the same whoever asks.
 *
 * @throws RemoteFault, or Problem `chain-data-malformed` for what NIS would have refused
 */
export async function placedRows(
  checked: CheckedBlock,
  at: number,
  outside: OutsideKnowledge,
): Promise<PlacedRows> {
  const { block } = checked
  const { transaction, hash } = checked.transactions[at] as PlacedTransaction
  const producer = await outside.producerOf(addressOfKey(block.signer, block.network), block.height)
  const earlier = new Set(checked.transactions.slice(0, at).map(each => each.hash))
  const isBefore = (entry: Entry) =>
    entry.height < block.height || (entry.height === block.height && earlier.has(entry.hash))
  const told = await looseRows(transaction, hash, block, producer, outside, isBefore)
  if (at >= TRANSACTIONS_IN_BLOCK || told.rows.length > ROWS_IN_TRANSACTION) {
    throw new Problem("chain-data-malformed", { what: `block ${block.height}`, reason: "too many movements" })
  }
  // One place is left free before the first transaction, for what the chain begins with.
  const place = (n: number) => positionOf(block.height, (at + 1) * ROWS_IN_TRANSACTION + n)
  const rows = told.rows.map((row, n) => ({ row, position: place(n) }))
  return { rows, actor: actorOf(transaction), unknown: told.unknown }
}

/** What the chain begins with, before its first block's transactions. */
export function placedNemesis(checked: CheckedBlock, genesis: { hash: string; total: bigint }): PlacedRow {
  return { row: nemesisRow(checked.block, genesis), position: positionOf(checked.block.height, 0) }
}

/** Rows without a place, for whoever needs to know only what is moved. */
export async function looseRows(
  transaction: Transaction,
  hash: string,
  { height, timeStamp }: { readonly height: number; readonly timeStamp: number },
  producer: Producer,
  outside: OutsideKnowledge,
  isBefore: (entry: Entry) => boolean,
): Promise<Rows> {
  const inner = transaction.kind === "multisig" ? transaction.inner : transaction
  const isCreators = inner.kind === "mosaic-definition" || inner.kind === "mosaic-supply"
  const definitions = new Map<string, MosaicDefinition | null | undefined>()
  for (const mosaic of mosaicsOf(transaction)) {
    const own = isCreators ? await outside.definedBefore(actorOf(transaction), mosaic, isBefore) : null
    const isNeeded = inner.kind !== "mosaic-definition" && (own ?? null) === null
    definitions.set(assetOf(mosaic), isNeeded ? await outside.definitionOf(mosaic) : own)
  }
  const setting = { height, time: instantOf(timeStamp), producer, definitions: "reported" } as const
  return rowsOrProblem(transaction, hash, setting, mosaic => definitions.get(assetOf(mosaic)))
}

/** @throws Problem `chain-data-malformed` for what NIS would have refused */
export function rowsOrProblem(
  transaction: Transaction,
  hash: string,
  setting: Setting,
  definitionOf: DefinitionLookup,
): Rows {
  try {
    return rowsOf(transaction, hash, setting, definitionOf)
  } catch (error) {
    if (!(error instanceof NemFault)) throw error
    const reason = `${error.path}: ${error.fault}`
    throw new Problem("chain-data-malformed", { what: `transaction ${hash}`, reason })
  }
}
