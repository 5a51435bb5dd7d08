import { spawn } from "node:child_process"
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { mineChain } from "../../testing/explorers/mined-chain.ts"
import { makeBitcoinLedger } from "../../testing/generator/bitcoin-ledger.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { GENESIS } from "../readers/blocks/made-chain.ts"
import { records, writeFolder } from "../readers/blocks/written-folder.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const EXAMPLE = fileURLToPath(new URL("../../examples/exchange-deposit/", import.meta.url))

/** A folder with block files of a small made chain, and one of its transactions. */
function withBlocks(seed: number): { readonly folder: string; readonly theft: string } {
  const ledger = makeBitcoinLedger(new Dice(seed))
  const chain = mineChain(ledger, undefined, GENESIS.regtest)
  const folder = newFolder()
  mkdirSync(join(folder, "blocks"))
  writeFolder(join(folder, "blocks"), { files: { 0: records(chain.blocks.map(({ bytes }) => bytes)) } })
  return { folder, theft: `${chain.txidOf("coinbase 1")}:0` }
}

const BITCOIN = ["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest"]

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

describe("a ledger of a file of transfers", () => {
  const traced = (folder: string, ...more: string[]) => {
    const asked = ["--thefts", "thefts.csv", "--services", "services.csv", "--json", "--flows", "all"]
    const { code, out, err } = ashiato(["trace", ...asked, ...more], folder)
    expect(err).toBe("")
    expect(code).toBe(0)
    return JSON.parse(out)
  }

  it("gives the answer that the file gives", () => {
    const folder = newFolder()
    cpSync(EXAMPLE, folder, { recursive: true })
    expect(ashiato(["ingest", "transfers", "transfers.csv"], folder)).toMatchObject({ code: 0, err: "" })
    for (const more of [[], ["--to-height", "103"], ["--fees", "follow"], ["--stop-at-services", "no"]]) {
      expect(traced(folder, ...more)).toEqual(traced(folder, ...more, "--transfers", "transfers.csv"))
    }
  })

  it("goes on where a file was added to, with holes between its heights, and takes back what was changed", () => {
    const rows = ["txid,n,height,time,from,to,asset,amount", "a,0,5,,mint,x,GOLD,100", "b,0,90,,x,y,GOLD,60"]
    const folder = newFolder({ "t.csv": `${rows.join("\n")}\n` })
    const ingest = () => ashiato(["ingest", "transfers", "t.csv"], folder).out
    expect(ingest()).toMatch(/blocks 5 to 90 stored/)
    appendFileSync(join(folder, "t.csv"), "c,0,5000000,,y,z,GOLD,60\n")
    expect(ingest()).toMatch(/to 5000000 stored/)
    const asked = ["--theft", "a#0", "--json", "--flows", "all"]
    const both = () => [
      ashiato(["trace", ...asked], folder).out,
      ashiato(["trace", ...asked, "--transfers", "t.csv"], folder).out,
    ]
    expect(both()[0]).toBe(both()[1])
    writeFileSync(join(folder, "t.csv"), `${[...rows, "c,0,5000000,,y,w,GOLD,59"].join("\n")}\n`)
    expect(ingest()).toMatch(/1 block taken back/)
    expect(both()[0]).toBe(both()[1])
    const earlier = [rows[0], rows[1], "b,0,90,,x,y,GOLD,61", "c,0,5000000,,y,w,GOLD,59"]
    writeFileSync(join(folder, "t.csv"), `${earlier.join("\n")}\n`)
    expect(ingest()).toMatch(/2 blocks taken back.*blocks 6 to 5000000/)
    expect(both()[0]).toBe(both()[1])
    expect(ashiato(["ledger", "verify"], folder)).toMatchObject({ code: 0, err: "" })
  })

  it("needs heights", () => {
    const folder = newFolder({ "t.csv": "txid,n,height,time,from,to,asset,amount\na,0,,,x,y,GOLD,1\n" })
    expect(ashiato(["ingest", "transfers", "t.csv"], folder)).toMatchObject({ code: 2 })
    expect(ashiato(["ingest", "transfers", "t.csv"], folder).err).toMatch(/t\.csv: the rows have no heights/)
  })
})

