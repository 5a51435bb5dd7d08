import { type AccountRow, isOriginUnknown } from "../../ledger/account-row.ts"
import { type Grade, weakest } from "../../ledger/grade.ts"
import type { Tx } from "../../ledger/step.ts"
import type { Instant } from "../../units/time.ts"
import type { Block } from "./block.ts"
import { transactionHash } from "./hash.ts"
import { type Movement, type MovementNote, PRODUCER, type UnknownMovement } from "./movement.ts"
import { type Genesis, MAINNET_GENESIS, nemesisIssue } from "./nemesis.ts"
import { type DefinitionLookup, movementsOf } from "./steps.ts"
import { instantOf } from "./time.ts"
import type { Transaction } from "./transaction.ts"

/** Who gets a block's fees, and how well that is known: the block names its signer, which may be a remote key. */
export interface Producer {
  readonly address: string
  readonly grade: Grade
}

/** A transaction's place, and how well what is not in its own bytes is known. */
export interface Setting {
  readonly height: number
  /** Of the block: when the transaction was executed, not when its sender says he made it. */
  readonly time: Instant
  readonly producer: Producer
  /** How well the mosaics' definitions are known: levies and supply changes rest on them. */
  readonly definitions: Grade
}

export interface Rows {
  readonly rows: readonly AccountRow[]
  readonly unknown: readonly UnknownMovement[]
}

/** Movements whose amount or receiver the definition decides, not the transaction. */
const BY_DEFINITION: readonly MovementNote[] = ["levy", "supply-created", "supply-deleted"]

/**
 * A transaction as rows of a record, its fees first. `hash` is the transaction's own, of a multisig the outer one's,
 * which the chain lists: it is the rows' id. The hash of a multisig's inner transaction, which explorers also name,
 * stands in the rows' `source` as "inner HASH", so that a record can be searched for either.
 *
 * Assets are "XEM" and "namespace:name"; no name of this chain has a slash (`name.ts`). New supply of a mosaic is made
 * by its creator at will, so by the model its origin is unknown.
 *
 * @throws NemFault for what NIS would have refused
 */
export function rowsOf(
  transaction: Transaction,
  hash: string,
  { height, time, producer, definitions }: Setting,
  definitionOf: DefinitionLookup,
): Rows {
  const tx: Tx = { id: hash, height, time }
  const source = transaction.kind === "multisig" ? `inner ${transactionHash(transaction.inner)}` : null
  const { movements, unknown } = movementsOf(transaction, definitionOf)
  const rows = movements.map((movement, n): AccountRow => {
    const grade = movement.kind === "fee" ? producer.grade : "chain"
    return {
      ...endsOf(movement, producer.address),
      tx,
      ref: `${hash}#${n}`,
      exchange: null,
      grade: BY_DEFINITION.includes(movement.note) ? weakest(grade, definitions) : grade,
      source,
      originUnknown: isOriginUnknown(movement.from, movement.kind, height),
    }
  })
  return { rows, unknown }
}

function endsOf({ from, to, asset, amount, kind }: Movement, producer: string) {
  return { from, to: to === PRODUCER ? producer : to, asset, amount, kind }
}

/**
 * The row by which the first block's signer is given all XEM, before that block's transactions. It belongs to none of
 * them: its id is the block's hash. The chain counts its first block as 1, so that height 0, by which other records
 * tell a genesis, does not exist: the row itself says that its origin is known.
 *
 * @throws NemFault `hash does not match` for any other block
 */
export function nemesisRow(block: Block, genesis: Genesis = MAINNET_GENESIS): AccountRow {
  const issue = nemesisIssue(block, genesis)
  const id = genesis.hash
  return {
    ...endsOf(issue, ""),
    tx: { id, height: block.height, time: instantOf(block.timeStamp) },
    ref: `${id}#0`,
    exchange: null,
    grade: "chain",
    source: null,
    originUnknown: false,
  }
}
