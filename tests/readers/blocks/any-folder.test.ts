import { describe, expect, it } from "vitest"
import { Dice } from "../../../testing/generator/dice.ts"
import { anyLayout, anyTree, slowBestChain } from "./any-folder.ts"
import { GENESIS, hashOf } from "./made-chain.ts"
import { read } from "./written-folder.ts"

describe("any tree of blocks in any order, any files, under any key", () => {
  it("gives the chain that a slow search finds", async () => {
    const seen = { forks: 0, keys: 0, files: 0 }
    for (let seed = 1; seed <= 300; seed++) {
      const dice = new Dice(seed)
      const { written, blocks } = anyLayout(dice, anyTree(dice))
      const chain = slowBestChain(blocks)
      const found = await read(written)
      if (!Array.isArray(found)) throw new Error(`seed ${seed}`, { cause: found })
      expect(found.map(hashOf), `seed ${seed}`).toEqual(chain.map(hashOf))
      for (const [height, block] of found.entries()) {
        expect(Buffer.compare(block, chain[height] as Uint8Array), `seed ${seed}, ${height}`).toBe(0)
      }
      if (new Set(blocks.map(hashOf)).size > chain.length) seen.forks++
      if (written.key !== undefined) seen.keys++
      if (Object.keys(written.files).length > 1) seen.files++
    }
    // The dice reach every shape that is meant.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100)
  })

  it("has a slow search that knows the first block alone", () => {
    expect(slowBestChain([GENESIS.regtest])).toEqual([GENESIS.regtest])
    expect(slowBestChain([])).toEqual([])
  })
})
