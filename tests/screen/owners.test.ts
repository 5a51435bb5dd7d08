import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { screen } from "../../src/cases/screen.ts"
import { ScreenClusters } from "../../src/cases/screen-clusters.ts"
import { openScreening } from "../../src/cases/screen-open.ts"
import { columnsOf } from "../../src/chains/bitcoin/decode-columns.ts"
import { coinjoinOf } from "../../src/clustering/coinjoin.ts"
import type { ClusterItem, ScreenAnswer } from "../../src/contracts/screen.ts"
import { NODE_HASHES } from "../../src/readers/decoding/node-hashes.ts"
import { Database } from "../../src/stores/duckdb/database.ts"
import { UtxoStore } from "../../src/stores/duckdb/utxo-store.ts"
import { Dice } from "../../testing/generator/dice.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import { bookOf, label } from "../cases/label-books.ts"
import { bitcoinScenario } from "../stores/duckdb/bitcoin-scenario.ts"

const RULES = ["fifo", "haircut"] as const

/** A random chain as a published ledger with thefts and labels, and its raw rows. */
async function made(seed: number) {
  const { chain, scenario } = bitcoinScenario(seed)
  const { ledger, thefts } = scenario
  const folder = mkdtempSync(join(tmpdir(), "ashiato-owners-"))
  const database = await Database.openOrCreate(folder, { chain: "regtest", shape: "utxo" })
  const store = await UtxoStore.open(database, "regtest")
  const raw = chain.blocks.map(({ bytes }) => bytes)
  await store.add(
    columnsOf(raw, chain.blocks[0]?.height ?? 0, "regtest", NODE_HASHES, () => {}),
    "test",
  )
  await store.commit()
  await store.publish(() => {})
  store.close()
  const theftsFile = join(folder, "thefts.csv")
  const refs = thefts.flatMap(({ id, refs: own }) => own.map(ref => `${id},${ref}\n`))
  writeFileSync(theftsFile, `theft,ref\n${refs.join("")}`)
  const nobody = { chain: null, labels: null, caseName: null, policyFile: null, asOf: null }
  const asked = { ...nobody, ledger: folder, theftsFile, rules: RULES, allRules: false }
  const { reader, setup } = await openScreening(
    asked,
    ({ code }) => code,
    () => {},
  )
  const addresses = [...new Set(ledger.outputs.map(({ address }) => address))].filter(one => one !== "")
  const dice = new Dice(seed)
  const labelled = addresses.filter(() => dice.chance(1 / 3))
  const labels = labelled.map(address => label(address, { network: "regtest", label: `of ${address}` }))
  // One that nobody labels, forged to look like one that is.
  const forged = addresses.find(address => !labelled.includes(address))
  const alike = [{ address: String(labelled[0]), head: 4, tail: 4 }]
  const book = { ...bookOf(labels), lookAlikesOf: (address: string) => (address === forged ? alike : []) }
  const { graph } = setup.ledger ?? {}
  if (!setup.ledger || !graph) throw new Error("the ledger does not tell owners")
  const clusters = new ScreenClusters(graph, setup.ledger, book)
  const ask = async (ref: string) =>
    screen(await reader.read(ref, () => []), null, { ...setup, book, clusters })
  return { ask, graph, ledger, thefts, labelled: new Set(labelled), forged, folder }
}

type Made = Awaited<ReturnType<typeof made>>

/** What the raw rows say, by loops over all of them. */
class Naive {
  readonly #ledger: Made["ledger"]
  readonly #clusters: readonly ReadonlySet<string>[]
  /** Traced to a theft, under a rule: what came to each output, and what it holds at the end. */
  readonly #traced: ReadonlyMap<string, ReturnType<typeof amountsOf>>

