import type { StepKind } from "./step.ts"

/** The rules that conserve value, in the order in which answers list them. */
export const CONSERVING_RULES = ["fifo", "lifo", "haircut", "clean-first", "dirty-first", "tiho"] as const
export const RULES = [...CONSERVING_RULES, "poison"] as const
export type ConservingRule = (typeof CONSERVING_RULES)[number]
export type RuleName = (typeof RULES)[number]

/** The identity: the left-hand side, then where every traced unit is, in the order in which it is printed. */
export const SOURCES_OF_VALUE = ["declared", "exchangedIn"] as const
export const PLACES_OF_VALUE = [
  "held",
  "services",
  "fees",
  "burned",
  "exchanged",
  "unrecorded",
  "belowThreshold",
  "notFollowed",
] as const
export const BUCKETS = [...SOURCES_OF_VALUE, ...PLACES_OF_VALUE] as const
export type Bucket = (typeof BUCKETS)[number]

/** What a traced credit is told as: its step's kind, or that it was declared stolen, or that no record has its end. */
export type FlowKind = StepKind | "theft" | "unrecorded"
