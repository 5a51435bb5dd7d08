import type { WithdrawnNothing } from "../../ledger/label-words.ts"
import type { BookColumns } from "./book-columns.ts"
import { MaybeMeant, type Spared } from "./maybe-meant.ts"
import type { PackSection } from "./pack.ts"

/** An entry that was cut to a few characters may have meant very many. */
const MOST_NAMED = 10_000

/** Labels that a whole list no longer names and that stay: an entry of it that was not taken may have meant them. */
export interface SparedLabels {
  count: number
  /** Null where some entry may have meant any label of the list. */
  readonly because: WithdrawnNothing | null
  /** How many addresses; and these, each once, with the entry that may have meant it. None where any may be meant. */
  addressCount: number
  readonly addresses: Spared[]
}

/** Which labels the entries of a section that were not taken keep standing. */
export class SparedByRejects {
  readonly spared: SparedLabels
  readonly #meant: MaybeMeant | null
  readonly #addresses: readonly string[]
  /** By the number of the address, which may have several labels. */
  readonly #told = new Map<number, boolean>()

  constructor(section: PackSection, columns: BookColumns) {
    const hasAny = section.rejected !== undefined || section.moreRejected === true
    this.#meant = hasAny ? new MaybeMeant(section) : null
    this.#addresses = hasAny ? columns.addresses() : []
    this.spared = { count: 0, because: this.#meant?.any ?? null, addressCount: 0, addresses: [] }
  }

  /** @param id of the address of a label that the file does not name @param isAlias it counts for nothing */
  spare(id: number, isAlias: boolean): boolean {
    if (this.#meant === null) return false
    const isMeant = this.#told.get(id) ?? this.#isMeant(this.#meant, id)
    this.#told.set(id, isMeant)
    if (isMeant && !isAlias) this.spared.count++
    return isMeant
  }

  #isMeant(meant: MaybeMeant, id: number): boolean {
    if (meant.any !== null) return true
    const address = this.#addresses[id - 1] ?? ""
    const entry = meant.entryFor(address)
    if (entry === null) return false
    this.spared.addressCount++
    if (this.spared.addresses.length < MOST_NAMED) this.spared.addresses.push({ address, entry })
    return true
  }
}
