import type { ReceiverFigures } from "../alarms/delivery.ts"
import type { AlarmNotice } from "../contracts/alarm.ts"
import type { FollowEvent } from "../contracts/follow.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { BlockMoves } from "../ports/block-moves.ts"
import type { Problem } from "../units/problem.ts"
import type { FollowJob } from "./follow-from.ts"
import type { BalanceAt, BlockAt } from "./follow-ledger.ts"

/** What a ledger is swept for while it is followed. */
export interface FollowedThefts {
  /** The ledger's. */
  readonly folder: string
  /** Where states of this question are kept. */
  readonly own: string
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  /** By address; those that the chain itself has are among them. */
  readonly services: ReadonlyMap<string, string>
  readonly rules: readonly RuleName[]
  readonly fees: "drop" | "follow"
}

export interface FollowQuestion extends FollowJob, Omit<FollowedThefts, "own"> {
  readonly pollSeconds: number
  /** Ends at the node's tip, and does not wait for a node that is not there. */
  readonly once: boolean
  /** Opens what looks at the blocks, in a folder of its own. */
  readonly openWatch: ((folder: string) => FollowWatch) | null
  /** Where `/metrics` is served on this machine; null for nowhere. */
  readonly metricsPort: number | null
  readonly onEvent: (event: FollowEvent) => void
  /** Told once, beside the event, until the node is back. */
  readonly onWaiting: (problem: Problem) => void
}

/** Who looks at the blocks: the alarms. What was told may be told again after a kill; nothing is left out. */
export interface FollowWatch {
  /** The block from which on others are told, once all that the chain has left is undone. */
  begin(at: BlockAt, balanceAt: BalanceAt): Promise<void>
  /** Following begins elsewhere: nothing that is kept of earlier blocks counts. */
  forget(): Promise<void>
  /** Looks at what is said of addresses, whatever the chain does; what rings is stored for delivery before it is told. */
  labels(tell: (notice: AlarmNotice) => void): Promise<void>
  /** Everything that rings is stored for delivery before this returns. */
  block(moves: BlockMoves): Promise<readonly AlarmNotice[]>
  /** The last told block has left the chain. */
  undone(block: BlockAt): Promise<readonly AlarmNotice[]>
  readonly receivers: readonly ReceiverFigures[]
  close(): Promise<void>
}
