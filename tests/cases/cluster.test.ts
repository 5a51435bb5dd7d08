import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { clusterOf } from "../../src/cases/cluster-of.ts"
import { columnsOf } from "../../src/chains/bitcoin/decode-columns.ts"
import { coinjoinOf } from "../../src/clustering/coinjoin.ts"
import type { Label } from "../../src/ports/label-book.ts"
import { NODE_HASHES } from "../../src/readers/decoding/node-hashes.ts"
import { openColumns } from "../../src/stores/columns/columns.ts"
import { Database } from "../../src/stores/duckdb/database.ts"
import { UtxoStore } from "../../src/stores/duckdb/utxo-store.ts"
import { UtxoOwnerGraph } from "../../src/stores/utxo-ledger/utxo-owner-graph.ts"
import { bitcoinScenario } from "../stores/duckdb/bitcoin-scenario.ts"
import { bookOf, label } from "./label-books.ts"

/** A made chain as a published ledger, and its raw rows. */
async function made(seed: number) {
  const { chain, scenario } = bitcoinScenario(seed)
  const folder = mkdtempSync(join(tmpdir(), "ashiato-cluster-"))
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
  const columns = openColumns(folder)
  const graph = new UtxoOwnerGraph(columns, "regtest")
  const close = (): void => {
    columns.close()
    rmSync(folder, { recursive: true })
  }
  return { graph, ledger: scenario.ledger, close }
}

type Made = Awaited<ReturnType<typeof made>>

/** Whom each transaction's inputs are of, from the raw rows; "" is a script without address. */
function payersOf({ ledger }: Made): ReadonlyMap<string, ReadonlySet<string>> {
  const addressOf = new Map(ledger.outputs.map(({ txid, vout, address }) => [`${txid}:${vout}`, address]))
  const payers = new Map<string, Set<string>>()
  for (const { txid, spent_txid, spent_vout } of ledger.inputs) {
    const known = payers.get(txid) ?? new Set()
    payers.set(txid, known.add(addressOf.get(`${spent_txid}:${spent_vout}`) ?? ""))
  }
  return payers
}

/** Sets of addresses, joined until nothing changes any more. */
function naiveClusters(one: Made): readonly ReadonlySet<string>[] {
  const joins = [...payersOf(one)].filter(([txid]) => {
    const tx = one.graph.transactionOf(txid)
    return tx !== null && coinjoinOf(one.graph.transaction(tx)) === null
  })
  let clusters = [...new Set(one.ledger.outputs.map(({ address }) => address))].map(
    address => new Set([address]),
  )
  for (let changed = true; changed; ) {
    changed = false
    for (const [, payers] of joins) {
      const met = clusters.filter(cluster => [...payers].some(payer => cluster.has(payer)))
      if (met.length < 2) continue
      const whole = new Set(met.flatMap(cluster => [...cluster]))
      clusters = [...clusters.filter(cluster => !met.includes(cluster)), whole]
      changed = true
    }
  }
  return clusters
}

describe("clusters of a published ledger", () => {
  it.each([1, 2, 3, 4])(
    "are those of the raw rows, and every merge and path is of transactions that both ends paid in (chain %i)",
    async seed => {
      const one = await made(seed)
      const { graph, ledger } = one
      const payers = payersOf(one)
      const naive = naiveClusters(one)
      // The first block's coins are out of reach.
      const addresses = [
        ...new Set(ledger.outputs.filter(({ height }) => height > 0).map(row => row.address)),
      ]
      const known = addresses.filter(address => address !== "" && graph.ownerOf(address) !== null)
      expect(known.length).toBeGreaterThan(1)
      // A script without address has its own form for a name in a ledger.
      const nameOf = (owner: number): string => {
        const name = graph.addressOf(owner) ?? ""
        return name.startsWith("script:") ? "" : name
      }
      for (const address of known) {
        const owner = graph.ownerOf(address) as number
        const { cluster } = clusterOf(graph, owner, null)
        const expected = naive.find(set => set.has(address)) ?? new Set()
        expect(new Set(cluster.members.map(nameOf)), address).toEqual(expected)
        expect(cluster.merges).toHaveLength(cluster.members.length - 1)
        for (const member of cluster.members) {
          let at = owner
          for (const { from, tx, to } of cluster.explain(owner, member) ?? [{ from: -1, tx: 0, to: -1 }]) {
            expect(from).toBe(at)
            expect(payers.get(graph.txid(tx))).toContain(nameOf(from))
            expect(payers.get(graph.txid(tx))).toContain(nameOf(to))
            at = to
          }
          expect(at).toBe(member)
        }
      }
      one.close()
    },
  )
})

/** The first cluster of a made chain with at least three addresses, by owner. */
async function large(): Promise<{ one: Made; members: readonly number[]; address: (n: number) => string }> {
  for (let seed = 1; seed < 40; seed++) {
    const one = await made(seed)
    for (let owner = 0; owner < one.graph.ownerCount; owner++) {
      if (one.graph.outputCount(owner) === 0) continue
      const all = clusterOf(one.graph, owner, null).cluster.members
      const members = all.filter(member => one.graph.addressOf(member)?.startsWith("bcrt1"))
      if (members.length > 2)
        return { one, members, address: n => one.graph.addressOf(members[n] as number) as string }
    }
    one.close()
  }
  throw new Error("no chain with a cluster of three")
}

describe("labels of a cluster", () => {
  it("are carried as far as their list and each other let them", async () => {
    const { one, members, address } = await large()
    const reach = (...labels: readonly Label[]) => {
      const owner = members[0] as number
      return clusterOf(one.graph, owner, { book: bookOf(labels), chain: "bitcoin" }).reach(owner)
    }
    const said = (list: readonly { readonly label: Label }[]) => list.map(({ label }) => label.label).sort()
    const b = label(address(1), { label: "B", actor: "binance" })
    const c = label(address(2), { label: "C" })
    const both = reach(b, c)
    expect([said(both.carried), said(both.notCarried), both.actors]).toEqual([["B", "C"], [], ["binance"]])
    const alone = reach({ ...b, definesCluster: false }, c)
    expect([said(alone.carried), said(alone.notCarried), alone.actors]).toEqual([["C"], ["B"], []])
    const own = reach(label(address(0), { label: "A", actor: "Binance.com" }), b)
    expect([said(own.carried), own.own.length, own.actors.length]).toEqual([["B"], 1, 1])
    // The spelling that was met first.
    expect(["Binance.com", "binance"]).toContain(own.actors[0])
    // Two lists that give one address to two actors: which of them an address beside it is of, nobody can say.
    const torn = reach(b, { ...b, label: "K", actor: "kraken", list: "another" }, c)
    expect([said(torn.carried), said(torn.notCarried)]).toEqual([[], ["B", "C", "K"]])
    expect([...torn.actors].sort()).toEqual(["binance", "kraken"])
    const elsewhere = reach({ ...b, network: "litecoin" })
    expect([said(elsewhere.carried), elsewhere.actors]).toEqual([[], []])
    one.close()
  })

  it("are not carried through a cluster that was cut", async () => {
    const { one, members, address } = await large()
    const book = { book: bookOf([label(address(1), { label: "B" })]), chain: "bitcoin" }
    const owner = members[0] as number
    const found = clusterOf(one.graph, owner, book, { owners: 2, transactions: 100, outputs: 1000 })
    expect(found.cluster.cut).toBe("owners")
    expect(found.reach(owner).carried).toEqual([])
    one.close()
  })
})
