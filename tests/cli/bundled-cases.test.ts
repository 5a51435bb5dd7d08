import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import type { AssetAnswer, TraceDocument } from "../../src/contracts/trace.ts"
import { CONSERVING_RULES } from "../../src/ledger/vocabulary.ts"
import { ashiato } from "./run-cli.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/trace.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<TraceDocument>(schema)
const ACCOUNT_RULES = CONSERVING_RULES.filter(rule => rule !== "tiho")

function traced(name: string, ...more: string[]): TraceDocument {
  const { code, out, err } = ashiato(["trace", name, "--rule", "all", "--json", ...more])
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  return document
}

const answerOf = (document: TraceDocument, asset: string): AssetAnswer => {
  const answer = document.answers.find(known => known.asset === asset)
  if (answer === undefined) throw new Error(`no answer for ${asset}`)
  return answer
}

describe("trace coincheck-2018", () => {
  const document = traced("coincheck-2018", "--flows", "all")
  const xem = answerOf(document, "XEM")

  it("declares 526,300,010 XEM under every conserving rule, and every one reconciles", () => {
    for (const rule of ACCOUNT_RULES) {
      expect(xem.rules[rule]?.total.declared).toBe("526300010000000")
      expect(xem.rules[rule]?.reconciles).toBe(true)
    }
    expect(xem.rules.tiho).toBeUndefined()
    expect(document.gaps.map(({ code }) => code)).toContain("rule-skipped")
  })

  it("has most of it unrecorded and none held against the sources' word", () => {
    for (const rule of ACCOUNT_RULES) {
      const total = xem.rules[rule]?.total
      expect(total?.held).toBe("0")
      expect(BigInt(total?.unrecorded ?? 0) * 2n).toBeGreaterThan(526_300_010_000_000n)
      expect(xem.rules[rule]?.holdings).toEqual([])
    }
    expect(document.complete).toBe(false)
  })

  it("has 14 arrivals at the shop, 156,749,926 XEM, each inferred and without an invented hash", () => {
    const arrivals = xem.rules.fifo?.arrivals ?? []
    expect(arrivals).toHaveLength(14)
    expect(arrivals.reduce((sum, { traced }) => sum + BigInt(traced), 0n)).toBe(156_749_926_000_000n)
    expect(arrivals.every(({ tx }) => tx === null)).toBe(true)
  })

  it("gives no time to what has none: windows and nulls", () => {
    const thefts = xem.rules.fifo?.flows.filter(({ kind }) => kind === "theft") ?? []
    expect(thefts).toHaveLength(11)
    expect(thefts[0]?.time).toBe("2018-01-25T15:02:13Z")
    expect(
      thefts.filter(({ time }) => time !== null && typeof time === "object").length,
    ).toBeGreaterThanOrEqual(3)
    expect(thefts.every(({ tx, height }) => tx === null && height === null)).toBe(true)
  })
})

describe("trace bybit-2025", () => {
  const document = traced("bybit-2025", "--flows", "all")

  it("declares 401,346.768858404671846374 ETH", () => {
    for (const rule of ACCOUNT_RULES) {
      expect(answerOf(document, "ETH").rules[rule]?.total.declared).toBe("401346768858404671846374")
    }
  })

  it.each(["ETH", "stETH", "mETH", "cmETH"])("reconciles %s under every conserving rule", asset => {
    for (const rule of ACCOUNT_RULES) expect(answerOf(document, asset).rules[rule]?.reconciles).toBe(true)
  })

  it("counts no look-alike token", () => {
    expect(document.answers.map(({ asset }) => asset)).toEqual(["ETH", "stETH", "mETH", "cmETH"])
    const facts = new URL("../../cases/bybit-2025/case.json", import.meta.url)
    const lookalikes: { to: string; tx: string }[] = JSON.parse(readFileSync(facts, "utf8")).lookalikes
    expect(lookalikes).toHaveLength(6)
    const flows = document.answers.flatMap(({ rules }) => rules.fifo?.flows ?? [])
    const fakes = new Set(lookalikes.map(({ tx }) => tx))
    expect(flows.filter(({ tx }) => tx !== null && fakes.has(tx))).toEqual([])
  })

  it("grades what comes after an inferred transfer as inferred", () => {
    const flows = answerOf(document, "ETH").rules.haircut?.flows ?? []
    const last = flows.filter(({ from }) => from.some(pot => pot.startsWith("0x327ffe25")))
    expect(last.length).toBeGreaterThan(0)
    expect(last.every(({ grade }) => grade === "inferred")).toBe(true)
  })
})

describe("the same question twice", () => {
  it("gives the same bytes", () => {
    const [once, twice] = [
      ashiato(["trace", "bybit-2025", "--json"]),
      ashiato(["trace", "bybit-2025", "--json"]),
    ]
    expect(once.out).toBe(twice.out)
    expect(once.out.length).toBeGreaterThan(1000)
  })
})
