import type { RuleName } from "../../src/contracts/trace.ts"
import type { InputRow, OutputRow, TransferRow } from "./rows.ts"

export interface AccountLedger {
  readonly shape: "account"
  readonly rows: readonly TransferRow[]
}

export interface UtxoLedger {
  readonly shape: "utxo"
  readonly outputs: readonly OutputRow[]
  readonly inputs: readonly InputRow[]
}

export type OracleLedger = AccountLedger | UtxoLedger

/** A set of credits declared stolen: refs are `txid:vout` or `txid#n`. */
export interface OracleTheft {
  readonly id: string
  readonly refs: readonly string[]
}

export interface OracleOptions {
  readonly rule: RuleName
  readonly fees: "drop" | "follow"
  /** 0n is no threshold. */
  readonly min: bigint
  /** null is no limit. */
  readonly maxHops: number | null
  /** Address to the service that owns it. */
  readonly services: ReadonlyMap<string, string>
  readonly stopAtServices: boolean
  /** Inclusive; null is the end of the ledger. */
  readonly toHeight: number | null
}
