import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { changeOf } from "../../src/clustering/change.ts"
import { clusterAround } from "../../src/clustering/cluster-around.ts"
import { coSpendOf } from "../../src/clustering/co-spend.ts"
import { depositOf } from "../../src/clustering/deposit-address.ts"
import { measuredRecord } from "../../src/clustering/measured-rates.ts"
import { inputCheckOf } from "../../src/clustering/payjoin.ts"
import type { ClusterDocument } from "../../src/contracts/cluster.ts"
import type { TraceDocument } from "../../src/contracts/trace.ts"
import { openColumns } from "../../src/stores/columns/columns.ts"
import { UtxoOwnerGraph } from "../../src/stores/utxo-ledger/utxo-owner-graph.ts"
import { Litecoind } from "../../testing/nodes/litecoind.ts"
import { stageWallets, type WalletStory } from "../../testing/nodes/staged-wallets.ts"
import { ashiato, newFolder } from "../cli/run-cli.ts"
import { togetherBy } from "./spent-together.ts"

const RULES = ["fifo", "haircut"] as const

let node: Litecoind
let story: WalletStory
let folder: string
let graph: UtxoOwnerGraph
let close: () => void

const run = (...args: string[]) => {
  const done = ashiato(args, folder)
  expect(done.err, args.join(" ")).toBe("")
  expect(done.code).toBe(0)
  return done.out
}

const trace = (...more: string[]): TraceDocument =>
  JSON.parse(
    run("trace", "--ledger", "ledger", "--theft", story.theft, "--rule", RULES.join(","), "--json", ...more),
  )

beforeAll(async () => {
  node = await Litecoind.start()
  story = await stageWallets(node.rpc)
  folder = newFolder({
    "hot.csv": `address,network,label,actor,category,seen\n${story.hot},litecoin-regtest,Staged Exchange hot,staged-exchange,exchange,2020-09-20\n`,
  })
  run("ingest", "bitcoin", "--rpc", node.url, "--network", "litecoin-regtest", "--ledger", "ledger")
  run("labels", "import", "hot.csv")
  const columns = openColumns(join(folder, "ledger"))
  graph = new UtxoOwnerGraph(columns, "litecoinRegtest")
  close = () => columns.close()
}, 180_000)

afterAll(async () => {
  close?.()
  await node?.remove()
})

const ownerOf = (address: string): number => {
  const owner = graph.ownerOf(address)
  if (owner === null) throw new Error(`${address} is not in the ledger`)
  return owner
}
const addressesOf = (owners: readonly number[]): string[] =>
  owners.map(owner => String(graph.addressOf(owner)))
const clusterOf = (address: string): string[] =>
  addressesOf(clusterAround(graph, ownerOf(address)).members).sort()
const holdersIn = (addresses: readonly string[]): string[] =>
  [...new Set(addresses.map(address => story.holderOf.get(address) ?? "nobody"))].sort()
const txOf = (txid: string) => {
  const tx = graph.transactionOf(txid)
  if (tx === null) throw new Error(`${txid} is not in the ledger`)
  return graph.transaction(tx)
}
function need<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("the answer is empty")
  return thing
}
const serviceOf = (owner: number): string | null => (graph.addressOf(owner) === story.hot ? "exchange" : null)

