import { createHash } from "node:crypto"
import { afterAll, describe, expect, it } from "vitest"
import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import type { Notice } from "../../../src/ports/source.ts"
import { AccountRecords } from "../../../src/readers/account-records.ts"
import { verifyAccountLedger } from "../../../src/stores/account-ledger/account-check.ts"
import { AccountColumns } from "../../../src/stores/account-ledger/account-columns.ts"
import { openAccountLedgerSource } from "../../../src/stores/account-ledger/account-ledger-source.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { assetOf, blocksOf, published, removeFolders } from "./made.ts"
import { expectSameAnswers, spelled } from "./same-answers.ts"

afterAll(removeFolders)

const hash = (text: string): string => createHash("sha256").update(text).digest("hex")

const PLAIN = {
  from: "a",
  to: "b",
  asset: "coin",
  amount: 5n,
  kind: "transfer",
  exchange: null,
  grade: "chain",
  source: null,
  originUnknown: false,
} as const satisfies Partial<AccountRow>

function rowOf(
  id: string | null,
  suffix: string,
  height: number,
  rest: Partial<AccountRow> = {},
): AccountRow {
  const time = new Date(1_469_020_000_000 + height * 13_000).toISOString().replace(".000Z", "Z")
  const ref = id === null ? `block:${height}${suffix}` : `${id}${suffix}`
  return { ...PLAIN, tx: { id, height, time }, ref, ...rest }
}

async function expectSameAsInMemory(rows: readonly AccountRow[], every = 1): Promise<Map<string, number>> {
  const { connection, folder } = await published(blocksOf(rows))
  expect(await verifyAccountLedger(connection)).toEqual([])
  connection.closeSync()
  for (const toHeight of [null, 2]) {
    const ours = openAccountLedgerSource(folder, { toHeight, assetOf })
    expectSameAnswers(rows, new AccountRecords(rows, toHeight, assetOf), ours, every)
    ours.close()
  }
  const columns = openColumns(folder)
  const widths = new Map(columns.manifest.columns.map(({ name, width }) => [name, width]))
  columns.close()
  return widths
}