  constructor({ ledger, graph, thefts }: Made) {
    this.#ledger = ledger
    this.#clusters = clustersOf(this, ledger, txid => {
      const tx = graph.transactionOf(txid)
      return tx === null || coinjoinOf(graph.transaction(tx)) !== null
    })
    this.#traced = new Map(RULES.map(rule => [rule, amountsOf(ledger, thefts, rule)]))
  }

  spenders(txid: string): readonly string[] {
    const spent = this.#ledger.inputs.filter(input => input.txid === txid).sort((a, b) => a.n - b.n)
    return each(spent.map(input => this.ownerOf(`${input.spent_txid}:${input.spent_vout}`)))
  }

  receivers(txid: string): readonly string[] {
    const made = this.#ledger.outputs.filter(output => output.txid === txid)
    return each(made.map(({ vout }) => this.ownerOf(`${txid}:${vout}`)))
  }

  /** "" for whom no address names; the first block's coins are nobody's. */
  ownerOf(ref: string): string {
    const found = this.#ledger.outputs.find(({ txid, vout }) => `${txid}:${vout}` === ref)
    return found === undefined || found.height === 0 ? "" : found.address
  }

  clusterOf(address: string): ReadonlySet<string> {
    return this.#clusters.find(one => one.has(address)) ?? new Set([address])
  }

  /** What came to outputs of these owners and is there, but for some: by theft and rule. */
  tracedOf(owners: ReadonlySet<string>, isLeftOut: (ref: string) => boolean): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    for (const [rule, { received, held }] of this.#traced) {
      for (const theft of new Set([...received.values()].flatMap(one => [...one.keys()]))) {
        let [came, is] = [0n, 0n]
        for (const { txid, vout, address } of this.#ledger.outputs) {
          const ref = `${txid}:${vout}`
          if (!owners.has(address) || this.ownerOf(ref) === "" || isLeftOut(ref)) continue
          came += received.get(ref)?.get(theft) ?? 0n
          is += held.get(ref)?.get(theft) ?? 0n
        }
        if (came > 0n) found.set(`${theft} ${rule}`, `${came} ${is}`)
      }
    }
    return found
  }
}

const each = (owners: readonly string[]): readonly string[] => [...new Set(owners)].filter(one => one !== "")

function clustersOf(naive: Naive, { outputs, inputs }: Made["ledger"], isNoJoin: (txid: string) => boolean) {
  const groups = new Map<string, string[]>()
  for (const { txid, spent_txid, spent_vout } of inputs) {
    const owner = naive.ownerOf.call(naive, `${spent_txid}:${spent_vout}`)
    groups.set(txid, [...(groups.get(txid) ?? []), owner])
  }
  let clusters = [...new Set(outputs.map(({ address }) => address))].map(address => new Set([address]))
  for (let changed = true; changed; ) {
    changed = false
    for (const [txid, payers] of groups) {
      if (isNoJoin(txid)) continue
      const met = clusters.filter(cluster => payers.some(payer => cluster.has(payer)))
      if (met.length < 2) continue
      clusters = [
        ...clusters.filter(cluster => !met.includes(cluster)),
        new Set(met.flatMap(one => [...one])),
      ]
      changed = true
    }
  }
  return clusters
}

function amountsOf(ledger: Made["ledger"], thefts: Made["thefts"], rule: (typeof RULES)[number]) {
  const options = { fees: "drop", min: 0n, maxHops: null, stopAtServices: true, toHeight: null } as const
  const { answers } = oracle(ledger, thefts, { ...options, rule, services: new Map() })
  const received = new Map<string, Map<string, bigint>>()
  const held = new Map<string, ReadonlyMap<string, bigint>>()
  for (const { flows, holdings } of answers.values()) {
    for (const { to, byTheft } of flows) {
      if (to === null) continue
      const sums = received.get(to) ?? new Map<string, bigint>()
      for (const [theft, amount] of byTheft) sums.set(theft, (sums.get(theft) ?? 0n) + amount)
      received.set(to, sums)
    }
    for (const { pot, byTheft } of holdings) held.set(pot, byTheft)
  }
  return { received, held }
}

/** Scripts without address have a name of their own in a ledger; the rows call them nothing. */
const addressed = (names: readonly string[]) => names.filter(name => !name.startsWith("script:"))

function expectCluster(
  item: ClusterItem,
  owners: readonly string[],
  { naive, one }: { readonly naive: Naive; readonly one: Made },
  isOwn: (ref: string) => boolean,
): { readonly labels: number; readonly traced: number } {
  const [first = ""] = owners
  const members = naive.clusterOf(first)
  for (const owner of owners) expect(members).toContain(owner)
  expect(item.addresses).toBe(members.size)
  const others = [...members].filter(member => one.labelled.has(member) && !owners.includes(member))
  expect(item.labels.map(({ address }) => address).sort()).toEqual(others.sort())
  for (const { via, address } of item.labels) {
    expect([via[0], via.at(-1)]).toEqual([expect.toSatisfy(from => owners.includes(from)), address])
    for (let at = 1; at < via.length; at += 2) {
      const spenders = naive.spenders(String(via[at]))
      for (const end of addressed([String(via[at - 1]), String(via[at + 1])])) expect(spenders).toContain(end)
    }
  }
  const told = item.traced.flatMap(({ theft, rules }) =>
    Object.entries(rules).map(([rule, { received, held }]): [string, string] => [
      `${theft} ${rule}`,
      `${received} ${held}`,
    ]),
  )
  expect(new Map(told)).toEqual(naive.tracedOf(members, isOwn))
  return { labels: item.labels.length, traced: told.length }
}

