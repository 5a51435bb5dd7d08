/**
 * `ashiato/alarms/1`, the file in which a user says what must ring and where it is delivered, and `ashiato/alarm/1`, one
 * notice as it is delivered. The schema beside this file is the published contract of both.
 */
import type { RuleName } from "../ledger/vocabulary.ts"
import type { Instant } from "../units/time.ts"

export const ALARMS_SCHEMA = "ashiato/alarms/1"
export const ALARM_SCHEMA = "ashiato/alarm/1"
export const ALARM_KINDS = ["outflow", "arrival", "moved", "label"] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** Whatever is within all that is given counts; at least one is. */
export interface AlarmWindow {
  /** Of block time. */
  readonly seconds: number | null
  /** The newest block is the first of them. */
  readonly blocks: number | null
}

/** A share as the file writes it, "12.5", and exactly: `parts` of `of`. */
export interface Percent {
  readonly text: string
  readonly parts: bigint
  readonly of: bigint
}

/** What has to be exceeded, in smallest units or as a share of what could have left. */
export type OutflowLimit = { readonly amount: bigint } | { readonly percent: Percent }

interface Named {
  /** Unique in the file. */
  readonly id: string
}

/** More than the limit leaves this set of addresses within the window. */
export interface OutflowAlarm extends Named {
  readonly kind: "outflow"
  /** In canonical form, each once. */
  readonly addresses: readonly string[]
  readonly asset: string
  readonly limit: OutflowLimit
  readonly window: AlarmWindow
}

/** Whose traced value, and by which rules; null for any. */
export interface TracedChoice {
  readonly theft: string | null
  readonly rules: readonly RuleName[] | null
  readonly asset: string | null
  /** What has to be exceeded, for one theft under one rule in one transaction; in smallest units. */
  readonly amount: bigint
}

/** Traced value arrives at one of these addresses. */
export interface ArrivalAlarm extends Named, TracedChoice {
  readonly kind: "arrival"
  readonly addresses: readonly string[]
}

/** A traced holding is spent. */
export interface MovedAlarm extends Named, TracedChoice {
  readonly kind: "moved"
}

/** One of these addresses is said something of that nobody had said before. */
export interface LabelAlarm extends Named {
  readonly kind: "label"
  readonly addresses: readonly string[]
}

export type Alarm = OutflowAlarm | ArrivalAlarm | MovedAlarm | LabelAlarm

export interface Webhook {
  readonly url: string
  /** What the signature is made with. Never printed and never stored by the program. */
  readonly secret: Uint8Array
}

export interface AlarmReceivers {
  readonly stdout: boolean
  /** A file that JSON lines are added to; null for none. */
  readonly file: string | null
  readonly webhooks: readonly Webhook[]
}

export interface AlarmsFile {
  readonly chain: string
  readonly alarms: readonly Alarm[]
  readonly deliver: AlarmReceivers
}

/** `unknown`: it could not be said whether it should have rung. `withdrawn`: the block that it rang in is undone. */
export type AlarmStatus = "raised" | "unknown" | "withdrawn"

export interface AlarmBlock {
  readonly height: number
  readonly hash: string
  readonly time: Instant | null
}

/** A traced amount in JSON. */
export interface TracedFigure {
  readonly theft: string
  readonly rule: string
  readonly amount: string
}

/** What left, and against what it was held. Amounts are decimal strings of smallest units. */
export interface OutflowFound {
  readonly asset: string
  readonly amount: string
  readonly limit: { readonly amount: string } | { readonly percent: string }
  /** Of the set after this block; null where it is not known. */
  readonly balance: string | null
  readonly window: AlarmWindow
  /** The blocks between the first and the last outflow that counted. */
  readonly fromHeight: number
  readonly toHeight: number
  /** Of the newest block: those that took something out of the set; at most 16. */
  readonly transactions: readonly string[]
  readonly transactionsLeftOut: number
}

export interface TracedFound {
  readonly tx: string
  readonly asset: string
  /** At most 100. */
  readonly traced: readonly TracedFigure[]
  readonly tracedLeftOut: number
  /** Where it arrived, or what it moved from; at most 16. */
  readonly addresses: readonly string[]
  readonly addressesLeftOut: number
}

export interface LabelFound {
  readonly address: string
  readonly network: string
  readonly label: string
  readonly actor: string | null
  readonly category: string | null
  readonly abuse: string | null
  readonly list: string
  readonly source: string | null
  readonly seen: string
}

interface NoticeHead {
  readonly schema: typeof ALARM_SCHEMA
  /** Goes with every delivery of this notice: `BASE.STATUS.ROUND`. What has the same key is the same notice. */
  readonly key: string
  /** What a notice and its withdrawal have in common. */
  readonly base: string
  readonly status: AlarmStatus
  /** From 1; higher where a block that was undone came back. */
  readonly round: number
  readonly alarm: string
  readonly chain: string
}

export type AlarmNotice = NoticeHead &
  (
    | { readonly kind: "outflow"; readonly block: AlarmBlock; readonly found: OutflowFound }
    | { readonly kind: "arrival" | "moved"; readonly block: AlarmBlock; readonly found: TracedFound }
    | { readonly kind: "label"; readonly block: null; readonly found: LabelFound }
  )
