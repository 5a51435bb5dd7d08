import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import { openEthereumExport } from "../../../src/readers/ethereum/ethereum-export.ts"
import { Problem } from "../../../src/units/problem.ts"

type Row = Record<string, string | number | null | readonly unknown[]>
type Tables = Record<string, readonly Row[]>

const word = (digit: string): string => `0x${digit.repeat(64)}`
const [A, B, C] = ["a", "b", "c"].map(digit => `0x${digit.repeat(40)}`) as [string, string, string]
const hashOf = (height: number): string => `0x${height.toString(16).padStart(64, "0")}`
const NO_UNCLES = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347"
/** The root of nothing. */
const NOTHING = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
/** 2^200 and a bit: no float holds it. */
const LARGE = 1606938044258990275541962092341162602522202993782792835301377n

/** Blocks with a transaction each that calls on, before Byzantium and without roots that could be checked. */
function tables(heights: readonly number[]): Tables {
  const tx = (height: number): string => `0x${height.toString(16).padStart(64, "7")}`
  const place = (height: number) => ({ block_number: height, block_hash: hashOf(height) })
  return {
    blocks: heights.map(height => ({
      number: height,
      hash: hashOf(height),
      parent_hash: hashOf(height - 1),
      nonce: "0x0000000000000001",
      sha3_uncles: NO_UNCLES,
      logs_bloom: `0x${"0".repeat(512)}`,
      transactions_root: word("1"),
      state_root: word("2"),
      receipts_root: word("3"),
      miner: C,
      difficulty: 1,
      total_difficulty: 1,
      size: 1,
      extra_data: "0x",
      gas_limit: 100_000,
      gas_used: 50_000,
      timestamp: 1_500_000_000 + height,
      transaction_count: 1,
      base_fee_per_gas: null,
    })),
    transactions: heights.map(height => ({
      ...place(height),
      hash: tx(height),
      nonce: 1,
      transaction_index: 0,
      from_address: A,
      to_address: B,
      value: `${LARGE}`,
      gas: 60_000,
      gas_price: 2,
      input: "0x",
      transaction_type: 0,
    })),
    receipts: heights.map(height => ({
      ...place(height),
      transaction_hash: tx(height),
      transaction_index: 0,
      cumulative_gas_used: 50_000,
      gas_used: 50_000,
      contract_address: null,
      root: null,
      status: null,
      effective_gas_price: 2,
    })),
    traces: heights.flatMap(height => {
      const trace = {
        block_number: height,
        transaction_hash: tx(height),
        transaction_index: 0,
        call_type: null,
      }
      return [
        {
          ...trace,
          from_address: B,
          to_address: A,
          value: 5,
          trace_type: "suicide",
          trace_address: "0,0",
          error: null,
        },
        {
          ...trace,
          from_address: A,
          to_address: B,
          value: `${LARGE}`,
          trace_type: "call",
          call_type: "call",
          trace_address: null,
          error: null,
        },
        {
          ...trace,
          from_address: B,
          to_address: C,
          value: 9,
          trace_type: "call",
          call_type: "call",
          trace_address: "1",
          error: "Reverted",
        },
        {
          ...trace,
          from_address: B,
          to_address: B,
          value: 3,
          trace_type: "call",
          call_type: "delegatecall",
          trace_address: "0",
          error: null,
        },
        {
          block_number: height,
          transaction_hash: null,
          transaction_index: null,
          call_type: null,
          from_address: null,
          to_address: C,
          value: 5,
          trace_type: "reward",
          trace_address: null,
          error: null,
        },
      ]
    }),
  }
}

const EXACT = /^\d+$/
const asJson = (row: Row): string =>
  `{${Object.entries(row)
    .map(([name, value]) => {
      const bare = typeof value === "string" && EXACT.test(value) && name === "value"
      return `"${name}": ${bare ? value : JSON.stringify(value)}`
    })
    .join(", ")}}`

function asCsv(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const field = (value: unknown): string => {
    const text = value === null || value === undefined ? "" : String(value)
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `${[names.join(","), ...rows.map(row => names.map(name => field(row[name])).join(","))].join("\r\n")}\r\n`
}

async function withFolder<Result>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "ashiato-export-"))
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, ".."), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function read(folder: string): Promise<AccountBlock[]> {
  const feed = await openEthereumExport({ folder })
  try {
    const blocks: AccountBlock[] = []
    for await (const batch of feed.blocks(3, feed.tip.height)) blocks.push(...batch)
    return blocks.map(block => ({
      ...block,
      notices: block.notices.map(notice => ({ ...notice, detail: {} })),
    }))
  } finally {
    await feed.close()
  }
}

