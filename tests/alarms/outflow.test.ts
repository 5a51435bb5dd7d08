import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { AlarmWatch } from "../../src/alarms/alarm-watch.ts"
import { readWatchState, watchStateText } from "../../src/alarms/watch-state.ts"
import type { AlarmNotice } from "../../src/contracts/alarm.ts"
import type { BlockMoves } from "../../src/ports/block-moves.ts"
import { readPercent } from "../../src/readers/alarms-file.ts"
import { blockAt, into, optionsOf, out, outflow } from "./staged-blocks.ts"

const percentOf = (text: string) => {
  const percent = readPercent(text)
  if (percent === null) throw new Error(text)
  return { percent }
}

const told = (notices: readonly AlarmNotice[]) =>
  notices.map(({ status, kind, found }) => [status, kind, "amount" in found ? found.amount : null])

describe("an outflow alarm", () => {
  it("rings above its limit and not at it, over several blocks of the window", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    expect(watch.add(blockAt(1, 0, [out("a", 60n)]))).toEqual([])
    expect(watch.add(blockAt(2, 300, [out("b", 40n)]))).toEqual([])
    expect(told(watch.add(blockAt(3, 600, [out("c", 1n)])))).toEqual([["raised", "outflow", "101"]])
  })

  it("no longer counts what left more than the window ago", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    watch.add(blockAt(1, 0, [out("a", 100n)]))
    expect(watch.add(blockAt(2, 601, [out("b", 100n)]))).toEqual([])
  })

  it("counts by blocks, and by both where both are given", () => {
    const by = (window: { seconds: number | null; blocks: number | null }) => {
      const watch = new AlarmWatch(optionsOf([outflow({ window })]))
      return [out("a", 60n), out("b", 60n)].flatMap((paid, n) =>
        watch.add(blockAt(n * 3 + 1, n * 60, [paid])),
      ).length
    }
    expect([3, 4].map(blocks => by({ seconds: null, blocks }))).toEqual([0, 1])
    expect(by({ seconds: 59, blocks: 4 })).toBe(0)
    expect(by({ seconds: 60, blocks: 3 })).toBe(0)
    expect(by({ seconds: 60, blocks: 4 })).toBe(1)
  })

  it("takes change and payments within the set as nothing, and the fee as having left", () => {
    const watch = new AlarmWatch(optionsOf([outflow({ limit: { amount: 0n } })]))
    const within = [
      { tx: "a", from: "hot", to: null, amount: 1000n },
      { tx: "a", from: null, to: "hot", amount: 400n },
      { tx: "a", from: null, to: "hot-2", amount: 600n },
    ]
    expect(watch.add(blockAt(1, 0, within))).toEqual([])
    const withFee = within.map((one, n) => (n === 2 ? { ...one, amount: 599n } : one))
    expect(told(watch.add(blockAt(2, 1, withFee)))).toEqual([["raised", "outflow", "1"]])
  })

  it("lets no deposit of another transaction make up for what left", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    expect(watch.add(blockAt(1, 0, [out("a", 101n), into("b", 500n)]))).toHaveLength(1)
  })

  it("rings again when it has doubled, and after it was quiet", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    const counts = [101n, 50n, 50n, 1n].map(
      (amount, n) => watch.add(blockAt(n + 1, n, [out(`t${n}`, amount)])).length,
    )
    expect(counts).toEqual([1, 0, 0, 1])
    expect(watch.add(blockAt(5, 2000, []))).toEqual([])
    expect(watch.add(blockAt(6, 2001, [out("z", 101n)]))).toHaveLength(1)
  })

  it("is not fooled for longer than a block by a clock that runs ahead, and counts one that runs back", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    expect(watch.add(blockAt(1, 1000, [out("a", 60n)]))).toEqual([])
    expect(watch.add(blockAt(2, 9000, [out("b", 30n)]))).toEqual([])
    expect(watch.add(blockAt(3, 1100, [out("c", 20n)]))).toHaveLength(1)
    const back = new AlarmWatch(optionsOf([outflow()]))
    back.add(blockAt(1, 1000, [out("a", 60n)]))
    expect(back.add(blockAt(2, 10, [out("b", 60n)]))).toHaveLength(1)
  })

  it("takes a block without a time as at the time of the one before it", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    watch.add(blockAt(1, 0, [out("a", 60n)]))
    expect(watch.add(blockAt(2, null, [out("b", 60n)]))).toHaveLength(1)
  })

  it("rings above a share of what could have left, exactly", () => {
    const ring = (left: bigint) => {
      const watch = new AlarmWatch({
        ...optionsOf([outflow({ limit: percentOf("12.5") })]),
        openings: new Map([["hot", 800n]]),
      })
      return told(watch.add(blockAt(1, 0, [out("a", left)])))
    }
    expect(ring(100n)).toEqual([])
    expect(ring(101n)).toEqual([["raised", "outflow", "101"]])
  })

  it("says once that a share of an unknown balance cannot be judged, and does not ring", () => {
    const watch = new AlarmWatch(optionsOf([outflow({ limit: percentOf("1") })]))
    expect(watch.add(blockAt(1, 0, [into("a", 1000n)]))).toEqual([])
    const [notice] = watch.add(blockAt(2, 1, [out("b", 900n)]))
    expect([notice?.status, notice?.kind === "outflow" && notice.found.balance]).toEqual(["unknown", null])
    expect(watch.add(blockAt(3, 2, [out("c", 900n)]))).toEqual([])
  })

  it("holds a balance that falls below zero for unknown", () => {
    const alarms = [outflow({ limit: percentOf("50") })]
    const watch = new AlarmWatch({ ...optionsOf(alarms), openings: new Map([["hot", 10n]]) })
    expect(told(watch.add(blockAt(1, 0, [out("a", 11n)])))).toEqual([["unknown", "outflow", "11"]])
  })
})

