/** Everything random comes from one seed, so that a failing ledger can be made again. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** mulberry32: from 0, below 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** From `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.roll() < probability
  }

  pick<T>(items: readonly [T, ...T[]]): T
  pick<T>(items: readonly T[]): T | undefined
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.int(0, items.length - 1)]
  }

  /** Takes a random item out of the list. */
  draw<T>(items: T[]): T | undefined {
    return items.splice(this.int(0, items.length - 1), 1)[0]
  }

  shuffle<T>(items: readonly T[]): T[] {
    const left = [...items]
    return items.flatMap(() => left.splice(this.int(0, left.length - 1), 1))
  }

  /** From 0 to `most`, both included, also far beyond 2^53. */
  upTo(most: bigint): bigint {
    const bits = [0, 1, 2, 3, 4].reduce(sum => (sum << 32n) | BigInt(Math.floor(this.roll() * 2 ** 32)), 0n)
    return most < 1n << 100n ? (bits * (most + 1n)) >> 160n : bits % (most + 1n)
  }
}
