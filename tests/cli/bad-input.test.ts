import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { ashiato, newFolder } from "./run-cli.ts"

const TRANSFERS = "txid,n,height,time,from,to,asset,amount\n"
const OUTPUTS = "txid,vout,height,index,time,address,value\n"
const INPUTS = "txid,n,spent_txid,spent_vout\n"

/** One line on standard error: where, what, what to do; nothing on standard output; exit 2. */
function refusal(args: readonly string[], files: Readonly<Record<string, string | Buffer>>): string {
  const { code, out, err } = ashiato(["trace", ...args], newFolder(files))
  expect({ code, out }).toEqual({ code: 2, out: "" })
  expect(err).toMatch(/^ashiato: [^\n]+\n$/)
  return err
}

const refusedTransfers = (rows: string, ...more: string[]): string =>
  refusal(["--theft", "a#0", "--transfers", "t.csv", ...more], { "t.csv": rows })

const refusedOutputs = (outputs: string, inputs: string): string =>
  refusal(["--theft", "a:0", "--outputs", "o.csv", "--inputs", "i.csv"], {
    "o.csv": OUTPUTS + outputs,
    "i.csv": INPUTS + inputs,
  })

describe("a transfers file is refused with file, line and column", () => {
  const withExchange = "txid,n,height,time,from,to,asset,amount,exchange\n"
  it.each([
    ["a decimal point", `${TRANSFERS}a,0,1,,x,y,XEM,1.5\n`, /t\.csv:2:amount: .*decimal point/],
    ["a negative amount", `${TRANSFERS}a,0,1,,x,y,XEM,-5\n`, /t\.csv:2:amount: .*negative/],
    ["an amount in words", `${TRANSFERS}a,0,1,,x,y,XEM,1e9\n`, /t\.csv:2:amount: .*not a whole number/],
    ["an amount above uint256", `${TRANSFERS}a,0,1,,x,y,ETH,${2n ** 256n}\n`, /t\.csv:2:amount: .*2\^256/],
    [
      "heights that fall",
      `${TRANSFERS}a,0,5,,x,y,XEM,1\nb,0,4,,x,y,XEM,1\n`,
      /t\.csv:3:height: height 4 comes after height 5/,
    ],
    [
      "rows of a transaction apart",
      `${TRANSFERS}a,0,1,,x,y,XEM,1\nb,0,1,,x,y,XEM,1\na,1,1,,x,y,XEM,1\n`,
      /t\.csv:4:txid: .*apart/,
    ],
    ["n that does not rise", `${TRANSFERS}a,1,1,,x,y,XEM,1\na,1,1,,x,y,XEM,1\n`, /t\.csv:3:n: /],
    ["a row from nowhere to nowhere", `${TRANSFERS}a,0,1,,,,XEM,1\n`, /t\.csv:2:from: .*nowhere/],
    ["a time without zone", `${TRANSFERS}a,0,1,2018-01-26 00:02,x,y,XEM,1\n`, /t\.csv:2:time: .*ISO 8601/],
    [
      "a missing column",
      "txid,n,height,time,from,to,asset\n",
      /t\.csv:1:amount: the header lacks the column amount/,
    ],
    ["an unknown column", `${TRANSFERS.trim()},exchnage\n`, /t\.csv:1:9: the header has a column "exchnage"/],
    ["a row that is too short", `${TRANSFERS}a,0,1,,x,y,XEM\n`, /t\.csv:2: .*8 fields expected, 7 found/],
    ["semicolons", "txid;n;height;time;from;to;asset;amount\n", /t\.csv:1: .*comma-separated/],
    [
      "a column twice",
      `${TRANSFERS.trim()},amount\n`,
      /t\.csv:1:amount: the header has the column amount twice/,
    ],
    ["a sender that is on no record", `${TRANSFERS}a,0,1,,?,y,XEM,1\n`, /t\.csv:2:from: from is "\?"/],
    ["an asset with a slash", `${TRANSFERS}a,0,1,,x,y,b/c,1\n`, /t\.csv:2:asset: asset "b\/c" has a slash/],
    [
      "rows of a transaction at two heights",
      `${TRANSFERS}a,0,1,,x,y,XEM,1\na,1,2,,x,y,XEM,1\n`,
      /t\.csv:3:height: rows of transaction a disagree/,
    ],
    ["an open quote", `${TRANSFERS}a,0,1,,"x,y,XEM,1\n`, /t\.csv:\d+: not readable as CSV/],
    ["control characters", `${TRANSFERS}a,0,1,,x\u0007,y,XEM,1\n`, /t\.csv:2:from: .*control characters/],
    ["nothing at all", "", /t\.csv: the file is empty/],
    [
      "an exchange with one leg",
      `${withExchange}a,0,1,,x,y,ETH,1,e\n`,
      /t\.csv:2:exchange: exchange e has one leg/,
    ],
    [
      "an exchange of three assets",
      `${withExchange}a,0,1,,x,y,A,1,e\na,1,1,,y,x,B,1,e\na,2,1,,y,x,C,1,e\n`,
      /t\.csv:2:exchange: exchange e has 3 assets/,
    ],
    [
      "an exchange across transactions",
      `${withExchange}a,0,1,,x,y,A,1,e\nb,0,1,,y,x,B,1,e\n`,
      /t\.csv:3:exchange: .*spans several transactions/,
    ],
  ])("%s", (_name, rows, expected) => expect(refusedTransfers(rows)).toMatch(expected))

  it("an address that fails its checksum", () => {
    const row =
      "a,0,1,,NC3BI3DNMR2PGEOOMP2NKXQGSAKMS7GYRKVA5CSA,NC4C6PSUW5CLTDT5SXAGJDQJGZNESKFK5MCN77OG,XEM,1\n"
    expect(refusedTransfers(TRANSFERS + row, "--chain", "nem")).toMatch(
      /t\.csv:2:from: address NC3BI.* is not a valid nem address/,
    )
  })

  it("another encoding", () => {
    const utf16 = Buffer.from(`\ufeff${TRANSFERS}a,0,1,,x,y,XEM,1\n`, "utf16le")
    expect(refusal(["--theft", "a#0", "--transfers", "t.csv"], { "t.csv": utf16 })).toMatch(/t\.csv: .*UTF-8/)
    const latin1 = Buffer.from(`${TRANSFERS}a,0,1,,caf\u00e9,y,XEM,1\n`, "latin1")
    expect(refusal(["--theft", "a#0", "--transfers", "t.csv"], { "t.csv": latin1 })).toMatch(/UTF-8/)
  })

  it("a million rows with the error in the last", () => {
    const rows = Array.from(
      { length: 1_000_000 },
      (_, at) => `t${at},0,${at},,x${at % 97},y${at % 89},XEM,${at + 1}\n`,
    )
    rows[999_999] = "t999999,0,999999,,x,y,XEM,0.5\n"
    expect(refusedTransfers(TRANSFERS + rows.join(""))).toMatch(/t\.csv:1000001:amount: .*decimal point/)
  }, 60_000)

  it("a theft reference that does not exist", () => {
    expect(refusedTransfers(`${TRANSFERS}b,0,1,,x,y,XEM,1\n`)).toMatch(
      /theft reference a#0 is not in the records/,
    )
  })

  it("a theft reference that fits several rows", () => {
    const rows = `${TRANSFERS},0,1,,v,x,XEM,100\n,0,2,,w,y,XEM,7\n`
    expect(refusal(["--theft", "#0", "--transfers", "t.csv"], { "t.csv": rows })).toMatch(
      /#0 fits several rows/,
    )
  })

  it("a file that is not there", () => {
    expect(refusal(["--theft", "a#0", "--transfers", "none.csv"], {})).toMatch(
      /none\.csv: there is no such file/,
    )
  })
})

