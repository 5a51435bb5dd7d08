import { afterAll, describe, expect, it } from "vitest"
import { AccountRecords } from "../../../src/readers/account-records.ts"
import { openAccountLedgerSource } from "../../../src/stores/account-ledger/account-ledger-source.ts"
import { compare, sourceOf } from "../../tracing/compare.ts"
import {
  accountRowsOf,
  assetOf,
  blocksOf,
  newFolder,
  published,
  removeFolders,
  scenarioWithHeights,
  transfersOf,
} from "./made.ts"
import { expectSameAnswers, spelled } from "./same-answers.ts"

afterAll(removeFolders)

/** `npm run fuzz` does more of the same. */
describe("a ledger of an account chain, stored, published and read", () => {
  it("answers questions all over it as the same rows in memory do, at every horizon", async () => {
    for (let seed = 50_001; seed <= 50_004; seed++) {
      const rows = accountRowsOf(transfersOf(scenarioWithHeights(seed)))
      const blocks = blocksOf(rows)
      const { connection, folder } = await published(blocks)
      connection.closeSync()
      const heights = [null, ...blocks.filter((_, i) => i % 7 === 0).map(({ height }) => height)]
      for (const toHeight of heights.slice(0, 3)) {
        const ours = openAccountLedgerSource(folder, { toHeight, assetOf })
        expectSameAnswers(rows, new AccountRecords(rows, toHeight, assetOf), ours, 3)
        ours.close()
      }
    }
  })

  it("traces as the oracle says, lot for lot, under every rule", async () => {
    for (let seed = 60_001; seed <= 60_007; seed++) {
      const scenario = scenarioWithHeights(seed)
      const { connection, folder } = await published(blocksOf(accountRowsOf(transfersOf(scenario))))
      connection.closeSync()
      const { toHeight } = scenario.conditions
      const source = openAccountLedgerSource(folder, { toHeight, assetOf })
      for (const rule of scenario.rules) {
        const { program, oracle } = await compare(scenario, source, rule)
        expect(program, `seed ${seed}, ${rule}`).toEqual(oracle)
      }
      source.close()
    }
  })

  it("traces as files do at every horizon", async () => {
    for (let seed = 70_001; seed <= 70_001; seed++) {
      const scenario = scenarioWithHeights(seed)
      const blocks = blocksOf(accountRowsOf(transfersOf(scenario)))
      const { connection, folder } = await published(blocks)
      connection.closeSync()
      for (const { height: toHeight } of blocks) {
        const cut = { ...scenario, conditions: { ...scenario.conditions, toHeight } }
        const source = openAccountLedgerSource(folder, { toHeight, assetOf })
        const ours = await compare(cut, source, "fifo")
        const files = await compare(cut, await sourceOf(cut), "fifo")
        expect(ours.program, `seed ${seed} to ${toHeight}`).toEqual(files.program)
        expect(ours.program).toEqual(ours.oracle)
        source.close()
      }
    }
  })

  it("says up to when it speaks: its last block, the block asked for, or nothing before its first", async () => {
    const rows = accountRowsOf(transfersOf(scenarioWithHeights(50_001)))
    const blocks = blocksOf(rows)
    const [first, last] = [blocks[0]?.height as number, blocks.at(-1)?.height as number]
    const { connection, folder } = await published(blocks)
    connection.closeSync()
    const horizonAt = (toHeight: number | null) => {
      const source = openAccountLedgerSource(folder, { toHeight, assetOf })
      source.close()
      return source.horizon
    }
    const timeAt = (height: number) =>
      new Date((1_516_900_000 + height * 15) * 1000).toISOString().replace(".000Z", "Z")
    for (const height of [first, first + 1, last]) {
      expect(horizonAt(height)).toEqual({ height, hash: `hash ${height}`, time: timeAt(height) })
    }
    expect(horizonAt(null)).toEqual(horizonAt(last))
    expect(horizonAt(last + 1000)).toEqual(horizonAt(last))
    if (first > 0) expect(horizonAt(first - 1)).toEqual({ height: first - 1, hash: null, time: null })
  })

  it("opens without a block, and says that a folder without columns has none", async () => {
    const { connection, folder } = await published([])
    connection.closeSync()
    const source = openAccountLedgerSource(folder, { toHeight: 7, assetOf })
    expect(source.horizon).toEqual({ height: 7, hash: null, time: null })
    expect(spelled(source, { what: "theft", ref: "tx#0" })).toEqual({
      code: "ref-unknown",
      detail: { ref: "tx#0" },
    })
    source.close()
    expect(() => openAccountLedgerSource(newFolder(), { toHeight: null, assetOf })).toThrow(
      "ledger-not-published",
    )
  })
})