describe("a published ledger", () => {
  it("keeps Ethereum's hashes as bytes, and what blocks give outside transactions under the block's name", async () => {
    const rows = [
      rowOf(null, "#dao:0", 1, { from: "0xdao", to: "0xrefund" }),
      rowOf(`0x${hash("1")}`, "#fee", 1, { to: null, kind: "fee" }),
      rowOf(`0x${hash("1")}`, "#value", 1, { amount: (1n << 256n) - 1n, source: "trace_block" }),
      rowOf(`0x${hash("1")}`, "#call:0.1", 1, { grade: "computed", source: "trace_block" }),
      rowOf(`0x${hash("2")}`, "#log:0", 1, { asset: "0xtoken", to: "?", grade: "reported", source: "b" }),
      rowOf(null, "#reward", 1, { from: null, kind: "reward" }),
      rowOf(null, "#reward", 2, { from: null, kind: "reward" }),
      rowOf(`0x${hash("3")}`, "#log:1", 3, {
        from: null,
        kind: "issue",
        originUnknown: true,
        asset: "0xtoken",
      }),
    ]
    const widths = await expectSameAsInMemory(rows)
    expect([widths.get("tx-id-hex"), widths.get("row-amount"), widths.get("check-balance")]).toEqual([
      32, 32, 40,
    ])
  })

  it("keeps plain hexadecimal ids, small amounts in eight bytes, and times to the minute or none", async () => {
    const rows = [1, 1, 2, 3, 3].map((height, at) => {
      const time = [
        "2018-01-25T18:35Z",
        "2018-01-25T18:34:59Z",
        "2018-01-25T18:35:01Z",
        null,
        "2018-01-25T18:34Z",
      ][at]
      return rowOf(hash(`${at}`), "#0", height, { tx: { id: hash(`${at}`), height, time: time ?? null } })
    })
    const widths = await expectSameAsInMemory(rows)
    expect([widths.get("tx-id-hex"), widths.get("row-amount")]).toEqual([32, 8])
  })

  it("takes ids, accounts and assets of any letters, with signs of its own in them", async () => {
    const names = ["足跡", "", "a/b", "#", "?a", "x".repeat(300), "0xab", "\u0000"]
    const rows = names.map((name, at) =>
      rowOf(`${name}${at === 3 ? "#" : ""}`, `#${at}`, 1 + (at >> 1), {
        from: name,
        to: names[(at + 1) % names.length] as string,
        asset: `c${at % 3}é`,
        amount: 1n << 90n,
      }),
    )
    const widths = await expectSameAsInMemory(rows)
    expect([widths.get("tx-id-text"), widths.get("row-amount")]).toEqual([1, 16])
  })

  it("says that two rows have one reference, however its parts are cut", async () => {
    const rows = [rowOf("a#b", "#0", 1), rowOf("a", "#b#0", 1), rowOf("a", "#c", 1)]
    const { connection, folder } = await published(blocksOf(rows))
    expect(await verifyAccountLedger(connection)).toEqual([])
    connection.closeSync()
    const ours = openAccountLedgerSource(folder, { toHeight: null, assetOf })
    const theft = { what: "theft", ref: "a#b#0" } as const
    expect(spelled(ours, theft)).toMatchObject({ code: "ref-ambiguous" })
    expect(spelled(ours, theft)).toEqual(spelled(new AccountRecords(rows, null, assetOf), theft))
    expect(spelled(ours, { what: "theft", ref: "a#c" })).toMatchObject({
      credit: 0,
      step: { tx: { id: "a" } },
    })
    expect(spelled(ours, { what: "theft", ref: "a#d" })).toMatchObject({ code: "ref-unknown" })
    ours.close()
  })

  it("finds what a busy account held anywhere on its way, past thousands of movements", async () => {
    const dice = new Dice(4)
    const rows = Array.from({ length: 3000 }, (_, at): AccountRow => {
      const [from, to] = dice.chance(0.5) ? ["busy", "other"] : ["other", "busy"]
      const height = 1 + Math.floor(at / 40)
      const amount = dice.chance(0.2) ? (1n << 256n) - 1n : BigInt(dice.int(0, 9))
      const base = rowOf(`t${at >> 2}`, `#${at}`, height, { from, to, amount })
      if (dice.chance(0.1)) return { ...base, from: null, kind: "issue", originUnknown: true }
      return dice.chance(0.5) ? { ...base, from: to, to: from, kind: "transfer" } : base
    })
    // Every eighth transaction is an exchange of four legs, one of them to oneself.
    const legs = rows.map((row, at): AccountRow => {
      if ((at >> 2) % 8 !== 0) return row
      const ends = [
        ["busy", "other"],
        ["other", "busy"],
        ["busy", "busy"],
        ["other", "busy"],
      ][at % 4] as string[]
      const [from, to] = ends as [string, string]
      const kind = { exchange: `x${at >> 2}`, kind: "exchange" as const, originUnknown: false }
      return { ...row, ...kind, from, to, asset: at % 4 === 1 ? "gold" : "coin" }
    })
    await expectSameAsInMemory(legs, 149)
  })

  it("finds accounts by name, and blocks by height", async () => {
    const rows = Array.from({ length: 500 }, (_, at) =>
      rowOf(`t${at}`, "#0", 5, { from: `from${at}`, to: "b" }),
    )
    const { connection, folder } = await published(blocksOf(rows))
    connection.closeSync()
    const columns = openColumns(folder)
    const account = new AccountColumns(columns)
    for (let at = 0; at < 500; at++) expect(account.accountOf(`from${at}`)).toBe(at === 0 ? 0 : at + 1)
    expect([account.accountOf("b"), account.accountOf("nobody")]).toEqual([1, null])
    const last = { hash: "hash 5", time: "2018-01-25T17:07:55Z", end: 500 }
    // Of a height that has none, the last block before it.
    expect([account.block(4), account.block(5), account.block(6)]).toEqual([null, last, last])
    expect(account.layout.provenance).toEqual([
      { from: 5, to: 5, source: "made", at: "2018-01-25T17:06:40Z" },
    ])
    columns.close()
  })

  it("tells what its blocks lack, each once, from the block on that lacks it", async () => {
    const service: Notice = { code: "record-unproven", asset: null, detail: { service: "node" } }
    const calls = (from: string): Notice => ({ code: "internal-calls-absent", asset: null, detail: { from } })
    const token = (asset: string): Notice => ({
      code: "token-does-not-add-up",
      asset,
      detail: { asset, reason: "fee" },
    })
    const rows = [1, 2, 3, 4].map(height => rowOf(`t${height}`, "#0", height))
    const lacking: Record<number, Notice[]> = {
      1: [service],
      2: [service, calls("2"), token("x")],
      3: [calls("3"), token("y")],
      4: [calls("4"), token("x"), service],
    }
    const blocks = blocksOf(rows).map(
      (block): AccountBlock => ({ ...block, notices: lacking[block.height] ?? [] }),
    )
    const { connection, folder } = await published(blocks)
    connection.closeSync()
    const noticesTo = (toHeight: number | null) => {
      const source = openAccountLedgerSource(folder, { toHeight, assetOf })
      source.close()
      return source.notices
    }
    expect(noticesTo(1)).toEqual([service])
    expect(noticesTo(2)).toEqual([service, calls("2"), token("x")])
    expect(noticesTo(null)).toEqual([service, calls("2"), token("x"), token("y")])
  })
})
