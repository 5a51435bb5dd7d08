import type { Grade } from "../../ledger/grade.ts"
import type { StepKind } from "../../ledger/step.ts"

/**
 * What the numbers in a ledger mean. They are stored: a word may be added at the end, none may move. Kinds have three
 * bits in the published columns, grades two.
 */
export const KINDS: readonly StepKind[] = ["transfer", "fee", "issue", "burn", "reward", "exchange"]
export const GRADES: readonly Grade[] = ["chain", "computed", "reported", "inferred"]

/** Of an id: there is none. */
export const NONE = 0xffff_ffff
/** Of the pot that a row enters: the record says that value left, and not to where. */
export const TO_UNRECORDED = 0xffff_fffe
/** Ids of rows, transactions, accounts and pots have 32 bits, less the two above. */
export const MOST_IDS = 0xffff_fffe

/** A row's kind, grade and flags in one byte. */
export const ORIGIN_UNKNOWN_FLAG = 32
export const EXCHANGE_FLAG = 64

/** How a transaction's time is stored in one number: what it is in the low bits, seconds from 2^40 before 1970 above. */
export const HAS_ID = 4
export const TIME_UNKNOWN = 0
export const TIME_TO_THE_SECOND = 1
export const TIME_TO_THE_MINUTE = 2
export const TIME_SHIFT = 8
export const TIME_ORIGIN = 2 ** 40
