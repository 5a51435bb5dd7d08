/** Where an input stands: the transaction at `index` of the block at `height`. */
export interface Place {
  readonly height: number
  readonly index: number
}

const EMPTY = 0xffffffff
const FIRST_SLOTS = 2 ** 16
const WORDS = 4

/**
 * What spends which output, in 16 bytes a slot: half of a fingerprint of the output, the other half, and the place of
 * its spender. A fingerprint is 8 bytes of a txid, which is a hash, so that a table with open addressing serves; two
 * outputs can have the same one, and so places are candidates, to be looked at.
 */
export class SpendIndex {
  #slots = new Uint32Array(FIRST_SLOTS * WORDS).fill(EMPTY)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** `txid` in the byte order of the chain. */
  add(txid: Uint8Array, vout: number, { height, index }: Place): void {
    // Three quarters full: beyond that, searching takes long.
    if (this.#size * WORDS * 4 >= this.#slots.length * 3) this.#grow()
    this.#put(lowOf(txid, vout), highOf(txid), height, index)
    this.#size++
  }

  candidates(txid: Uint8Array, vout: number): Place[] {
    const [low, high] = [lowOf(txid, vout), highOf(txid)]
    const slots = this.#slots
    const places: Place[] = []
    for (let at = this.#home(low); slots[at + 2] !== EMPTY; at = this.#after(at)) {
      if (slots[at] !== low || slots[at + 1] !== high) continue
      places.push({ height: slots[at + 2] ?? EMPTY, index: slots[at + 3] ?? EMPTY })
    }
    return places
  }

  #put(low: number, high: number, height: number, index: number): void {
    const slots = this.#slots
    let at = this.#home(low)
    while (slots[at + 2] !== EMPTY) at = this.#after(at)
    slots[at] = low
    slots[at + 1] = high
    slots[at + 2] = height
    slots[at + 3] = index
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(2 * old.length).fill(EMPTY)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 2] === EMPTY) continue
      this.#put(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0, old[at + 3] ?? 0)
    }
  }

  /** The length is a power of two. */
  #home(low: number): number {
    return (low & (this.#slots.length / WORDS - 1)) * WORDS
  }

  #after(at: number): number {
    const next = at + WORDS
    return next === this.#slots.length ? 0 : next
  }
}

function lowOf(txid: Uint8Array, vout: number): number {
  const word = (txid[0] ?? 0) | ((txid[1] ?? 0) << 8) | ((txid[2] ?? 0) << 16) | ((txid[3] ?? 0) << 24)
  // Knuth's multiplier: the outputs of one transaction lie apart.
  return (word ^ Math.imul(vout, 0x9e3779b1)) >>> 0
}

function highOf(txid: Uint8Array): number {
  return ((txid[4] ?? 0) | ((txid[5] ?? 0) << 8) | ((txid[6] ?? 0) << 16) | ((txid[7] ?? 0) << 24)) >>> 0
}
