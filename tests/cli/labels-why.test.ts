import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import { beforeAll, describe, expect, it } from "vitest"
import type { WhyLabels } from "../../src/cases/labels-why.ts"
import { MEASURED_RATES } from "../../src/clustering/measured-rates.ts"
import { ratesOf } from "../../src/clustering/rates-of.ts"
import { clusterMessages } from "../../src/messages/cluster.ts"
import { ratesLines } from "../../src/reports/text/rates-text.ts"
import { addressOf, type MinedChain } from "../../testing/explorers/mined-chain.ts"
import { ashiato, newFolder } from "./run-cli.ts"
import { stageClusters } from "./staged-clusters.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/labels-why.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<WhyLabels>(schema)

function why(folder: string, ...args: readonly string[]): WhyLabels {
  const { code, out, err } = ashiato(["labels", "why", ...args, "--json"], folder)
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  return document
}

const heuristicsOf = ({ rates }: WhyLabels): readonly string[] => rates.map(({ heuristic }) => heuristic)

let folder = ""
let chain: MinedChain

beforeAll(() => {
  const staged = stageClusters()
  folder = staged.folder
  chain = staged.chain
}, 60_000)

describe("ashiato labels why with a ledger", () => {
  it("tells the label that reaches an address through its cluster, with the path, and what it rests on", () => {
    const told = why(folder, addressOf("ann"))
    expect(told.standing).toEqual([])
    expect(told.through).toMatchObject({
      ledger: "ashiato.ledger",
      chain: "regtest",
      horizon: { height: 11 },
      unknown: null,
      cluster: { addresses: 3, cut: null },
      reached: {
        count: 1,
        shown: [
          {
            label: "Cat's shop",
            grade: "inferred",
            path: [
              { from: addressOf("ann"), txid: chain.txidOf("join1"), to: addressOf("bob") },
              { from: addressOf("bob"), txid: chain.txidOf("join2"), to: addressOf("cat") },
            ],
          },
        ],
      },
      deposit: null,
    })
    // Her coinjoin was left out by this pattern, and join1 has an input that it did not need.
    expect(heuristicsOf(told).slice(0, 3)).toEqual(["co-spend", "cluster", "coinjoin"])
    expect(heuristicsOf(told).filter(one => one.startsWith("coinjoin-"))).toHaveLength(1)
    for (const { heuristic, precision, recall } of told.rates) {
      const record = MEASURED_RATES.find(one => one.heuristic === heuristic)
      if (record === undefined) throw new Error(`${heuristic} was not measured`)
      expect({ precision, recall }).toEqual(ratesOf(record))
    }
  })

  it("prints the rates in words in both languages, each as `cluster` and `screen` print it", () => {
    const { rates } = why(folder, addressOf("ann"))
    for (const lang of ["en", "ja"] as const) {
      const { out } = ashiato(["labels", "why", addressOf("ann"), "--lang", lang], folder)
      const words = clusterMessages(lang)
      const screened = ashiato(["screen", addressOf("ann"), "--lang", lang], folder).out
      const clusters = ashiato(["cluster", addressOf("ann"), "--lang", lang], folder).out.split("\n")
      for (const line of ratesLines(rates, words)) {
        expect(out).toContain(`${line}\n`)
        expect(screened).toContain(`${line}\n`)
        expect(clusters).toContain(line)
      }
      expect(out).toContain(words.notProof)
      expect(out).toContain(words.reached(1))
      expect(out).toContain(lang === "en" ? "True up to block 11" : "ブロック 11")
    }
  })

  it("tells whose deposit address it is, by the rule's own rates", () => {
    const told = why(folder, addressOf("dep"))
    expect(told.through).toMatchObject({ deposit: { service: "exch", isWeak: false }, reached: { count: 0 } })
    expect(heuristicsOf(told)).toContain("deposit-address")
    expect(heuristicsOf(told)).not.toContain("deposit-address-one-sweep")
    expect(ashiato(["labels", "why", addressOf("dep")], folder).out).toMatch(
      /Deposit address of exch by its record/,
    )
  })

  it("has no rates where nothing rests on a heuristic: no ledger, another chain's, not in it, or an actor", () => {
    const elsewhere = newFolder()
    const labels = `${folder}/ashiato.labels`
    const alone = why(elsewhere, addressOf("ann"), "--labels", labels)
    expect(alone).toMatchObject({ through: null, rates: [] })
    const ask = (asked: string) => why(folder, asked)
    expect(ask("NC3BI3DNMR2PGEOOMP2NKXQGSAKMS7GYRKVA5CSZ")).toMatchObject({
      through: { unknown: "other-chain", cluster: null },
      rates: [],
    })
    expect(ask(addressOf("stranger"))).toMatchObject({ through: { unknown: "not-in-ledger" }, rates: [] })
    const { out } = ashiato(["labels", "why", addressOf("stranger")], folder)
    expect(out).toContain("the ledger has never seen it")
    expect(out).not.toContain("How often")
  })

  it("says where nothing reaches an address that was looked through, which rests on the cluster too", () => {
    const told = why(folder, addressOf("payer"))
    expect(told.through).toMatchObject({ unknown: null, reached: { count: 0 }, deposit: null })
    expect(heuristicsOf(told)).toContain("cluster")
    expect(ashiato(["labels", "why", addressOf("payer")], folder).out).toContain(
      "No label of another address reaches it.",
    )
  })

  it("refuses a ledger that is not there, and takes --ledger for no other task", () => {
    const named = ashiato(["labels", "why", addressOf("ann"), "--ledger", "none"], folder)
    expect(named).toMatchObject({ code: 2, out: "" })
    expect(named.err.trimEnd().split("\n")).toHaveLength(1)
    expect(ashiato(["labels", "list", "--ledger", "x"], folder).err).toMatch(
      /labels list does not go with --ledger/,
    )
  })
})

