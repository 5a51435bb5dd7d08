/** `ashiato/follow/1`: one line of JSON for each thing that `ashiato follow --json` has to say, as it happens. */

import type { Instant } from "../units/time.ts"
import type { AlarmNotice } from "./alarm.ts"

export const FOLLOW_SCHEMA = "ashiato/follow/1"

/** Traced value that a block moved: what its debits had of it, and its credits. Decimal strings of smallest units. */
export interface FollowedSum {
  readonly rule: string
  readonly theft: string
  readonly asset: string
  readonly spent: string
  readonly received: string
}

interface BlockNamed {
  readonly height: number
  readonly hash: string
}

/** From here on blocks are told: the first time the ledger's last block, else the one that was told last. */
export interface FollowBegan extends BlockNamed {
  readonly event: "began"
  /** Whether an earlier run of the same question told blocks up to here. */
  readonly again: boolean
}

export interface FollowBlock extends BlockNamed {
  readonly event: "block"
  readonly time: Instant | null
  readonly transactions: number
  /** One for each rule, theft and asset with something traced in this block. */
  readonly traced: readonly FollowedSum[]
}

/** A block that was told is no longer in the chain. The newest first. */
export interface FollowUndone extends BlockNamed {
  readonly event: "undone"
}

/** A stolen credit of the thefts file that the chain does not have (yet, or any more). */
export interface FollowUnknown {
  readonly event: "unknown-ref"
  readonly theft: string
  readonly ref: string
}

/** The node is not there, or behind: told once, until it is back. */
export interface FollowWaiting {
  readonly event: "waiting"
  readonly problem: string
}

export interface FollowBack {
  readonly event: "back"
}

/** An alarm as it was given to its receivers; `notice` is of `ashiato/alarm/1`. */
export interface FollowAlarm {
  readonly event: "alarm"
  readonly notice: AlarmNotice
}

export interface FollowEnded extends BlockNamed {
  readonly event: "ended"
  readonly interrupted: boolean
}

export type FollowEvent =
  | FollowBegan
  | FollowBlock
  | FollowUndone
  | FollowUnknown
  | FollowWaiting
  | FollowBack
  | FollowAlarm
  | FollowEnded

export type FollowLine = { readonly schema: typeof FOLLOW_SCHEMA } & FollowEvent
