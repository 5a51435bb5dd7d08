import { type ChangeFinding, changeOf } from "./change.ts"
import { coSpendOf } from "./co-spend.ts"
import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { OwnedTransaction, OwnerGraph } from "./owner-graph.ts"
import { type InputCheck, inputCheckOf } from "./payjoin.ts"

/** How much is looked at before looking is cut. */
export interface ReachLimits {
  readonly owners: number
  readonly transactions: number
  /** Outputs of the owners, spent or not. */
  readonly outputs: number
}

/** Whatever co-spending may join with one owner, before any guard. */
export interface Reached {
  /** In the order in which they were reached; the one asked about is the first. */
  readonly owners: readonly number[]
  /** What they spent, in chain order. */
  readonly spendings: readonly Spending[]
  /** Outputs of the owners that were looked through: what the answer cost. */
  readonly looked: number
  /** The limit that was met, null where none was. */
  readonly cut: keyof ReachLimits | null
}

/** A transaction in which a reached owner put inputs, and what the heuristics say of it. */
export interface Spending {
  readonly tx: number
  /** Who put inputs in, each once; where the transaction joins, those whom it joins. */
  readonly owners: readonly number[]
  readonly joins: boolean
  readonly coinjoin: CoinjoinFinding | null
  readonly change: ChangeFinding
  /** Null where the transaction joins nobody or the check does not apply. */
  readonly check: InputCheck | null
}

/** Follows co-spending from owner to owner; costs as much as the owners reached have done. */
export function reachedFrom(graph: OwnerGraph, around: number, limits: ReachLimits): Reached {
  const owners = [around]
  const reached = new Set(owners)
  const spendings = new Map<number, Spending>()
  let outputs = 0
  let cut: keyof ReachLimits | null = null
  const reach = (owner: number): void => {
    if (reached.has(owner)) return
    if (owners.length >= limits.owners) {
      cut = "owners"
      return
    }
    reached.add(owner)
    owners.push(owner)
  }
  const done = () => ({
    owners,
    spendings: [...spendings.values()].sort((a, b) => a.tx - b.tx),
    looked: outputs,
    cut,
  })
  for (let n = 0; n < owners.length; n++) {
    for (const output of graph.outputsOf(owners[n] as number)) {
      if (outputs >= limits.outputs) {
        cut = "outputs"
        return done()
      }
      outputs++
      const tx = graph.spenderOf(output)
      if (tx === null || spendings.has(tx)) continue
      if (spendings.size >= limits.transactions) {
        cut = "transactions"
        return done()
      }
      const found = spendingOf(graph, graph.transaction(tx))
      spendings.set(tx, found)
      if (found.joins) for (const owner of found.owners) reach(owner)
    }
  }
  return done()
}

function spendingOf(graph: OwnerGraph, transaction: OwnedTransaction): Spending {
  const coSpend = coSpendOf(transaction)
  const coinjoin = !coSpend.joins && coSpend.reason === "coinjoin" ? coSpend.finding : null
  const isFirstUse = ({ output, owner }: { output: number; owner: number }) =>
    firstOf(graph.outputsOf(owner)) === output
  return {
    tx: transaction.tx,
    owners: coSpend.joins ? coSpend.owners : [...new Set(transaction.inputs.map(({ owner }) => owner))],
    joins: coSpend.joins,
    coinjoin,
    change: changeOf(transaction, isFirstUse, coinjoin),
    check: coSpend.joins ? inputCheckOf(transaction) : null,
  }
}

function firstOf(outputs: Iterable<number>): number | null {
  for (const output of outputs) return output
  return null
}
