import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { DuckDBInstance } from "@duckdb/node-api"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { AccountRow } from "../../src/ledger/account-row.ts"
import { openEthereumNode } from "../../src/readers/ethereum/ethereum-node.ts"
import { netOf } from "../../src/readers/ethereum/token-check.ts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { type StagedEthereum, stageEthereum } from "../../testing/nodes/staged-ethereum.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { figures } from "../cli/swept-as-traced.ts"
import {
  big,
  FIRST,
  FOLDER,
  isThere,
  LAST,
  published,
  whether,
} from "../readers/ethereum/published-export.ts"

const RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"]

let anvil: Anvil
let staged: StagedEthereum
let folder: string
let rows: readonly AccountRow[]

const run = (...args: string[]) => {
  const done = ashiato(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code, done.out).toBe(0)
  return done.out
}

/** Everything of a short chain: anvil calls a block final when 64 others stand above it. */
const ingest = (ledger: string, ...more: string[]) =>
  run("ingest", "ethereum", "--rpc", anvil.url, "--chain-id", "31337", "--ledger", ledger, "--json", ...more)

const LATEST = ["--up-to", "latest"]
const infoOf = (ledger: string) => JSON.parse(run("ledger", "info", "--json", "--ledger", ledger))
const traced = (...asked: string[]) => JSON.parse(run("trace", ...asked, "--json", "--flows", "all"))
/** The first credit of an asset in a transaction. */
const creditOf = (name: string, contract: string) =>
  rows.find(({ tx, asset }) => tx.id === staged.txs[name] && asset === `erc20:${contract}`)?.ref ?? "none"
const txOf = (name: string) => staged.txs[name] ?? `no transaction "${name}"`

async function weiOf(account: string, block = "latest"): Promise<bigint> {
  return BigInt((await anvil.call("eth_getBalance", account, block)) as string)
}

/** What the ledger's own tables put into each account, less what they took out, added up by the database. */
async function storedNetOf(ledger: string, asset: string): Promise<ReadonlyMap<string, bigint>> {
  const database = await DuckDBInstance.create(join(folder, ledger, "ledger.duckdb"), {
    access_mode: "READ_ONLY",
  })
  const connection = await database.connect()
  const found = await connection.runAndReadAll(
    `with moves as (
       select to_account as account, amount from rows r join assets a on a.id = r.asset where a.name = $1
       union all
       select from_account, -amount from rows r join assets a on a.id = r.asset where a.name = $1)
     select name, sum(amount)::varchar from moves join accounts on accounts.id = account group by name order by name`,
    [asset],
  )
  connection.closeSync()
  database.closeSync()
  return new Map(found.getRows().map(([name, sum]) => [String(name), BigInt(String(sum))]))
}

/** Some of all that moved, in three thefts, and what a sweep and a trace say of them. */
function thefts(): string {
  const some = rows.filter(({ from, to }, at) => at % 4 === 1 && from !== to && to !== null)
  const lines = some.map(({ ref }, at) => `theft ${at % 3},${ref}`)
  return `theft,ref\n${lines.join("\n")}\n`
}
const swept = (...asked: string[]) =>
  JSON.parse(run("sweep", "--thefts", "thefts.csv", ...asked, "--json", "--list", "100000"))
const asTraced = (...asked: string[]) =>
  figures(JSON.parse(run("trace", "--thefts", "thefts.csv", ...asked, "--json")))

/** The feed's rows as a file of transfers, where a row's number is its place in its transaction. */
function fileOf(all: readonly AccountRow[]): { csv: string; refs: ReadonlyMap<string, string> } {
  const count = new Map<string, number>()
  const refs = new Map<string, string>()
  const lines = all.map(({ tx, ref, from, to, asset, amount, kind, grade }) => {
    const id = tx.id ?? `block:${tx.height}`
    const n = count.get(id) ?? 0
    count.set(id, n + 1)
    refs.set(ref, `${id}#${n}`)
    const time = typeof tx.time === "string" ? tx.time : ""
    return [id, n, tx.height, time, from ?? "", to ?? "", asset, amount, kind, grade].join(",")
  })
  const head = "txid,n,height,time,from,to,asset,amount,kind,grade"
  return { csv: `${[head, ...lines].join("\n")}\n`, refs }
}

beforeAll(async () => {
  anvil = await startAnvil(["--hardfork", "prague"])
  staged = await stageEthereum(anvil, "prague")
  folder = newFolder()
  const feed = await openEthereumNode({
    url: anvil.url,
    expectedChainId: 31_337,
    upTo: "latest",
    requestsPerSecond: 1e6,
  })
  const told: AccountRow[] = []
  for await (const batch of feed.blocks(0, feed.tip.height)) told.push(...batch.flatMap(block => block.rows))
  rows = told
}, 120_000)

afterAll(() => anvil?.stop())

