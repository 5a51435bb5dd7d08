import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import type { LinksDocument } from "../../src/contracts/links.ts"
import { addressOf, mineChain } from "../../testing/explorers/mined-chain.ts"
import type { UtxoLedger } from "../../testing/oracle/question.ts"
import { GENESIS } from "../readers/blocks/made-chain.ts"
import { records, writeFolder } from "../readers/blocks/written-folder.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/links.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<LinksDocument>(schema)

function links(folder: string, ...args: readonly string[]): LinksDocument {
  const { code, out, err } = ashiato(["links", "--json", ...args], folder)
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  return document
}

/** A chain by hand: each step is a block, with what its one other transaction spends and pays. */
type Paid = readonly [txid: string, spends: readonly string[], pays: readonly (readonly [string, bigint])[]]
function chainOf(paid: readonly Paid[]): UtxoLedger {
  const outputs: UtxoLedger["outputs"][number][] = []
  const inputs: UtxoLedger["inputs"][number][] = []
  const add = (txid: string, height: number, index: number, pays: Paid[2]): void => {
    for (const [vout, [address, value]] of pays.entries())
      outputs.push({ txid, vout, height, index, time: "", address, value })
  }
  add("genesis", 0, 0, [["nobody", 0n]])
  for (const [at, [txid, spends, pays]] of paid.entries()) {
    add(`coinbase${at + 1}`, at + 1, 0, [[`miner${at + 1}`, 5_000_000_000n]])
    if (pays.length > 0) add(txid, at + 1, 1, pays)
    for (const [n, spent] of spends.entries()) {
      const [spent_txid = "", vout = "0"] = spent.split(":")
      inputs.push({ txid, n, spent_txid, spent_vout: Number(vout) })
    }
  }
  return { shape: "utxo", outputs, inputs }
}

const CHAIN = mineChain(
  chainOf([
    ["none1", [], []],
    ["none2", [], []],
    ["theftA", ["coinbase1:0"], [["alpha", 5_000_000_000n]]],
    ["theftB", ["coinbase2:0"], [["beta", 5_000_000_000n]]],
    ["joint", ["theftA:0", "theftB:0"], [["next", 9_000_000_000n]]],
  ]),
  undefined,
  GENESIS.regtest,
)

function bitcoin(): string {
  const refs = ["A", "B"].map(id => `${id},${CHAIN.txidOf(`theft${id}`)}:0`)
  const folder = newFolder({
    "thefts.csv": `theft,ref\n${refs.join("\n")}\n`,
    "turned.csv": `theft,ref\n${refs.toReversed().join("\n")}\n`,
    "services.csv": `address,service\n${addressOf("next")},Exch\n`,
  })
  mkdirSync(join(folder, "blocks"))
  writeFolder(join(folder, "blocks"), { files: { 0: records(CHAIN.blocks.map(({ bytes }) => bytes)) } })
  const ingested = ashiato(["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest"], folder)
  expect(ingested).toMatchObject({ code: 0, err: "" })
  return folder
}

describe("ashiato links on a ledger of blocks", () => {
  const folder = bitcoin()

  it("finds one transaction that spends both thefts' value, read from the chain", () => {
    const document = links(folder, "--thefts", "thefts.csv")
    const [pair] = document.pairs
    expect(pair?.thefts).toEqual(["A", "B"])
    expect(pair?.findings.map(({ kind }) => kind)).toEqual(["shared-spending", "timing", "chain-order"])
    expect(pair?.findings[0]).toMatchObject({
      grade: "chain",
      transactions: [{ role: "spends", tx: CHAIN.txidOf("joint"), height: 5 }],
      amounts: [
        { theft: "A", asset: "BTC", amount: "5000000000" },
        { theft: "B", asset: "BTC", amount: "5000000000" },
      ],
    })
    expect(links(folder, "--thefts", "turned.csv")).toEqual(document)
  })

  it("finds nothing before it is there, and takes a sweep to a service for none", () => {
    const kinds = (...args: readonly string[]) => {
      const [pair] = links(folder, "--thefts", "thefts.csv", ...args).pairs
      return [pair?.findings.map(({ kind }) => kind), pair?.countsNothing.map(({ reason }) => reason)]
    }
    expect(kinds("--to-height", "4")).toEqual([["timing", "chain-order"], []])
    expect(kinds("--services", "services.csv")).toEqual([["timing", "chain-order"], ["sweep-to-service"]])
    expect(links(folder, "--thefts", "thefts.csv", "--services", "services.csv").rates).toEqual([])
  })

  it("says it in words, in both languages, with no score and no name", () => {
    const english = ashiato(["links", "--thefts", "thefts.csv"], folder)
    expect(english.out).toContain("Spent together: one transaction signs for holdings of both")
    expect(english.out).toContain(`spends: ${CHAIN.txidOf("joint")}, height 5`)
    expect(english.out).toContain("A 50 BTC; B 50 BTC")
    expect(english.out).toContain("- Payer and payee may both have put in inputs (payjoin)")
    expect(english.out).toMatch(/rests on: co-spend, coinjoin/)
    expect(english.out).toMatch(/How often these heuristics were right .*\n- co-spend .*\n- coinjoin /)
    const japanese = ashiato(["links", "--thefts", "thefts.csv", "--lang", "ja"], folder)
    expect(japanese.out).toContain("同時の使用")
    expect(japanese.out).toContain("模擬チェーンで測った正しさ")
    expect(japanese.out.split("\n")).toHaveLength(english.out.split("\n").length)
  })
})

