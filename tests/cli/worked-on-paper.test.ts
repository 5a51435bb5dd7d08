import { spawnSync } from "node:child_process"
import { existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const HEAD = "txid,n,height,time,from,to,asset,amount,kind,exchange\n"

function traced(rows: readonly string[], args: readonly string[], services = ""): TraceDocument {
  const folder = newFolder({
    "t.csv": HEAD + rows.map(padded).join(""),
    "s.csv": `address,service\n${services}`,
  })
  const all = ["trace", "--transfers", "t.csv", "--services", "s.csv", "--json", ...args]
  const { code, out, err } = ashiato(all, folder)
  expect({ code, err }).toEqual({ code: 0, err: "" })
  return JSON.parse(out)
}

/** Fills a row up to ten fields. */
const padded = (row: string): string => `${row}${",".repeat(9 - row.split(",").length + 1)}\n`

const gaps = (document: TraceDocument) => document.gaps.map(({ code, pot, amount }) => [code, pot, amount])
const fifo = (document: TraceDocument, asset: string) => {
  return document.answers.find(answer => answer.asset === asset)?.rules.fifo
}

describe("gaps say what is not known, once and of the right pot", () => {
  it("a theft that went to no record's destination", () => {
    const document = traced(["a,0,1,,v,?,XEM,100"], ["--theft", "a#0", "--rule", "fifo"])
    expect(fifo(document, "XEM")?.total.unrecorded).toBe("100")
    expect(gaps(document)).toEqual([["unrecorded", "v/XEM", "100"]])
    expect(document.complete).toBe(false)
  })

  it("an exchange's leg to nowhere counts once, in its own asset", () => {
    const rows = [
      "a,0,1,,v,x,A,60",
      "b,0,1,,v,y,A,40",
      "g,0,1,,,p,B,10,reward",
      "e,0,2,,p,x,B,5,,e",
      "e,1,2,,p,?,B,5,,e",
    ]
    const document = traced(
      [...rows, "e,2,2,,x,p,A,60,,e", "e,3,2,,y,p,A,40,,e"],
      ["--theft", "a#0,b#0", "--rule", "fifo"],
    )
    expect(gaps(document)).toEqual([["unrecorded", "p/B", "5"]])
  })

  it("what was issued is not counted again when the pot is entered again", () => {
    const rows = [
      "i,0,1,,,x,XEM,10",
      "a,0,2,,v,x,XEM,5",
      "b,0,3,,x,y,XEM,15",
      "c,0,4,,v,x,XEM,5",
      "d,0,5,,x,y,XEM,5",
    ]
    const document = traced([...rows, "e,0,6,,v,x,XEM,5"], ["--theft", "a#0,c#0,e#0", "--rule", "fifo"])
    expect(gaps(document)).toContainEqual(["origin-unknown", "x/XEM", "10"])
  })

  it("a minted leg of an exchange is a gap of the pot that it enters, whatever else is traced", () => {
    const rows = ["a,0,1,,v,x,A,60", "b,0,1,,v,pool,A,40", "e,0,2,,x,pool,A,10,,e", "e,1,2,,,x,B,10,,e"]
    for (const thefts of ["a#0", "a#0,b#0"]) {
      const document = traced(rows, ["--theft", thefts, "--rule", "fifo"])
      expect(gaps(document)).toEqual([["origin-unknown", "x/B", "10"]])
    }
  })
})

describe("what moves nothing", () => {
  it("an exchange's leg to oneself", () => {
    const rows = [
      "a,0,1,,v,x,A,100",
      "g,0,1,,,p,B,50,reward",
      "e,0,2,,x,p,A,50,,e",
      "e,1,2,,p,x,B,50,,e",
      "e,2,2,,x,x,A,30,,e",
    ]
    const total = fifo(traced(rows, ["--theft", "a#0", "--rule", "fifo"]), "A")?.total
    expect(total).toMatchObject({ declared: "100", exchanged: "50", held: "50" })
  })

  it("a theft beyond the horizon: named, and counts 0", () => {
    const document = traced(
      ["a,0,1,,v,x,XEM,5", "c,0,6,,v,x,XEM,7"],
      ["--theft", "c#0", "--to-height", "5", "--rule", "fifo"],
    )
    expect(document.answers).toMatchObject([
      { asset: "XEM", thefts: [{ id: "c#0", refs: ["c#0"], declared: "0" }] },
    ])
    expect(gaps(document)).toEqual([["theft-beyond-horizon", null, null]])
    expect(document.horizon.height).toBe(5)
  })
})

describe("the JSON", () => {
  const rows = ["a,0,1,,v,x,XEM,5", "b,0,2,,x,y,XEM,5"]

  it("says how many flows are missing when it was asked for some, be it none", () => {
    const left = (...flows: string[]) =>
      fifo(traced(rows, ["--theft", "a#0", "--rule", "fifo", ...flows]), "XEM")?.flowsLeftOut
    expect([left(), left("--flows", "0"), left("--flows", "1"), left("--flows", "all")]).toEqual([
      undefined,
      2,
      1,
      undefined,
    ])
  })

  it("leaves the range out for fewer than two conserving rules", () => {
    expect(traced(rows, ["--theft", "a#0", "--rule", "fifo,poison"]).answers[0]?.range).toBeUndefined()
    expect(traced(rows, ["--theft", "a#0", "--rule", "fifo,lifo"]).answers[0]?.range).toHaveLength(1)
  })

  it("stays complete when following goes through services, and warns", () => {
    const document = traced(
      rows,
      ["--theft", "a#0", "--stop-at-services", "no", "--rule", "fifo"],
      "y,Exch\n",
    )
    expect(document.complete).toBe(true)
    expect(gaps(document)).toEqual([["services-followed", null, null]])
    expect(fifo(document, "XEM")?.arrivals).toEqual([])
  })
})

describe("the table", () => {
  const table = (rows: readonly string[], args: readonly string[], services = ""): string => {
    const folder = newFolder({
      "t.csv": HEAD + rows.map(padded).join(""),
      "s.csv": `address,service\n${services}`,
    })
    return ashiato(["trace", "--transfers", "t.csv", "--services", "s.csv", ...args], folder).out
  }

  it("shows what poison alone reaches", () => {
    const rows = ["r,0,0,,,x,XEM,100", "a,0,1,,v,x,XEM,100", "b,0,2,,x,svc,XEM,50"]
    const out = table(rows, ["--theft", "a#0", "--rule", "fifo,poison"], "svc,Exch\n")
    expect(out).toMatch(/\+ arrived at services +0 +50\n/)
    expect(out).toMatch(/Exch: 0 \/ 50 XEM/)
  })

  it("tells each rule's flows as its own", () => {
    const folder = newFolder({
      "o.csv":
        "txid,vout,height,index,time,address,value\ng,0,0,0,,v,10\ng,1,0,0,,w,10\na,0,1,1,,x,10\nb,0,2,1,,p,10\nb,1,2,1,,q,10\nc,0,3,1,,z,20\n",
      "i.csv": "txid,n,spent_txid,spent_vout\na,0,g,0\nb,0,a,0\nb,1,g,1\nc,0,b,0\nc,1,b,1\n",
    })
    const args = [
      "trace",
      "--theft",
      "a:0",
      "--outputs",
      "o.csv",
      "--inputs",
      "i.csv",
      "--rule",
      "fifo,lifo",
      "--flows",
      "all",
    ]
    const { out } = ashiato(args, folder)
    const [, first = "", second = ""] = out.split(/^Flows: /m)
    expect(first).toMatch(/^fifo\n[\s\S]*b:0 /)
    expect(second).toMatch(/^lifo\n[\s\S]*b:1 /)
  })

  it("keeps arrivals apart that no record tells apart", () => {
    const rows = ["a,0,1,,v,x,XEM,30", ",0,2,,x,svc,XEM,10", ",0,3,,x,svc,XEM,20"]
    const out = table(rows, ["--theft", "a#0", "--rule", "fifo"], "svc,Exch\n")
    expect(out).toMatch(/Exch: 30 XEM \(2 arrivals\)/)
    expect(out).toMatch(/^svc +reported +20$/m)
    expect(out).toMatch(/^svc +reported +10$/m)
  })
})

describe("the report file", () => {
  it("is written whole or not at all: a folder that refuses it keeps what it had", () => {
    const folder = newFolder({ "r.html": "the earlier report" })
    mkdirSync(join(folder, "taken.html"))
    const { code, out, err } = ashiato(["trace", "coincheck-2018", "--report", "taken.html"], folder)
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(err).toMatch(/^ashiato: taken\.html: the report cannot be written \(E[A-Z]+\)[^\n]+\n$/)
    expect(ashiato(["trace", "coincheck-2018", "--report", "r.html"], folder).code).toBe(0)
    expect(readFileSync(join(folder, "r.html"), "utf8")).toMatch(/<\/html>\s*$/)
    expect(readdirSync(folder).sort()).toEqual(["r.html", "taken.html"])
    symlinkSync("r.html", join(folder, "link.html"))
    expect(ashiato(["trace", "bybit-2025", "--report", "link.html"], folder).code).toBe(0)
    expect(lstatSync(join(folder, "link.html")).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, "r.html"), "utf8")).toContain("Bybit")
  })
})

describe("the command line", () => {
  it("helps before it complains, in either language, with --lang anywhere", () => {
    expect(ashiato(["trace", "--help", "--rule", "foo"])).toMatchObject({ code: 0, err: "" })
    expect(ashiato(["--lang", "ja", "--help"]).out).toMatch(/盗まれたコイン/)
    expect(ashiato([])).toMatchObject({ code: 0, err: "" })
  })

  it.skipIf(!existsSync("/dev/full"))("says so when the answer cannot be written (/dev/full)", () => {
    const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))
    const full = openSync("/dev/full", "w")
    const done = spawnSync(process.execPath, [main, "trace", "coincheck-2018", "--json"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    })
    expect(done.status).toBe(2)
    expect(done.stderr).toMatch(/^ashiato: the answer cannot be written \(ENOSPC\)/)
  })
})