describe("who spends with whom on a real node's chain", () => {
  it("is as staged for every address: those that spent together, the coinjoin left out, and no others", () => {
    const together = togetherBy(story.chain, new Set([story.coinjoin]))
    let larger = 0
    for (const address of story.holderOf.keys()) {
      const expected = together.get(address) ?? [address]
      if (expected.length > 1) larger++
      expect(clusterOf(address), story.holderOf.get(address)).toEqual([...expected].sort())
    }
    expect(larger).toBeGreaterThan(10)
  })

  it("never puts two holders together but by the payjoin, where it is wrong by construction", () => {
    const mixed = new Set<string>()
    for (const address of story.holderOf.keys()) {
      const cluster = clusterOf(address)
      if (holdersIn(cluster).length > 1) mixed.add(cluster.join(" "))
    }
    expect([...mixed].map(cluster => holdersIn(cluster.split(" ")))).toEqual([["bob", "merchant"]])
    const payjoin = txOf(story.payjoin)
    expect(coSpendOf(payjoin)).toMatchObject({ joins: true })
    // The merge cannot be told from an honest one, but it is marked: the payment did not need the merchant's coin.
    expect(inputCheckOf(payjoin)).toMatchObject({ hasUnnecessaryInput: true })
    const [merchant] = payjoin.inputs.filter(({ owner }) => holdersIn(addressesOf([owner]))[0] === "merchant")
    const around = clusterAround(graph, merchant?.owner ?? -1)
    expect(around.unnecessary.map(({ tx }) => tx)).toEqual([payjoin.tx])
    expect(around.merges.map(({ tx }) => tx)).toEqual([payjoin.tx])
  })

  it("finds the join of the five, and no other transaction of the chain looks like one", () => {
    const found: string[] = []
    for (let tx = 0; tx < graph.transactionCount; tx++) {
      const coSpend = coSpendOf(graph.transaction(tx))
      if (!coSpend.joins && coSpend.reason === "coinjoin") found.push(graph.txid(tx))
    }
    expect(found).toEqual([story.coinjoin])
    const payers = txOf(story.coinjoin).inputs.map(({ owner }) => owner)
    expect(holdersIn(addressesOf(payers))).toEqual(["alice", "bob", "carol", "dave", "erin"])
    const [first] = payers
    expect(clusterAround(graph, first ?? -1).leftOut).toMatchObject([
      { finding: { pattern: "joinmarket", anonymitySet: 5 } },
    ])
  })

  it("names as agreed change only what went back to the payer", () => {
    let named = 0
    for (let tx = 0; tx < graph.transactionCount; tx++) {
      const transaction = graph.transaction(tx)
      if (graph.txid(tx) === story.payjoin) continue
      const isFirst = (pot: { owner: number; output: number }) =>
        [...graph.outputsOf(pot.owner)][0] === pot.output
      const { consensus } = changeOf(transaction, isFirst)
      if (consensus === null) continue
      named++
      const change = transaction.outputs.find(({ output }) => output === consensus)
      const payers = addressesOf(transaction.inputs.map(({ owner }) => owner))
      expect(holdersIn(addressesOf([change?.owner ?? -1]))).toEqual(holdersIn(payers))
    }
    expect(named).toBeGreaterThan(0)
  })

  it("knows each deposit address by its sweeps, and by no more than one payment only weakly", () => {
    const known: string[] = []
    for (const [address, customer] of story.deposits) {
      const found = depositOf(graph, ownerOf(address), serviceOf)
      expect(found, customer).toMatchObject({
        service: "exchange",
        waiting: 0,
        isWeak: customer === "mule 2",
      })
      known.push(address)
    }
    for (const address of story.holderOf.keys()) {
      if (!known.includes(address)) expect(depositOf(graph, ownerOf(address), serviceOf)).toBeNull()
    }
  })
})

describe("ashiato cluster on the same chain", () => {
  const answer = (ref: string): ClusterDocument =>
    JSON.parse(run("cluster", ref, "--ledger", "ledger", "--json"))

  it("tells the payjoin's merge as one that may be wrong, with the error rates as measured", () => {
    const { answers, rates } = answer(story.payjoin)
    const { cluster } = need(answers[0]?.subjects.shown[0])
    expect(holdersIn(cluster?.members.shown ?? [])).toEqual(["bob", "merchant"])
    expect(cluster?.payjoins.shown.map(({ txid }) => txid)).toEqual([story.payjoin])
    const coSpend = measuredRecord("co-spend")
    expect(rates.find(({ heuristic }) => heuristic === "co-spend")?.precision).toMatchObject({
      right: coSpend.truePositives,
      of: coSpend.truePositives + coSpend.falsePositives,
    })
  })

  it("gives the five of the coinjoin a cluster each, without another's addresses", () => {
    const [five] = answer(story.coinjoin).answers
    const holders = five?.subjects.shown.map(({ cluster }) => holdersIn(cluster?.members.shown ?? []))
    expect(holders?.flat().sort()).toEqual(["alice", "bob", "carol", "dave", "erin"])
  })

  it("recognises a deposit address by its sweeps, beside the hot address's label", () => {
    for (const [address, customer] of story.deposits) {
      const { deposit } = need(answer(address).answers[0]?.subjects.shown[0])
      expect(deposit).toMatchObject({ service: "staged-exchange", isWeak: customer === "mule 2" })
    }
  })
})