describe("a ledger of block files", () => {
  it("is traced, verified, told of, and ingested again without a change", () => {
    const { folder, theft } = withBlocks(7)
    expect(ashiato(BITCOIN, folder)).toMatchObject({ code: 0, err: "" })
    const before = filesBelow(join(folder, "ashiato.ledger", "columns"))
    expect(ashiato(BITCOIN, folder).out).toMatch(/nothing new/)
    expect(filesBelow(join(folder, "ashiato.ledger", "columns"))).toEqual(before)
    expect(ashiato(["ledger", "verify"], folder)).toMatchObject({ code: 0, err: "" })
    expect(ashiato(["ledger", "info", "--lang", "ja"], folder).out).toMatch(/チェーン: regtest/)
    const answer = JSON.parse(ashiato(["trace", "--theft", theft, "--json"], folder).out)
    expect(answer).toMatchObject({ chain: "regtest", complete: true })
    expect(answer.horizon.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it("is refused on another network, for another chain, or where there is none", () => {
    const { folder } = withBlocks(8)
    expect(ashiato(["ingest", "bitcoin", "--blocks", "blocks"], folder).err).toMatch(/blocks.*regtest/)
    expect(ashiato(BITCOIN, folder).code).toBe(0)
    cpSync(EXAMPLE, folder, { recursive: true })
    expect(ashiato(["ingest", "transfers", "transfers.csv"], folder).err).toMatch(/holds regtest/)
    expect(
      ashiato(["trace", "--theft", "a:0", "--chain", "litecoin", "--ledger", "ashiato.ledger"], folder).err,
    ).toMatch(/holds regtest, not litecoin/)
    expect(ashiato(["ledger", "info", "--ledger", "none"], folder).err).toMatch(/there is no ledger at none/)
    expect(ashiato(["trace", "--theft", "a:0", "--ledger", "none"], folder).err).toMatch(
      /there is no ledger at none/,
    )
  })

  it("says which block is broken, and stores nothing of it", () => {
    const { folder } = withBlocks(9)
    const file = join(folder, "blocks", "blk00000.dat")
    const bytes = readFileSync(file)
    // The last byte but four is in the last transaction's last output script.
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 6) ^ 1, bytes.length - 6)
    writeFileSync(file, bytes)
    const { code, err } = ashiato(BITCOIN, folder)
    expect(code).toBe(2)
    expect(err).toMatch(/block \d+ is not readable \(merkle root does not match/)
    const info = JSON.parse(ashiato(["ledger", "info", "--json"], folder).out)
    // All before it is stored, and readers see it.
    expect(Number(/block (\d+)/.exec(err)?.[1])).toBe(info.horizon.height + 1)
    expect(info.published).toEqual(info.horizon)
  })

  it("finds every damage of its columns, and they can be made again", () => {
    const { folder, theft } = withBlocks(10)
    expect(ashiato(BITCOIN, folder).code).toBe(0)
    const columns = filesBelow(join(folder, "ashiato.ledger", "columns"))
    const values = columns.find(name => name.endsWith("output-value.col")) as string
    const bytes = readFileSync(values)
    bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3)
    writeFileSync(values, bytes)
    expect(ashiato(["trace", "--theft", theft], folder)).toMatchObject({ code: 2 })
    expect(ashiato(["trace", "--theft", theft], folder).err).toMatch(/columns are damaged \(.*output-value/)
    expect(ashiato(["ledger", "verify"], folder)).toMatchObject({ code: 1 })
    rmSync(join(folder, "ashiato.ledger", "columns"), { recursive: true })
    expect(ashiato(["trace", "--theft", theft], folder).err).toMatch(/no published columns yet/)
    expect(ashiato(["ledger", "publish"], folder)).toMatchObject({ code: 0, err: "" })
    expect(ashiato(["ledger", "verify"], folder)).toMatchObject({ code: 0 })
    expect(ashiato(["trace", "--theft", theft], folder)).toMatchObject({ code: 0 })
  })

  it("publishes what a run that was killed has stored and not published, with nothing new to store", () => {
    const { folder, theft } = withBlocks(12)
    expect(ashiato(BITCOIN, folder).code).toBe(0)
    rmSync(join(folder, "ashiato.ledger", "columns"), { recursive: true })
    expect(ashiato(BITCOIN, folder)).toMatchObject({ code: 0, err: "" })
    expect(ashiato(["trace", "--theft", theft], folder)).toMatchObject({ code: 0 })
  })

  it("names who is writing it; readers are not kept waiting", async () => {
    const { folder, theft } = withBlocks(11)
    expect(ashiato(BITCOIN, folder).code).toBe(0)
    const script = `import { DuckDBInstance } from "@duckdb/node-api"
      const held = await DuckDBInstance.create(${JSON.stringify(join(folder, "ashiato.ledger", "ledger.duckdb"))})
      console.log("held")
      setInterval(() => held, 1000)`
    const root = fileURLToPath(new URL("../..", import.meta.url))
    const holder = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: root })
    try {
      await new Promise(resolve => holder.stdout.once("data", resolve))
      expect(ashiato(BITCOIN, folder).err).toContain(`(PID ${holder.pid})`)
      expect(ashiato(["ledger", "info"], folder).out).toContain(`(PID ${holder.pid})`)
      expect(ashiato(["trace", "--theft", theft], folder)).toMatchObject({ code: 0, err: "" })
    } finally {
      holder.kill("SIGKILL")
    }
  })
})

