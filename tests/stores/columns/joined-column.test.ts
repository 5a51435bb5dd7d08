import { afterAll, expect, it } from "vitest"
import { joinedColumn } from "../../../src/stores/columns/joined-column.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { noise, openMade, removeFolders } from "./made.ts"

afterAll(removeFolders)

it("columns one after the other read as their bytes do, however much of each counts", async () => {
  for (let seed = 1; seed <= 8; seed++) {
    const dice = new Dice(seed)
    const width = dice.pick([1, 4, 8, 32]) ?? 4
    const made = Array.from({ length: dice.int(1, 5) }, (_, at) => {
      const count = dice.pick([0, 1, 7, 70_000]) ?? 0
      return { name: `c${at}`, width, bytes: noise(width * count, seed * 10 + at) }
    })
    const columns = await openMade(made)
    const parts = made.map(({ name, bytes }) => {
      return { column: columns.column(name), count: dice.int(0, bytes.length / width) }
    })
    const all = Buffer.concat(made.map(({ bytes }, at) => bytes.subarray(0, width * (parts[at]?.count ?? 0))))
    const joined = joinedColumn("all", width, parts)
    const count = all.length / width
    expect(joined.count).toBe(count)
    expect(Buffer.compare(joined.loadAll(), all)).toBe(0)
    for (let turn = 0; turn < 200 && count > 0; turn++) {
      const at = dice.chance(0.2) ? (dice.pick([0, count - 1]) ?? 0) : dice.int(0, count - 1)
      const to = dice.int(at, count)
      const own = all.subarray(width * at, width * (at + 1))
      expect(Buffer.compare(joined.range(at, to), all.subarray(width * at, width * to))).toBe(0)
      expect(Buffer.from(joined.bytes(at)).equals(own)).toBe(true)
      expect(joined.compare(at, own)).toBe(0)
      if (width === 1) expect(joined.u8(at)).toBe(own.readUInt8())
      if (width === 4) expect(joined.u32(at)).toBe(own.readUInt32LE())
      if (width === 8) expect(joined.u64(at)).toBe(own.readBigUInt64LE())
    }
    expect(() => joined.bytes(count)).toThrow(/is not within its/)
    expect(() => joined.range(0, count + 1)).toThrow(/is not within its/)
    columns.close()
  }
})
