import { existsSync, readdirSync } from "node:fs"
import type { DuckDBConnection } from "@duckdb/node-api"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { GRADES as ALL_GRADES } from "../../../src/ledger/grade.ts"
import { STEP_KINDS } from "../../../src/ledger/step.ts"
import { verifyAccountLedger } from "../../../src/stores/account-ledger/account-check.ts"
import { publishAccountColumns } from "../../../src/stores/account-ledger/account-publish.ts"
import {
  accountHashAt,
  accountTip,
  storeAccountBlocks,
} from "../../../src/stores/account-ledger/account-store.ts"
import { accountCounts, createAccountTables } from "../../../src/stores/account-ledger/account-tables.ts"
import { GRADES, KINDS } from "../../../src/stores/account-ledger/codes.ts"
import { columnsAgainstTruth } from "../../../src/stores/account-ledger/columns-against-truth.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import {
  accountRowsOf,
  blocksOf,
  connect,
  newFolder,
  removeFolders,
  scenarioWithHeights,
  storeAll,
  transfersOf,
} from "./made.ts"

afterAll(removeFolders)

const blocks = blocksOf(accountRowsOf(transfersOf(scenarioWithHeights(60_005)).slice(0, 80)), [
  { code: "record-unproven", asset: null, detail: { service: "made" } },
])
const TABLES = ["blocks", "transactions", "rows", "accounts", "assets", "notices", "provenance"]

async function newLedger(): Promise<DuckDBConnection> {
  const connection = await connect()
  await createAccountTables(connection)
  return connection
}

async function contentsOf(connection: DuckDBConnection): Promise<unknown> {
  const contents: Record<string, unknown> = {}
  for (const table of TABLES) {
    contents[table] = (await connection.runAndReadAll(`select * from ${table} order by all`)).getRowsJson()
  }
  return contents
}

describe("storing blocks of an account chain", () => {
  it("gives the same in batches of any size, twice or in overlapping runs", async () => {
    const whole = await newLedger()
    await storeAll(whole, blocks)
    const expected = await contentsOf(whole)
    expect(await accountTip(whole)).toEqual({ height: blocks.at(-1)?.height, hash: blocks.at(-1)?.hash })
    for (const size of [1, 7]) {
      const parts = await newLedger()
      await storeAll(parts, blocks.slice(0, 12), size)
      await storeAll(parts, blocks.slice(4), size)
      await storeAll(parts, blocks, size)
      expect(await contentsOf(parts)).toEqual(expected)
      parts.closeSync()
    }
    expect(await verifyAccountLedger(whole)).toEqual([])
    whole.closeSync()
  })

  it("leaves nothing of a batch that is rolled back, and goes on from there", async () => {
    const ledger = await newLedger()
    await storeAll(ledger, blocks.slice(0, 5))
    const before = await contentsOf(ledger)
    await ledger.run("begin transaction")
    await storeAccountBlocks(ledger, blocks.slice(5, 15), { from: "made", at: 1_516_900_000 })
    await ledger.run("rollback")
    expect(await contentsOf(ledger)).toEqual(before)
    await storeAll(ledger, blocks)
    const whole = await newLedger()
    await storeAll(whole, blocks)
    expect(await contentsOf(ledger)).toEqual(await contentsOf(whole))
  })

  it("refuses another branch, a hole and a block that is no child, and stores nothing of the batch", async () => {
    const ledger = await newLedger()
    await storeAll(ledger, blocks.slice(0, 5))
    const before = await contentsOf(ledger)
    const [fourth, fifth, sixth, seventh] = blocks.slice(3, 7)
    if (!fourth || !fifth || !sixth || !seventh) throw new Error("too few blocks")
    const refused = (batch: typeof blocks) => storeAll(ledger, batch)
    await expect(refused([{ ...fourth, hash: "other" }, fifth, sixth])).rejects.toMatchObject({
      code: "ledger-reorganised",
      detail: { height: fourth.height },
    })
    await expect(refused([sixth, { ...seventh, parent: "other" }])).rejects.toMatchObject({
      code: "ledger-reorganised",
      detail: { height: seventh.height },
    })
    await expect(refused([{ ...sixth, parent: "other" }])).rejects.toMatchObject({
      code: "ledger-reorganised",
    })
    await expect(refused([seventh])).rejects.toMatchObject({
      code: "ledger-link-broken",
      detail: { what: "blocks missing", at: sixth.height },
    })
    expect(await contentsOf(ledger)).toEqual(before)
    expect(await accountHashAt(ledger, fifth.height)).toBe(fifth.hash)
    expect(await accountHashAt(ledger, sixth.height)).toBe(null)
    expect((await accountCounts(ledger)).blocks).toBe(5)
  })

  it("keeps amounts up to 2^256 - 1 exactly, and sums of them", async () => {
    const ledger = await newLedger()
    const amounts = Array.from({ length: 257 }, (_, bit) => (1n << BigInt(bit)) - 1n)
    const [first] = accountRowsOf([
      { txid: "t", n: 0, height: 0, time: "", from: "", to: "a", asset: "x", amount: 0n },
    ])
    if (first === undefined) throw new Error("no row")
    await storeAll(ledger, blocksOf(amounts.map((amount, n) => ({ ...first, ref: `t#${n}`, amount }))))
    const rows = await ledger.runAndReadAll("select amount from rows order by id")
    expect(rows.getRows().map(([amount]) => amount)).toEqual(amounts)
    const sum = await ledger.runAndReadAll("select sum(amount), typeof(sum(amount)) from rows")
    expect(sum.getRows()).toEqual([[amounts.reduce((a, b) => a + b), "BIGNUM"]])
    expect(await verifyAccountLedger(ledger)).toEqual([])
  })
})