describe("a real Ethereum node's chain in a ledger", () => {
  it("comes in up to the final block, or to the newest where that is asked for", () => {
    ingest("final")
    expect(infoOf("final").horizon.height).toBe(0)
    ingest("whole", ...LATEST)
    expect(infoOf("whole")).toMatchObject({ chain: "ethereum", horizon: { height: staged.height } })
    run("ledger", "verify", "--ledger", "whole")
    ingest("final", ...LATEST)
    expect(infoOf("final").horizon).toEqual(infoOf("whole").horizon)
  })

  it("is ingested twice without a change, and in two parts as in one", () => {
    const before = run("ledger", "info", "--json", "--ledger", "whole")
    ingest("whole", ...LATEST)
    expect(run("ledger", "info", "--json", "--ledger", "whole")).toBe(before)
    ingest("parts", ...LATEST, "--to-height", "10")
    expect(infoOf("parts").horizon.height).toBe(10)
    ingest("parts", ...LATEST)
    run("ledger", "verify", "--ledger", "parts")
    const { horizon, counts } = infoOf("whole")
    expect(infoOf("parts")).toMatchObject({ horizon, counts })
    const asked = ["--theft", `${txOf("plain")}#value`]
    expect(traced(...asked, "--ledger", "parts").answers).toEqual(
      traced(...asked, "--ledger", "whole").answers,
    )
  })

  it("adds up to what the node says that each account has, wei for wei", async () => {
    const net = await storedNetOf("whole", "ETH")
    expect(net).toEqual(new Map([...netOf(rows, "ETH")].sort()))
    expect(net.size).toBeGreaterThan(12)
    for (const [account, moved] of net) {
      expect(await weiOf(account), account).toBe((await weiOf(account, "0x0")) + moved)
    }
    expect(infoOf("whole").counts.rows).toBe(rows.length)
  })

  it.each([
    ["native value", () => [`${txOf("plain")}#value`]],
    ["what a contract moved", () => [`${txOf("split")}#call:0`, `${txOf("split below")}#call:0.0.1`]],
    ["an honest token", () => [`${txOf("transfer")}#log:1`]],
    [
      "everything at once",
      () => [`${txOf("plain")}#value`, `${txOf("mint")}#log:0`, `${txOf("split")}#value`],
    ],
  ] as const)("is traced as a file of the same rows is, under every rule: %s", (_, thefts) => {
    const { csv, refs } = fileOf(rows)
    writeFileSync(join(folder, "transfers.csv"), csv)
    const ledgers = thefts().join(",")
    const files = thefts()
      .map(ref => refs.get(ref) ?? `no row ${ref}`)
      .join(",")
    for (const more of [[], ["--fees", "follow"], ["--to-height", `${staged.height - 1}`]]) {
      const of = traced("--theft", ledgers, "--ledger", "whole", ...more)
      const plain = JSON.stringify(
        traced("--theft", files, "--transfers", "transfers.csv", "--chain", "ethereum", ...more).answers,
      )
      // Thefts are named after their references, which differ.
      const named = [...refs].reduce((text, [ref, file]) => text.replaceAll(`"${file}"`, `"${ref}"`), plain)
      for (const { rules } of of.answers) {
        expect(Object.keys(rules)).toEqual(RULES)
      }
      expect(of.answers).toEqual(JSON.parse(named))
    }
  })

  it("is swept as it is traced: at once, in parts with what was kept between, and with fees followed", () => {
    writeFileSync(join(folder, "thefts.csv"), thefts())
    const whole = ["--ledger", "whole"]
    const found = swept(...whole)
    expect(found.answers.length).toBeGreaterThan(1)
    expect(found.counts.haircut.holdings).toBeGreaterThan(3)
    expect(figures(found)).toEqual(asTraced(...whole))
    const follow = [...whole, "--fees", "follow"]
    const half = Math.floor(staged.height / 2)
    expect(figures(swept(...follow, "--to-height", `${half}`))).toEqual(
      asTraced(...follow, "--to-height", `${half}`),
    )
    const further = swept(...follow, "--run", "1")
    expect(further.resumedFrom.fifo).toBe(half)
    expect(figures(further)).toEqual(asTraced(...follow))
  })

  it("of a token with a fee on transfer the answer has a gap; of the honest one none", () => {
    const ledger = ["--ledger", "whole"]
    const gapsOf = (answer: { gaps: { code: string }[] }) => answer.gaps.map(({ code }) => code)
    const honest = traced("--theft", `${txOf("mint")}#log:0`, ...ledger)
    expect(gapsOf(honest)).not.toContain("token-does-not-add-up")
    const taken = creditOf("transfer with fee", staged.contracts.feeToken)
    const taking = traced("--theft", taken, ...ledger)
    expect(gapsOf(taking)).toContain("token-does-not-add-up")
    expect(taking.complete).toBe(false)
    ingest("unchecked", ...LATEST, "--check-tokens", "no")
    const unchecked = traced("--theft", taken, "--ledger", "unchecked")
    expect(gapsOf(unchecked)).not.toContain("token-does-not-add-up")
  })

  it("follows a reorganisation: what the chain has left is taken back", async () => {
    ingest("reorganised", ...LATEST, "--to-height", `${staged.height - 2}`)
    const snapshot = await anvil.call("evm_snapshot")
    const pay = async (to: string) => {
      const [from] = staged.people
      await anvil.call("eth_sendTransaction", { from, to, value: "0x7", gas: "0x5208" })
      await anvil.call("evm_mine")
      return (await anvil.call("eth_getBlockByNumber", "latest", true)) as {
        hash: string
        transactions: [{ hash: string }]
      }
    }
    const lost = await pay("0x00000000000000000000000000000000000000bb")
    expect(JSON.parse(ingest("reorganised", ...LATEST))).toMatchObject({
      after: { hash: lost.hash },
      undone: 0,
    })
    const [{ hash: lostTx }] = lost.transactions
    expect(traced("--theft", `${lostTx}#value`, "--ledger", "reorganised").complete).toBeDefined()
    writeFileSync(join(folder, "thefts.csv"), thefts())
    const asked = ["--ledger", "reorganised"]
    expect(swept(...asked).horizon.hash).toBe(lost.hash)
    await anvil.call("evm_revert", snapshot)
    await pay("0x00000000000000000000000000000000000000cc")
    const kept = await pay("0x00000000000000000000000000000000000000dd")
    const done = JSON.parse(ingest("reorganised", ...LATEST))
    expect(done).toMatchObject({ undone: 1, after: { height: staged.height + 2, hash: kept.hash } })
    run("ledger", "verify", "--ledger", "reorganised")
    const anew = swept(...asked)
    expect(anew.resumedFrom.fifo).toBeNull()
    expect(anew.horizon.hash).toBe(kept.hash)
    expect(figures(anew)).toEqual(asTraced(...asked))
    const gone = ashiato(["trace", "--theft", `${lostTx}#value`, "--ledger", "reorganised"], folder)
    expect(gone).toMatchObject({ code: 2, out: "" })
    expect(gone.err).toMatch(/^ashiato: theft reference .* is not in the records/)
    expect(gone.err.split("\n")).toHaveLength(2)
  })

  it("what makes no sense is told in one line", () => {
    const refused = (...more: string[]) => {
      const { code, out, err } = ashiato(["ingest", "ethereum", "--ledger", "refused", ...more], folder)
      expect(code, err).toBe(2)
      expect(out).toBe("")
      expect(err.trimEnd().split("\n")).toHaveLength(1)
      return err
    }
    expect(refused("--rpc", anvil.url)).toMatch(/chain 31337/)
    expect(refused("--export", "x", "--up-to", "latest")).toMatch(/--export.*--up-to/)
    expect(refused("--export", "x", "--check-tokens", "no")).toMatch(/--export.*--check-tokens/)
    expect(refused("--rpc", anvil.url, "--up-to", "tomorrow")).toMatch(/finalized \/ latest/)
    expect(refused("--rpc", anvil.url, "--check-tokens", "some")).toMatch(/yes \/ no/)
  })
})

