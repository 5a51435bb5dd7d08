import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { ledgerInfo } from "../../../src/cases/ledger-info.ts"
import { publishLedger } from "../../../src/cases/ledger-publish.ts"
import { verifyLedger } from "../../../src/cases/ledger-verify.ts"
import { type Columns, openColumns } from "../../../src/stores/columns/columns.ts"
import { Database } from "../../../src/stores/duckdb/database.ts"
import { GENERATION, type GenerationSize } from "../../../src/stores/duckdb/recent-outputs.ts"
import { UtxoStore } from "../../../src/stores/duckdb/utxo-store.ts"
import { UtxoLedgerSource } from "../../../src/stores/utxo-ledger/utxo-ledger-source.ts"
import { Dice } from "../../../testing/generator/dice.ts"
import { merged } from "./all-answers.ts"
import { bitcoinScenario } from "./bitcoin-scenario.ts"
import { chainOf, coinbase, decoded, type Out, owner, spend, txidOf } from "./raw-blocks.ts"

const BTC = { asset: "BTC", unit: "sat", decimals: 8 }
const REGTEST = { chain: "regtest", shape: "utxo" } as const
const newFolder = (): string => mkdtempSync(join(tmpdir(), "ashiato-corner-"))
const nothing = (): void => {}
const to = (n: number, value: bigint): Out => ({ value, script: owner(n) })
const FIFTY = 5_000_000_000n

/** What is held of recent outputs: what it is in use, nothing to speak of, and a little. */
const RECENT: readonly GenerationSize[] = [
  GENERATION,
  { transactions: 1, outputs: 1 },
  { transactions: 4, outputs: 9 },
]
let recent = GENERATION

async function opened(folder: string): Promise<UtxoStore> {
  return UtxoStore.open(await Database.openOrCreate(folder, REGTEST), "regtest", null, recent)
}

/** Stored in batches of these sizes, the last again and again. */
async function ledgerOf(blocks: readonly Uint8Array[], ...sizes: number[]): Promise<string> {
  const folder = newFolder()
  const store = await opened(folder)
  for (let at = 0, turn = 0; at < blocks.length; turn++) {
    const end = at + (sizes[turn] ?? sizes.at(-1) ?? blocks.length)
    await store.add(decoded(blocks.slice(at, end), at), "test")
    await store.commit()
    at = end
  }
  await store.publish(nothing)
  store.close()
  expect(await verifyLedger(folder, nothing)).toMatchObject({ holds: true })
  return folder
}

const contents = (folder: string): unknown => {
  const columns: Columns = openColumns(folder)
  const { horizon } = columns.manifest
  const inOnePiece = merged(columns)
  columns.close()
  return { horizon, inOnePiece }
}

function sourceOf(folder: string, toHeight: number | null = null): UtxoLedgerSource {
  return new UtxoLedgerSource(openColumns(folder), "regtest", BTC, toHeight)
}

const theft = (source: UtxoLedgerSource, ref: string) => {
  const [answer] = source.answer([{ what: "theft", ref }])
  if (answer?.what !== "theft") throw new Error("no theft")
  return answer.found
}

describe.each(RECENT)("with %j recent: a coinbase that takes the txid of an earlier one", size => {
  beforeAll(() => {
    recent = size
  })
  const twice = coinbase(7, to(1, FIFTY))
  const blocks = chainOf([
    [coinbase(0, to(9, FIFTY))],
    [twice],
    [coinbase(2, to(2, FIFTY))],
    [twice],
    [coinbase(4, to(2, FIFTY)), spend([[twice, 0]], to(3, FIFTY))],
    [twice],
  ])
  const ref = `${txidOf(twice)}:0`

  it.each([[[6]], [[1]], [[3, 1]], [[4, 2]]])(
    "is kept apart from it, stored in batches of %j",
    async sizes => {
      const folder = await ledgerOf(blocks, ...sizes)
      const at = (height: number) => {
        const found = theft(sourceOf(folder, height), ref)
        if ("beyond" in found) return "beyond"
        return [found.step.tx.height, found.step.credits[0]?.to === "burned" ? "burned" : "held"]
      }
      expect(at(0)).toBe("beyond")
      // Before it is taken, the first one's coins are there to be spent.
      expect([1, 2, 3, 4, 5].map(at)).toEqual([
        [1, "held"],
        [1, "held"],
        [3, "held"],
        [3, "held"],
        [5, "held"],
      ])
      const source = sourceOf(folder)
      const spender = source.answer([{ what: "spender", pot: 3 }])
      expect(spender).toMatchObject([{ step: { tx: { height: 4 } } }])
      expect(source.answer([{ what: "spender", pot: 1 }])).toMatchObject([{ step: null }])
    },
  )

  it("cannot be spent twice, since the first one is gone", async () => {
    const again = chainOf([
      [coinbase(0, to(9, FIFTY))],
      [twice],
      [twice],
      [coinbase(3, to(2, FIFTY)), spend([[twice, 0]], to(3, FIFTY))],
      [coinbase(4, to(2, FIFTY)), spend([[twice, 0]], to(4, FIFTY))],
    ])
    await expect(ledgerOf(again, 1)).rejects.toMatchObject({ code: "block-spends-spent" })
    await expect(ledgerOf(again, 5)).rejects.toMatchObject({ code: "block-spends-spent" })
  })

  it("is forgotten when its block is taken back", async () => {
    const folder = await ledgerOf(blocks.slice(0, 4), 4)
    const store = await opened(folder)
    await store.rollBackTo(2)
    await store.publish(nothing)
    store.close()
    expect(contents(folder)).toEqual(contents(await ledgerOf(blocks.slice(0, 3), 3)))
    expect(openColumns(folder).manifest.extra.overwritten).toEqual([])
  })
})

