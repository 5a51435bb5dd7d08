import { OWNER_KEY_LENGTH } from "../../chains/bitcoin/owner-key.ts"
import { OwnerIndex } from "../utxo-ledger/owner-index.ts"
import { INDEX_KEY_BYTES } from "../utxo-ledger/utxo-layout.ts"
import type { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"

interface Owner {
  readonly kind: number
  readonly key: Buffer
  /** Its number among all owners of the ledger, as soon as it has one. */
  id: number | null
}

/** Gives the owners of a segment's outputs their numbers: those of earlier segments theirs, new ones the next. */
export class SegmentOwners {
  readonly #before: UtxoSegments
  /** Of each output. */
  readonly #of: Owner[] = []
  readonly #all = new Map<string, Owner>()
  #new: readonly Owner[] = []

  constructor(before: UtxoSegments) {
    this.#before = before
  }

  /** The owner of the next output. */
  add(kind: number, key: Uint8Array): void {
    const bytes = Buffer.from(key)
    const name = `${kind} ${bytes.toString("latin1")}`
    const owner = this.#all.get(name) ?? { kind, key: bytes, id: null }
    this.#all.set(name, owner)
    this.#of.push(owner)
  }

  /** The owner's number of each output, when all were added. */
  numbers(): Uint32Array {
    const index = new OwnerIndex(this.#before)
    // In the order of the index, so that each chunk of it is read once.
    for (const owner of [...this.#all.values()].sort(inOrder)) owner.id = index.find(owner.kind, owner.key)
    const first = this.#before.counts.owners
    const added: Owner[] = []
    const numbers = Uint32Array.from(this.#of, owner => {
      if (owner.id === null) owner.id = first + added.push(owner) - 1
      return owner.id
    })
    this.#new = added
    return numbers
  }

  kinds(): Uint8Array {
    return Uint8Array.from(this.#new, ({ kind }) => kind)
  }

  keys(): Uint8Array {
    return Buffer.concat(this.#new.map(({ key }) => key))
  }

  /** The new owners, sorted. */
  index(): { readonly keys: Uint8Array; readonly ids: Uint32Array } {
    const sorted = [...this.#new].sort(inOrder)
    return {
      keys: Buffer.concat(sorted.map(({ key }) => key.subarray(0, INDEX_KEY_BYTES))),
      ids: Uint32Array.from(sorted, ({ id }) => id ?? 0),
    }
  }

  /** The new owners of one kind, in the order of their numbers. */
  ofKind(kind: number): readonly { readonly owner: number; readonly key: Uint8Array }[] {
    return this.#new.flatMap(one => (one.kind === kind ? [{ owner: one.id ?? 0, key: one.key }] : []))
  }
}

/** By the beginning of the key, then the kind, then the rest of the key. */
function inOrder(a: Owner, b: Owner): number {
  return (
    a.key.compare(b.key, 0, INDEX_KEY_BYTES, 0, INDEX_KEY_BYTES) ||
    a.kind - b.kind ||
    a.key.compare(b.key, 0, OWNER_KEY_LENGTH)
  )
}
