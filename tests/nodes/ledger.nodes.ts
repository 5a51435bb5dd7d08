import { cpSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openColumns } from "../../src/stores/columns/columns.ts"
import { UtxoLedgerSource } from "../../src/stores/utxo-ledger/utxo-ledger-source.ts"
import type { Scenario } from "../../testing/generator/scenario.ts"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { type Story, stageTheft } from "../../testing/nodes/staged-theft.ts"
import { printServices, printThefts } from "../../testing/oracle/rows.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { type Comparable, compare } from "../tracing/compare.ts"
import { burnedAway } from "./burned-away.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho", "poison"] as const
const COIN = { asset: "coin", unit: "unit", decimals: 0 }
const NETWORK = ["--network", "litecoin-regtest"]

let node: Litecoind
let story: Story
let folder: string

const run = (...args: string[]) => {
  const done = ashiato(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code).toBe(0)
  return done.out
}

const unordered = (said: Comparable["program"]) => ({
  ...said,
  flows: (said.flows as unknown[]).map(flow => JSON.stringify(flow)).sort(),
})

/** What is said of each rule, without where the blocks came from. */
const figuresOf = (json: string) => {
  const { horizon, gaps, answers, complete } = JSON.parse(json)
  return { horizon, gaps, answers, complete }
}

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageTheft(node.rpc)
  folder = newFolder({
    "thefts.csv": printThefts(story.thefts.flatMap(({ id, refs }) => refs.map(ref => ({ theft: id, ref })))),
    "services.csv": printServices([...story.services].map(([address, service]) => ({ address, service }))),
  })
}, 120_000)

afterAll(() => node?.remove())

describe("a real node's chain in a ledger", () => {
  it("comes in by RPC and by block file, whole, and holds together", () => {
    run("ingest", "bitcoin", "--rpc", node.url, ...NETWORK, "--ledger", "by-rpc")
    cpSync(join(node.folder, "regtest", "blocks"), join(folder, "blocks"), { recursive: true })
    run("ingest", "bitcoin", "--blocks", "blocks", ...NETWORK, "--ledger", "by-file")
    for (const ledger of ["by-rpc", "by-file"]) {
      run("ledger", "verify", "--ledger", ledger)
      const info = JSON.parse(run("ledger", "info", "--json", "--ledger", ledger))
      const { blocks, outputs, inputs } = story.chain
      expect(info).toMatchObject({
        chain: "litecoin-regtest",
        horizon: { height: story.tip, hash: blocks.at(-1)?.hash },
        published: { height: story.tip, hash: blocks.at(-1)?.hash },
        counts: { blocks: blocks.length, outputs: outputs.length, inputs: inputs.length },
      })
    }
  })

  it("is ingested twice without a change", () => {
    const before = run("ledger", "info", "--json", "--ledger", "by-rpc")
    expect(run("ingest", "bitcoin", "--rpc", node.url, ...NETWORK, "--ledger", "by-rpc")).toContain(
      "nothing new",
    )
    expect(run("ledger", "info", "--json", "--ledger", "by-rpc")).toBe(before)
  })

  it("gives one answer, byte for byte, whichever way it came", () => {
    const asked = [
      "trace",
      "--thefts",
      "thefts.csv",
      "--services",
      "services.csv",
      "--json",
      "--flows",
      "all",
    ]
    for (const more of [[], ["--fees", "follow"], ["--to-height", "116"], ["--stop-at-services", "no"]]) {
      const byRpc = run(...asked, ...more, "--ledger", "by-rpc")
      const byFile = run(...asked, ...more, "--ledger", "by-file")
      expect(byFile).toBe(byRpc)
      const byNode = run(...asked, ...more, "--rpc", node.url, "--chain", "litecoin-regtest")
      expect(figuresOf(byNode)).toEqual(figuresOf(byRpc))
    }
  })

  it.each([
    ["as usual", {}],
    ["fees followed", { fees: "follow" }],
    ["services followed", { stopAtServices: false }],
    ["ended in the middle of the story", { toHeight: 116, fees: "follow" }],
    ["nine hops", { maxHops: 9, stopAtServices: false }],
  ] as const)(
    "answers as the oracle does from the node's own words, under every rule: %s",
    async (_, asked) => {
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
          ...asked,
        },
        rules: RULES,
      }
      const columns = openColumns(join(folder, "by-rpc"))
      const source = new UtxoLedgerSource(columns, "litecoinRegtest", COIN, scenario.conditions.toHeight)
      for (const rule of RULES) {
        const { program, oracle } = await compare(scenario, source, rule)
        expect((program.flows as unknown[]).length).toBeGreaterThan(0)
        expect(unordered(program), rule).toEqual(unordered(burnedAway(oracle, story.burned, rule)))
      }
      columns.close()
    },
  )

  it("follows a reorganisation: what the chain has left is taken back", async () => {
    const ledger = join(mkdtempSync(join(tmpdir(), "ashiato-reorganised-")), "ledger")
    run("ingest", "bitcoin", "--rpc", node.url, ...NETWORK, "--ledger", ledger)
    const lost = story.chain.blocks.at(-3)?.hash
    await node.rpc("invalidateblock", lost)
    const address = story.chain.outputs.find(row => row.address.startsWith("rltc1"))?.address
    await node.rpc("generatetoaddress", 5, address)
    expect(run("ingest", "bitcoin", "--rpc", node.url, ...NETWORK, "--ledger", ledger)).toMatch(
      /3 blocks taken back/,
    )
    run("ledger", "verify", "--ledger", ledger)
    const tip = await node.rpc("getbestblockhash")
    expect(JSON.parse(run("ledger", "info", "--json", "--ledger", ledger)).published.hash).toBe(tip)
  })
})