describe.each(RECENT)("with %j recent: a block", size => {
  beforeAll(() => {
    recent = size
  })
  it("may have as many outputs as it likes, of no value and of much, and spend its own", async () => {
    const many = coinbase(
      1,
      ...Array.from({ length: 70_000 }, (_, n) => to(n, n === 69_999 ? 4_999_999_999n : 0n)),
    )
    const chain = spend([[many, 69_999]], to(1, 4_999_999_998n), to(2, 0n))
    const next = spend(
      [
        [chain, 0],
        [chain, 1],
      ],
      to(3, 4_999_999_000n),
    )
    const folder = await ledgerOf(
      chainOf([[coinbase(0, to(9, FIFTY))], [many], [coinbase(2, to(5, FIFTY + 999n)), chain, next]]),
    )
    const source = sourceOf(folder)
    expect(theft(source, `${txidOf(many).toUpperCase()}:69999`)).toMatchObject({ credit: 69_999 })
    expect(theft(source, `${txidOf(next)}:0`)).toMatchObject({
      step: { debits: [{ amount: 4_999_999_998n }, { amount: 0n }], credits: [{ amount: 4_999_999_000n }] },
    })
    expect(source.potName(70_002)).toBe(`${txidOf(chain)}:0`)
    expect(() => theft(source, `${txidOf(many)}:70000`)).toThrow(
      expect.objectContaining({ code: "ref-unknown" }),
    )
  })

  it.each([
    ["block-spends-unknown", (c: Buffer) => spend([[c, 1]], to(1, 1n))],
    ["block-makes-value", (c: Buffer) => spend([[c, 0]], to(1, FIFTY + 1n))],
  ])("is refused for %s, and what came before it can be added to all the same", async (code, make) => {
    const first = coinbase(1, to(1, FIFTY))
    const good = chainOf([[coinbase(0, to(9, FIFTY))], [first], [coinbase(2, to(1, FIFTY))]])
    const bad = chainOf([[coinbase(0, to(9, FIFTY))], [first], [coinbase(2, to(1, FIFTY)), make(first)]])
    const folder = newFolder()
    const store = await opened(folder)
    await store.add(decoded(good.slice(0, 2), 0), "test")
    await store.commit()
    const adding = async () => {
      await store.add(decoded(bad.slice(2), 2), "test")
      await store.commit()
    }
    await expect(adding()).rejects.toMatchObject({ code, detail: { block: 2, tx: txidOf(make(first)) } })
    expect(store.tip?.height).toBe(1)
    await store.add(decoded(good.slice(2), 2), "test")
    await store.commit()
    await store.publish(nothing)
    store.close()
    expect(contents(folder)).toEqual(contents(await ledgerOf(good)))
  })

  it("that does not follow is refused, and what follows is taken", async () => {
    const [a, b, c] = chainOf([0, 1, 2].map(n => [coinbase(n, to(1, FIFTY))])) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const other = chainOf([[coinbase(5, to(1, FIFTY))], [coinbase(6, to(1, FIFTY))]])[1] as Uint8Array
    const store = await opened(newFolder())
    await store.add(decoded([a], 0), "test")
    await expect(store.add(decoded([other], 1), "test")).rejects.toMatchObject({ code: "remote-reorganised" })
    await store.add(decoded([a, b], 0), "test")
    await store.add(decoded([c], 2), "test")
    await store.commit()
    expect(store.tip?.height).toBe(2)
    store.close()
  })
})

