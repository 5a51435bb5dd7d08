/**
 * `ashiato/policy/1`: a user's own rules on what screening finds, in order; the first that fits decides. The schema
 * beside this file is the published contract. There is no score: a rule names facts.
 */
import type { Side, Verdict } from "../ledger/screen-words.ts"
import type { RuleName } from "../ledger/vocabulary.ts"

export const POLICY_SCHEMA = "ashiato/policy/1"

/** A label that has one of each of these. */
export interface LabelCondition {
  readonly category?: readonly string[]
  readonly actor?: readonly string[]
  readonly list?: readonly string[]
  readonly confidence?: readonly string[]
  readonly abuse?: readonly string[]
}

/** Traced value of one theft in one asset. Amounts are smallest units; shares are parts of a million. */
export interface TracedCondition {
  /** Of these thefts; of any where it is left out. */
  readonly theft?: readonly string[]
  /** By which figure: a rule's own, or the least or the most of the conserving rules. */
  readonly rule: RuleName | "least" | "most"
  readonly of: "received" | "held"
  readonly asset?: string
  readonly atLeast?: bigint
  readonly below?: bigint
  readonly shareAtLeast?: bigint
  readonly shareBelow?: bigint
  readonly hopsAtLeast?: number
  readonly hopsAtMost?: number
}

/** `standing`: on the day asked for; `ever`: then, or withdrawn by then. */
export type SanctionedCondition = "standing" | "ever"

/** All that is named has to hold. */
export interface Condition {
  /**
   * Only of owners on this side of a transaction or a transfer; of both where it is left out. Traced value is of the side
   * that received it. An address by itself is on no side, and a side makes no difference to it.
   */
  readonly side?: Side
  readonly sanctioned?: SanctionedCondition
  readonly label?: LabelCondition
  readonly traced?: TracedCondition
  /** The same, through the address's cluster: inferred. */
  readonly cluster?: {
    /** Also labels that are not carried over, and those beyond a merge that the guard held back. */
    readonly notCarried?: true
    readonly sanctioned?: true
    readonly label?: LabelCondition
    readonly traced?: TracedCondition
  }
  readonly lookAlike?: true
  /** Something of these could not be known. */
  readonly unknown?: readonly string[]
}

export interface PolicyRule {
  readonly id: string
  readonly when: Condition
  /** `then` in the file. */
  readonly verdict: Verdict
}

export interface Policy {
  readonly name: string | null
  readonly rules: readonly PolicyRule[]
  readonly default: Verdict
}

/** A name in a policy that nothing loaded has, so that the part of a rule that names it can never fit. */
export interface PolicyNeverMatch {
  /** Where in the policy: "rules.0.when.traced.theft". */
  readonly path: string
  readonly what: "theft" | "asset" | "list"
  readonly value: string
}

export interface PolicyVerdict {
  readonly verdict: Verdict
  /** The rule that fired; null for the default. */
  readonly rule: string | null
  /** The side that the rule is about; left out where it names none, and of an address, which is on none. */
  readonly side?: Side
  /** JSON pointers (RFC 6901) into the answer: the facts that made it fire. */
  readonly facts: readonly string[]
}