describe("a trace of the theft, with one label: the exchange's hot address", () => {
  const arrivalsIn = (document: TraceDocument) => document.answers[0]?.rules.fifo?.arrivals ?? []

  it("stops where the thief paid in: at a deposit address that forwards, else one step on at the label", () => {
    const arrivals = arrivalsIn(trace())
    const paidIn = new Map<string, bigint>()
    for (const [place, value] of story.cashedOut) paidIn.set(place, (paidIn.get(place) ?? 0n) + value)
    const weak = [...story.deposits].find(([, customer]) => customer === "mule 2")?.[0]
    const atDeposits = arrivals.filter(({ stoppedBy }) => stoppedBy?.kind === "deposit-address")
    const atLabel = arrivals.filter(({ stoppedBy }) => stoppedBy?.kind === "label")
    expect(arrivals).toHaveLength(atDeposits.length + atLabel.length)
    const [known] = story.cashedOut.filter(([place]) => place !== weak)
    expect(new Set(atDeposits.map(({ address }) => address))).toEqual(new Set([known?.[0]]))
    expect(new Set(atLabel.map(({ address }) => address))).toEqual(new Set([story.hot]))
    const sum = (some: typeof arrivals) => some.reduce((total, { traced }) => total + BigInt(traced), 0n)
    expect(sum(atDeposits)).toBe(paidIn.get(known?.[0] ?? ""))
    // The exchange's fee for the sweep went off on the way.
    expect(sum(atLabel)).toBe((paidIn.get(weak ?? "") ?? 0n) - 100_000n)
    for (const { service, stoppedBy } of atDeposits) {
      expect(service).toBe("staged-exchange")
      expect(stoppedBy).toMatchObject({ via: story.hot, grade: "inferred" })
    }
  })

  it("leaves strangers alone under every rule, has the rest at the chain's end, and accounts for every unit", () => {
    const document = trace()
    const { rules, thefts } = need(document.answers[0])
    expect(Object.keys(rules).sort()).toEqual([...RULES].sort())
    for (const rule of RULES) {
      const { holdings, arrivals, reconciles, total } = need(rules[rule])
      for (const { address } of holdings) expect(story.strangers, rule).not.toContain(address)
      expect(reconciles).toBe(true)
      const left = holdings.find(({ pot }) => pot === story.left)
      expect(left?.traced).toBe(String(story.leftValue))
      const sum = (some: readonly { readonly traced: string }[]) =>
        some.reduce((all, { traced }) => all + BigInt(traced), 0n)
      expect(total.declared).toBe(thefts[0]?.declared)
      expect(String(sum(holdings)), rule).toBe(total.held)
      expect(String(sum(arrivals)), rule).toBe(total.services)
      // Nothing but fees went anywhere else.
      expect(String(sum(holdings) + sum(arrivals) + BigInt(total.fees)), rule).toBe(total.declared)
    }
    expect(document.gaps.map(({ code }) => code)).not.toContain("services-followed")
  })

  it("goes through when told to, reaches strangers, and says what that means", () => {
    const document = trace("--stop-at-services", "no")
    const { haircut, fifo } = need(document.answers[0]).rules
    for (const answer of [haircut, fifo]) {
      expect(answer?.arrivals).toEqual([])
      expect(answer?.reconciles).toBe(true)
    }
    const reached = haircut?.holdings.flatMap(({ address }) => (address === null ? [] : [address])) ?? []
    for (const stranger of story.strangers) expect(reached).toContain(stranger)
    const gap = document.gaps.find(({ code }) => code === "services-followed")
    expect(gap?.text).toMatch(/staged-exchange.*accuse nobody/)
  })
})
