/** What was counted. Pairs are of addresses; symbols are of tokens. */
export type Counted = "transaction" | "pair" | "output" | "address" | "symbol"

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
  /** The generators' names for their worlds, and the first and the last seed; null where all there is was counted. */
  readonly worlds: Worlds
  readonly seeds: readonly [number, number] | null
}

type Worlds =
  | "staged-wallets-1"
  | "staged-look-alikes-1"
  | "staged-accounts-1"
  | "staged-nem-1"
  | "forged-symbols-1"

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
  ["deposit-account", "address", 1_694, 58, 2_402],
  ["deposit-account-one-sweep", "address", 2_851, 300, 1_245],
  ["deposit-account-two-days", "address", 2_100, 92, 1_996],
  ["deposit-account-hot-label", "address", 1_509, 58, 2_587],
  ["deposit-account-half-labelled", "address", 825, 141, 1_227],
  ["look-alike", "address", 844, 11, 411],
] as const satisfies readonly Row[]

/** And of NEM, which has blocks a minute apart, mosaics and no contracts. */
const NEM_ROWS = [
  ["deposit-account-nem", "address", 827, 136, 910],
  ["deposit-account-nem-one-sweep", "address", 1_089, 514, 648],
  ["deposit-account-nem-two-days", "address", 1_022, 274, 715],
  ["deposit-account-nem-hot-label", "address", 530, 136, 1_207],
  ["deposit-account-nem-half-labelled", "address", 425, 160, 456],
  ["look-alike-nem", "address", 354, 14, 514],
] as const satisfies readonly Row[]

/** Of wallets' addresses as Bitcoin writes them, and of what was made to look like them. */
const LOOK_ALIKE_ROWS = [
  ["look-alike-bech32", "address", 647, 6, 182],
  ["look-alike-base58", "address", 519, 4, 144],
] as const satisfies readonly Row[]

type Row = readonly [string, Counted, number, number, number | null]

/** Of lists of tokens' symbols, real ones and forged ones: there is no chance in them. */
const SYMBOL_ROWS = [["look-alike-symbol", "symbol", 960, 3, 270]] as const satisfies readonly Row[]

type MeasuredRow =
  | (typeof ROWS)[number]
  | (typeof ACCOUNT_ROWS)[number]
  | (typeof NEM_ROWS)[number]
  | (typeof LOOK_ALIKE_ROWS)[number]
  | (typeof SYMBOL_ROWS)[number]

export type MeasuredHeuristic = MeasuredRow[0]

/** Account worlds that nobody had looked at when the rule was written: on 1 to 20 it was changed. */
const UNSEEN = [21, 40] as const

export const MEASURED_RATES: readonly MeasuredRecord[] = [
  ...ROWS.map(row => recordOf(row, "staged-wallets-1", [1, 20])),
  ...ACCOUNT_ROWS.map(row => recordOf(row, "staged-accounts-1", UNSEEN)),
  ...NEM_ROWS.map(row => recordOf(row, "staged-nem-1", UNSEEN)),
  ...LOOK_ALIKE_ROWS.map(row => recordOf(row, "staged-look-alikes-1", [1, 20])),
  ...SYMBOL_ROWS.map(row => recordOf(row, "forged-symbols-1", null)),
]

function recordOf(
  [heuristic, counted, truePositives, falsePositives, falseNegatives]: MeasuredRow,
  worlds: Worlds,
  seeds: MeasuredRecord["seeds"],
): MeasuredRecord {
  return { heuristic, counted, truePositives, falsePositives, falseNegatives, worlds, seeds }
}

const BY_NAME: ReadonlyMap<MeasuredHeuristic, MeasuredRecord> = new Map(
  MEASURED_RATES.map(record => [record.heuristic, record]),
)

export function measuredRecord(heuristic: MeasuredHeuristic): MeasuredRecord {
  const record = BY_NAME.get(heuristic)
  if (record === undefined) throw new Error(`${heuristic} was not measured`)
  return record
}