/** The obviously right way: all blocks of the branch are kept, and the whole is done again for each. */
function slowly(blocks: readonly BlockMoves[], opening: bigint): readonly (readonly [number, bigint])[] {
  const rings: [number, bigint][] = []
  let rang: bigint | null = null
  const netOf = (block: BlockMoves): Map<string, bigint> => {
    const nets = new Map<string, bigint>()
    for (const { tx, address, amount } of block.debits)
      if (address === "hot") nets.set(tx, (nets.get(tx) ?? 0n) + amount)
    for (const { tx, address, amount } of block.credits)
      if (address === "hot") nets.set(tx, (nets.get(tx) ?? 0n) - amount)
    return nets
  }
  blocks.forEach((now, n) => {
    const seen = blocks.slice(0, n + 1)
    const change = seen.flatMap(one => [...netOf(one).values()]).reduce((a, b) => a + b, 0n)
    const left = seen
      .filter(one => Date.parse(now.time ?? "") - Date.parse(one.time ?? "") <= 600_000)
      .flatMap(one => [...netOf(one).values()])
      .reduce((sum, net) => (net > 0n ? sum + net : sum), 0n)
    const own = [...netOf(now).values()]
    const ownLeft = own.reduce((sum, net) => (net > 0n ? sum + net : sum), 0n)
    const ownChange = own.reduce((sum, net) => sum + net, 0n)
    const carried = left - ownLeft
    if (carried * 10n <= 2n * (opening - change + ownChange + carried)) rang = null
    const isOver = left * 10n > 2n * (opening - change + left)
    if (!isOver) rang = null
    else if (rang === null || left >= 2n * rang) {
      rings.push([now.height, left])
      rang = left
    }
  })
  return rings
}

