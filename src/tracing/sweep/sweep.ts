import { BoundedHaircut } from "./bounded-haircut.ts"
import { OrderSweep } from "./order-sweep.ts"
import { MOST_THEFTS, PoisonSweep } from "./poison-sweep.ts"
import { PullSweep } from "./pull-sweep.ts"
import type { SweepBook } from "./sweep-book.ts"
import type { SweepChain } from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"

/** One rule's sweep: runs of whole blocks go in, in order and without holes. */
export interface Sweep {
  readonly book: SweepBook
  run(chain: SweepChain): void
  /** Where it stands, to be kept or to go on from. */
  state(): SweepState
}

/** The fastest way to sweep whole runs of blocks under a rule, from the start or from where an earlier one stood. */
export function openSweep(question: SweepQuestion, state: SweepState | null = null): Sweep {
  switch (question.rule) {
    case "haircut":
      return new BoundedHaircut(question, state)
    case "poison": {
      const thefts = Math.max(0, ...question.declared.flatMap(({ thefts }) => thefts))
      return thefts < MOST_THEFTS ? new PoisonSweep(question, state) : new PullSweep(question, state)
    }
    default:
      return new OrderSweep(question, question.rule, state)
  }
}
