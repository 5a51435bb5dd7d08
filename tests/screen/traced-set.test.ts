import { mkdtempSync, readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { drive } from "../../src/cases/drive.ts"
import { lastOf } from "../../src/cases/screen-locate.ts"
import { MemorySet } from "../../src/cases/screen-memory-set.ts"
import { type ScreenQuestion, traceInto } from "../../src/cases/screen-trace.ts"
import { tracedItems } from "../../src/cases/screen-traced.ts"
import { Speller } from "../../src/cases/spell.ts"
import type { StoppedAt, TracedItem } from "../../src/contracts/screen.ts"
import { keepTraced } from "../../src/stores/traced/keep-traced.ts"
import { openTraced, TRACED_FOLDER } from "../../src/stores/traced/traced-folder.ts"
import type { TracedSet } from "../../src/stores/traced/traced-set.ts"
import { makeScenario, type Scenario } from "../../testing/generator/scenario.ts"
import { sourceOf } from "../tracing/compare.ts"

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1)
const IN = { kind: "ledger", name: "made" } as const

async function asked(scenario: Scenario): Promise<ScreenQuestion> {
  const { services } = scenario.conditions
  const stopAt = (address: string): StoppedAt | null => {
    const service = services.get(address)
    return service === undefined ? null : { service, by: null, label: null, list: null, via: null }
  }
  return { source: await sourceOf(scenario), thefts: scenario.thefts, rules: scenario.rules, stopAt }
}

async function inMemory(question: ScreenQuestion): Promise<MemorySet> {
  const { source, thefts, rules } = question
  const set = new MemorySet(
    thefts.map(({ id }) => id),
    rules,
    source.horizon,
  )
  set.doubts = await traceInto(set, question)
  return set
}

/** Each address and transaction of a scenario, and some that it does not have. */
function places({ ledger }: Scenario): { addresses: string[]; txs: string[] } {
  if (ledger.shape === "account") {
    const addresses = [...new Set(ledger.rows.flatMap(({ from, to }) => [from, to]))]
    return {
      addresses: [...addresses, "nobody"],
      txs: [...new Set(ledger.rows.map(row => row.txid)), "none"],
    }
  }
  const addresses = [...new Set(ledger.outputs.map(({ address }) => address))]
  return {
    addresses: [...addresses, "nobody"],
    txs: [...new Set(ledger.outputs.map(row => row.txid)), "none"],
  }
}

const told = (set: TracedSet, rows: readonly number[]) => tracedItems(set, rows, IN, true)

/** A fee is no credit: whoever made the block has it, and it is not followed either. */
function isAllStopped(set: TracedSet, address: string, { theft, asset }: TracedItem): boolean {
  const credits = set.rowsOfAddress(address).map(row => set.creditAt(row))
  const own = credits.filter(one => set.thefts[one.theft] === theft && one.asset.asset === asset)
  return own.every(({ stop, kind, pot }) => stop !== null || (kind === "fee" && pot === null))
}

