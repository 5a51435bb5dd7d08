import { expect } from "vitest"
import { GENESIS, mineChain } from "./made-chain.ts"

/** The first block of regtest and twelve more. */
export const CHAIN: readonly Uint8Array[] = [GENESIS.regtest, ...mineChain(GENESIS.regtest, 12)]
export const KEY = Uint8Array.of(0xa3, 0x01, 0xff, 0x7c, 0x00, 0x52, 0x9d, 0xe8)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** Shows a problem, where it is one that was found instead. */
export function expectBlocks(found: unknown, blocks: readonly Uint8Array[]): void {
  expect(Array.isArray(found) ? found.map(hex) : found).toEqual(blocks.map(hex))
}

/** The same order in every run. */
export function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item, n) => [Math.imul(n + 1, 0x9e3779b1) >>> 0, item] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item)
}
