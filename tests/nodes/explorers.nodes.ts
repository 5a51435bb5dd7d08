import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { RawBlock } from "../../src/ports/blocks.ts"
import { EsploraServer } from "../../testing/explorers/esplora-server.ts"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { type Story, stageTheft } from "../../testing/nodes/staged-theft.ts"
import { printServices, printThefts } from "../../testing/oracle/rows.ts"
import { ashiatoBeside } from "../cli/run-beside.ts"
import { newFolder } from "../cli/run-cli.ts"

const CHAIN = ["--chain", "litecoin-regtest"]
const KEY = "hidden-word"

let node: Litecoind
let story: Story
let explorer: EsploraServer
let url: string
let folder: string

const run = async (...args: string[]) => {
  const done = await ashiatoBeside(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code, done.out).toBe(0)
  return done.out
}

/** What is said of each rule, without where it came from; what an explorer cannot prove is a gap of its own. */
const figuresOf = (json: string) => {
  const { horizon, answers } = JSON.parse(json)
  return { horizon, answers }
}

/** An explorer does not prove which fees a coinbase took: what rests on them is no better than reported. */
const ungraded = (json: string) => figuresOf(json.replace(/"grade": ?"(chain|reported)"/g, '"grade":"any"'))

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageTheft(node.rpc)
  const blocks: RawBlock[] = []
  for (const { height, hash } of story.chain.blocks) {
    const digits = (await node.rpc("getblock", hash, 0)) as string
    blocks.push({ height, bytes: Uint8Array.from(Buffer.from(digits, "hex")) })
  }
  explorer = new EsploraServer(blocks, { network: "litecoinRegtest", dialect: "mempool" })
  url = (await explorer.open()).replace("http://", `http://someone:${KEY}@`)
  folder = newFolder({
    "thefts.csv": printThefts(story.thefts.flatMap(({ id, refs }) => refs.map(ref => ({ theft: id, ref })))),
    "services.csv": printServices([...story.services].map(([address, service]) => ({ address, service }))),
  })
  await run("ingest", "bitcoin", "--rpc", node.url, "--network", "litecoin-regtest", "--ledger", "ledger")
}, 120_000)

afterAll(async () => {
  await explorer?.close()
  await node?.remove()
})

describe("an explorer over a real node's chain, on the command line", () => {
  const asked = ["trace", "--thefts", "thefts.csv", "--services", "services.csv", "--json", "--flows", "all"]

  it.each([
    ["as usual", []],
    ["fees followed", ["--fees", "follow"]],
    ["services followed", ["--stop-at-services", "no"]],
    ["ended in the middle of the story", ["--to-height", "116", "--fees", "follow"]],
  ] as const)("gives the figures of the ledger and of the node, under every rule: %s", async (_, more) => {
    const byLedger = await run(...asked, ...more, "--ledger", "ledger")
    expect(figuresOf(byLedger).answers.length).toBeGreaterThan(0)
    const figures = (more as readonly string[]).includes("follow") ? ungraded : figuresOf
    expect(figures(await run(...asked, ...more, "--explorer", url, ...CHAIN))).toEqual(figures(byLedger))
    expect(figuresOf(await run(...asked, ...more, "--rpc", node.url, ...CHAIN))).toEqual(figuresOf(byLedger))
  })

  it("is asked for nothing again that can no longer change, and answers the same", async () => {
    rmSync(join(folder, "ashiato.answers"), { recursive: true })
    explorer.asked.length = 0
    const first = await run(...asked, "--explorer", url, ...CHAIN)
    const cold = [...explorer.asked]
    explorer.asked.length = 0
    expect(await run(...asked, "--explorer", url, ...CHAIN)).toBe(first)
    const warm = [...explorer.asked]
    const raw = (paths: readonly string[]) => paths.filter(path => path.endsWith("/hex"))
    expect(raw(cold).length).toBeGreaterThan(0)
    expect(new Set(raw(cold)).size).toBe(raw(cold).length)
    expect(raw(warm)).toEqual([])
    expect(warm.length).toBeLessThan(cold.length / 2)
  })

  it("is given no password away: neither in what is kept nor in what is said", async () => {
    const kept = filesBelow(join(folder, "ashiato.answers"))
    expect(kept.length).toBeGreaterThan(10)
    for (const file of kept) {
      expect(file).not.toContain(KEY)
      expect(readFileSync(file, "utf8")).not.toContain(KEY)
    }
    expect(await run(...asked, "--explorer", url, ...CHAIN)).not.toContain(KEY)
    explorer.mischief = (_, response) => {
      response.end("<html>")
      return true
    }
    const refused = await ashiatoBeside([...asked, "--explorer", url, ...CHAIN], newFolder())
    const again = await ashiatoBeside([...asked, "--explorer", url, ...CHAIN], folder)
    explorer.mischief = () => false
    for (const { code, out, err } of [refused, again]) {
      expect({ code, out }).toEqual({ code: 2, out: "" })
      expect(err.trimEnd().split("\n")).toHaveLength(1)
      expect(err).not.toContain(KEY)
    }
    expect(again.err).toContain("127.0.0.1")
  })
})
