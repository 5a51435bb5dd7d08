import { describe, expect, it } from "vitest"
import { drive } from "../../src/cases/drive.ts"
import type { ScreenedLedger } from "../../src/cases/screen-ledger.ts"
import { MemorySet } from "../../src/cases/screen-memory-set.ts"
import { NO_OWNERS } from "../../src/cases/screen-owners.ts"
import { placeIn } from "../../src/cases/screen-place.ts"
import type { Ref } from "../../src/cases/screen-ref.ts"
import { traceInto } from "../../src/cases/screen-trace.ts"
import { tracedItems } from "../../src/cases/screen-traced.ts"
import { Speller } from "../../src/cases/spell.ts"
import { makeScenario, type Scenario } from "../../testing/generator/scenario.ts"
import { sourceOf } from "../tracing/compare.ts"

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed + 100)
const NOT_THERE = { owners: NO_OWNERS, rows: [], withHeld: false, isThere: false }

async function ledgerOf(scenario: Scenario): Promise<ScreenedLedger & { readonly set: MemorySet }> {
  const source = await sourceOf(scenario)
  const { thefts, rules } = scenario
  const set = new MemorySet(
    thefts.map(({ id }) => id),
    rules,
    source.horizon,
  )
  await traceInto(set, { source, thefts, rules, stopAt: () => null })
  return { folder: "made", chain: null, source, thefts: set.thefts, set, graph: null, accounts: null }
}

const refOf = (kind: Ref["kind"], text: string, rest: string | null): Ref => {
  return { text: `${text}${rest}`, kind, forms: [{ text, chains: [] }], rest, checksum: "verified" }
}

/** What the trace itself says came to each place, under one rule: the place's key to amounts by theft. */
async function told(
  { source }: ScreenedLedger,
  { thefts }: Scenario,
  rule: Scenario["rules"][number],
  keyOf: (flow: { to: string | null; position: number }) => string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, bigint>>> {
  const sums = new Map<string, Map<string, bigint>>()
  const question = { rule, thefts, fees: "drop", min: 0n, maxHops: null, serviceOf: () => null } as const
  await drive(question, source, (flow, labels) => {
    const ids = thefts.map(({ id }) => id)
    const spelled = new Speller(source, labels, ids).flow(flow)
    const key = keyOf({ to: spelled.to, position: flow.step.position })
    const own = sums.get(key) ?? new Map<string, bigint>()
    for (const [theft, amount] of Object.entries(spelled.byTheft)) {
      own.set(theft, (own.get(theft) ?? 0n) + BigInt(amount))
    }
    sums.set(key, own)
  })
  return sums
}

describe("where a reference is in a ledger", () => {
  it("is, for an output, its own traced value and its owner, as the trace tells them", async () => {
    let traced = 0
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed, "utxo")
      if (scenario.ledger.shape !== "utxo" || scenario.conditions.toHeight !== null) continue
      const ledger = await ledgerOf(scenario)
      const expected = await told(ledger, scenario, "fifo", ({ to }) => String(to))
      for (const { txid, vout, address, value } of scenario.ledger.outputs) {
        const place = await placeIn(ledger, refOf("output", txid, `${vout}`))
        expect(place?.owners.received.addresses).toEqual(address === "" ? [] : [address])
        const items = tracedItems(ledger.set, place?.rows ?? [], { kind: "ledger", name: "made" }, true)
        for (const { theft, rules } of items) {
          if (rules.fifo === undefined) continue
          expect(BigInt(rules.fifo.received)).toBe(expected.get(`${txid}:${vout}`)?.get(theft))
          expect(rules.fifo.carried).toBe(value.toString())
          traced++
        }
      }
      expect(await placeIn(ledger, refOf("output", "nowhere", "0"))).toMatchObject(NOT_THERE)
    }
    expect(traced).toBeGreaterThan(50)
  })

  it("is, for a transaction, all of its outputs", async () => {
    const scenario = makeScenario(104, "utxo")
    if (scenario.ledger.shape !== "utxo") throw new Error("expected outputs")
    const ledger = await ledgerOf({ ...scenario, conditions: { ...scenario.conditions, toHeight: null } })
    for (const txid of new Set(scenario.ledger.outputs.map(row => row.txid))) {
      const place = await placeIn(ledger, refOf("transaction", txid, null))
      if (place === null || !place.isThere) continue
      const owners = scenario.ledger.outputs.filter(row => row.txid === txid).map(row => row.address)
      expect(place.owners.received.addresses).toEqual([...new Set(owners)].filter(address => address !== ""))
      expect(place.rows).toEqual(ledger.set.rowsOfTx(txid))
    }
  })

  it("is, for a transfer of an account chain, what that transfer brought and no other", async () => {
    let traced = 0
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed, "account")
      if (scenario.ledger.shape !== "account" || scenario.conditions.toHeight !== null) continue
      const ledger = await ledgerOf(scenario)
      const expected = await told(ledger, scenario, "lifo", ({ position }) => `${position}`)
      for (const { txid, n, from, to, exchange } of scenario.ledger.rows) {
        const place = await placeIn(ledger, refOf("account-ref", txid, `#${n}`))
        const known = (account: string) => (account === "" || account === "?" ? [] : [account])
        // An issue within an exchange has no debit: the columns tell whose is whose, this record does not.
        if (!exchange)
          expect(place?.owners).toMatchObject({
            spent: { addresses: known(from) },
            received: { addresses: known(to) },
          })
        for (const { theft, rules } of tracedItems(
          ledger.set,
          place?.rows ?? [],
          { kind: "ledger", name: "" },
          false,
        )) {
          if (rules.lifo === undefined) continue
          const position = ledger.set.creditAt(place?.rows[0] ?? -1).position
          expect(BigInt(rules.lifo.received)).toBeLessThanOrEqual(
            expected.get(`${position}`)?.get(theft) ?? -1n,
          )
          expect(rules.lifo.held).toBeNull()
          traced++
        }
      }
    }
    expect(traced).toBeGreaterThan(50)
  })

  it("is nowhere in a ledger of another chain", async () => {
    const ledger = await ledgerOf(makeScenario(101, "utxo"))
    const { loadChain } = await import("../../src/chains/chain.ts")
    const bitcoin = { ...ledger, chain: await loadChain("bitcoin") }
    const forms = [{ text: "0x00", chains: ["ethereum"] }]
    expect(await placeIn(bitcoin, { ...refOf("address", "0x00", null), forms })).toBeNull()
  })
})
