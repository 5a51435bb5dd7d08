import { addressOfKey } from "./account.ts"
import { NemFault } from "./fault.ts"
import { transactionHash } from "./hash.ts"
import type { Inner, Multisig, Transaction } from "./transaction.ts"

/**
 * What NIS refuses to build a transaction from, beyond the shape of its fields. A transaction that fails here cannot
 * lie on the chain, whatever a node says.
 *
 * @throws NemFault
 */
export function checkConsistency(transaction: Transaction, path: string): void {
  if (transaction.kind === "multisig") {
    checkInner(transaction.inner, `${path}.otherTrans`)
    checkCosignatures(transaction, path)
  } else {
    checkInner(transaction, path)
  }
}

function checkInner(transaction: Inner, path: string): void {
  if (transaction.kind === "transfer") {
    // NIS adds up what names one mosaic twice before it hashes or shows it, so a node never shows such a list.
    const names = new Set<string>()
    for (const [at, { mosaic }] of transaction.mosaics.entries()) {
      const name = `${mosaic.namespace}:${mosaic.name}`
      if (names.has(name)) throw new NemFault("twice", `${path}.mosaics[${at}]`)
      names.add(name)
    }
  }
  // `MosaicDefinitionCreationTransaction.validate`
  if (transaction.kind === "mosaic-definition" && transaction.definition.creator !== transaction.signer) {
    throw new NemFault("not the signer", `${path}.mosaicDefinition.creator`)
  }
}

/**
 * `MultisigTransaction.addSignature`: each cosignature names the inner transaction and the account that pays, and of
 * several by one cosigner, or by the one who began it, the later are dropped: a node never shows them.
 */
function checkCosignatures({ signer, inner, cosignatures }: Multisig, path: string): void {
  const hash = transactionHash(inner)
  const payer = addressOfKey(inner.signer, inner.network)
  const signers = new Set([signer])
  for (const [at, cosignature] of cosignatures.entries()) {
    const place = `${path}.signatures[${at}]`
    if (cosignature.otherHash !== hash) throw new NemFault("of another transaction", `${place}.otherHash`)
    if (cosignature.otherAccount !== payer) throw new NemFault("of another account", `${place}.otherAccount`)
    if (signers.has(cosignature.signer)) throw new NemFault("twice", `${place}.signer`)
    signers.add(cosignature.signer)
  }
}