describe("the numbers that stand for words in a ledger", () => {
  it("stay what they are, since ledgers have them", () => {
    expect(KINDS.slice(0, 6)).toEqual(["transfer", "fee", "issue", "burn", "reward", "exchange"])
    expect(GRADES.slice(0, 4)).toEqual(["chain", "computed", "reported", "inferred"])
    expect([...KINDS].sort()).toEqual([...STEP_KINDS].sort())
    expect([...GRADES].sort()).toEqual([...ALL_GRADES].sort())
    expect(KINDS.length).toBeLessThanOrEqual(8)
    expect(GRADES.length).toBeLessThanOrEqual(4)
  })
})

describe("verifying an account chain's ledger", () => {
  const BREAKS: readonly (readonly [string, string, RegExp])[] = [
    [
      "a block is gone",
      "delete from blocks where height = (select min(height) + 3 from blocks)",
      /^blocks missing /,
    ],
    [
      "a parent is another",
      "update blocks set parent = 'x' where height = (select min(height) + 3 from blocks)",
      /^parent /,
    ],
    ["a row is gone", "delete from rows where id = 5", /^id in rows /],
    ["a transaction is gone", "delete from transactions where id = 2", /^transaction of a row /],
    [
      "rows change places",
      "update rows set id = case id when 0 then (select max(id) from rows) else 0 end where id in (0, (select max(id) from rows))",
      /^order of rows /,
    ],
    ["an account is gone", "delete from accounts where id = 0", /^account of a row /],
    ["an asset is gone", "delete from assets where id = 0", /^asset of a row /],
    [
      "an account is there twice",
      "update accounts set name = (select name from accounts where id = 0) where id = 1",
      /^account twice /,
    ],
    [
      "a transaction is there twice",
      "update transactions set txid = (select txid from transactions where id = 0) where id = 1",
      /^transaction twice /,
    ],
    ["a reference is there twice", "update rows set ref = '#0'", /^reference twice /],
    ["an amount is below zero", "update rows set amount = '-1'::bignum where id = 3", /^amount of a row 3$/],
    [
      "an amount is too large",
      "update rows set amount = (1::bignum + '115792089237316195423570985008687907853269984665640564039457584007913129639935'::bignum) where id = 3",
      /^amount of a row 3$/,
    ],
    ["a kind is unknown", "update rows set kind = 7 where id = 3", /^kind or grade of a row 3$/],
    [
      "a row comes from nowhere and goes nowhere",
      "update rows set from_account = null, to_account = null where id = 3",
      /^ends of a row 3$/,
    ],
    [
      "an exchange has lost a leg",
      "update rows set exchange = null where exchange = id",
      /^exchange of a row /,
    ],
    [
      "a block begins elsewhere",
      "update blocks set first_row = first_row + 1 where height = (select max(height) from blocks)",
      /^first row of a block /,
    ],
    [
      "a transaction is in another block",
      "update transactions set height = (select max(height) from blocks) where id = 0",
      /^order of transactions /,
    ],
  ]

  let ledger: DuckDBConnection
  beforeAll(async () => {
    ledger = await newLedger()
    await storeAll(ledger, blocks)
  })

  it("finds nothing where nothing is broken", async () => {
    expect(await verifyAccountLedger(ledger)).toEqual([])
  })

  it.each(BREAKS)("finds that %s", async (_, sql, expected) => {
    await ledger.run("begin transaction")
    await ledger.run(sql)
    const broken = (await verifyAccountLedger(ledger)).map(({ what, at }) => `${what} ${at}`)
    await ledger.run("rollback")
    expect(broken).toContainEqual(expect.stringMatching(expected))
  })

  it("leaves the published columns, the tables and no open file when publishing fails on its way", async () => {
    const folder = newFolder()
    await publishAccountColumns(ledger, folder, { chain: "made" })
    const before = await contentsOf(ledger)
    const openFiles = () => (existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0)
    const count = openFiles()
    const stop = (done: number) => {
      if (done > 200) throw new Error("stopped")
    }
    await expect(publishAccountColumns(ledger, folder, { chain: "made", onProgress: stop })).rejects.toThrow(
      "stopped",
    )
    expect(openFiles()).toBe(count)
    expect(readdirSync(folder)).toEqual(["columns"])
    expect(await contentsOf(ledger)).toEqual(before)
    const columns = openColumns(folder)
    expect(await columnsAgainstTruth(ledger, columns)).toEqual([])
    columns.close()
  })

  it("compares the columns with the tables, byte by byte", async () => {
    const folder = newFolder()
    await publishAccountColumns(ledger, folder, { chain: "made" })
    const columns = openColumns(folder)
    const differ = async (sql: string) => {
      await ledger.run(sql)
      return columnsAgainstTruth(ledger, columns)
    }
    expect(await columnsAgainstTruth(ledger, columns)).toEqual([])
    expect(await differ("update rows set grade = 0 where id = 3")).toEqual([{ column: "row-meta", at: 3 }])
    expect(await differ("update rows set grade = 2 where id = 3")).toEqual([])
    expect(await differ("insert into notices values (0, 'x', null, 'x', 'x')")).toEqual(
      expect.arrayContaining([{ column: "notice-height", at: 0 }]),
    )
    expect(await differ("delete from notices")).toEqual(
      expect.arrayContaining([{ column: "notice-height", at: 0 }]),
    )
    expect(await differ("delete from blocks where height = (select max(height) from blocks)")).toBe("behind")
    columns.close()
  })
})