describe("what ingest and ledger are asked", () => {
  it.each([
    [["ingest"], /ingest/],
    [["ingest", "dogecoin"], /dogecoin.*bitcoin/],
    [["ingest", "bitcoin"], /--blocks \/ --rpc/],
    [["ingest", "bitcoin", "--blocks", "a", "--rpc", "http://localhost:1"], /--blocks.*--rpc/],
    [["ingest", "bitcoin", "--blocks", "a", "--network", "signet"], /signet.*mainnet/],
    [["ingest", "bitcoin", "--blocks", "nowhere"], /nowhere: there is no such/],
    [["ingest", "bitcoin", "--blocks", "a", "extra"], /extra/],
    [["ingest", "bitcoin", "--blocks", "a", "--from-height", "3"], /--from-height/],
    [["ingest", "ethereum", "--rpc", "x", "--network", "mainnet"], /--network/],
    [["ingest", "nem"], /--nis/],
    [["ingest", "transfers"], /FILE/],
    [["ingest", "bitcoin", "--rpc", "not an address"], /not an http or https address/],
    [["ledger"], /info \/ verify \/ publish/],
    [["ledger", "burn"], /burn/],
    [["ledger", "info", "twice"], /twice/],
    [
      ["trace", "--theft", "a:0", "--rpc", "http://localhost:1", "--nis", "http://localhost:1"],
      /--rpc.*--nis/,
    ],
    [["trace", "--theft", "a:0", "--rpc-cookie", "c", "--ledger", "l"], /--rpc-cookie goes with --rpc/],
    [["trace", "coincheck-2018", "--explorer", "http://localhost:1"], /coincheck-2018.*--explorer/],
    [["trace", "bybit-2025", "--nis", "http://localhost:1"], /--nis.*bybit-2025/],
  ] as const)("%j is told in one line", (args, expected) => {
    const { code, err, out } = ashiato(args)
    expect(out).toBe("")
    expect(err.trimEnd().split("\n")).toHaveLength(1)
    expect(err).toMatch(expected)
    expect(code).toBe(2)
  })
})
