import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { depositRuleOn } from "../../src/cases/deposit-rule.ts"
import { depositAccountOf } from "../../src/clustering/deposit-account.ts"
import { likeness } from "../../src/clustering/look-alike.ts"
import type { ClusterDocument } from "../../src/contracts/cluster.ts"
import type { ScreenDocument } from "../../src/contracts/screen.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import type { StagedAccount } from "../../testing/accounts/account-book.ts"
import { type AccountWorld, makeAccountWorld } from "../../testing/accounts/account-economy.ts"
import { ETHEREUM } from "../../testing/accounts/ethereum-accounts.ts"
import { labelsOf } from "../../testing/accounts/measure-deposit-accounts.ts"
import { MemoryAccounts } from "../../testing/accounts/memory-accounts.ts"
import { type Anvil, startAnvil } from "../../testing/nodes/anvil.ts"
import { activeIn, type Replayed, replayAccounts } from "../../testing/nodes/staged-accounts.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))
/** Few enough to be lived through on a node within seconds; nothing waits for longer than the rule allows. */
const SMALL = { people: 40, blocks: 2_600, active: 0.12 }

let anvil: Anvil
let world: AccountWorld
let folder: string
let replayed: Replayed
let labels: ReadonlyMap<string, string>

const run = (...args: string[]) => {
  const done = ashiato(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code, done.out).toBe(0)
  return done.out
}

/** Beside us and not before us: the node waits where nobody reads what it says, and we would wait for the node. */
async function ingest(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, "ingest", "ethereum", ...args], {
    cwd: folder,
    stdio: "ignore",
  })
  const [code] = await once(child, "exit")
  expect(code).toBe(0)
}

beforeAll(async () => {
  anvil = await startAnvil(["--hardfork", "berlin"])
  world = makeAccountWorld(ETHEREUM, 1, SMALL)
  replayed = await replayAccounts(anvil, world.book)
  labels = labelsOf(world, ["hot", "gas", "cold", "contract"])
  const rows = world.book.accounts.flatMap(account => {
    const holder = labels.get(account.address)
    const service = `Service ${holder},service-${holder},exchange,2020-01-01`
    return holder === undefined ? [] : [`${replayed.addressOf(account)},ethereum,${service}`]
  })
  folder = newFolder()
  writeFileSync(
    join(folder, "list.csv"),
    ["address,network,label,actor,category,seen", ...rows, ""].join("\n"),
  )
  await ingest("--rpc", anvil.url, "--chain-id", "31337", "--up-to", "latest", "--check-tokens", "no")
  run("labels", "import", "list.csv")
}, 120_000)

afterAll(() => anvil?.stop())

/** Of forged accounts no key is there: they sent nothing on the node. */
const asked = () => activeIn(world.book).filter(({ use }) => use !== "forged")
const realOf = (account: StagedAccount): string => replayed.addressOf(account)

interface Recognised {
  readonly service: string
  readonly isWeak: boolean
  readonly assets: number
}

function recognised(): ReadonlyMap<StagedAccount, Recognised> {
  const { answers }: ClusterDocument = JSON.parse(run("cluster", ...asked().map(realOf), "--json"))
  const byRef = new Map(answers.map(({ ref, subjects }) => [ref, subjects.shown[0]?.deposit ?? null]))
  return new Map(
    asked().flatMap(account => {
      const deposit = byRef.get(realOf(account)) ?? null
      if (deposit === null) return []
      const { service, isWeak, assets = [] } = deposit
      return [[account, { service, isWeak, assets: assets.length }] as const]
    }),
  )
}

const RATES = /staged-accounts-1.*\n- deposit-account \(addresses\): 96\.7 %/

