import type { Instant } from "../units/time.ts"

/** How much of an amount is traced, by theft, under one rule. */
export interface TracedPart {
  readonly theft: string
  readonly rule: string
  readonly amount: bigint
}

/** Value that leaves or enters a pot. Addresses are in canonical form; null where there is none. */
export interface Move {
  readonly tx: string
  /** `txid:vout`, or `account/asset`. */
  readonly pot: string
  readonly address: string | null
  readonly asset: string
  /** Smallest units. */
  readonly amount: bigint
  /** Empty where nothing of it is traced. */
  readonly traced: readonly TracedPart[]
}

/** One block as alarms look at it, in the order of the chain. */
export interface BlockMoves {
  readonly chain: string
  readonly height: number
  readonly hash: string
  readonly time: Instant | null
  readonly debits: readonly Move[]
  readonly credits: readonly Move[]
}
