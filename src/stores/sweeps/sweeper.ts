import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import type { SweepState } from "../../tracing/sweep/sweep-question.ts"

/** One rule's sweep, here or in a thread of its own. */
export interface Sweeper {
  run(chain: SweepChain): Promise<void>
  finish(): Promise<SweepState>
  close(): Promise<void>
}