async function problemOf(work: Promise<unknown>): Promise<[string, unknown]> {
  const error = await work.then(
    () => new Error("expected a problem, there was none"),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw error
  return [error.code, error.detail.reason]
}

const csvFiles = (heights: readonly number[], change: (own: Tables) => Tables = own => own) => {
  const own = change(tables(heights))
  return Object.fromEntries(Object.entries(own).map(([name, rows]) => [`${name}.csv`, asCsv(rows)]))
}

describe("an export", () => {
  it("is read from CSV: fees, value exact to the last unit, and what its traces say", async () => {
    const blocks = await withFolder(csvFiles([3, 4, 5]), read)
    expect(blocks.map(({ height }) => height)).toEqual([3, 4, 5])
    const [first] = blocks
    const rows = first?.rows.map(({ ref, from, to, amount, kind, grade }) => {
      return [ref.slice(ref.indexOf("#")), from, to, amount, kind, grade]
    })
    expect(rows).toEqual([
      ["#fee", A, C, 100_000n, "fee", "reported"],
      ["#value", A, B, LARGE, "transfer", "reported"],
      ["#call:0.0", B, A, 5n, "transfer", "reported"],
      ["#reward", null, C, 5n * 10n ** 18n, "reward", "reported"],
    ])
    expect(first?.notices.map(({ code }) => code)).toEqual(["record-unproven"])
  })

  it("is the same as JSON lines, with its rows in any order, and in parts that lie in folders", async () => {
    const expected = await withFolder(csvFiles([3, 4, 5]), read)
    const own = tables([3, 4, 5])
    const json = Object.fromEntries(
      Object.entries(own).map(([name, rows]) => [`${name}.json`, [...rows].reverse().map(asJson).join("\n")]),
    )
    expect(await withFolder(json, read)).toEqual(expected)
    const [early, late] = [tables([3]), tables([4, 5])]
    const parts = Object.fromEntries(
      Object.keys(own).flatMap(name => [
        [`${name}/start=3/${name}_00000003_00000003.csv`, asCsv(early[name] ?? [])],
        [`${name}/start=4/${name}_00000004_00000099.csv`, asCsv(late[name] ?? [])],
      ]),
    )
    expect(await withFolder(parts, read)).toEqual(expected)
  })

  it("of geth tells traces by place and self-destructs without amounts: a gap", async () => {
    const files = csvFiles([3], own => ({
      ...own,
      traces: (own.traces ?? [])
        .filter(({ trace_type }) => trace_type !== "reward")
        .map(row => ({
          ...row,
          transaction_hash: null,
          ...(row.trace_type === "suicide" ? { from_address: null, to_address: null, value: null } : {}),
        })),
    }))
    const [block] = await withFolder(files, read)
    expect(block?.rows.map(({ ref }) => ref.slice(ref.indexOf("#")))).toEqual(["#fee", "#value", "#reward"])
    expect(block?.notices.map(({ code }) => code)).toEqual(["internal-calls-absent", "record-unproven"])
  })

  it("may have what the chain began with", async () => {
    const files = csvFiles([0], own => ({
      blocks: (own.blocks ?? []).map(row => ({
        ...row,
        transaction_count: 0,
        transactions_root: NOTHING,
        receipts_root: NOTHING,
        hash: hashOf(0),
        parent_hash: word("0"),
      })),
      transactions: [],
      traces: [{ block_number: 0, trace_type: "genesis", to_address: A, value: "7", from_address: null }],
    }))
    files["transactions.csv"] = "hash,block_number\r\n"
    const rows = await withFolder(files, async folder => {
      const feed = await openEthereumExport({ folder })
      const found: unknown[] = []
      for await (const [block] of feed.blocks(0, 0)) found.push(...(block?.rows ?? []))
      await feed.close()
      return found
    })
    expect(rows).toMatchObject([
      { ref: "block:0#genesis:0", to: A, amount: 7n, kind: "issue", originUnknown: false },
    ])
  })

  it("ends before the first block that is missing, and tells none that it has not", () =>
    withFolder(csvFiles([3, 4, 6]), async folder => {
      const feed = await openEthereumExport({ folder })
      expect(feed.tip).toEqual({ height: 4, hash: hashOf(4) })
      expect(await feed.hashAt(3)).toBe(hashOf(3))
      expect([await feed.hashAt(2), await feed.hashAt(6)]).toEqual([null, null])
      const reading = async (from: number, to: number) => {
        for await (const _ of feed.blocks(from, to));
      }
      const has = "it has blocks 3 to 4"
      expect(await problemOf(reading(2, 3))).toEqual(["chain-data-malformed", has])
      expect(await problemOf(reading(4, 5))).toEqual(["chain-data-malformed", has])
      await feed.close()
    }))
})

describe("an export that makes no sense", () => {
  const changing = (table: string, more: Row) =>
    csvFiles([3], own => ({ ...own, [table]: (own[table] ?? []).map(row => ({ ...row, ...more })) }))

  it.each<[string, Record<string, string>, string, unknown]>([
    ["nothing", {}, "chain-data-malformed", "no blocks.csv or blocks.json"],
    [
      "no transactions",
      { "blocks.csv": csvFiles([3])["blocks.csv"] as string },
      "chain-data-malformed",
      "no transactions.csv or transactions.json",
    ],
    ["no JSON", { "blocks.json": "{", "transactions.json": "" }, "chain-data-malformed", "not JSON"],
    ["a list", { "blocks.json": "[1]", "transactions.json": "" }, "chain-data-malformed", "not an object"],
    [
      "no heights",
      { "blocks.json": '{"a":1}', "transactions.json": "" },
      "chain-data-malformed",
      "blocks.number: not a quantity",
    ],
    ["no blocks", { "blocks.json": "", "transactions.json": "" }, "chain-data-malformed", "no blocks"],
    [
      "a short line",
      { "blocks.csv": "number,hash\n3\n", "transactions.csv": "" },
      "csv-malformed",
      "2 fields expected, 1 found",
    ],
    [
      "an open quote",
      { "blocks.csv": 'number,hash\n3,"0x\n', "transactions.csv": "" },
      "csv-malformed",
      "CSV_QUOTE_NOT_CLOSED",
    ],
    [
      "a float",
      changing("transactions", { value: "1e18" }),
      "chain-data-malformed",
      "transactions.value: not a quantity",
    ],
    [
      "a value below 0",
      changing("transactions", { value: "-1" }),
      "chain-data-malformed",
      "transactions.value: not a quantity",
    ],
    [
      "a value above 256 bits",
      changing("transactions", { value: `${1n << 256n}` }),
      "chain-data-malformed",
      "transactions.value: out of range",
    ],
    [
      "an address cut short",
      changing("transactions", { from_address: "0xaa" }),
      "chain-data-malformed",
      "transactions.from_address: wrong length",
    ],
    [
      "a transaction of another block",
      changing("transactions", { block_hash: word("9") }),
      "chain-data-malformed",
      "transactions.block_hash: of another block",
    ],
    [
      "another number of transactions",
      changing("blocks", { transaction_count: 2 }),
      "chain-data-malformed",
      "blocks.transaction_count: out of range",
    ],
    [
      "receipts of others",
      changing("receipts", { transaction_hash: word("9") }),
      "chain-data-malformed",
      "receipts[0]: one for each transaction expected",
    ],
    [
      "a price that is not the receipt's",
      changing("receipts", { effective_gas_price: 3 }),
      "chain-data-malformed",
      "transactions[0].effectiveGasPrice: fee does not match",
    ],
    [
      "traces of others",
      changing("traces", { transaction_hash: word("9") }),
      "chain-data-malformed",
      "traces: of another transaction",
    ],
    [
      "traces of no kind",
      changing("traces", { trace_type: "jump" }),
      "chain-data-malformed",
      "traces.trace_type: unknown kind of call",
    ],
    [
      "a block twice",
      { ...csvFiles([3]), "more/blocks.csv": csvFiles([3])["blocks.csv"] as string },
      "chain-data-malformed",
      "it is in the export more than once",
    ],
  ])("is refused: %s", async (_, files, code, reason) => {
    expect(await problemOf(withFolder(files, read))).toEqual([code, reason])
  })

  it("is refused: no folder", async () => {
    expect((await problemOf(read("/nowhere/at/all")))[0]).toBe("file-missing")
  })

  it("is refused: blocks of two branches", async () => {
    const files = csvFiles([3, 4], own => ({
      ...own,
      blocks: (own.blocks ?? []).map(row => ({ ...row, parent_hash: word("8") })),
    }))
    expect((await problemOf(withFolder(files, read)))[0]).toBe("remote-reorganised")
  })
})
