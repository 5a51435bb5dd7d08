import { workOf } from "../../../src/chains/bitcoin/proof-of-work.ts"
import type { Dice } from "../../../testing/generator/dice.ts"
import { EASY, GENESIS, HARDER, HARDEST, hashOf, mine, parentOf } from "./made-chain.ts"
import { record, type Written } from "./written-folder.ts"

export const noise = (dice: Dice, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => dice.int(0, 255))

/** A tree of blocks upon the first one, of uneven work. */
export function anyTree(dice: Dice): readonly [Uint8Array, ...Uint8Array[]] {
  const tree: [Uint8Array, ...Uint8Array[]] = [GENESIS.regtest]
  for (let tag = dice.int(1, 14); tag > 0; tag--) {
    // Mostly on from the last: long chains, some forks.
    const parent = dice.chance(0.3) ? dice.pick(tree) : (tree.at(-1) ?? tree[0])
    const bits = dice.pick([EASY, EASY, EASY, HARDER, HARDEST])
    tree.push(mine({ parent, tag, bits, outputs: dice.chance(0.2) ? dice.int(0, 250) : 0 }))
  }
  return tree
}

export interface Laid {
  readonly written: Written
  /** The whole blocks in it, in the order of the files. */
  readonly blocks: readonly Uint8Array[]
}

/** Some order of the blocks in some files, with what a node leaves between them and behind them. */
export function anyLayout(dice: Dice, tree: readonly [Uint8Array, ...Uint8Array[]]): Laid {
  const twice = tree.filter(() => dice.chance(0.1))
  const blocks = dice.chance(0.3) ? [...tree, ...twice] : dice.shuffle([...tree, ...twice])
  const numbers = dice.shuffle([0, 1, 2, 3, 99_999, 100_000]).slice(0, dice.int(1, 3))
  numbers.sort((a, b) => a - b)
  const gaps = dice.chance(0.5)
  const gap = (): Uint8Array => {
    if (!gaps || dice.chance(0.7)) return new Uint8Array(0)
    return dice.chance(0.5) ? noise(dice, dice.int(1, 300)) : new Uint8Array(dice.int(1, 300))
  }
  const files: Record<number, Uint8Array> = {}
  const share = Math.ceil(blocks.length / numbers.length)
  for (const [n, number] of numbers.entries()) {
    const own = blocks.slice(n * share, (n + 1) * share)
    files[number] = Buffer.concat(own.flatMap(block => [gap(), record(block)]))
  }
  const key = dice.chance(0.5) ? { key: noise(dice, 8) } : {}
  if (dice.chance(0.5)) return { written: { files, ...key, padding: dice.int(0, 9000) }, blocks }
  const last = numbers.at(-1) ?? 0
  const next = record(mine({ parent: dice.pick(tree), tag: 1000 }))
  const begun = next.subarray(0, dice.int(0, next.length - 1))
  files[last] = Buffer.concat([files[last] ?? begun, begun])
  return { written: { files, ...key }, blocks }
}

/** By the letter: of all blocks the one with the most work behind it, the first of them, and its ancestors. */
export function slowBestChain(blocks: readonly Uint8Array[]): Uint8Array[] {
  const pathTo = (block: Uint8Array): Uint8Array[] | null => {
    if (hashOf(block) === hashOf(GENESIS.regtest)) return [block]
    const parent = blocks.find(other => hashOf(other) === parentOf(block))
    const path = parent === undefined ? null : pathTo(parent)
    return path === null ? null : [...path, block]
  }
  let best: Uint8Array[] = []
  for (const block of blocks) {
    const path = pathTo(block)
    if (path !== null && workOn(path) > workOn(best)) best = path
  }
  return best
}

function workOn(path: readonly Uint8Array[]): bigint {
  const bitsOf = (block: Uint8Array) => new DataView(block.buffer, block.byteOffset).getUint32(72, true)
  return path.reduce((sum, block) => sum + workOf(bitsOf(block)), 0n)
}
