import type { RuleName } from "../../src/contracts/trace.ts"
import type { OracleLedger, OracleOptions, OracleTheft } from "../oracle/question.ts"
import { makeAccountLedger } from "./account-ledger.ts"
import { Dice } from "./dice.ts"
import { makeThefts } from "./thefts.ts"
import { makeUtxoLedger } from "./utxo-ledger.ts"

/** Everything that is asked but the rule. */
export type Conditions = Omit<OracleOptions, "rule">

export interface Scenario {
  readonly seed: number
  readonly ledger: OracleLedger
  readonly thefts: readonly OracleTheft[]
  readonly conditions: Conditions
  /** The rules that this ledger's shape admits. */
  readonly rules: readonly RuleName[]
}

const ACCOUNT_RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "poison"] as const

/** The same seed makes the same ledger, thefts and conditions. */
export function makeScenario(seed: number, shape?: OracleLedger["shape"]): Scenario {
  const dice = new Dice(seed)
  const chosen = shape ?? dice.pick(["utxo", "account"])
  const ledger = chosen === "utxo" ? makeUtxoLedger(dice) : makeAccountLedger(dice)
  return {
    seed,
    ledger,
    thefts: makeThefts(dice, ledger),
    conditions: makeConditions(dice, ledger),
    rules: chosen === "utxo" ? [...ACCOUNT_RULES, "tiho"] : ACCOUNT_RULES,
  }
}

export function makeConditions(dice: Dice, ledger: OracleLedger): Conditions {
  const records = ledger.shape === "utxo" ? ledger.outputs : ledger.rows
  const heights = records.flatMap(record => (record.height === null ? [] : [record.height]))
  const amounts =
    ledger.shape === "utxo" ? ledger.outputs.map(row => row.value) : ledger.rows.map(row => row.amount)
  const addresses =
    ledger.shape === "utxo" ? ledger.outputs.map(row => row.address) : ledger.rows.map(row => row.to)
  const services = new Map<string, string>()
  for (let i = dice.pick([0, 0, 1, 1, 2]); i > 0; i--) {
    const address = dice.pick(addresses)
    if (address !== undefined && address !== "" && address !== "?") services.set(address, `service${i}`)
  }
  return {
    fees: dice.pick(["drop", "follow"]),
    min: dice.chance(0.6) ? 0n : dice.chance(0.5) ? BigInt(dice.int(1, 6)) : (dice.pick(amounts) ?? 0n) / 2n,
    maxHops: dice.chance(0.6) ? null : dice.int(0, 5),
    services,
    stopAtServices: dice.chance(0.85),
    toHeight: heights.length > 0 && dice.chance(0.25) ? (dice.pick(heights) ?? null) : null,
  }
}