describe("a ledger with next to nothing in it", () => {
  it("is told of, published, verified and read", async () => {
    const folder = newFolder()
    // As a kill leaves it that comes before the tables are made.
    ;(await Database.openOrCreate(folder, REGTEST)).close()
    expect(await ledgerInfo(folder)).toMatchObject({ horizon: null, counts: { blocks: 0 } })
    expect(await verifyLedger(folder, nothing)).toMatchObject({ holds: true })
    await publishLedger(folder, nothing)
    expect(await verifyLedger(folder, nothing)).toMatchObject({ holds: true })
    const source = sourceOf(folder)
    expect(source.horizon).toEqual({ height: null, hash: null, time: null })
    expect(() => theft(source, `${"ab".repeat(32)}:0`)).toThrow(
      expect.objectContaining({ code: "ref-unknown" }),
    )
    const one = await ledgerOf(chainOf([[coinbase(0, to(9, FIFTY))]]))
    expect(sourceOf(one, 0).horizon.height).toBe(0)
    expect(sourceOf(one, 900_000).horizon.height).toBe(0)
  })
})

describe("what stands in the ledger's place", () => {
  it("is said to be no ledger, and left as it is", async () => {
    const garbage = newFolder()
    writeFileSync(join(garbage, "ledger.duckdb"), "garbage ".repeat(4000))
    await expect(Database.openOrCreate(garbage, REGTEST)).rejects.toMatchObject({ code: "ledger-unreadable" })
    await expect(ledgerInfo(garbage)).rejects.toMatchObject({ code: "ledger-unreadable" })

    const truncated = await ledgerOf(chainOf([[coinbase(0, to(9, FIFTY))]]))
    const file = join(truncated, "ledger.duckdb")
    writeFileSync(file, readFileSync(file).subarray(0, 13_000))
    await expect(verifyLedger(truncated, nothing)).rejects.toMatchObject({ code: "ledger-unreadable" })

    const others = newFolder()
    const { DuckDBInstance } = await import("@duckdb/node-api")
    const instance = await DuckDBInstance.create(join(others, "ledger.duckdb"))
    const connection = await instance.connect()
    await connection.run("create table blocks (mine varchar)")
    connection.closeSync()
    instance.closeSync()
    for (const open of [() => Database.openOrCreate(others, REGTEST), () => Database.open(others)]) {
      await expect(open()).rejects.toMatchObject({ code: "ledger-other-version" })
    }
    writeFileSync(join(others, "file"), "")
    await expect(Database.openOrCreate(join(others, "file"), REGTEST)).rejects.toMatchObject({
      code: "ledger-unwritable",
    })
  })

  it("is made anew where a kill left an empty file, and what was spilled is cleared away", async () => {
    const folder = join(newFolder(), "台帳 その 1")
    mkdirSync(join(folder, "spill"), { recursive: true })
    writeFileSync(join(folder, "spill", "duckdb_temp_storage_S32K-0.tmp"), "left")
    writeFileSync(join(folder, "ledger.duckdb"), "")
    const store = await opened(folder)
    await store.add(decoded(chainOf([[coinbase(0, to(9, FIFTY))]]), 0), "test")
    await store.commit()
    store.close()
    expect(() => readFileSync(join(folder, "spill", "duckdb_temp_storage_S32K-0.tmp"))).toThrow(/ENOENT/)
  })
})

it.each(RECENT)(
  "with %j recent: a chain stored in any batches, taken back and added again, is the same to the byte",
  async size => {
    recent = size
    const seed = Number(process.env.ASHIATO_SEED ?? 1)
    for (let round = 0; round < 2; round++) {
      const dice = new Dice(seed * 1000 + round)
      const blocks = bitcoinScenario(dice.int(1, 1e6)).chain.blocks.map(({ bytes }) => bytes)
      const whole = await ledgerOf(blocks, blocks.length)
      const folder = newFolder()
      let store = await opened(folder)
      let written = 0
      for (let turn = 0; written < blocks.length || turn < 12; turn++) {
        if (written > 1 && turn < 12 && dice.chance(0.3)) {
          await store.commit()
          written = dice.int(1, written - 1)
          await store.rollBackTo(written - 1)
          expect(store.tip?.height).toBe(written - 1)
        } else {
          const end = Math.min(blocks.length, written + dice.int(1, 9))
          if (end > written)
            await store.add(decoded(blocks.slice(written, end), written), dice.pick(["a", "b"]) ?? "a")
          written = end
        }
        if (dice.chance(0.5)) await store.commit()
        if (dice.chance(0.1)) {
          await store.commit()
          await store.publish(nothing)
          store.close()
          store = await opened(folder)
        }
      }
      await store.commit()
      await store.publish(nothing)
      store.close()
      expect(contents(folder)).toEqual(contents(whole))
      expect(await verifyLedger(folder, nothing)).toMatchObject({ holds: true })
    }
  },
)

it("says when it was stored in UTC, wherever it was", async () => {
  const before = process.env.TZ
  process.env.TZ = "Asia/Tokyo"
  try {
    const folder = await ledgerOf(chainOf([[coinbase(0, to(9, FIFTY))]]))
    const [run] = (await ledgerInfo(folder)).provenance
    expect(Math.abs(Date.parse(run?.at ?? "") - Date.now())).toBeLessThan(600_000)
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})