describe("outputs and inputs are refused with file, line and column", () => {
  it.each([
    ["an output twice", "a,0,1,0,,x,5\na,0,1,0,,x,5\n", "", /o\.csv:3:vout: output a:0 appears twice/],
    ["an unknown output", "a,0,1,0,,x,5\n", "a,0,zz,0\n", /i\.csv:2:spent_txid: the input spends zz:0/],
    [
      "an output spent twice",
      "a,0,1,0,,x,5\nb,0,2,0,,x,5\nc,0,3,0,,x,5\n",
      "b,0,a,0\nc,0,a,0\n",
      /i\.csv:3:spent_txid: .*b has spent already/,
    ],
    [
      "a spend before the output is there",
      "b,0,1,0,,x,5\na,0,2,0,,x,5\n",
      "b,0,a,0\n",
      /i\.csv:2:spent_txid: .*does not exist yet/,
    ],
    [
      "credits above debits",
      "a,0,1,0,,x,5\nb,0,2,0,,x,6\n",
      "b,0,a,0\n",
      /o\.csv:3: transaction b pays out 6 but takes in 5/,
    ],
    ["heights that fall", "a,0,2,0,,x,5\nb,0,1,0,,x,5\n", "", /o\.csv:3:height: /],
    [
      "inputs of no transaction",
      "a,0,1,0,,x,5\n",
      "q,0,a,0\n",
      /i\.csv:2:txid: transaction q has inputs but no row/,
    ],
    [
      "one input twice",
      "a,0,1,0,,x,5\na,1,1,0,,x,5\nb,0,2,0,,x,5\n",
      "b,0,a,0\nb,0,a,1\n",
      /i\.csv:3:n: transaction b has input 0 twice/,
    ],
    ["two transactions at one index", "a,0,1,0,,x,5\nb,0,1,0,,x,5\n", "", /o\.csv:3:index: /],
  ])("%s", (_name, outputs, inputs, expected) => expect(refusedOutputs(outputs, inputs)).toMatch(expected))
})

