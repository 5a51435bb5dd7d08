import type { Entry } from "../../chains/nem/entry.ts"
import { assetOf, type MosaicDefinition, type MosaicId } from "../../chains/nem/mosaic.ts"
import { RemoteLinks } from "../../chains/nem/remote-links.ts"
import type { Producer } from "../../chains/nem/rows.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { type Listed, transfersOf } from "./account-lists.ts"
import type { Nis } from "./nis.ts"

/**
 * What a block does not say of itself and only the chain before it could: whose fees they are, and how a mosaic was
 * defined. Asked of the node, each thing once, and graded `reported`.
 */
export class OutsideKnowledge {
  /** Accounts of which it is not known for certain which blocks' fees they got. */
  readonly uncertain = new Set<string>()
  readonly #nis: Nis
  readonly #mostPages: number
  readonly #lists = new Map<string, Promise<Listed<Entry>>>()
  readonly #mains = new Map<string, Promise<string | null>>()
  readonly #links = new Map<string, Promise<RemoteLinks>>()
  readonly #definitions = new Map<string, Promise<MosaicDefinition | null>>()
  readonly #known = new Map<string, MosaicDefinition>()

  constructor(nis: Nis, mostPages: number) {
    this.#nis = nis
    this.#mostPages = mostPages
  }

  /** An account's transactions as the node lists them, newest first. */
  transfersOf(address: string): Promise<Listed<Entry>> {
    return getOrMake(this.#lists, address, () => transfersOf(this.#nis, address, this.#mostPages))
  }

  /** Its transactions are not needed any more: thousands of them need not stay in memory. */
  forget(address: string): void {
    this.#lists.delete(address)
  }

  /**
   * The node knows for whom an account harvests or last did. When that began and ended, the remote account's own
   * transactions tell, which are few: they are signed. Where they do not, the node is believed, or its silence leaves
   * the fees with the signer, and both accounts are uncertain.
   */
  async producerOf(signer: string, height: number): Promise<Producer> {
    const main = await getOrMake(this.#mains, signer, () => this.#nis.forwarded(signer))
    if (main === signer) return { address: signer, grade: "reported" }
    const links = await getOrMake(this.#links, signer, () => this.#linksOf(signer))
    if (links.isKnown(signer)) return { address: links.receiverAt(signer, height), grade: "reported" }
    const address = main ?? signer
    this.uncertain.add(signer).add(address)
    return { address, grade: "reported" }
  }

  async #linksOf(signer: string): Promise<RemoteLinks> {
    const { items } = await this.transfersOf(signer)
    const links = new RemoteLinks()
    for (const { transaction, height } of items.toReversed()) links.see(transaction, height)
    return links
  }

  /** Null where the node has none. Today's: what it was at the time of a transfer is not asked, nor could be. */
  async definitionOf(mosaic: MosaicId): Promise<MosaicDefinition | null> {
    const asset = assetOf(mosaic)
    const definition = await getOrMake(this.#definitions, asset, () => this.#nis.definition(mosaic))
    if (definition !== null) this.#known.set(asset, definition)
    return definition
  }

  /** A definition that was asked for already, by asset. */
  known(asset: string): MosaicDefinition | null {
    return this.#known.get(asset) ?? null
  }

  /**
   * The definition that a creator gave a mosaic before a transaction of his own, from his own transactions; null where
   * he gave none, undefined where they were not all read.
   */
  async definedBefore(
    creator: string,
    mosaic: MosaicId,
    isBefore: (entry: Entry) => boolean,
  ): Promise<MosaicDefinition | null | undefined> {
    const { items, isAll } = await this.transfersOf(creator)
    for (const entry of items) {
      const { transaction } = entry
      const inner = transaction.kind === "multisig" ? transaction.inner : transaction
      if (inner.kind !== "mosaic-definition" || !isBefore(entry)) continue
      if (assetOf(inner.definition.mosaic) === assetOf(mosaic)) return inner.definition
    }
    return isAll ? null : undefined
  }
}
