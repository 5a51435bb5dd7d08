import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { OWNER_KEY_LENGTH, OWNER_KINDS, ownerNamesOn } from "../../chains/bitcoin/owner-key.ts"
import { ownerOfAddress } from "../../chains/bitcoin/owner-of-address.ts"
import { Problem } from "../../units/problem.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { OwnerIndex } from "./owner-index.ts"
import { UtxoSegments } from "./utxo-segments.ts"

const BURNED = OWNER_KINDS.indexOf("burned")
const MWEB = OWNER_KINDS.indexOf("mweb")
const NAMED = OWNER_KINDS.indexOf("named")
const NO_KEY = new Uint8Array(OWNER_KEY_LENGTH)

/** The owners of a published ledger's outputs; made into addresses where one is asked for. */
export class OwnerTable {
  /** How many owners there are. */
  readonly count: number
  readonly #network: keyof typeof NETWORKS
  readonly #of: Column
  readonly #index: OwnerIndex
  readonly #nameOwner: Column
  readonly #nameEnd: Column
  readonly #nameText: Column
  readonly #nameOf: ReturnType<typeof ownerNamesOn>
  /** The first output that is not of the first transaction. */
  readonly #endOfFirst: number

  constructor(columns: Columns, network: keyof typeof NETWORKS) {
    this.#network = network
    const segments = UtxoSegments.of(columns)
    this.#of = segments.column("output-owner")
    this.#index = new OwnerIndex(segments)
    this.count = segments.counts.owners
    this.#nameOwner = segments.column("name-owner")
    this.#nameEnd = segments.column("name-end")
    this.#nameText = segments.column("name-text")
    this.#nameOf = ownerNamesOn(network, () => {
      throw new Error("owner table: names are found by owner")
    })
    const firstOutput = segments.column("tx-first-output")
    this.#endOfFirst = firstOutput.count > 1 ? firstOutput.u32(1) : segments.counts.outputs
  }

  isBurned(output: number): boolean {
    return this.#index.kindOf(this.#of.u32(output)) === BURNED
  }

  /** The address of an output's owner, or the form that stands for one; null where nobody can spend it. */
  addressOf(output: number): string | null {
    return this.nameOf(this.#of.u32(output))
  }

  /** The owner of an address in canonical form; null where the ledger has never seen it. */
  ownerOf(address: string): number | null {
    const { kind, key } = ownerOfAddress(address, this.#network)
    return this.#index.find(kind, key)
  }

  /** The owner of an output. */
  of(output: number): number {
    return this.#of.u32(output)
  }

  /** How its script is written, as in `OWNER_KINDS`. */
  kindOf(owner: number): string {
    return OWNER_KINDS[this.#index.kindOf(owner)] as string
  }

  /** The address of an owner; null where nobody can spend what it has. */
  nameOf(owner: number): string | null {
    const kind = this.#index.kindOf(owner)
    return kind === NAMED ? this.#keptName(owner) : this.#nameOf(kind, this.#index.keyOf(owner))
  }

  /** Whether anything went into or came out of Litecoin's extension block. */
  get hasExtension(): boolean {
    return this.#index.find(MWEB, NO_KEY) !== null
  }

  /**
   * The owners whose coins nobody can spend: the one without a key, and those of the first transaction, which the ledger
   * has as burned whatever their key.
   */
  burned(): readonly number[] {
    const unspendable = this.#index.find(BURNED, NO_KEY)
    const owners = new Set(unspendable === null ? [] : [unspendable])
    for (let output = 0; output < this.#endOfFirst; output++) {
      if (this.isBurned(output)) owners.add(this.of(output))
    }
    return [...owners]
  }

  #keptName(owner: number): string {
    const at = firstAtLeast(this.#nameOwner.count, name => this.#nameOwner.u32(name) - owner)
    if (at === this.#nameOwner.count || this.#nameOwner.u32(at) !== owner) {
      throw new Problem("ledger-damaged", { reason: "name-owner: a name is missing" })
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