type Item = Record<string, unknown>
interface EditedCase {
  transfers: [Item, Item, ...Item[]]
  thefts: [Item, ...Item[]]
}

describe("a case file is refused with file, line and column", () => {
  const bundled = readFileSync(new URL("../../cases/coincheck-2018/case.json", import.meta.url), "utf8")
  const refused = (text: string): string => refusal(["my.json"], { "my.json": text })
  const edited = (edit: (file: EditedCase) => void): string => {
    const file = JSON.parse(bundled)
    edit(file)
    return refused(JSON.stringify(file, null, 2))
  }

  it.each([
    ["half a document", () => refused(bundled.slice(0, 5000)), /my\.json:\d+:\d+: not readable as JSON/],
    [
      "nested without end",
      () => refused("[".repeat(100_000)),
      /my\.json: not readable as JSON \(nested deeper/,
    ],
    ["a key twice", () => refused(bundled.replace("{", '{"id": "x",')), /my\.json:\d+:\d+: .*"id" once only/],
    [
      "an amount as a number",
      () => edited(file => (file.transfers[0].amount = 5)),
      /my\.json:\d+:\d+: transfers\.0\.amount must/,
    ],
    [
      "a decimal amount",
      () => edited(file => (file.transfers[0].amount = "1.5")),
      /my\.json:\d+:\d+: transfers\.0\.amount must match/,
    ],
    [
      "a missing grade",
      () => edited(file => delete file.transfers[0].grade),
      /my\.json:\d+:\d+: transfers\.0 must have "grade"/,
    ],
    [
      "an unknown field",
      () => edited(file => (file.transfers[0].amuont = "1")),
      /my\.json:\d+:\d+: transfers\.0 must not have "amuont"/,
    ],
    [
      "an unknown source",
      () => edited(file => (file.transfers[0].sources = ["NO-1"])),
      /my\.json:\d+:\d+: transfers\.0\.sources\.0 names source "NO-1"/,
    ],
    [
      "an unknown transfer",
      () => edited(file => (file.thefts[0].transfers = ["none"])),
      /my\.json:\d+:\d+: thefts\.0\.transfers\.0 names transfer "none"/,
    ],
    [
      "an id twice",
      () => edited(file => (file.transfers[1].id = file.transfers[0].id)),
      /my\.json:\d+:\d+: transfers\.1\.id repeats/,
    ],
    [
      "a bad address",
      () => edited(file => (file.transfers[0].to = `N${"A".repeat(39)}`)),
      /my\.json:transfers\.0 \(.*not a valid nem address/,
    ],
  ])("%s", (_name, run, expected) => expect(run()).toMatch(expected))

  it("a case that does not exist names those that do", () => {
    expect(refusal(["coinchek-2018"], {})).toMatch(
      /no case "coinchek-2018"; the bundled ones are bybit-2025, coincheck-2018/,
    )
  })
})

describe("options", () => {
  it.each([
    [["--rule", "fiffo", "coincheck-2018"], /rule "fiffo" is not known/],
    [["--rule", "tiho", "coincheck-2018"], /rule tiho is defined on UTXO chains only/],
    [["--fees", "keep", "coincheck-2018"], /option --fees has "keep"; it takes drop \/ follow/],
    [["--min", "0.5", "coincheck-2018"], /--min: amount 0\.5 has a decimal point/],
    [["--to-height", "10", "coincheck-2018"], /--to-height 10 falls where these records have no heights/],
    [["--colour", "coincheck-2018"], /there is no option --colour; see ashiato trace --help/],
    [["coincheck-2018", "--rule"], /option --rule needs a value/],
    [["--theft", "--json"], /option --theft needs a value/],
    [["coincheck-2018", "--json=yes"], /option --json takes no value/],
    [["coincheck-2018", "--lang", "fr"], /option --lang has "fr"; it takes en \/ ja/],
    [["bybit-2025", "--to-height", "5"], /--to-height 5 falls where these records have no heights/],
    [["coincheck-2018", "--theft", "a#0"], /coincheck-2018 does not go with --theft/],
    [["--transfers", "t.csv"], /no theft is named/],
    [["--theft", "a#0"], /nothing to trace in/],
    [
      ["--chain", "dogecoin", "--theft", "a#0", "--transfers", "t.csv"],
      /chain "dogecoin" is not known; use one of bitcoin/,
    ],
    [
      ["--chain", "bitcoin", "--theft", "a#0", "--transfers", "t.csv"],
      /--chain bitcoin does not go with --transfers/,
    ],
    [[], /nothing to trace in/],
  ])("%s", (args, expected) => expect(refusal(args, { "t.csv": TRANSFERS })).toMatch(expected))

  it("speaks the user's language", () => {
    const { code, err } = ashiato(["trace", "none", "--lang", "ja"])
    expect(code).toBe(2)
    expect(err).toMatch(/^ashiato: 事件「none」はありません。/)
  })
})

describe("clocks that run backwards", () => {
  it("are reported, not refused", () => {
    const rows = "a,0,1,2018-01-02T00:00:00Z,x,y,XEM,5\nb,0,2,2018-01-01T00:00:00Z,y,z,XEM,5\n"
    const folder = newFolder({ "t.csv": TRANSFERS + rows })
    const { code, out } = ashiato(["trace", "--theft", "a#0", "--transfers", "t.csv", "--json"], folder)
    expect(code).toBe(0)
    const document = JSON.parse(out)
    expect(document.gaps).toMatchObject([{ code: "rule-skipped" }, { code: "clock-backwards" }])
    expect(document.complete).toBe(true)
    expect(document.answers[0].rules.fifo.holdings[0]).toMatchObject({ pot: "z/XEM", traced: "5" })
  })
})
