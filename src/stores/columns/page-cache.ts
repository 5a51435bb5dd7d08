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
 * Pages of caches that are done with. Who follows a chain opens columns a few times for each block: to make as many pages
 * anew each time, and to have them collected, costs more than to fill them.
 */
const FREE: Page[] = []
const MOST_FREE = (64 << 20) / CHUNK_BYTES

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

  /** Gives its pages back: what is asked for from now on is read again. */
  release(): void {
    for (const [slot, owner] of this.#owner.entries()) {
      if (owner !== null) owner.slots[this.#chunk[slot] as number] = NO_SLOT
    }
    FREE.push(...this.#pages.slice(0, Math.max(0, MOST_FREE - FREE.length)))
    this.#pages.length = 0
    this.#owner.length = 0
    this.#chunk.length = 0
    this.#hand = 0
  }

  #freeSlot(): number {
    if (this.#pages.length < this.#most) {
      this.#owner.push(null)
      this.#chunk.push(0)
      return this.#pages.push(FREE.pop() ?? newPage()) - 1
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

/** Filled before it is read: zeros would cost as much as that. */
function newPage(): Page {
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(CHUNK_BYTES).buffer)
  return { bytes, view: new DataView(bytes.buffer) }
}
