import type { Dice } from "../../../testing/generator/dice.ts"
import { chainOf, coinbase, type Out, owner, spend, txidOf } from "./raw-blocks.ts"

const FIFTY = 5_000_000_000n

interface Coin {
  readonly tx: Uint8Array
  readonly vout: number
  readonly value: bigint
}

interface Coinbase {
  readonly tx: Uint8Array
}

/** Transactions of each block, and what was unspent after it. */
interface State {
  readonly txs: readonly Uint8Array[]
  readonly coinbase: Coinbase
  readonly unspent: ReadonlyMap<string, Coin>
}

/**
 * A chain that grows by chance and can be left at any height for another one: owners of all sorts that come again and new
 * ones, coins spent at once and late, burned ones, and now and then a coinbase that takes an earlier one's id.
 */
export class ForkedChain {
  readonly #dice: Dice
  #states: State[] = []
  #tag = 0

  constructor(dice: Dice) {
    this.#dice = dice
    this.grow(1)
  }

  get height(): number {
    return this.#states.length - 1
  }

  /** Goes on after this height, with blocks that were not there before. */
  leaveAfter(height: number): void {
    this.#states = this.#states.slice(0, height + 1)
  }

  blocks(): Uint8Array[] {
    return chainOf(this.#states.map(({ txs }) => txs))
  }

  grow(blocks: number): void {
    for (let n = 0; n < blocks; n++) this.#states.push(this.#next())
  }

  #next(): State {
    const dice = this.#dice
    const unspent = new Map(this.#states.at(-1)?.unspent ?? [])
    const add = (tx: Uint8Array, outs: readonly Out[]): void => {
      for (const [vout, { value, script }] of outs.entries()) {
        if (script[0] !== 0x6a) unspent.set(`${txidOf(tx)}:${vout}`, { tx, vout, value })
      }
    }
    const earlier = this.#states.slice(1).map(({ coinbase }) => coinbase)
    const first = (dice.chance(0.06) ? dice.pick(earlier) : undefined) ?? this.#coinbase()
    const txs = [first.tx]
    // The coinbase stands first in its block: an earlier one of its id is gone from there on.
    unspent.delete(`${txidOf(first.tx)}:0`)
    // The first block's coins are out of reach.
    if (this.#states.length === 0) return { txs, coinbase: first, unspent }
    for (let count = dice.int(0, 5); count > 0 && unspent.size > 0; count--) {
      const names = [...unspent.keys()]
      const pick = (): string => (dice.chance(0.5) ? names.at(-1) : dice.pick(names)) ?? ""
      const picked = [...new Set(Array.from({ length: dice.int(1, 3) }, pick))]
      const coins = picked.map(name => unspent.get(name) as Coin)
      for (const name of picked) unspent.delete(name)
      const sum = coins.reduce((all, { value }) => all + value, 0n)
      const parts = dice.int(1, 3)
      const outs = Array.from({ length: parts }, () => ({
        value: sum / BigInt(parts),
        script: this.#script(),
      }))
      // So that no two transactions are alike.
      const tag = { value: 0n, script: Uint8Array.of(0x6a, 2, this.#tag & 255, this.#tag++ >> 8) }
      const spent = coins.map(({ tx, vout }) => [tx, vout] as const)
      const tx = spend(spent, ...outs, tag)
      add(tx, outs)
      txs.push(tx)
    }
    unspent.set(`${txidOf(first.tx)}:0`, { tx: first.tx, vout: 0, value: FIFTY })
    return { txs, coinbase: first, unspent }
  }

  #coinbase(): Coinbase {
    return { tx: coinbase(this.#tag++, { value: FIFTY, script: owner(this.#dice.int(1, 30)) }) }
  }

  #script(): Uint8Array {
    const dice = this.#dice
    const n = dice.chance(0.7) ? dice.int(1, 80) : dice.int(100, 100_000)
    const roll = dice.roll()
    if (roll < 0.05) return Uint8Array.of(0x6a)
    // A witness program of the future, which has a name; and a script without an address.
    if (roll < 0.25) return Uint8Array.of(0x52, 4, n & 255, (n >> 8) & 255, n >> 16, 7)
    if (roll < 0.35) return Uint8Array.of(0x51, 0x51 + (n & 15))
    // Keys that begin alike.
    if (roll < 0.5)
      return Uint8Array.of(0x51, 32, ...new Uint8Array(28).fill(9), n & 255, (n >> 8) & 255, n >> 16, 1)
    return owner(n)
  }
}
