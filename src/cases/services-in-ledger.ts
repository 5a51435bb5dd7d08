import { type Cluster, clusterAround } from "../clustering/cluster-around.ts"
import { CO_SPEND_DOUBTS } from "../clustering/co-spend.ts"
import { depositOf } from "../clustering/deposit-address.ts"
import type { Doubt } from "../clustering/doubt.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { KnownService } from "./services-known.ts"
import { knownByPattern } from "./services-pattern.ts"
import { CountedGraph, type ReadLimits, ReadTooMuch } from "./services-read-count.ts"
import type { Anchor, AnchorAt, Recogniser } from "./services-recogniser.ts"

/** An address with more than 50,000 inputs and outputs around it is no customer's. */
const LIMITS: ReadLimits = { each: 50_000, all: 4_000_000 }
const CLUSTER_LIMITS = { owners: 20_000, transactions: 20_000, outputs: 50_000 }
/** The guard against clusters of half the chain is that of `ashiato cluster`. */
const GUARD_SIZE = 10_000

/**
 * Recognises, in a ledger of Bitcoin's family, addresses that only forward to one labelled service (twice or more: a
 * single payment to a service is what anybody may make) and addresses that spend together with a labelled one.
 */
export class UtxoRecogniser implements Recogniser {
  readonly #graph: CountedGraph
  /** Clusters that were looked at, by each of their members; null where nothing comes of one. */
  readonly #clusterOf = new Map<number, LabelledCluster | null>()
  #passedOver = 0

  constructor(graph: OwnerGraph, limits: ReadLimits = LIMITS) {
    this.#graph = new CountedGraph(graph, limits)
  }

  get passedOver(): number {
    return this.#passedOver
  }

  recognise(address: string, anchorAt: AnchorAt): KnownService | null {
    const owner = this.#graph.ownerOf(address)
    if (owner === null) return null
    try {
      this.#graph.begin()
      const anchorOf = (other: number): Anchor | null => {
        const name = this.#graph.addressOf(other)
        return name === null ? null : anchorAt(name)
      }
      return this.#deposit(owner, anchorOf) ?? this.#member(owner, anchorOf)
    } catch (error) {
      if (!(error instanceof ReadTooMuch)) throw error
      this.#passedOver++
      return null
    }
  }

  #deposit(owner: number, anchorOf: (owner: number) => Anchor | null): KnownService | null {
    const met = new Map<number, Anchor>()
    const found = depositOf(this.#graph, owner, other => {
      const anchor = anchorOf(other)
      if (anchor !== null) met.set(other, anchor)
      return anchor?.service ?? null
    })
    if (found === null || found.isWeak) return null
    const [via] = [...met].find(([, { service }]) => service === found.service) ?? []
    if (via === undefined) return null
    return this.#known("deposit-address", via, met.get(via) as Anchor, found.sweeps, found.doubts)
  }

  #member(owner: number, anchorOf: (owner: number) => Anchor | null): KnownService | null {
    let labelled = this.#clusterOf.get(owner)
    if (labelled === undefined) labelled = this.#look(owner, anchorOf)
    if (labelled === null) return null
    const links = labelled.cluster.explain(owner, labelled.via)
    if (links === null || links.length === 0) return null
    const transactions = [...new Set(links.map(({ tx }) => tx))]
    return this.#known("cluster", labelled.via, labelled.anchor, transactions, CO_SPEND_DOUBTS)
  }

  #look(owner: number, anchorOf: (owner: number) => Anchor | null): LabelledCluster | null {
    const actorOf = (other: number): string | null => anchorOf(other)?.service ?? null
    const cluster = clusterAround(this.#graph, owner, { size: GUARD_SIZE, actorOf }, CLUSTER_LIMITS)
    // A cluster that was cut may hold an owner too many: what would have kept it apart was perhaps not seen.
    if (cluster.cut !== null) this.#passedOver++
    const labelled = cluster.cut === null ? labelledOf(cluster, anchorOf) : null
    for (const member of cluster.members) this.#clusterOf.set(member, labelled)
    return labelled
  }

  #known(
    kind: "deposit-address" | "cluster",
    via: number,
    anchor: Anchor,
    transactions: readonly number[],
    cannotRuleOut: readonly Doubt[],
  ): KnownService {
    const txids = transactions.map(tx => this.#graph.txid(tx))
    return knownByPattern(kind, this.#graph.addressOf(via) ?? "", anchor, txids, cannotRuleOut)
  }
}

interface LabelledCluster {
  readonly cluster: Cluster
  /** The member with the label. */
  readonly via: number
  readonly anchor: Anchor
}

function labelledOf(cluster: Cluster, anchorOf: (owner: number) => Anchor | null): LabelledCluster | null {
  if (cluster.members.length < 2) return null
  let first: LabelledCluster | null = null
  for (const via of cluster.members) {
    const anchor = anchorOf(via)
    if (anchor === null || !anchor.ofCluster) continue
    // Two services in one cluster: which of them an address is of nobody can say.
    if (first !== null && first.anchor.service !== anchor.service) return null
    first ??= { cluster, via, anchor }
  }
  return first
}
