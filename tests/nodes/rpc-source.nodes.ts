import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Source } from "../../src/ports/source.ts"
import { openBitcoinRpcSource, type RpcSourceOptions } from "../../src/readers/bitcoin-rpc/rpc-source.ts"
import type { Scenario } from "../../testing/generator/scenario.ts"
import { Litecoind, withLitecoind } from "../../testing/nodes/litecoind.ts"
import { type Story, stageTheft } from "../../testing/nodes/staged-theft.ts"
import { problemOf } from "../readers/bitcoin-rpc/with-node.ts"
import { type Comparable, compare } from "../tracing/compare.ts"
import { burnedAway } from "./burned-away.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho", "poison"] as const
/** As the oracle calls it. */
const COIN = { asset: "coin", unit: "unit", decimals: 0 }

let node: Litecoind
let story: Story

const open = (more: Partial<RpcSourceOptions> = {}): Promise<Source> =>
  openBitcoinRpcSource({ url: node.url, network: "litecoinRegtest", asset: COIN, toHeight: null, ...more })

const scenarioOf = (conditions: Partial<Scenario["conditions"]>): Scenario => ({
  seed: 0,
  ledger: { shape: "utxo", outputs: story.chain.outputs, inputs: story.chain.inputs },
  thefts: story.thefts,
  conditions: {
    fees: "drop",
    min: 0n,
    maxHops: null,
    services: story.services,
    stopAtServices: true,
    toHeight: null,
    ...conditions,
  },
  rules: RULES,
})

/** Flows in no order, without the assets' names: both sides have one asset. */
const unordered = (said: Comparable["program"]) => ({
  ...said,
  flows: (said.flows as unknown[]).map(flow => JSON.stringify(flow)).sort(),
})

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageTheft(node.rpc)
}, 120_000)

afterAll(() => node?.remove())

describe("a trace that asks a real node as it goes", () => {
  it.each([
    ["as usual", {}],
    ["fees followed", { fees: "follow" }],
    ["services followed", { stopAtServices: false }],
    ["both followed", { fees: "follow", stopAtServices: false }],
    ["ended in the middle of the story", { toHeight: 116, fees: "follow" }],
    ["ended before the theft", { toHeight: 110 }],
    ["nine hops", { maxHops: 9, stopAtServices: false }],
  ] as const)(
    "is told what the oracle finds in the node's own words, under every rule: %s",
    async (_, conditions) => {
      const scenario = scenarioOf(conditions)
      const source = await open({ toHeight: scenario.conditions.toHeight })
      const seen = { lots: 0, flows: 0, burned: 0, rewards: 0, collided: 0 }
      for (const rule of RULES) {
        const { program, oracle } = await compare(scenario, source, rule)
        expect(unordered(program), rule).toEqual(unordered(burnedAway(oracle, story.burned, rule)))
        seen.lots += (program.lots as unknown[]).length
        const flows = program.flows as unknown[][]
        seen.flows += flows.length
        seen.burned += flows.filter(([, kind]) => kind === "burn").length
        seen.collided += JSON.stringify(program.figures).includes('"collided"') ? 1 : 0
        seen.rewards += flows.filter(([, kind]) => kind === "reward").length
      }
      const isBefore = scenario.conditions.toHeight === 110
      expect(seen.lots > 0).toBe(!isBefore)
      expect(seen.flows > 0).toBe(!isBefore)
      // The burned output takes part under every rule but those that deal it nothing traced.
      expect(seen.burned > 3).toBe(!isBefore)
      // The third theft is of coins that the first one named, if it comes before the horizon.
      expect(seen.collided > 3).toBe(scenario.conditions.toHeight === null)
      expect(seen.rewards > 3).toBe(scenario.conditions.fees === "follow")
    },
  )

  it("is grade chain throughout, and true up to a block that it names", async () => {
    const source = await open({ toHeight: 116 })
    const block = story.chain.blocks[116]
    expect(source.horizon).toMatchObject({ height: 116, hash: block?.hash })
    const [answer] = await source.answer([{ what: "theft", ref: story.thefts[0]?.refs[0] ?? "" }])
    if (answer?.what !== "theft" || "beyond" in answer.found) throw new Error("expected the theft")
    expect(answer.found.step).toMatchObject({ grade: "chain", tx: { height: story.firstTheftAt } })
    expect(source.notices).toEqual([])
  })

  it("knows a theft's output or says that there is none such", async () => {
    const source = await open()
    const [first] = story.thefts[0]?.refs ?? []
    const txid = String(first).split(":")[0]
    for (const ref of [`${txid}:2`, `${"f".repeat(64)}:0`, `${txid}`, `${txid?.toUpperCase()}:0`, "x"]) {
      expect(await problemOf(Promise.resolve(source.answer([{ what: "theft", ref }])))).toMatchObject({
        code: "ref-unknown",
        detail: { ref },
      })
    }
  })

  it("that needs more memory than allowed says so, and what to do", async () => {
    const source = await open({ mostSpends: 10 })
    const [ref = ""] = story.thefts[0]?.refs ?? []
    const [answer] = await source.answer([{ what: "theft", ref }])
    if (answer?.what !== "theft" || "beyond" in answer.found) throw new Error("expected the theft")
    const pot = answer.found.step.credits[0]?.to
    expect(
      await problemOf(Promise.resolve(source.answer([{ what: "spender", pot: Number(pot) }]))),
    ).toMatchObject({ code: "scan-too-long", detail: { most: 10, horizon: story.tip } })
  })

  it("needs the node's index of transactions, and says so where there is none", () =>
    withLitecoind(
      async bare => {
        expect((await problemOf(open({ url: bare.url }))).code).toBe("node-without-index")
      },
      { more: ["-txindex=0"] },
    ))
})
