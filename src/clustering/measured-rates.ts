/** What was counted. Pairs are of addresses. */
export type Counted = "transaction" | "pair" | "output" | "address"

/** How often one heuristic was right and wrong on chains that were staged, so that the truth is known. */
export interface MeasuredRecord {
  readonly heuristic: MeasuredHeuristic
  readonly counted: Counted
  /** What it said and what is so. */
  readonly truePositives: number
  /** What it said and is not so. */
  readonly falsePositives: number
  /** What is so and it did not say; null where there is no telling what it should have found. */
  readonly falseNegatives: number | null
  /** The generators' names for their worlds, and the first and the last seed. */
  readonly worlds: "staged-wallets-1" | "staged-accounts-1"
  readonly seeds: readonly [number, number]
}

/**
 * Heuristic, what was counted, true positives, false positives, false negatives. `npm run fuzz` makes and counts all
 * of it again (tests/clustering-rates); docs/clustering-error-rates.md says what each row is and what it is worth.
 */
const ROWS = [
  ["coinjoin", "transaction", 5_987, 90, 0],
  ["coinjoin-whirlpool", "transaction", 3_848, 0, 0],
  ["coinjoin-wasabi-1", "transaction", 554, 1, 4],
  ["coinjoin-wasabi-2", "transaction", 248, 0, 1],
  ["coinjoin-joinmarket", "transaction", 1_332, 90, 0],
  ["coinjoin-equal-outputs", "transaction", 4, 0, null],
  ["several-holders", "transaction", 5_987, 90, 1_531],
  ["unnecessary-input", "transaction", 1_375, 2_362, 156],
  ["co-spend", "pair", 176_379, 1_973, 135_114],
  ["co-spend-unchecked", "pair", 311_493, 3_768_683, 0],
  ["cluster", "pair", 216_335, 6_780, 15_362_303],
  ["cluster-unchecked", "pair", 351_449, 3_773_490, 15_227_189],
  ["cluster-guard-2", "pair", 214_333, 6_571, 15_364_305],
  ["cluster-unchecked-guard-2", "pair", 349_447, 3_773_281, 15_229_191],
  ["change-self-change", "output", 5_872, 733, 55_345],
  ["change-one-time-address", "output", 13_084, 7, 48_133],
  ["change-script-type", "output", 21_512, 1_237, 39_705],
  ["change-optimal-change", "output", 2_255, 152, 58_962],
  ["change-round-payment", "output", 9_315, 100, 51_902],
  ["change-consensus", "output", 16_547, 39, 44_670],
  ["deposit-address", "address", 2_175, 0, 734],
  ["deposit-address-one-sweep", "address", 2_865, 0, 44],
  ["deposit-address-one-label", "address", 1_076, 0, 1_833],
  ["deposit-address-half-labelled", "address", 1_085, 33, 364],
] as const satisfies readonly Row[]

/** The same of account chains. */
const ACCOUNT_ROWS = [
  ["deposit-account", "address", 1_692, 50, 2_310],
  ["deposit-account-one-sweep", "address", 2_765, 324, 1_237],
  ["deposit-account-two-days", "address", 2_127, 87, 1_875],
  ["deposit-account-hot-label", "address", 1_504, 50, 2_498],
  ["deposit-account-half-labelled", "address", 843, 140, 1_155],
  ["look-alike", "address", 942, 20, 408],
] as const satisfies readonly Row[]

type Row = readonly [string, Counted, number, number, number | null]

export type MeasuredHeuristic = (typeof ROWS)[number][0] | (typeof ACCOUNT_ROWS)[number][0]

export const MEASURED_RATES: readonly MeasuredRecord[] = [
  ...ROWS.map(row => recordOf(row, "staged-wallets-1")),
  ...ACCOUNT_ROWS.map(row => recordOf(row, "staged-accounts-1")),
]

function recordOf(
  [heuristic, counted, truePositives, falsePositives, falseNegatives]:
    | (typeof ROWS)[number]
    | (typeof ACCOUNT_ROWS)[number],
  worlds: MeasuredRecord["worlds"],
): MeasuredRecord {
  return { heuristic, counted, truePositives, falsePositives, falseNegatives, worlds, seeds: [1, 20] }
}

const BY_NAME: ReadonlyMap<MeasuredHeuristic, MeasuredRecord> = new Map(
  MEASURED_RATES.map(record => [record.heuristic, record]),
)

export function measuredRecord(heuristic: MeasuredHeuristic): MeasuredRecord {
  const record = BY_NAME.get(heuristic)
  if (record === undefined) throw new Error(`${heuristic} was not measured`)
  return record
}
