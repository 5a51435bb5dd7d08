import { afterAll, describe, expect, it } from "vitest"
import { AccountRecords } from "../../../src/readers/account-records.ts"
import { openAccountLedgerSource } from "../../../src/stores/account-ledger/account-ledger-source.ts"
import { compare } from "../../tracing/compare.ts"
import {
  accountRowsOf,
  assetOf,
  blocksOf,
  published,
  removeFolders,
  scenarioWithHeights,
  transfersOf,
} from "./made.ts"
import { expectSameAnswers } from "./same-answers.ts"

afterAll(removeFolders)

describe("a hundred and fifty random ledgers of account chains, stored, published and read", () => {
  it("trace as the oracle says under every rule, and answer as the same rows in memory", async () => {
    for (let seed = 200_001; seed <= 200_150; seed++) {
      const scenario = scenarioWithHeights(seed)
      const rows = accountRowsOf(transfersOf(scenario))
      const blocks = blocksOf(rows)
      const { connection, folder } = await published(blocks)
      connection.closeSync()
      const { toHeight } = scenario.conditions
      const source = openAccountLedgerSource(folder, { toHeight, assetOf })
      for (const rule of scenario.rules) {
        const { program, oracle } = await compare(scenario, source, rule)
        expect(program, `seed ${seed}, ${rule}`).toEqual(oracle)
      }
      source.close()
      const heights = seed % 10 === 0 ? blocks.map(({ height }) => height) : []
      for (const height of [null, ...heights]) {
        const ours = openAccountLedgerSource(folder, { toHeight: height, assetOf })
        expectSameAnswers(rows, new AccountRecords(rows, height, assetOf), ours, 3)
        ours.close()
      }
      removeFolders()
    }
  })
})
