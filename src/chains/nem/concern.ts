import { addressOfKey } from "./account.ts"
import { assetOf, type MosaicId, XEM } from "./mosaic.ts"
import type { Inner, Transaction } from "./transaction.ts"

/**
 * The accounts in whose history a node lists a transaction: who signs it, acts in it or is named by it (the retrievers
 * in NIS `nis/dao/retrievers`). Who takes a levy is named by the mosaic's definition, not here.
 */
export function concerned(transaction: Transaction): ReadonlySet<string> {
  const { network } = transaction
  const of = (key: string): string => addressOfKey(key, network)
  if (transaction.kind !== "multisig") return new Set([of(transaction.signer), ...named(transaction, of)])
  const { inner, cosignatures } = transaction
  const signers = [transaction.signer, inner.signer, ...cosignatures.map(({ signer }) => signer)]
  return new Set([...signers.map(of), ...named(inner, of)])
}

function named(transaction: Inner, of: (key: string) => string): readonly string[] {
  switch (transaction.kind) {
    case "transfer":
      return [transaction.recipient]
    case "importance-transfer":
      return [of(transaction.remote)]
    case "multisig-modification":
      return transaction.modifications.map(({ cosignatory }) => of(cosignatory))
    case "namespace":
    case "mosaic-definition":
      return [transaction.sink]
    case "mosaic-supply":
      return []
  }
}

/** The mosaics whose definitions decide what a transaction moves. XEM takes no levy. */
export function mosaicsOf(transaction: Transaction): readonly MosaicId[] {
  const inner = transaction.kind === "multisig" ? transaction.inner : transaction
  switch (inner.kind) {
    case "transfer":
      return inner.mosaics.map(({ mosaic }) => mosaic).filter(mosaic => assetOf(mosaic) !== XEM)
    case "mosaic-definition":
      return [inner.definition.mosaic]
    case "mosaic-supply":
      return [inner.mosaic]
    default:
      return []
  }
}
