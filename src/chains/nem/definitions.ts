import { assetOf, type MosaicDefinition, type MosaicId } from "./mosaic.ts"
import type { Transaction } from "./transaction.ts"

/** The mosaics as they stand, for whoever reads the chain from its first block: what was not seen does not exist. */
export class Definitions {
  readonly #definitions = new Map<string, MosaicDefinition>()

  see(transaction: Transaction): void {
    const inner = transaction.kind === "multisig" ? transaction.inner : transaction
    if (inner.kind !== "mosaic-definition") return
    this.#definitions.set(assetOf(inner.definition.mosaic), inner.definition)
  }

  of = (mosaic: MosaicId): MosaicDefinition | null => this.#definitions.get(assetOf(mosaic)) ?? null
}
