import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Block } from "../../src/chains/nem/block.ts"
import { blockHash, decodeBlock } from "../../src/chains/nem/block-binary.ts"
import { NEMESIS_HASH } from "../../src/chains/nem/nemesis.ts"
import { numberedKey } from "../../testing/nis/keys.ts"
import { NisNode, type NodeKnowledge } from "../../testing/nis/nis-node.ts"
import { signedBlock } from "../../testing/nis/signing.ts"
import { dataOf, NEMESIS, REAL, type RealTransaction, realTransactions } from "../chains/nem/data.ts"
import { ashiatoBeside } from "../cli/run-beside.ts"
import { newFolder } from "../cli/run-cli.ts"
import { figures } from "../cli/swept-as-traced.ts"

const DATA = new URL("../../../shared/data/nem/", import.meta.url)
const absent = [NEMESIS, REAL].filter(file => !existsSync(new URL(file, DATA)))
const why = absent.length === 0 ? "" : ` (skipped: ../shared/data/nem/${absent.join(", ")} absent)`
const KNOWLEDGE: NodeKnowledge = {
  balances: new Map(),
  mainOf: signer => signer,
  forwarded: address => address,
}
const FIRST_TIME = 200_000_000
const SECRET = "hidden-word"
const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"]

type Real = ReturnType<typeof realTransactions>[number]

/** The real first block, and above it the real transactions in blocks that a made-up account harvests. */
function chainOf(real: readonly Real[]): Block[] {
  const blocks = [decodeBlock(dataOf(NEMESIS) as Buffer)]
  for (const { read } of real) {
    const previousHash = blocks.length === 1 ? NEMESIS_HASH : blockHash(blocks.at(-1) as Block)
    const height = blocks.length + 1
    const own = { height, timeStamp: FIRST_TIME + height * 60, previousHash, transactions: [read] }
    blocks.push(signedBlock(own, numberedKey(3)))
  }
  return blocks
}

const hashOf = ({ derived }: RealTransaction): string => derived.computed_hash

/** Plain payments of XEM, of which the published record says sender, receiver and amount. */
const isPayment = ({ read }: Real) =>
  read.kind === "transfer" && read.mosaics.length === 0 && read.amount > 0n