function expectOwners(
  answer: ScreenAnswer,
  spent: readonly string[],
  received: readonly string[],
  { one, naive }: { readonly one: Made; readonly naive: Naive },
): void {
  expect(addressed(answer.owners?.spent ?? [])).toEqual(spent)
  expect(addressed(answer.owners?.received ?? [])).toEqual(received)
  const all = each([...received, ...spent])
  expect(addressed(answer.addresses)).toEqual(all)
  expect(answer.labels.map(({ address }) => address)).toEqual(
    answer.addresses.filter(address => one.labelled.has(address)),
  )
  const isForged = all.includes(String(one.forged))
  const carriesNothing = naive.tracedOf(new Set([String(one.forged)]), () => false).size === 0
  expect(answer.lookAlikes.map(({ of, carriesNothing: nothing }) => [of, nothing])).toEqual(
    isForged ? [[one.forged, carriesNothing]] : [],
  )
}

describe("outputs and transactions of a ledger, against loops over its raw rows", () => {
  it.each([3, 11, 12, 27])("are screened by those who spent and received (chain %i)", async seed => {
    const one = await made(seed)
    const naive = new Naive(one)
    const seen = { labels: 0, traced: 0, several: 0, payers: 0 }
    for (const txid of new Set(one.ledger.outputs.filter(row => row.height > 0).map(row => row.txid))) {
      const answer = await one.ask(txid)
      const [spent, received] = [naive.spenders(txid), naive.receivers(txid)]
      expectOwners(answer, spent, received, { one, naive })
      expect(answer.cluster).toBeNull()
      const owners = addressed(answer.clusters.flatMap(item => each([...item.spent, ...item.received])))
      // Each owner in one cluster, each cluster once.
      expect(owners.sort()).toEqual([...each([...spent, ...received])].sort())
      for (const item of answer.clusters) {
        const own = addressed(each([...item.spent, ...item.received]))
        if (own.length === 0) continue
        expect(addressed(item.spent)).toEqual(spent.filter(owner => own.includes(owner)))
        expect(addressed(item.received)).toEqual(received.filter(owner => own.includes(owner)))
        const found = expectCluster(item, own, { naive, one }, ref => ref.startsWith(`${txid}:`))
        seen.labels += found.labels
        seen.traced += found.traced
        if (own.length > 1) seen.several++
      }
    }
    for (const { txid, vout, height, address } of one.ledger.outputs) {
      if (height === 0) continue
      const ref = `${txid}:${vout}`
      const answer = await one.ask(ref)
      const spent = naive.spenders(txid)
      expectOwners(answer, spent, address === "" ? [] : [address], { one, naive })
      // Those who paid it, each in one cluster; its owner's again where one of them is in it.
      const payers = addressed(answer.clusters.flatMap(item => item.spent))
      expect(payers.sort()).toEqual([...spent].sort())
      for (const item of answer.clusters) {
        const own = addressed(each([...item.spent, ...item.received]))
        if (own.length > 0) expectCluster(item, own, { naive, one }, at => at === ref)
        seen.payers += own.length
      }
      if (address === "") continue
      if (answer.cluster === null) throw new Error(`${ref} has no cluster`)
      const members = naive.clusterOf(address)
      const owners = each([address, ...spent.filter(payer => members.has(payer))])
      const found = expectCluster(answer.cluster, owners, { naive, one }, own => own === ref)
      expect(answer.clusters.some(({ received }) => received.length > 0)).toBe(
        spent.some(payer => members.has(payer)),
      )
      seen.labels += found.labels
      seen.traced += found.traced
    }
    expect(seen.labels).toBeGreaterThan(0)
    expect(seen.traced).toBeGreaterThan(0)
    expect(seen.several).toBeGreaterThan(0)
    expect(seen.payers).toBeGreaterThan(0)
    rmSync(one.folder, { recursive: true })
  })
})
