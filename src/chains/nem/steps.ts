import { addressOfKey } from "./account.ts"
import {
  assetOf,
  divisibilityOf,
  initialSupplyOf,
  levyTaken,
  type MosaicDefinition,
  type MosaicId,
  partsOf,
  quantityMoved,
  XEM,
} from "./mosaic.ts"
import { type Movement, type MovementNote, PRODUCER, type UnknownMovement } from "./movement.ts"
import { sortedCosignatures, sortedMosaics } from "./order.ts"
import type { Inner, MosaicCreation, MosaicSupply, Transaction, Transfer } from "./transaction.ts"

/**
 * A mosaic's definition as it stands just before the transaction: null where there was none, undefined where that is
 * not known. A definition can be replaced, and its levy with it, so today's need not be the one of then.
 */
export type DefinitionLookup = (mosaic: MosaicId) => MosaicDefinition | null | undefined

export interface Movements {
  readonly movements: readonly Movement[]
  readonly unknown: readonly UnknownMovement[]
}

/**
 * What a transaction moves, in the order of the model: its fees first, then the rest as NIS executes it. (NIS takes a
 * transaction's fee after its transfers. Balances come out the same; which coins the fee is paid in is the model's
 * choice.) An amount of 0 that was sent is told, since it shows who dealt with whom; a fee of 0 is not.
 *
 * Of a multisig everything is paid by the account that acts, the signer of `inner`: its own fee, the outer one and
 * each cosigner's (`getDebtor` of NIS `MultisigTransaction` and `MultisigSignatureTransaction`).
 *
 * @throws NemFault `out of range` or `bad property` for what NIS would have refused
 */
export function movementsOf(transaction: Transaction, definitionOf: DefinitionLookup): Movements {
  const inner = transaction.kind === "multisig" ? transaction.inner : transaction
  const actor = addressOfKey(inner.signer, inner.network)
  const movements: Movement[] = feesOf(transaction)
    .filter(([fee]) => fee > 0n)
    .map(([amount, note]) => ({ from: actor, to: PRODUCER, asset: XEM, amount, kind: "fee", note }))
  const unknown: UnknownMovement[] = []
  for (const told of tell(inner, actor, definitionOf)) {
    if ("unknown" in told) unknown.push(told)
    else movements.push(told)
  }
  return { movements, unknown }
}

/** In the order in which NIS takes them: `MultisigTransaction.transfer`. */
function feesOf(transaction: Transaction): [fee: bigint, note: MovementNote][] {
  if (transaction.kind !== "multisig") return [[transaction.fee, "fee"]]
  const cosignatures = sortedCosignatures(transaction.cosignatures)
  return [
    ...cosignatures.map(({ fee }): [bigint, MovementNote] => [fee, "cosignature-fee"]),
    [transaction.inner.fee, "inner-fee"],
    [transaction.fee, "fee"],
  ]
}

type Telling = Iterable<Movement | UnknownMovement>

function tell(transaction: Inner, actor: string, definitionOf: DefinitionLookup): Telling {
  switch (transaction.kind) {
    case "transfer":
      return tellTransfer(transaction, actor, definitionOf)
    case "namespace":
      return [transferOf(actor, transaction.sink, XEM, transaction.rentalFee, "namespace-rental")]
    case "mosaic-definition":
      return tellDefinition(transaction, actor, definitionOf)
    case "mosaic-supply":
      return [supplyChangeOf(transaction, actor, definitionOf)]
    case "importance-transfer":
    case "multisig-modification":
      return []
  }
}

function transferOf(from: string, to: string, asset: string, amount: bigint, note: MovementNote): Movement {
  return { from, to, asset, amount, kind: "transfer", note }
}

/** NIS `TransferTransaction.transfer`: XEM first, then the mosaics by name, each followed by its levy. */
function* tellTransfer(
  { recipient, amount, mosaics }: Transfer,
  actor: string,
  definitionOf: DefinitionLookup,
): Telling {
  if (mosaics.length === 0) yield transferOf(actor, recipient, XEM, amount, "amount")
  const moved = sortedMosaics(mosaics).map(({ mosaic, quantity }) => {
    const asset = assetOf(mosaic)
    return { mosaic, asset, parts: quantityMoved(quantity, amount, `mosaics.${asset}`) }
  })
  for (const { asset, parts } of moved.filter(each => each.asset === XEM)) {
    yield transferOf(actor, recipient, asset, parts, "mosaic")
  }
  for (const { mosaic, asset, parts } of moved.filter(each => each.asset !== XEM)) {
    yield transferOf(actor, recipient, asset, parts, "mosaic")
    const definition = definitionOf(mosaic) ?? null
    if (definition === null) yield { unknown: "levy", asset }
    else yield* tellLevy(definition, actor, parts)
  }
}

/** Out of the sender's pocket, on top of what he sends, to whom the levy names. */
function* tellLevy({ mosaic, levy }: MosaicDefinition, actor: string, parts: bigint): Telling {
  if (levy === null) return
  const taken = levyTaken(levy, parts, `levy.${assetOf(mosaic)}`)
  if (taken > 0n) yield transferOf(actor, levy.recipient, assetOf(levy.mosaic), taken, "levy")
}

/** NIS `MosaicDefinitionCreationTransaction.transfer`: the supply comes into being with its creator, then the fee. */
function* tellDefinition(
  { definition, sink, creationFee }: MosaicCreation,
  actor: string,
  definitionOf: DefinitionLookup,
): Telling {
  const asset = assetOf(definition.mosaic)
  const earlier = definitionOf(definition.mosaic)
  if (earlier !== null) yield { unknown: "redefinition", asset }
  if (earlier === null || earlier === undefined) {
    const amount = initialSupplyOf(definition)
    yield { from: null, to: actor, asset, amount, kind: "issue", note: "initial-supply" }
  }
  yield transferOf(actor, sink, XEM, creationFee, "mosaic-creation")
}

function supplyChangeOf(
  { mosaic, change, delta }: MosaicSupply,
  actor: string,
  definitionOf: DefinitionLookup,
): Movement | UnknownMovement {
  const asset = assetOf(mosaic)
  const definition = definitionOf(mosaic) ?? null
  if (definition === null) return { unknown: "divisibility", asset }
  const amount = partsOf(delta, divisibilityOf(definition), "delta")
  return change === "create"
    ? { from: null, to: actor, asset, amount, kind: "issue", note: "supply-created" }
    : { from: actor, to: null, asset, amount, kind: "burn", note: "supply-deleted" }
}
