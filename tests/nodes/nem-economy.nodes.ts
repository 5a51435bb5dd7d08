import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { depositRuleOn } from "../../src/cases/deposit-rule.ts"
import { decodeBlock } from "../../src/chains/nem/block-binary.ts"
import { NEMESIS_HASH } from "../../src/chains/nem/nemesis.ts"
import { depositAccountOf } from "../../src/clustering/deposit-account.ts"
import type { ClusterDocument } from "../../src/contracts/cluster.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import type { StagedAccount } from "../../testing/accounts/account-book.ts"
import { makeAccountWorld } from "../../testing/accounts/account-economy.ts"
import { KNOWN, labelsOf } from "../../testing/accounts/measure-deposit-accounts.ts"
import { NEM } from "../../testing/accounts/nem-accounts.ts"
import { NisNode } from "../../testing/nis/nis-node.ts"
import { isUnsigned, type SignedWorld, signWorld } from "../../testing/nis/staged-accounts.ts"
import { dataOf, NEMESIS } from "../chains/nem/data.ts"
import { ashiatoBeside } from "../cli/run-beside.ts"
import { newFolder } from "../cli/run-cli.ts"

/** A day and a half. */
const SMALL = { people: 60, blocks: 2_160, active: 0.4 }
const nemesis = dataOf(NEMESIS)
const why = nemesis === null ? ` (skipped: ../shared/data/nem/${NEMESIS} absent)` : ""
const RATES = /staged-nem-1.*\n- deposit-account-nem \(addresses\): 85\.9 %/

describe.skipIf(nemesis === null)(`an account economy in blocks that a node of NEM tells${why}`, () => {
  const world = makeAccountWorld(NEM, 1, SMALL)
  const labels = labelsOf(world, KNOWN)
  const { accounts, transfers } = world.book
  /** Transactions that were not signed, and nothing of them is on the chain. */
  const left = new Set<number>()
  let node: NisNode
  let folder: string
  let told: SignedWorld
  let found: ReadonlyMap<StagedAccount, object>
  let expected: ReadonlyMap<StagedAccount, { readonly service: string; readonly isWeak: boolean }>

  const run = async (...args: string[]) => {
    const done = await ashiatoBeside(args, folder)
    expect(done.err, args.join(" ")).toBe("")
    expect(done.code, done.out).toBe(0)
    return done.out
  }
  const unsigned = new Set(accounts.filter(one => isUnsigned(world, one)).map(({ address }) => address))
  const movesOf = (address: string) => world.book.movesOf(address).filter(({ tx }) => !left.has(tx ?? -1))
  /** Everybody to whom or from whom something moved on the chain. */
  const asked = () => accounts.filter(one => !unsigned.has(one.address) && movesOf(one.address).length > 0)

  beforeAll(async () => {
    if (nemesis === null) return
    for (const address of unsigned) for (const { tx } of world.book.movesOf(address)) left.add(tx ?? -1)
    told = signWorld(world, { block: decodeBlock(nemesis), hash: NEMESIS_HASH })
    node = new NisNode(told.blocks, {
      balances: new Map(),
      mainOf: signer => signer,
      forwarded: address => address,
    })
    const url = await node.open()
    folder = newFolder()
    const rows = accounts.flatMap(account => {
      const holder = labels.get(account.address)
      const service = `Service ${holder},service-${holder},exchange,2020-01-01`
      return holder === undefined ? [] : [`${told.addressOf(account)},nem,${service}`]
    })
    const head = "address,network,label,actor,category,seen"
    writeFileSync(join(folder, "list.csv"), [head, ...rows, ""].join("\n"))
    await run("ingest", "nem", "--nis", url, "--ledger", "nem")
    await run("labels", "import", "list.csv")
    const said = await run("cluster", ...asked().map(told.addressOf), "--ledger", "nem", "--json")
    const { answers }: ClusterDocument = JSON.parse(said)
    const byRef = new Map(answers.map(({ ref, subjects }) => [ref, subjects.shown[0]?.deposit ?? null]))
    found = new Map(
      asked().flatMap(account => {
        const deposit = byRef.get(told.addressOf(account)) ?? null
        if (deposit === null) return []
        const { service, isWeak, assets = [] } = deposit
        return [[account, { service, isWeak, assets }] as const]
      }),
    )
    const rule = depositRuleOn("nem", SMALL.blocks, 100_000)
    const serviceOf = (other: string) => labels.get(other) ?? null
    expected = new Map(
      asked().flatMap(account => {
        const one = depositAccountOf({ movesOf }, account.address, serviceOf, rule)
        if (one === null) return []
        const { service, isWeak, assets } = one
        return [[account, { service: `service-${service}`, isWeak, assets }] as const]
      }),
    )
  }, 300_000)
  afterAll(() => node?.close())

  const sure = () => [...expected].flatMap(([account, { isWeak }]) => (isWeak ? [] : [account]))

  it("has the deposit accounts that the staged one has, account by account, asset by asset", () => {
    expect(expected.size).toBeGreaterThan(12)
    expect(found).toEqual(expected)
    // The truth, which nobody told the program.
    const right = sure().filter(account => expected.get(account)?.service === `service-${account.holder}`)
    expect(right.length).toBeGreaterThan(4)
  })

  it("prints NEM's measured rates beside what is recognised, and beside what is not", async () => {
    const [person] = world.population.people
    for (const account of [sure()[0], person?.account]) {
      if (account === undefined) throw new Error("there is nobody")
      expect(await run("cluster", told.addressOf(account), "--ledger", "nem")).toMatch(RATES)
    }
  })

  it("stops a trace at a deposit account for what it passes on, and prints how often that is right", async () => {
    const xem = [...transfers.entries()].filter(([at, { asset }]) => asset === "XEM" && told.txs.has(at))
    // Somebody was paid, and paid into such an account afterwards: his being paid is the theft.
    const [theft] = xem.flatMap(([at, { to, from }]) => {
      if (!sure().includes(to) || from.use !== "own" || !expected.has(to)) return []
      return xem.flatMap(([earlier, one]) => (earlier < at && one.to === from ? [earlier] : [])).slice(0, 1)
    })
    if (theft === undefined) throw new Error("nobody was paid before he paid in")
    // Row 0 is the fee.
    const ref = `${told.txs.get(theft)}#1`
    const trace = ["trace", "--theft", ref, "--rule", "dirty-first", "--ledger", "nem"]
    const { answers, rates }: TraceDocument = JSON.parse(await run(...trace, "--json"))
    const arrivals = answers[0]?.rules["dirty-first"]?.arrivals ?? []
    const atDeposits = arrivals.filter(({ stoppedBy }) => stoppedBy?.kind === "deposit-address")
    expect(atDeposits.length).toBeGreaterThan(0)
    const holders = new Map(sure().map(one => [told.addressOf(one), expected.get(one)?.service]))
    for (const { address, service } of atDeposits) expect(service).toBe(holders.get(address))
    expect(rates?.map(({ heuristic }) => heuristic)).toEqual(["deposit-account-nem"])
    expect(await run(...trace)).toMatch(RATES)
  })
})
