import { checkBitcoinAddress } from "../../chains/bitcoin/address.ts"
import { MWEB_OWNER } from "../../chains/bitcoin/mweb.ts"
import { NETWORKS } from "../../chains/bitcoin/network.ts"
import { type OwnerOf, ownersOn } from "../../chains/bitcoin/owner.ts"
import { Problem } from "../../units/problem.ts"
import type { NetworkName } from "./genesis.ts"

/** Names owners by their scripts, as a ledger of the same chain does: an explorer's own word for them is only checked. */
export class Owners {
  readonly #network: NetworkName
  readonly #ownerOf: OwnerOf
  /** Whether Litecoin's extension block was paid or has paid. */
  metExtension = false

  constructor(network: NetworkName) {
    this.#network = network
    this.#ownerOf = ownersOn(network)
  }

  /** Null where nobody can spend it and its value is burned. */
  of(script: Uint8Array): string | null {
    const owner = this.#ownerOf(script)
    if (owner === MWEB_OWNER) this.metExtension = true
    return owner
  }

  /**
   * Whether an explorer's address can be the owner that the script names. Where the script has no address explorers
   * write what they like (a public key, nothing); where it has one there is no other.
   */
  agrees(owner: string | null, told: string): boolean {
    if (owner === null || owner.includes(":")) return true
    try {
      return checkBitcoinAddress(told, NETWORKS[this.#network], this.#network) === owner
    } catch (error) {
      if (error instanceof Problem) return false
      throw error
    }
  }
}