const VICTIM = `0x${"9".repeat(40)}`
const [DEP, HOT] = ["1", "2"].map(digit => `0x${digit.repeat(40)}`) as [string, string]
const ROWS = `txid,n,height,time,from,to,asset,amount
a,0,1,,${VICTIM},${DEP},ETH,300
b,0,2,,${DEP},${HOT},ETH,300
c,0,3,,${VICTIM},${DEP},ETH,200
d,0,4,,${DEP},${HOT},ETH,200
`

/** A ledger of these rows, with one labelled service. */
function accounts(rows: string): string {
  const labels = `address,network,label,actor,category,seen\n${HOT},ethereum,Hot,exch,exchange,2020-01-01\n`
  const made = newFolder({ "t.csv": rows, "l.csv": labels })
  const ingested = ashiato(["ingest", "transfers", "t.csv", "--chain", "ethereum"], made)
  expect(ingested).toMatchObject({ code: 0, err: "" })
  expect(ashiato(["labels", "import", "l.csv"], made)).toMatchObject({ code: 0, err: "" })
  return made
}

describe("ashiato labels why with a ledger of accounts", () => {
  it("says that nobody spends together, whose deposit account it is, and how often Ethereum's rule was right", () => {
    const told = why(accounts(ROWS), DEP)
    expect(told.through).toMatchObject({ cluster: null, deposit: { service: "exch", sweeps: { count: 2 } } })
    expect(heuristicsOf(told)).toEqual(["deposit-account"])
    const once = `${ROWS.split("\n").slice(0, 3).join("\n")}\n`
    expect(heuristicsOf(why(accounts(once), DEP))).toEqual(["deposit-account-one-sweep"])
  })
})

describe("ashiato labels why of what looks like a labelled address", () => {
  const KNOWN = `0xabc${"0".repeat(33)}4321`
  const FORGED = `0xabc${"1".repeat(33)}4321`

  it("gives the measured rate of such likeness, and none of an address that a list has itself", () => {
    const made = newFolder({ "l.csv": `address,network,label\n${KNOWN},ethereum,x\n` })
    ashiato(["labels", "import", "l.csv"], made)
    const told = why(made, FORGED)
    expect(told.lookAlikes).toMatchObject([{ head: 3, tail: 4 }])
    expect(heuristicsOf(told)).toEqual(["look-alike"])
    expect(ashiato(["labels", "why", FORGED, "--lang", "ja"], made).out).toContain("look-alike（")
    expect(why(made, KNOWN).rates).toEqual([])
  })
})
