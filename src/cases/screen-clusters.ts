import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { ClusterItem } from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { clusterOf, type LabelledCluster, type MemberLabel } from "./cluster-of.ts"
import { nameIn, pathIn } from "./cluster-path.ts"
import { labelItem } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import { tracedItems } from "./screen-traced.ts"
import { MOST_TRACED } from "./screen-unknown.ts"

/** Less than `ashiato cluster` looks at: a batch asks for many. */
const LIMITS = { owners: 20_000, transactions: 20_000, outputs: 50_000 }
/** Owners whose clusters are remembered. */
const MOST_KEPT = 200_000

export type ClusterScreened =
  | { readonly cluster: ClusterItem; readonly unknown: null }
  | { readonly cluster: null; readonly unknown: "not-in-ledger" | "too-large" | "actors-disagree" }

/** Clusters of the addresses that are screened, each looked up once for all its members. */
export class ScreenClusters {
  readonly #graph: OwnerGraph
  readonly #ledger: ScreenedLedger
  readonly #book: LabelBook | null
  readonly #kept = new Map<number, LabelledCluster>()

  constructor(graph: OwnerGraph, ledger: ScreenedLedger, book: LabelBook | null) {
    this.#graph = graph
    this.#ledger = ledger
    this.#book = book
  }

  /** What reaches an address through its cluster; its own labels and its own traced value are not among it. */
  screened(address: string): ClusterScreened {
    const owner = this.#graph.ownerOf(address)
    if (owner === null) return { cluster: null, unknown: "not-in-ledger" }
    const labelled = this.#kept.get(owner) ?? this.#look(owner)
    const { members, cut } = labelled.cluster
    if (cut !== null) return { cluster: null, unknown: "too-large" }
    const { actors, carried } = labelled.reach(owner)
    if (actors.length > 1) return { cluster: null, unknown: "actors-disagree" }
    const labels = eachOnce(carried).map(({ label, member }) => {
      const path = labelled.cluster.explain(owner, member) ?? []
      const via = pathIn(this.#graph, path).flatMap(({ txid, to }) => [txid, to])
      return { ...labelItem(label), via: [address, ...via] }
    })
    const representative = nameIn(this.#graph, members[0] ?? owner)
    const traced = this.#traced(members.filter(member => member !== owner))
    return {
      cluster: { representative, addresses: members.length, labels, traced, grade: "inferred" },
      unknown: null,
    }
  }

  #look(owner: number): LabelledCluster {
    const book = this.#book === null ? null : { book: this.#book, chain: this.#ledger.chain?.name ?? null }
    const labelled = clusterOf(this.#graph, owner, book, LIMITS)
    if (this.#kept.size > MOST_KEPT) this.#kept.clear()
    // A cluster that was cut is too large for each of its members.
    for (const member of labelled.cluster.members) this.#kept.set(member, labelled)
    return labelled
  }

  #traced(others: readonly number[]): ClusterItem["traced"] {
    const { set, folder } = this.#ledger
    if (set === null) return []
    const rows = others
      .slice(0, MOST_TRACED)
      .flatMap(member => [...set.rowsOfAddress(nameIn(this.#graph, member))])
    return tracedItems(set, rows, { kind: "ledger", name: folder }, true)
  }
}

/** What a list says of ten thousand addresses of one exchange is told once. */
function eachOnce(carried: readonly MemberLabel[]): readonly MemberLabel[] {
  const told = new Map<string, MemberLabel>()
  for (const one of carried) {
    const { list, label, actor, category, abuse } = one.label
    const key = JSON.stringify([list, label, actor, category, abuse])
    if (!told.has(key)) told.set(key, one)
  }
  return [...told.values()]
}
