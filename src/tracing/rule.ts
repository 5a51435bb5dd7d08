import type { RuleName } from "../ledger/vocabulary.ts"
import { HaircutPool } from "./haircut-pool.ts"
import { LabelTable } from "./label.ts"
import type { Lots } from "./lot.ts"
import { PartitionPool } from "./partition-pool.ts"
import { PoisonPool } from "./poison-pool.ts"
import type { Pool } from "./pool.ts"
import { QueuePool } from "./queue-pool.ts"
import { dealHighestFirst } from "./tiho.ts"

/** How one rule deals. The engine around it is the same for every rule. */
export interface Rule {
  readonly name: RuleName
  /** False for poison alone: the identity does not hold for it and is not asked of it. */
  readonly conserves: boolean
  newPool(): Pool
  /** Deals to the credits of one step, in output order; what stays in the pool is the fee. */
  deal(pool: Pool, amounts: readonly bigint[]): readonly Lots[]
}

function dealInOrder(pool: Pool, amounts: readonly bigint[]): readonly Lots[] {
  return amounts.map(amount => pool.take(amount))
}

const POOLS: Readonly<Record<RuleName, (labels: LabelTable) => Pool>> = {
  fifo: () => new QueuePool("front"),
  lifo: () => new QueuePool("back"),
  haircut: () => new HaircutPool(),
  "clean-first": () => new PartitionPool("untraced"),
  "dirty-first": () => new PartitionPool("traced"),
  // Traced lots go out first here too; which credit they go to is dealHighestFirst's affair.
  tiho: () => new PartitionPool("traced"),
  poison: labels => new PoisonPool(labels),
}

/** A rule for one run, and the table of the labels that come into being in it. */
export function openRule(name: RuleName): { readonly rule: Rule; readonly labels: LabelTable } {
  const labels = new LabelTable(name === "poison" ? "set" : "list")
  const rule: Rule = {
    name,
    conserves: name !== "poison",
    newPool: () => POOLS[name](labels),
    deal: name === "tiho" ? dealHighestFirst : dealInOrder,
  }
  return { rule, labels }
}
