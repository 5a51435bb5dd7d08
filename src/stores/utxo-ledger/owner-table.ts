import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { OWNER_KINDS, ownerNamesOn } from "../../chains/bitcoin/owner-key.ts"
import { ownerOfAddress } from "../../chains/bitcoin/owner-of-address.ts"
import { Problem } from "../../units/problem.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"

const BURNED = OWNER_KINDS.indexOf("burned")
const MWEB = OWNER_KINDS.indexOf("mweb")

/** The owners of a published ledger's outputs, sorted by kind and key; made into addresses where one is asked for. */
export class OwnerTable {
  /** How many owners there are. */
  readonly count: number
  readonly #network: keyof typeof NETWORKS
  readonly #of: Column
  readonly #kind: Column
  readonly #key: Column
  readonly #nameKey: Column
  readonly #nameEnd: Column
  readonly #nameText: Column
  readonly #nameOf: ReturnType<typeof ownerNamesOn>

  constructor(columns: Columns, network: keyof typeof NETWORKS) {
    this.#network = network
    this.#of = columns.column("output-owner")
    this.#kind = columns.column("owner-kind")
    this.#key = columns.column("owner-key")
    this.count = this.#kind.count
    this.#nameKey = columns.column("name-key")
    this.#nameEnd = columns.column("name-end")
    this.#nameText = columns.column("name-text")
    this.#nameOf = ownerNamesOn(network, key => this.#keptName(key))
  }

  isBurned(output: number): boolean {
    return this.#kind.u8(this.#of.u32(output)) === BURNED
  }

  /** The address of an output's owner, or the form that stands for one; null where nobody can spend it. */
  addressOf(output: number): string | null {
    return this.nameOf(this.#of.u32(output))
  }

  /** The owner of an address in canonical form; null where the ledger has never seen it. */
  ownerOf(address: string): number | null {
    const { kind, key } = ownerOfAddress(address, this.#network)
    const at = firstAtLeast(this.count, owner => this.#kind.u8(owner) - kind || this.#key.compare(owner, key))
    const isThere = at < this.count && this.#kind.u8(at) === kind && this.#key.compare(at, key) === 0
    return isThere ? at : null
  }

  /** The owner of an output. */
  of(output: number): number {
    return this.#of.u32(output)
  }

  /** How its script is written, as in `OWNER_KINDS`. */
  kindOf(owner: number): string {
    return OWNER_KINDS[this.#kind.u8(owner)] as string
  }

  /** The address of an owner; null where nobody can spend what it has. */
  nameOf(owner: number): string | null {
    return this.#nameOf(this.#kind.u8(owner), this.#key.bytes(owner))
  }

  /** Whether anything went into or came out of Litecoin's extension block. */
  get hasExtension(): boolean {
    const at = firstAtLeast(this.#kind.count, owner => this.#kind.u8(owner) - MWEB)
    return at < this.#kind.count && this.#kind.u8(at) === MWEB
  }

  #keptName(key: Uint8Array): string {
    const at = firstAtLeast(this.#nameKey.count, name => this.#nameKey.compare(name, key))
    if (at === this.#nameKey.count || this.#nameKey.compare(at, key) !== 0) {
      throw new Problem("ledger-damaged", { reason: "name-key: a name is missing" })
    }
    const from = at === 0 ? 0 : this.#nameEnd.uint53(at - 1)
    return Buffer.from(this.#nameText.range(from, this.#nameEnd.uint53(at))).toString("utf8")
  }
}

/** The first of `count` sorted things that is not below what is looked for. */
function firstAtLeast(count: number, compare: (at: number) => number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (compare(middle) < 0) low = middle + 1
    else high = middle
  }
  return low
}