describe.skipIf(absent.length > 0)(`a node of NEM on the command line${why}`, () => {
  const real = absent.length > 0 ? [] : realTransactions(dataOf(REAL) as Buffer)
  const node = absent.length > 0 ? new NisNode([], KNOWLEDGE) : new NisNode(chainOf(real), KNOWLEDGE)
  const payments = real.filter(isPayment)
  const thefts = payments.slice(0, 2)
  let folder: string
  let url: string

  const run = async (...args: string[]) => {
    const done = await ashiatoBeside(args, folder)
    expect(done.err, args.join(" ")).toBe("")
    expect(done.code, done.out).toBe(0)
    return done.out
  }
  const traced = async (...asked: string[]) => JSON.parse(await run("trace", ...asked, "--json"))
  const refOf = (payment: RealTransaction) => `${hashOf(payment)}#1`

  beforeAll(async () => {
    folder = newFolder()
    url = await node.open()
  })
  afterAll(() => node.close())

  it("fills a ledger, which verifies, and again without a change", async () => {
    await run("ingest", "nem", "--nis", url, "--ledger", "nem", "--to-height", "9")
    await run("ingest", "nem", "--nis", url, "--ledger", "nem")
    await run("ledger", "verify", "--ledger", "nem")
    const before = await run("ledger", "info", "--json", "--ledger", "nem")
    expect(JSON.parse(before)).toMatchObject({
      chain: "nem",
      horizon: { height: 31 },
      counts: { blocks: 31 },
    })
    await run("ingest", "nem", "--nis", url, "--ledger", "nem")
    expect(await run("ledger", "info", "--json", "--ledger", "nem")).toBe(before)
  })

  it("is traced as it goes, from the ledger alike, under every rule", async () => {
    const asked = ["--theft", thefts.map(refOf).join(","), "--chain", "nem"]
    // Blocks are kept that lie so deep that no node takes them back: 360 and more below its tip.
    const { tip } = node
    node.tip = 500
    const secret = url.replace("http://", `http://someone:${SECRET}@`)
    const said = await run("trace", ...asked, "--json", "--nis", secret, "--to-height", "31")
    node.tip = tip
    const byNode = JSON.parse(said)
    const byLedger = await traced(...asked, "--ledger", "nem")
    const [first] = byNode.answers
    const sum = thefts.reduce((total, { derived }) => total + BigInt(derived.xem_micro), 0n)
    expect(Object.keys(first.rules)).toEqual(RULES)
    for (const rule of RULES.filter(each => each !== "poison")) {
      expect(first.rules[rule].total, rule).toEqual(byLedger.answers[0].rules[rule].total)
      expect(first.rules[rule].total.declared, rule).toBe(`${sum}`)
    }
    expect(said).not.toContain(SECRET)
    const kept = readdirSync(join(folder, "ashiato.answers"), { recursive: true, withFileTypes: true })
    const files = kept.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(`${file} ${readFileSync(file, "utf8")}`).not.toContain(SECRET)
  })

  it("is swept as it is traced, at once and in parts with what was kept between", async () => {
    const lines = payments.map((payment, at) => `theft ${at % 3},${refOf(payment)}`)
    writeFileSync(join(folder, "thefts.csv"), `theft,ref\n${lines.join("\n")}\n`)
    const asked = ["--thefts", "thefts.csv", "--ledger", "nem", "--fees", "follow"]
    const sweep = async (...more: string[]) =>
      JSON.parse(await run("sweep", ...asked, ...more, "--json", "--list", "100000"))
    const whole = figures(await traced(...asked))
    const half = await sweep("--to-height", "16")
    expect(figures(half)).toEqual(figures(await traced(...asked, "--to-height", "16")))
    const further = await sweep()
    expect(further.resumedFrom).toMatchObject({ fifo: 16, haircut: 16, poison: 16 })
    expect(further.counts.fifo.holdings).toBeGreaterThan(1)
    expect(figures(further)).toEqual(whole)
    expect(figures(await sweep("--fresh"))).toEqual(whole)
  })

  const text = { en: "x", ja: "x" }
  const caseOf = (more: readonly object[]) => ({
    schema: "ashiato/case/1",
    id: "my-case",
    title: text,
    summary: text,
    chain: "nem",
    assets: [{ asset: "XEM", unit: "micro-XEM", decimals: 6 }],
    horizon: { height: null, hash: null, time: null },
    sources: [{ id: "S1", title: "made up", url: null, published: null }],
    addresses: [],
    services: [],
    transfers: [
      ...thefts.map((payment, at) => ({
        id: `t${at}`,
        tx: hashOf(payment),
        height: null,
        time: null,
        from: payment.derived.signer_address,
        to: payment.read.kind === "transfer" ? payment.read.recipient : "",
        asset: "XEM",
        amount: `${payment.derived.xem_micro}`,
        grade: "reported",
        sources: ["S1"],
      })),
      ...more,
    ],
    thefts: [
      {
        id: "theft",
        claim: text,
        claimant: text,
        transfers: ["t0", "t1"],
        grade: "reported",
        sources: ["S1"],
      },
    ],
    bounds: [],
    disagreements: [],
    prices: [],
    events: [],
    lookalikes: [],
  })

  it("takes the place of what a case reports, follows on, and names what is not on the chain", async () => {
    const invented = {
      id: "nowhere",
      tx: "00".repeat(32),
      height: null,
      time: null,
      from: thefts[0]?.derived.signer_address,
      to: thefts[1]?.derived.signer_address,
      asset: "XEM",
      amount: "5",
      grade: "reported",
      sources: ["S1"],
    }
    writeFileSync(join(folder, "my-case.json"), JSON.stringify(caseOf([invented])))
    const byCase = await traced("my-case.json", "--nis", url)
    const asLedger = await traced("--theft", thefts.map(refOf).join(","), "--ledger", "nem")
    for (const rule of RULES.filter(each => each !== "poison")) {
      expect(byCase.answers[0].rules[rule].total).toEqual(asLedger.answers[0].rules[rule].total)
    }
    expect(byCase.complete).toBe(false)
    const gap = byCase.gaps.find(({ code }: { code: string }) => code === "reported-not-on-chain")
    expect(gap.text).toMatch(
      /^2 of the case's 3 transfers stand on the chain.*nowhere \(not found on the chain\)/,
    )
  })

  it("has nothing of another theft: told in one line", async () => {
    const done = await ashiatoBeside(["trace", "coincheck-2018", "--nis", url], folder)
    expect(done).toMatchObject({ code: 2, out: "" })
    expect(done.err.trimEnd().split("\n")).toHaveLength(1)
    expect(done.err).toMatch(
      /none of the credits that coincheck-2018 declares stolen is on this node's chain/,
    )
  })

  describe("that misbehaves is told of in one line", () => {
    const refused = async (args: readonly string[]) => {
      const done = await ashiatoBeside(args, folder)
      expect(done.code, done.err).toBe(2)
      expect(done.out).toBe("")
      // A line of progress may stand before it, never on a pipe.
      expect(done.err.trimEnd().split("\n")).toHaveLength(1)
      return done.err
    }
    const trace = () => ["trace", "--theft", refOf(thefts[0] as Real), "--nis", url]

    it("it asks for a wait of an hour", async () => {
      node.mischief = (_, response) => {
        response.writeHead(429, { "retry-after": "3600" }).end()
        return true
      }
      expect(await refused(trace())).toMatch(/127\.0\.0\.1/)
    })

    it("it answers nonsense", async () => {
      node.mischief = (_, response) => {
        response.end("<html>")
        return true
      }
      expect(await refused(trace())).toMatch(/127\.0\.0\.1/)
    })

    it("it lags behind the ledger", async () => {
      node.mischief = () => false
      const { tip } = node
      node.tip = 20
      expect(await refused(["ingest", "nem", "--nis", url, "--ledger", "nem"])).toMatch(/20.*31|31.*20/)
      node.tip = tip
    })

    it("its first block is another network's", async () => {
      node.mischief = () => false
      node.forge = (asked, answer) => {
        if (!asked.includes('"height":1}')) return answer
        return { ...answer, timeStamp: 77 }
      }
      expect(await refused(["trace", "--theft", refOf(thefts[0] as Real), "--nis", url])).toMatch(
        /127\.0\.0\.1/,
      )
      node.forge = (_, answer) => answer
    })
  })
})