describe("undoing and going on", () => {
  const steps = fc.array(
    fc.record({
      undo: fc.integer({ min: 0, max: 3 }),
      seconds: fc.integer({ min: 1, max: 400 }),
      // Below nought the clock runs back, within what a chain allows.
      jitter: fc.integer({ min: -300, max: 300 }),
      paid: fc.array(fc.record({ isOut: fc.boolean(), amount: fc.bigInt(1n, 90n) }), { maxLength: 3 }),
      restart: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )

  it("gives what is left of the notices as a slow watch of the last branch does, through restarts", () => {
    const opening = 1_000_000n
    fc.assert(
      fc.property(steps, all => {
        const options = {
          ...optionsOf([outflow({ limit: percentOf("20"), addresses: ["hot"] })], 3),
          openings: new Map([["hot", opening]]),
        }
        // Large amounts beside the opening, so that the share is crossed.
        const scale = 2_000n
        let watch = new AlarmWatch(options)
        const branch: BlockMoves[] = []
        const standing = new Map<string, AlarmNotice>()
        let highest = 0
        all.forEach(({ undo, seconds, jitter, paid, restart }, n) => {
          for (let k = 0; k < undo; k++) {
            const tip = branch.at(-1)
            if (tip === undefined || tip.height <= highest - 3) break
            for (const { base, status } of watch.undo(tip.height, tip.hash)) {
              expect(status).toBe("withdrawn")
              expect(standing.delete(base)).toBe(true)
            }
            branch.pop()
          }
          const before = branch.slice(-11).map(({ time }) => Date.parse(time ?? "") / 1000)
          const start = Date.parse("2026-01-01T00:00:00Z") / 1000
          const median = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)] ?? start
          const at = Math.max(median + 1, (before.at(-1) ?? start) + seconds + jitter) - start
          const moves = paid.map(({ isOut, amount }, p) =>
            isOut ? out(`${n}.${p}`, amount * scale) : into(`${n}.${p}`, amount * scale),
          )
          const block = blockAt((branch.at(-1)?.height ?? 0) + 1, at, moves, `${n}-`)
          for (const notice of watch.add(block)) {
            expect(standing.has(notice.base)).toBe(false)
            standing.set(notice.base, notice)
          }
          branch.push(block)
          highest = Math.max(highest, block.height)
          if (restart) watch = new AlarmWatch(options, readWatchState(watchStateText(watch.save())))
        })
        const left = [...standing.values()].filter(({ status }) => status === "raised")
        const rings = left.map(({ block, found }) => [
          block?.height,
          "amount" in found ? BigInt(found.amount) : 0n,
        ])
        const isKnown = [...standing.values()].every(({ status }) => status !== "unknown")
        if (isKnown)
          expect(rings.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual(slowly(branch, opening))
      }),
      { numRuns: 200 },
    )
  })

  it("withdraws under the key's base, and raises anew under another key when the block comes back", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    watch.add(blockAt(1, 0, []))
    const block = blockAt(2, 1, [out("a", 101n)])
    const [raised] = watch.add(block)
    const [withdrawn] = watch.undo(2, block.hash)
    const [again] = watch.add(block)
    expect(withdrawn).toMatchObject({ base: raised?.base, status: "withdrawn", round: 1 })
    expect([raised, withdrawn, again].map(one => one?.key)).toEqual(
      ["raised.1", "withdrawn.1", "raised.2"].map(end => `${raised?.base}.${end}`),
    )
  })

  it("refuses to undo another block than the newest, or deeper than was asked for", () => {
    const watch = new AlarmWatch(optionsOf([outflow()], 2))
    for (const height of [1, 2, 3, 4]) watch.add(blockAt(height, height, []))
    expect(() => watch.undo(4, "b4")).toThrow(RangeError)
    watch.undo(4, "a4")
    watch.undo(3, "a3")
    expect(() => watch.undo(2, "a2")).toThrow(/more than 2/)
    expect(() => watch.add(blockAt(1, 9, []))).toThrow(RangeError)
  })

  it("keeps no more than the window and the depth of undoing need", () => {
    const watch = new AlarmWatch(optionsOf([outflow({ limit: { amount: 10n ** 9n } })], 5))
    for (let height = 1; height <= 3000; height++)
      watch.add(blockAt(height, height * 60, [out(`${height}`, 1n)]))
    const { blocks, outflows } = watch.save()
    expect(blocks.length).toBe(16)
    expect(outflows.get("hot")?.state.records.length).toBeLessThan(40)
  })

  it("begins an alarm anew whose definition has changed", () => {
    const watch = new AlarmWatch(optionsOf([outflow()]))
    watch.add(blockAt(1, 0, [out("a", 90n)]))
    const saved = readWatchState(watchStateText(watch.save()))
    expect(new AlarmWatch(optionsOf([outflow()]), saved).add(blockAt(2, 1, [out("b", 90n)]))).toHaveLength(1)
    const changed = outflow({ limit: { amount: 91n } })
    expect(new AlarmWatch(optionsOf([changed]), saved).add(blockAt(2, 1, [out("b", 90n)]))).toEqual([])
  })

  it("refuses a damaged state", () => {
    const text = watchStateText(new AlarmWatch(optionsOf([outflow()])).save())
    for (const damaged of [text.slice(0, -9), "{}", text.replace('"highest":-1', '"highest":"x"')])
      expect(() => readWatchState(damaged)).toThrow(/alarm-state-damaged/)
  })
})
