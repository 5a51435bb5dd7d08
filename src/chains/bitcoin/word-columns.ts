const WORDS = 4
const LENGTH = 8 * WORDS

/**
 * Rows of 32 bytes as four columns of 64 bits, the first bytes in the highest bits of the first column: rows compare
 * as their bytes do. Written by halves of a word, since making a `BigInt` for each costs five times as much.
 */
export class WordColumns {
  readonly words: readonly BigUint64Array<ArrayBuffer>[]
  readonly #halves: readonly Uint32Array[]

  constructor(rows: number) {
    this.words = Array.from({ length: WORDS }, () => new BigUint64Array(rows))
    this.#halves = this.words.map(column => new Uint32Array(column.buffer))
  }

  /** The bytes from one place to another, in whole fours; those beyond them are zero. */
  set(row: number, bytes: Uint8Array, from = 0, end = bytes.length): void {
    const low = 2 * row
    for (let word = 0, at = from; at < end && word < WORDS; word++, at += 8) {
      const halves = this.#halves[word] as Uint32Array
      halves[low + 1] = bigEndian(bytes, at)
      // Keys of 20 bytes end in the middle of a word.
      if (at + 4 < end) halves[low] = bigEndian(bytes, at + 4)
    }
  }
}

/** Beyond the end a `Uint8Array` has `undefined`, which an operator of bits takes for 0. */
function bigEndian(bytes: Uint8Array, at: number): number {
  const b = bytes as unknown as Record<number, number>
  return (
    ((b[at] as number) << 24) |
    ((b[at + 1] as number) << 16) |
    ((b[at + 2] as number) << 8) |
    (b[at + 3] as number)
  )
}

/** The 32 bytes of one row. */
export function bytesOfWords(words: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(LENGTH)
  const view = new DataView(bytes.buffer)
  for (const [word, value] of words.entries()) view.setBigUint64(8 * word, value)
  return bytes
}

/** The bytes of many rows, one after the other: the first `width` of each row's. */
export function bytesOfRows(words: readonly BigUint64Array[], rows: number, width = LENGTH): Uint8Array {
  const bytes = new Uint8Array(rows * width)
  const view = new DataView(bytes.buffer)
  for (const [word, column] of words.entries()) {
    const halves = new Uint32Array(column.buffer, column.byteOffset, 2 * rows)
    for (let row = 0, at = 8 * word; row < rows; row++, at += width) {
      view.setUint32(at, halves[2 * row + 1] as number)
      view.setUint32(at + 4, halves[2 * row] as number)
    }
  }
  return bytes
}
