import { STEP_KINDS } from "../../ledger/step.ts"
import type { FlowKind } from "../../ledger/vocabulary.ts"

/** Of the columns of a traced set; raised whenever they change. */
export const TRACED_LAYOUT = "traced/2"

/** A kind's number is its place here; it is stored. */
export const KINDS: readonly FlowKind[] = [...STEP_KINDS, "theft", "unrecorded"]

/** Stored where a credit has no height. */
export const NO_HEIGHT = 0xffff_ffff
