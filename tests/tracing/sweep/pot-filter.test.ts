import { expect, it } from "vitest"
import { PotFilter } from "../../../src/tracing/sweep/pot-filter.ts"
import { Dice } from "../../../testing/generator/dice.ts"

it("never leaves out a pot that it was given, however many come, and takes few others for one", () => {
  const dice = new Dice(7)
  const filter = new PotFilter()
  const pots = new Set<number>()
  filter.refill(pots, 0)
  const isIn = (pot: number) => filter.slots[pot & filter.mask] === 1
  for (let round = 0; round < 40_000; round++) {
    const pot = dice.chance(0.1) ? 0xffff_fffd - dice.int(0, 1000) : dice.int(0, 5_000_000)
    pots.add(pot)
    filter.add(pot)
    if (filter.isCrowded) filter.refill(pots, pots.size)
  }
  expect([...pots].every(isIn)).toBe(true)
  const others = Array.from({ length: 20_000 }, () => dice.int(5_000_001, 2_000_000_000))
  expect(others.filter(isIn).length).toBeLessThan(others.length / 4)
})