const [VICTIM1, VICTIM2, ALPHA, BETA, BANK, FUNDER, MEET] = ["1", "2", "a", "b", "c", "f", "e"].map(
  digit => `0x${digit.repeat(40)}`,
)
const TRANSFERS = `txid,n,height,time,from,to,asset,amount
i,0,0,,,${BANK},ETH,1000000
j,0,0,,,${VICTIM1},TOK,1000
k,0,0,,,${VICTIM2},TOK,1000
f,0,1,,${BANK},${FUNDER},ETH,500
t1,0,2,,${VICTIM1},${ALPHA},TOK,1000
t2,0,3,,${VICTIM2},${BETA},TOK,1000
g1,0,4,,${FUNDER},${ALPHA},ETH,5
g2,0,5,,${FUNDER},${BETA},ETH,5
m1,0,6,,${ALPHA},${MEET},TOK,800
m2,0,7,,${BETA},${MEET},TOK,700
`

describe("ashiato links on a file of transfers", () => {
  const folder = newFolder({
    "t.csv": TRANSFERS,
    "thefts.csv": "theft,ref\nA,t1#0\nB,t2#0\n",
    "one.csv": "theft,ref\nA,t1#0\n",
  })
  const ASKED = ["--thefts", "thefts.csv", "--transfers", "t.csv"]

  it("finds the funder of both, and lists an address that only received as nothing", () => {
    const [pair] = links(folder, ...ASKED, "--chain", "ethereum").pairs
    expect(pair?.findings.map(({ kind }) => kind)).toEqual(["gas-funding", "chain-order"])
    expect(pair?.findings[0]).toMatchObject({ place: FUNDER, funded: 2 })
    expect(pair?.countsNothing).toMatchObject([{ reason: "receipt", place: MEET }])
  })

  it("finds the same in a ledger made of the file", () => {
    const made = ashiato(["ingest", "transfers", "t.csv", "--chain", "ethereum"], folder)
    expect(made).toMatchObject({ code: 0, err: "" })
    const inLedger = links(folder, "--thefts", "thefts.csv", "--ledger", "ashiato.ledger")
    expect(inLedger.pairs).toEqual(links(folder, ...ASKED, "--chain", "ethereum").pairs)
  })

  it("says that it did not look for funders where the chain is not named", () => {
    const { notLooked, pairs } = links(folder, ...ASKED)
    expect(notLooked).toEqual([{ kind: "gas-funding", reason: "native-unknown" }])
    expect(pairs[0]?.findings.map(({ kind }) => kind)).toEqual(["chain-order"])
    expect(ashiato(["links", ...ASKED], folder).out).toContain("which coin pays the fees is known by --chain")
  })

  it("has no pair of one theft, and says so", () => {
    const { code, out } = ashiato(["links", "--thefts", "one.csv", "--transfers", "t.csv"], folder)
    expect(code).toBe(0)
    expect(out).toContain("There is one theft only")
  })

  it.each<[readonly string[], RegExp]>([
    [["--transfers", "t.csv"], /no thefts are named/],
    [[...ASKED, "--rule", "poison"], /poison/],
    [[...ASKED, "--rule", "tiho"], /tiho/],
    [[...ASKED, "--ledger", "x"], /--ledger.*--transfers/],
    [[...ASKED, "--as-of", "2020-01-01"], /--as-of.*--labels/],
    [[...ASKED, "extra"], /extra/],
    [["--thefts", "none.csv", "--transfers", "t.csv"], /none\.csv/],
    [["--thefts", "thefts.csv", "--ledger", "none.ledger"], /none\.ledger/],
  ])("refuses %j in one line", (args, line) => {
    const { code, out, err } = ashiato(["links", ...args], folder)
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(err).toMatch(line)
    expect(err.trimEnd().split("\n")).toHaveLength(1)
  })

  it("refuses to look in nothing", () => {
    const { code, err } = ashiato(["links", "--thefts", "t.csv"], newFolder({}))
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/nothing to trace in/) })
  })

  it("has help with examples in both languages, and stands in the general help", () => {
    for (const lang of ["en", "ja"]) {
      const { out, code } = ashiato(["links", "--help", "--lang", lang], folder)
      expect(code).toBe(0)
      expect(out).toContain("ashiato links --thefts thefts.csv --ledger btc.ledger")
      expect(ashiato(["--help", "--lang", lang], folder).out).toContain("ashiato links ...")
    }
  })
})
