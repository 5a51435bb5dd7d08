import type { Column } from "../columns/column.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import type { UtxoSegments } from "./utxo-segments.ts"

/** Finds an owner by what its kind and key are. */
export class OwnerIndex {
  readonly #kind: Column
  readonly #key: Column
  readonly #indexes: readonly { readonly index: SortedIndex; readonly end: number }[]
  readonly #wanted = new Uint8Array(33)

  constructor(segments: UtxoSegments) {
    this.#kind = segments.column("owner-kind")
    this.#key = segments.column("owner-key")
    this.#indexes = segments.all
      .filter(({ holds }) => holds.owners > 0)
      .map(({ first, end, column }) => {
        const rest = (owner: number, wanted: Uint8Array) =>
          column("owner-kind").u8(owner - first.owners) - (wanted[32] as number) ||
          column("owner-key").compare(owner - first.owners, wanted)
        const index = new SortedIndex(column("owner-index-key"), column("owner-index"), rest)
        return { index, end: end.owners }
      })
  }

  /** @returns null where the ledger has never seen it */
  find(kind: number, key: Uint8Array): number | null {
    this.#wanted.set(key)
    this.#wanted[32] = kind
    for (const { index, end } of this.#indexes) {
      const [owner] = index.find(this.#wanted)
      if (owner !== undefined && owner < end) return owner
    }
    return null
  }

  kindOf(owner: number): number {
    return this.#kind.u8(owner)
  }

  keyOf(owner: number): Uint8Array {
    return this.#key.bytes(owner)
  }
}
