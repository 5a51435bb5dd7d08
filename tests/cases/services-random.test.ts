import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { type ServiceBook, serviceBook } from "../../src/cases/services-book.ts"
import { FOLLOWED, STOPPING } from "../../src/cases/services-categories.ts"
import { byFile } from "../../src/cases/services-stated.ts"
import { traceCase } from "../../src/cases/trace-case.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import { CONSERVING_RULES } from "../../src/ledger/vocabulary.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { makeScenario, type Scenario } from "../../testing/generator/scenario.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import { sourceOf } from "../tracing/compare.ts"
import { bookOf, label } from "./label-books.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/trace.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<TraceDocument>(schema)
const NONE = {
  chain: null,
  thieves: new Set<string>(),
  declared: new Set<string>(),
  isLedger: false,
  recogniser: null,
}

async function traced(scenario: Scenario, book: ServiceBook): Promise<TraceDocument> {
  const { conditions, thefts } = scenario
  const inquiry = {
    caseId: null,
    notices: [],
    chain: null,
    source: await sourceOf(scenario),
    thefts,
    rules: scenario.rules,
    allRules: true,
    flows: "all" as const,
    ...conditions,
    services: new Map<string, string>(),
    book,
  }
  const { document } = await traceCase(inquiry, gap => JSON.stringify(gap.detail))
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors))
  return document
}

/** Services for a third of all addresses, besides the scenario's own. */
function servicesFor({ seed, ledger, conditions }: Scenario): ReadonlyMap<string, string> {
  const dice = new Dice(seed)
  const all =
    ledger.shape === "utxo" ? ledger.outputs.map(row => row.address) : ledger.rows.map(row => row.to)
  const own = [...new Set(all)].filter(address => address !== "" && address !== "?" && dice.chance(0.33))
  return new Map([...conditions.services, ...own.map((address, n) => [address, `owner ${n % 3}`] as const)])
}

/** The same assignment said by lists; and of other addresses that they are none. */
function asLabels(scenario: Scenario, services: ReadonlyMap<string, string>): ServiceBook {
  const dice = new Dice(scenario.seed + 1)
  const { ledger } = scenario
  const all =
    ledger.shape === "utxo" ? ledger.outputs.map(row => row.address) : ledger.rows.map(row => row.to)
  const labels = [...services].map(([address, service]) =>
    label(address, { label: service, category: dice.pick([...STOPPING.keys()]) ?? null }),
  )
  const others = [...new Set(all)].filter(address => !services.has(address))
  labels.push(...others.map(address => label(address, { category: dice.pick(FOLLOWED) ?? null })))
  return serviceBook({ ...NONE, stated: new Map(), labels: bookOf(labels) })
}

const asFile = (services: ReadonlyMap<string, string>): ServiceBook => {
  const stated = [...services].map(
    ([address, service]) => [address, { service, by: byFile("s.csv") }] as const,
  )
  return serviceBook({ ...NONE, stated: new Map(stated), labels: null })
}

/** All that is said but by whom it is known. */
function figures({ gaps, answers }: TraceDocument): unknown {
  const plain = JSON.stringify({
    gaps: gaps.filter(({ code }) => code !== "services-not-recognised"),
    answers,
  })
  return JSON.parse(plain, (key, value) => (key === "stoppedBy" ? undefined : value))
}

const SEEDS = Array.from({ length: 24 }, (_, at) => 81_001 + at)

describe.each(["utxo", "account"] as const)("any services of a random %s ledger", shape => {
  it("give the same answer said by labels and by a services file, each arrival with its reason", async () => {
    let arrivals = 0
    for (const seed of SEEDS) {
      const scenario = makeScenario(seed, shape)
      const services = servicesFor(scenario)
      const byLabels = await traced(scenario, asLabels(scenario, services))
      const byList = await traced(scenario, asFile(services))
      expect(figures(byLabels), `seed ${seed}`).toEqual(figures(byList))
      for (const { rules } of byLabels.answers) {
        for (const { arrivals: own } of Object.values(rules)) {
          arrivals += own.length
          expect(own.every(({ stoppedBy }) => stoppedBy?.kind === "label")).toBe(true)
        }
      }
    }
    expect(arrivals).toBeGreaterThan(100)
  })

  it("give what the oracle gives, and reconcile", async () => {
    for (const seed of SEEDS.slice(0, 12)) {
      const scenario = makeScenario(seed, shape)
      const services = servicesFor(scenario)
      const document = await traced(scenario, asLabels(scenario, services))
      for (const rule of scenario.rules.filter(name => name !== "poison")) {
        const truth = oracle(scenario.ledger, scenario.thefts, { ...scenario.conditions, services, rule })
        for (const { asset, rules } of document.answers) {
          const own = rules[CONSERVING_RULES.find(name => name === rule) ?? "fifo"]
          const told = `seed ${seed}, ${rule}, ${asset}`
          const { total, arrivals } = truth.answers.get(asset) ?? { total: null, arrivals: [] }
          expect(own?.reconciles, told).toBe(true)
          expect(own?.total.services, told).toBe(`${total?.services ?? 0n}`)
          expect(own?.total.held, told).toBe(`${total?.held ?? 0n}`)
          const said = own?.arrivals.map(({ pot, service, traced }) => `${pot} ${service} ${traced}`).sort()
          expect(said, told).toEqual(
            arrivals.map(({ pot, service, traced }) => `${pot} ${service} ${traced}`).sort(),
          )
        }
      }
    }
  })

  it("say how many were gone through where following does, and nothing where none was met", async () => {
    let warned = 0
    for (const seed of SEEDS.slice(0, 12)) {
      const scenario = makeScenario(seed, shape)
      const services = servicesFor(scenario)
      const through = { ...scenario, conditions: { ...scenario.conditions, stopAtServices: false } }
      const { gaps, answers } = await traced(through, asLabels(scenario, services))
      const flows = answers.flatMap(({ rules }) => Object.values(rules).flatMap(rule => rule.flows))
      const pots = new Set(flows.flatMap(({ to }) => (to === null ? [] : [to])))
      const addressOf = (pot: string) => (shape === "account" ? pot.slice(0, pot.lastIndexOf("/")) : null)
      const gap = gaps.find(({ code }) => code === "services-followed")
      if (gap !== undefined) warned++
      if (shape === "account") {
        const met = new Set(
          [...pots].map(pot => addressOf(pot) ?? "").filter(address => services.has(address)),
        )
        expect(gap === undefined ? "0" : JSON.parse(gap.text).addresses, `seed ${seed}`).toBe(`${met.size}`)
      }
      expect(
        answers.every(({ rules }) => Object.values(rules).every(rule => rule.arrivals.length === 0)),
      ).toBe(true)
    }
    expect(warned).toBeGreaterThan(5)
  })
})