describe("an account economy that a real node lived through", () => {
  let found: ReadonlyMap<StagedAccount, Recognised>
  let sure: readonly StagedAccount[]

  beforeAll(() => {
    found = recognised()
    sure = [...found].flatMap(([account, { isWeak }]) => (isWeak ? [] : [account]))
  })

  it("has the deposit accounts that the staged one has, account by account", () => {
    const graph = new MemoryAccounts(world.book)
    const rule = depositRuleOn("ethereum", SMALL.blocks, 100_000)
    const expected = asked().flatMap(account => {
      const one = depositAccountOf(graph, account.address, other => labels.get(other) ?? null, rule)
      if (one === null) return []
      const { service, isWeak, assets } = one
      return [[account, { service: `service-${service}`, isWeak, assets: assets.length }] as const]
    })
    expect(expected.length).toBeGreaterThan(12)
    expect(found).toEqual(new Map(expected))
    // The truth, which nobody told the program.
    const right = sure.filter(account => found.get(account)?.service === `service-${account.holder}`)
    expect(right.length).toBeGreaterThan(4)
    expect(sure.length - right.length).toBeLessThanOrEqual(2)
  })

  it("prints the measured rates beside what is recognised, and beside what is not", () => {
    const [person] = world.population.people
    for (const account of [sure[0], person?.account]) {
      expect(run("cluster", account === undefined ? "" : realOf(account))).toMatch(RATES)
    }
  })

  it("tells the look-alikes of labelled accounts, and takes nobody else for one", () => {
    const labelled = world.book.accounts.filter(({ address }) => labels.has(address))
    const others = activeIn(world.book).filter(({ address }) => !labels.has(address))
    const refs = others.map(realOf)
    const { answers, rates }: ScreenDocument = JSON.parse(
      run("screen", ...refs, "--chain", "ethereum", "--json"),
    )
    let told = 0
    for (const [n, { ref, lookAlikes }] of answers.entries()) {
      const one = others[n]
      expect(ref).toBe(refs[n])
      const target = one?.imitates ?? null
      const isAlike = target !== null && labelled.includes(target) && likeness(ref, realOf(target)) !== null
      expect(lookAlikes.map(({ imitates }) => imitates)).toEqual(isAlike ? [realOf(target)] : [])
      if (isAlike) told++
    }
    expect(told).toBeGreaterThan(0)
    // That an address is a deposit account, swept once or more, is told beside.
    expect(rates.map(({ heuristic }) => heuristic).sort()).toEqual([
      "deposit-account",
      "deposit-account-one-sweep",
      "look-alike",
    ])
  })

  it("stops a trace at a deposit account for what it passes on, and prints how often that is right", () => {
    const { transfers } = world.book
    const ether = [...transfers.entries()].filter(([, { asset }]) => asset === "ETH")
    // Somebody was paid, and paid into such an account afterwards: his being paid is the theft.
    const pairs = ether.flatMap(([at, { to, from }]) => {
      if (!sure.includes(to) || from.use !== "own") return []
      const [before] = ether.filter(
        ([earlier, one]) => earlier < at && one.to === from && one.from.use !== "forged",
      )
      return before === undefined ? [] : [{ theft: before[0], deposit: to }]
    })
    const [pair] = pairs
    if (pair === undefined) throw new Error("nobody was paid before he paid in")
    const trace = ["trace", "--theft", `${replayed.txs.get(pair.theft)}#value`, "--rule", "dirty-first"]
    const { answers, rates }: TraceDocument = JSON.parse(run(...trace, "--json"))
    const arrivals = answers[0]?.rules["dirty-first"]?.arrivals ?? []
    const atDeposits = arrivals.filter(({ stoppedBy }) => stoppedBy?.kind === "deposit-address")
    expect(atDeposits.length).toBeGreaterThan(0)
    const holders = new Map(sure.map(account => [realOf(account), found.get(account)?.service]))
    for (const { address, service } of atDeposits) expect(service).toBe(holders.get(address))
    expect(rates?.map(({ heuristic }) => heuristic)).toEqual(["deposit-account"])
    expect(run(...trace)).toMatch(RATES)
  })
})
