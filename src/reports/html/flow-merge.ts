import type { FlowEdge, FlowGraph, FlowNode, NodeKind } from "./flow-nodes.ts"

/** About what a page shows before its labels become too small to read. */
export const MOST_NODES = 30
const MOST_IN_COLUMN = 11
const MOST_SERVICES = 7
/** Hops drawn apart; all that is further is one place in a column of its own. */
const MOST_HOPS = 5

/**
 * The same graph with its small nodes drawn together: those of one hop become one node "and N others", small
 * services likewise. What flows within such a node is not drawn; what enters and leaves it keeps its exact amount.
 */
export function merged(graph: FlowGraph): FlowGraph {
  const entries = graph.nodes.filter(isEntry)
  const [near, further] = [graph.nodes.filter(isNear), graph.nodes.filter(isFurther)]
  const [services, places] = [graph.nodes.filter(of("service")), graph.nodes.filter(of("place"))]
  const ends = places.length + Math.min(services.length, MOST_SERVICES) + Math.min(further.length, 1)
  const room = MOST_NODES - entries.length - ends
  const merge = new Map<string, FlowNode>()
  mergeBeyond(services, MOST_SERVICES, "otherServices", null, merge)
  if (further.length > 1) mergeBeyond(further, 0, "further", MOST_HOPS + 1, merge)
  for (const [hop, share] of sharesOf(near, Math.max(room, MOST_HOPS))) {
    mergeBeyond(
      near.filter(pot => pot.hop === hop),
      share,
      "others",
      hop,
      merge,
    )
  }
  const edges = redirected(graph.edges, merge)
  const kept = [...entries, ...near, ...further, ...services, ...places].filter(({ key }) => !merge.has(key))
  const groups = [...new Set(merge.values())].map(group => ({ ...group, amount: inflowOf(group.key, edges) }))
  return { nodes: [...kept, ...groups], edges }
}

const of = (kind: NodeKind) => (node: FlowNode) => node.kind === kind
const isEntry = ({ kind }: FlowNode) => kind === "declared" || kind === "exchangedIn"
const isMiddle = ({ kind }: FlowNode) => kind === "pot" || kind === "step"
const isNear = (node: FlowNode) => isMiddle(node) && (node.hop ?? 1) <= MOST_HOPS
const isFurther = (node: FlowNode) => isMiddle(node) && (node.hop ?? 1) > MOST_HOPS

/** The room is dealt to the hops one by one, so that a crowded hop does not take it from the others. */
function sharesOf(pots: readonly FlowNode[], room: number): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>()
  for (const { hop } of pots) sizes.set(hop ?? 1, (sizes.get(hop ?? 1) ?? 0) + 1)
  const shares = new Map([...sizes.keys()].sort((a, b) => a - b).map(hop => [hop, 0]))
  let left = room
  for (let gave = true; gave && left > 0; ) {
    gave = false
    for (const [hop, share] of shares) {
      if (left === 0 || share >= Math.min(sizes.get(hop) ?? 0, MOST_IN_COLUMN)) continue
      shares.set(hop, share + 1)
      left--
      gave = true
    }
  }
  return shares
}

/** Keeps the largest; where some must go, one place is for the node that stands for them. */
function mergeBeyond(
  nodes: readonly FlowNode[],
  most: number,
  kind: "others" | "further" | "otherServices",
  hop: number | null,
  merge: Map<string, FlowNode>,
): void {
  if (nodes.length <= most) return
  const largestFirst = [...nodes].sort((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1))
  const rest = largestFirst.slice(Math.max(most - 1, 0))
  const group: FlowNode = { key: `${kind} ${hop ?? ""}`, kind, name: "", count: rest.length, amount: 0n, hop }
  for (const { key } of rest) merge.set(key, group)
}

function redirected(edges: readonly FlowEdge[], merge: ReadonlyMap<string, FlowNode>): readonly FlowEdge[] {
  const sums = new Map<string, { from: string; to: string; amount: bigint }>()
  for (const { from, to, amount } of edges) {
    const [start, end] = [merge.get(from)?.key ?? from, merge.get(to)?.key ?? to]
    if (start === end) continue
    const known = sums.get(`${start}\0${end}`)
    if (known === undefined) sums.set(`${start}\0${end}`, { from: start, to: end, amount })
    else known.amount += amount
  }
  return [...sums.values()]
}

function inflowOf(key: string, edges: readonly FlowEdge[]): bigint {
  return edges.reduce((sum, { to, amount }) => (to === key ? sum + amount : sum), 0n)
}