describe("mainnet blocks as ethereum-etl exports them, in a ledger", () => {
  const itReads = isThere ? it : it.skip

  itReads(`verify, and one native value and one token are traced as the export says${whether}`, () => {
    run("ingest", "ethereum", "--export", FOLDER, "--ledger", "export")
    run("ingest", "ethereum", "--export", FOLDER, "--ledger", "export")
    run("ledger", "verify", "--ledger", "export")
    expect(infoOf("export").horizon.height).toBe(LAST)
    const paid = published("transactions").find(({ value, receipt_status, block_number }) => {
      return value !== "0" && receipt_status === "1" && block_number === `${FIRST}`
    })
    const native = traced("--theft", `${paid?.hash}#value`, "--ledger", "export")
    const moved = published("token_transfers").find(({ value }) => big(value) > 1_000_000n)
    const token = traced(
      "--theft",
      `${moved?.transaction_hash}#log:${moved?.log_index}`,
      "--ledger",
      "export",
    )
    for (const [answer, amount, asset] of [
      [native, paid?.value, "ETH"],
      [token, moved?.value, `erc20:${moved?.token_address}`],
    ]) {
      const [only] = answer.answers
      expect(only.asset).toBe(asset)
      for (const rule of RULES.filter(each => each !== "poison")) {
        expect(only.rules[rule].total.declared, rule).toBe(amount)
      }
      expect(answer.complete).toBe(false)
    }
    expect(native.gaps.map(({ code }: { code: string }) => code)).toContain("internal-calls-absent")
  })
})
