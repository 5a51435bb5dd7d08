import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { SweepTrail } from "../../src/stores/sweeps/sweep-trail.ts"
import { loadTold, saveTold } from "../../src/stores/sweeps/told-blocks.ts"
import { PullSweep } from "../../src/tracing/sweep/pull-sweep.ts"

const folder = () => mkdtempSync(join(tmpdir(), "ashiato-followed-"))
const hashOf = (height: number, branch = 0) => `${branch}${height}`.padStart(64, "0")
const state = new PullSweep({ rule: "fifo", fees: "drop", declared: [] }).state()

describe("states of a sweep that are kept behind the tip", () => {
  it("go back far enough for every reorganisation of up to 100 blocks, and are few", () => {
    const own = folder()
    const trail = new SweepTrail(own, "fifo")
    const isOnChain = ({ height, hash }: { height: number; hash: string }) => hash === hashOf(height)
    for (let tip = 0; tip <= 230; tip++) {
      trail.save({ horizon: { height: tip, hash: hashOf(tip) }, state })
      trail.thin(tip, isOnChain)
      for (const depth of [0, 1, 2, 5, 30, 64, 99, 100]) {
        if (tip < depth || (tip > 20 && tip % 5 !== 0)) continue
        const found = trail.newest(one => one.height <= tip - depth && isOnChain(one))
        expect(found?.horizon.height, `${depth} below ${tip}`).toBeGreaterThanOrEqual(
          Math.max(0, tip - 4 * depth - 4),
        )
      }
    }
    expect(readdirSync(join(own, "trail", "fifo")).length).toBeLessThanOrEqual(20)
  })

  it("are forgotten where their block has left the chain", () => {
    const own = folder()
    const trail = new SweepTrail(own, "fifo")
    for (const height of [1, 2, 3]) trail.save({ horizon: { height, hash: hashOf(height) }, state })
    const isOnChain = ({ height, hash }: { height: number; hash: string }) =>
      hash === hashOf(height, height < 3 ? 0 : 7)
    expect(trail.newest(isOnChain)?.horizon).toEqual({ height: 2, hash: hashOf(2) })
    trail.thin(4, isOnChain)
    expect(readdirSync(join(own, "trail", "fifo")).sort()).toEqual(
      [1, 2].map(height => `${height}-${hashOf(height)}.sweep`),
    )
  })
})

describe("the list of told blocks", () => {
  it("comes back as it was, cut to the newest 256, and is none before the first", () => {
    const file = join(folder(), "told.blocks")
    expect(loadTold(file)).toBe(null)
    const blocks = Array.from({ length: 300 }, (_, height) => ({ height, hash: hashOf(height) }))
    saveTold(file, { beganAt: 7, blocks })
    expect(loadTold(file)).toEqual({ beganAt: 7, blocks: blocks.slice(-256) })
  })

  it("is refused where a byte of it is another", () => {
    const file = join(folder(), "told.blocks")
    saveTold(file, { beganAt: 0, blocks: [{ height: 5, hash: hashOf(5) }] })
    const whole = readFileSync(file, "utf8")
    for (const at of [0, 9, 20, whole.length - 1]) {
      writeFileSync(file, `${whole.slice(0, at)}#${whole.slice(at + 1)}`)
      expect(() => loadTold(file), `byte ${at}`).toThrow("ledger-damaged")
    }
  })
})
