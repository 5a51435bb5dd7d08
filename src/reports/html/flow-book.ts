import { getOrMake } from "../../units/get-or-make.ts"
import { lesser } from "./extremes.ts"
import type { FlowEdge, FlowGraph, FlowNode, NodeKind } from "./flow-nodes.ts"

interface Account {
  readonly kind: NodeKind
  readonly name: string
  /** Received and not yet given on. */
  left: bigint
}

/** The books of a drawing: what every node received and gave, and what is left there. */
export class FlowBook {
  readonly #accounts = new Map<string, Account>()
  readonly #edges = new Map<string, { readonly from: string; readonly to: string; amount: bigint }>()
  /** The transaction that drained an output together with others: its fee is still to be found there. */
  readonly #drainedBy = new Map<string, string>()
  /** What may still owe a part to a credit declared again: others pay first, for all they have is known. */
  readonly #indebted = new Set<string>()

  /** The key of a node, which comes into being when it is first named. */
  named(kind: NodeKind, name: string): string {
    const key = `${kind} ${name}`
    if (!this.#accounts.has(key)) this.#accounts.set(key, { kind, name, left: 0n })
    return key
  }

  account(key: string): Account {
    return this.#accounts.get(key) as Account
  }

  /** Nodes where something may be left. */
  passages(): readonly (Account & { readonly key: string })[] {
    return [...this.#accounts].flatMap(([key, account]) =>
      account.kind === "pot" || account.kind === "step" ? [{ key, ...account }] : [],
    )
  }

  move(from: string, to: string, amount: bigint): void {
    if (amount <= 0n) return
    this.account(from).left -= amount
    this.account(to).left += amount
    getOrMake(this.#edges, `${from}\0${to}`, () => ({ from, to, amount: 0n })).amount += amount
  }

  /** A transaction that takes all that several pots have. */
  pool(tx: string, from: readonly string[]): string {
    const step = this.named("step", tx)
    for (const pot of from) {
      const key = this.named("pot", pot)
      this.move(key, step, this.account(key).left)
      this.#drainedBy.set(key, step)
    }
    return step
  }

  owe(pots: readonly string[]): void {
    for (const pot of pots) {
      const key = this.named("pot", pot)
      this.#indebted.add(this.#drainedBy.get(key) ?? key)
    }
  }

  /** Takes what there is, up to an amount: from the pots in order, then from what drained them. */
  draw(from: readonly string[], to: string, wanted: bigint): bigint {
    const pots = from.map(pot => this.named("pot", pot))
    const sources = [...pots, ...pots.flatMap(pot => this.#drainedBy.get(pot) ?? [])]
    const free = sources.filter(source => !this.#indebted.has(source))
    const indebted = sources.filter(source => this.#indebted.has(source))
    let open = wanted
    for (const source of [...free, ...indebted]) {
      const part = source === to ? 0n : lesser(this.account(source).left, open)
      if (part <= 0n) continue
      this.move(source, to, part)
      open -= part
    }
    return wanted - open
  }

  done(): FlowGraph {
    const edges = [...this.#edges.values()]
    const [inflow, outflow] = [new Map<string, bigint>(), new Map<string, bigint>()]
    for (const { from, to, amount } of edges) {
      inflow.set(to, (inflow.get(to) ?? 0n) + amount)
      outflow.set(from, (outflow.get(from) ?? 0n) + amount)
    }
    const hops = hopsOf(this.#accounts, edges)
    const nodes = [...this.#accounts].flatMap(([key, { kind, name }]): FlowNode[] => {
      const amount = inflow.get(key) ?? outflow.get(key)
      return amount === undefined ? [] : [{ key, kind, name, count: 1, amount, hop: hops.get(key) ?? null }]
    })
    return { nodes, edges }
  }
}

/** The longest way to each, over payments to what had not received yet: value that comes back adds no hop. */
function hopsOf(
  nodes: ReadonlyMap<string, { readonly kind: NodeKind }>,
  edges: readonly FlowEdge[],
): ReadonlyMap<string, number> {
  const order = new Map([...nodes.keys()].map((key, index) => [key, index]))
  const into = new Map<string, string[]>()
  for (const { from, to } of edges) {
    if ((order.get(from) ?? 0) < (order.get(to) ?? 0)) getOrMake(into, to, () => []).push(from)
  }
  const hops = new Map<string, number>()
  for (const [key, { kind }] of nodes) {
    if (kind === "declared" || kind === "exchangedIn") hops.set(key, 0)
    else if (kind === "pot" || kind === "step") {
      const before = (into.get(key) ?? []).map(from => hops.get(from) ?? 0)
      hops.set(
        key,
        before.reduce((most, hop) => Math.max(most, hop + 1), 1),
      )
    }
  }
  return hops
}
