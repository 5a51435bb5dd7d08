import { CHUNK_BYTES } from "./chunk.ts"

/** One chunk of a column in memory. */
export interface Page {
  readonly bytes: Uint8Array
  readonly view: DataView
}

/** A column as the cache sees it: what fills a page, and where it notes which slot holds which of its chunks. */
export interface Paged {
  /** For each chunk its slot; NO_SLOT where it is not in memory. */
  readonly slots: Int32Array
  /** Reads a chunk into a page and checks it. */
  fill(chunk: number, into: Uint8Array): void
}

export const NO_SLOT = -1

/**
 * Chunks read lately, those of all columns together in a bounded number of pages. Which one makes room is found with a
 * hand that goes round and passes over a page once for having been used since it last came by: as good as the one
 * used least lately, and a use costs one byte set.
 */
export class PageCache {
  readonly #most: number
  readonly #pages: Page[] = []
  readonly #used: Uint8Array
  readonly #owner: (Paged | null)[] = []
  readonly #chunk: number[] = []
  #hand = 0

  constructor(bytes: number) {
    this.#most = Math.max(1, Math.floor(bytes / CHUNK_BYTES))
    this.#used = new Uint8Array(this.#most)
  }

  /** A page is good until the next call: another chunk may take its place then. */
  page(column: Paged, chunk: number): Page {
    const known = column.slots[chunk] as number
    if (known !== NO_SLOT) {
      this.#used[known] = 1
      return this.#pages[known] as Page
    }
    const slot = this.#freeSlot()
    const page = this.#pages[slot] as Page
    column.fill(chunk, page.bytes)
    this.#owner[slot] = column
    this.#chunk[slot] = chunk
    this.#used[slot] = 1
    column.slots[chunk] = slot
    return page
  }

  #freeSlot(): number {
    if (this.#pages.length < this.#most) {
      const bytes = new Uint8Array(CHUNK_BYTES)
      this.#owner.push(null)
      this.#chunk.push(0)
      return this.#pages.push({ bytes, view: new DataView(bytes.buffer) }) - 1
    }
    while (this.#used[this.#hand] === 1) {
      this.#used[this.#hand] = 0
      this.#hand = (this.#hand + 1) % this.#most
    }
    const slot = this.#hand
    this.#hand = (this.#hand + 1) % this.#most
    const owner = this.#owner[slot]
    if (owner) owner.slots[this.#chunk[slot] as number] = NO_SLOT
    this.#owner[slot] = null
    return slot
  }
}