describe("a traced set", () => {
  it("says the same from its columns as from memory, of random ledgers", async () => {
    for (const seed of SEEDS.slice(0, 12)) {
      const scenario = makeScenario(seed)
      const question = await asked(scenario)
      const memory = await inMemory(question)
      const folder = mkdtempSync(join(tmpdir(), "ashiato-traced-"))
      const kept = await keepTraced(folder, { question: "q", ledger: "l" }, async sink => {
        const doubts = await traceInto(sink, question)
        const { height, hash, time } = question.source.horizon
        const horizon = { height, hash, time: lastOf(time) }
        const { thefts, rules } = memory
        return { chain: "", shape: question.source.shape, horizon, thefts, rules, doubts }
      })
      expect(kept.doubts).toBe(memory.doubts)
      const { addresses, txs } = places(scenario)
      const plain = (set: TracedSet, rows: readonly number[]) =>
        told(set, rows).map(item => ({ ...item, in: { ...item.in, asOf: null } }))
      for (const address of addresses) {
        expect(plain(kept, kept.rowsOfAddress(address)), `seed ${seed}: ${address}`).toEqual(
          plain(memory, memory.rowsOfAddress(address)),
        )
      }
      for (const tx of txs) {
        expect(plain(kept, kept.rowsOfTx(tx))).toEqual(plain(memory, memory.rowsOfTx(tx)))
      }
      kept.close()
    }
  })

  it("adds up to the flows and the holdings of the trace itself, by address, theft, rule and asset", async () => {
    let [compared, stopped] = [0, 0]
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed)
      const question = await asked(scenario)
      const set = await inMemory(question)
      const { source, thefts, stopAt } = question
      const serviceOf = (address: string) => stopAt(address, "")?.service ?? null
      const ids = thefts.map(({ id }) => id)
      for (const rule of question.rules) {
        const received = new Map<string, bigint>()
        const held = new Map<string, bigint>()
        const arrived = new Map<string, bigint>()
        const add = (sums: Map<string, bigint>, address: string | null, asset: string, own: object) => {
          for (const [theft, amount] of Object.entries(own)) {
            const key = JSON.stringify([address, theft, asset])
            sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount))
          }
        }
        const base = { rule, thefts, fees: "drop", min: 0n, maxHops: null, serviceOf } as const
        const findings = await drive(base, source, (flow, labels) => {
          add(received, flow.address, flow.asset, new Speller(source, labels, ids).flow(flow).byTheft)
        })
        for (const one of findings.held) {
          add(held, one.address, one.asset, new Speller(source, findings.labels, ids).holding(one).byTheft)
        }
        for (const one of findings.arrived) {
          add(arrived, one.address, one.asset, new Speller(source, findings.labels, ids).arrival(one).byTheft)
        }
        for (const address of places(scenario).addresses) {
          for (const item of told(set, set.rowsOfAddress(address))) {
            const key = JSON.stringify([address, item.theft, item.asset])
            expect(BigInt(item.rules[rule]?.received ?? "0")).toBe(received.get(key) ?? 0n)
            expect(BigInt(item.rules[rule]?.held ?? "0")).toBe(held.get(key) ?? 0n)
            // What arrived at a service is the engine's own word; what the service holds of it is nobody's.
            expect(BigInt(item.rules[rule]?.arrived ?? "0")).toBe(arrived.get(key) ?? 0n)
            const service = scenario.conditions.services.get(address)
            expect(item.stops.every(stop => stop.service === service)).toBe(true)
            if (item.rules[rule]?.arrived !== "0" && item.rules[rule]) expect(item.stops.length).toBe(1)
            const own = item.rules[rule]
            if (own !== undefined) expect(own.held === null).toBe(isAllStopped(set, address, item))
            if (arrived.has(key)) stopped++
            received.delete(key)
            compared++
          }
        }
        const left = [...received.keys()].map(key => (JSON.parse(key) as unknown[])[0])
        expect(left.filter(address => address !== null && address !== "")).toEqual([])
      }
    }
    expect(compared).toBeGreaterThan(300)
    expect(stopped).toBeGreaterThan(100)
  })

  it("tells a path of as many steps as hops, each step later than the one before, from a declared credit", async () => {
    let paths = 0
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed)
      const set = await inMemory(await asked(scenario))
      for (const address of places(scenario).addresses) {
        for (const item of told(set, set.rowsOfAddress(address))) {
          expect(item.path.length + item.pathLeftOut).toBe(item.hops + 1)
          const last = item.path.at(-1)
          expect(last?.address).toBe(address)
          paths++
        }
        for (const row of set.rowsOfAddress(address)) {
          const credit = set.creditAt(row)
          const parent = credit.parent === null ? null : set.creditAt(credit.parent)
          expect(parent === null).toBe(credit.hops === 0)
          if (parent === null) continue
          expect(parent.hops).toBe(credit.hops - 1)
          expect(parent.theft).toBe(credit.theft)
          expect(parent.position).toBeLessThanOrEqual(credit.position)
        }
      }
    }
    expect(paths).toBeGreaterThan(100)
  })

  it("is found again by its id, and takes the place of those over an earlier ledger", async () => {
    const question = await asked(makeScenario(3))
    const folder = mkdtempSync(join(tmpdir(), "ashiato-traced-"))
    const keep = (ledger: string) =>
      keepTraced(folder, { question: "q", ledger }, async sink => {
        const doubts = await traceInto(sink, question)
        const horizon = { height: null, hash: null, time: null }
        const thefts = question.thefts.map(({ id }) => id)
        return { chain: "", shape: question.source.shape, horizon, thefts, rules: question.rules, doubts }
      })
    expect(openTraced(folder, { question: "q", ledger: "a" })).toBeNull()
    ;(await keep("a")).close()
    const again = openTraced(folder, { question: "q", ledger: "a" })
    expect(again?.thefts).toEqual(question.thefts.map(({ id }) => id))
    again?.close()
    ;(await keep("b")).close()
    expect(readdirSync(join(folder, TRACED_FOLDER))).toEqual(["q-b"])
    await expect(
      keepTraced(folder, { question: "q", ledger: "c" }, async () => {
        throw new Error("killed")
      }),
    ).rejects.toThrow("killed")
    expect(readdirSync(join(folder, TRACED_FOLDER))).toEqual(["q-b"])
  })

  it("keeps amounts up to 2^256 - 1", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ashiato-traced-"))
    const most = 2n ** 256n - 1n
    const asset = { asset: "ETH", unit: "wei", decimals: 18 }
    const set = await keepTraced(folder, { question: "q", ledger: "l" }, async sink => {
      const common = { theft: 0, rule: "fifo", kind: "theft", grade: "chain", asset, traced: most } as const
      const where = { tx: "t", height: null, time: null, position: 2 ** 40, pot: "a/ETH", address: "a" }
      sink.addCredit({ ...common, ...where, amount: most, hops: 0, parent: null, stop: null })
      sink.addHolding({ theft: 0, rule: "fifo", grade: "chain", pot: "a/ETH", asset, traced: most })
      const horizon = { height: 1, hash: null, time: null }
      return { chain: "ethereum", shape: "account", horizon, thefts: ["x"], rules: ["fifo"], doubts: 0 }
    })
    const [item] = told(set, set.rowsOfAddress("a"))
    expect(item?.rules.fifo).toEqual({
      received: `${most}`,
      carried: `${most}`,
      arrived: "0",
      held: `${most}`,
      credits: 1,
      hops: 0,
    })
    set.close()
  })
})
