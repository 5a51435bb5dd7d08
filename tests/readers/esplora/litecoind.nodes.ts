import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { RawBlock } from "../../../src/ports/blocks.ts"
import { openEsploraSource } from "../../../src/readers/esplora/esplora-source.ts"
import { EsploraServer } from "../../../testing/explorers/esplora-server.ts"
import type { Scenario } from "../../../testing/generator/scenario.ts"
import { Litecoind } from "../../../testing/nodes/litecoind.ts"
import { type Story, stageTheft } from "../../../testing/nodes/staged-theft.ts"
import { burnedAway } from "../../nodes/burned-away.ts"
import { type Comparable, compare } from "../../tracing/compare.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho", "poison"] as const
const COIN = { asset: "coin", unit: "unit", decimals: 0 }

let node: Litecoind
let story: Story
let explorer: EsploraServer
let url: string

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageTheft(node.rpc)
  const blocks: RawBlock[] = []
  for (const { height, hash } of story.chain.blocks) {
    const digits = (await node.rpc("getblock", hash, 0)) as string
    blocks.push({ height, bytes: Uint8Array.from(Buffer.from(digits, "hex")) })
  }
  explorer = new EsploraServer(blocks, { network: "litecoinRegtest", dialect: "mempool" })
  url = await explorer.open()
}, 120_000)

afterAll(async () => {
  await explorer?.close()
  await node?.remove()
})

/** Flows in no order: both sides have one asset. */
const unordered = (said: Comparable["program"]) => ({
  ...said,
  flows: (said.flows as unknown[]).map(flow => JSON.stringify(flow)).sort(),
})

describe("an explorer over the blocks of a real node", () => {
  it.each([
    ["as usual", {}],
    ["fees followed", { fees: "follow" }],
    ["services followed", { stopAtServices: false }],
    ["ended in the middle of the story", { toHeight: 116 }],
  ] as const)("tells what the oracle finds in the node's own words: %s", async (_, changes) => {
    const scenario: Scenario = {
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
        ...changes,
      },
      rules: RULES,
    }
    const { toHeight } = scenario.conditions
    const quick = { cacheFolder: null, requestsPerSecond: 1e6, retries: 0 }
    const source = await openEsploraSource({
      url,
      network: "litecoinRegtest",
      asset: COIN,
      toHeight,
      ...quick,
    })
    const seen = { lots: 0, flows: 0 }
    for (const rule of RULES) {
      const { program, oracle } = await compare(scenario, source, rule)
      expect(unordered(program), rule).toEqual(unordered(burnedAway(oracle, story.burned, rule)))
      seen.lots += (program.lots as unknown[]).length
      seen.flows += (program.flows as unknown[]).length
    }
    expect(seen.lots).toBeGreaterThan(10)
    expect(seen.flows).toBeGreaterThan(10)
    const [answer] = await source.answer([{ what: "theft", ref: story.thefts[0]?.refs[0] ?? "" }])
    expect(answer).toMatchObject({ found: { step: { grade: "chain", tx: { height: story.firstTheftAt } } } })
  })
})
