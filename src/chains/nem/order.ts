import { addressOfKey } from "./account.ts"
import type { Mosaic } from "./mosaic.ts"
import { type Cosignature, MODIFICATION_KINDS, type Modification } from "./transaction.ts"

/**
 * NIS sorts these lists as it reads them: it hashes and executes them sorted, in whatever order they came. Strings
 * compare by UTF-16 unit, as Java's `compareTo` does.
 */
function sortedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const keyed = items.map(item => ({ item, key: keyOf(item) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ item }) => item)
}

/** NIS `TransferTransactionAttachment.getMosaics`: by `Mosaic.toString`. */
export function sortedMosaics(mosaics: readonly Mosaic[]): Mosaic[] {
  return sortedBy(mosaics, ({ mosaic, quantity }) => `${mosaic.namespace}:${mosaic.name} : ${quantity}`)
}

/** NIS `MultisigCosignatoryModification.compareTo`: additions first, then by the cosignatory's address. */
export function sortedModifications(modifications: readonly Modification[], network: number): Modification[] {
  return sortedBy(modifications, ({ change, cosignatory }) => {
    return `${MODIFICATION_KINDS.indexOf(change)} ${addressOfKey(cosignatory, network)}`
  })
}

/** NIS `MultisigSignatureTransactionComparator`: by the cosigner's address. */
export function sortedCosignatures(cosignatures: readonly Cosignature[]): Cosignature[] {
  return sortedBy(cosignatures, ({ signer, network }) => addressOfKey(signer, network))
}
