import type { Bucket, FlowKind } from "../../src/contracts/trace.ts"
import type { Lot } from "./lot.ts"

export type Sums = Record<Bucket, bigint>
export type TheftSums = Sums & { collided: bigint }

export interface OracleHolding {
  readonly pot: string
  readonly address: string
  readonly value: bigint
  readonly traced: bigint
  readonly byTheft: ReadonlyMap<string, bigint>
}

export interface OracleArrival {
  readonly tx: string
  readonly pot: string
  readonly address: string
  readonly service: string
  readonly traced: bigint
  readonly byTheft: ReadonlyMap<string, bigint>
}

export interface OracleFlow {
  readonly kind: FlowKind
  readonly tx: string
  readonly height: number | null
  readonly from: readonly string[]
  readonly to: string | null
  readonly amount: bigint
  readonly traced: bigint
  readonly byTheft: ReadonlyMap<string, bigint>
}

export interface OracleAnswer {
  /** Under `poison` only `held` and `services` mean anything: its reach, each pot once. */
  readonly total: Readonly<Sums>
  /** Every theft asked for, also those that never touch this asset (all zero). */
  readonly byTheft: ReadonlyMap<string, Readonly<TheftSums>>
  /** By pot name. */
  readonly holdings: readonly OracleHolding[]
  /** In evaluation order. */
  readonly arrivals: readonly OracleArrival[]
  /** In evaluation order. */
  readonly flows: readonly OracleFlow[]
  /** The whole lot list of each pot that holds anything traced at the horizon. */
  readonly lots: ReadonlyMap<string, readonly Lot[]>
}

export interface OracleResult {
  /** By asset: those of the thefts, then those they were exchanged into. A UTXO ledger's is `coin`. */
  readonly answers: ReadonlyMap<string, OracleAnswer>
  /** Account ledgers: what each pot must have held before the ledger began; pots that needed nothing left out. */
  readonly openings: ReadonlyMap<string, bigint>
}
