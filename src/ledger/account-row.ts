import { Problem } from "../units/problem.ts"
import type { Grade } from "./grade.ts"
import type { StepKind, Tx } from "./step.ts"

/** One row of an account chain's record: value moves from one account to one account. */
export interface AccountRow {
  readonly tx: Tx
  /** What a theft's reference to this row is written like: `txid#n`, or a case's transfer id. */
  readonly ref: string
  /** Null issues. */
  readonly from: string | null
  /** Null burns; "?" left the account by a source's word, to where is on no record. */
  readonly to: string | null
  readonly asset: string
  readonly amount: bigint
  readonly kind: StepKind
  /** Rows with the same key are one exchange; null for none. */
  readonly exchange: string | null
  readonly grade: Grade
  readonly source: string | null
  readonly originUnknown: boolean
}

export const UNRECORDED = "?"

/**
 * A pot is written `account/asset`, and two pots must never be written alike: accounts are opaque, so it is the
 * asset that has no slash.
 *
 * @throws Problem `field-empty` or `asset-malformed`
 */
export function parseAsset(text: string): string {
  if (text === "") throw new Problem("field-empty")
  if (text.includes("/")) throw new Problem("asset-malformed", { value: text })
  return text
}

/**
 * What kind a row is, when it does not say so itself, and whether what it says fits its ends.
 *
 * @throws Problem `row-nowhere`, `from-unrecorded` or `kind-contradicts`
 */
export function kindOf(
  said: StepKind | null,
  from: string | null,
  to: string | null,
  exchange: boolean,
): StepKind {
  if (from === null && to === null) throw new Problem("row-nowhere", {}, { column: "from" })
  if (from === null && to === UNRECORDED) throw new Problem("row-nowhere", {}, { column: "to" })
  if (from === UNRECORDED) throw new Problem("from-unrecorded", {}, { column: "from" })
  if (said === null) {
    if (exchange) return "exchange"
    return from === null ? "issue" : to === null ? "burn" : "transfer"
  }
  const wrong =
    ((said === "issue" || said === "reward") && from !== null && "from") ||
    (said === "burn" && to !== null && "to") ||
    (said === "transfer" && from === null && "from") ||
    (said === "fee" && from === null && "from") ||
    (said === "exchange" && !exchange && "exchange")
  if (wrong) throw new Problem("kind-contradicts", { kind: said, ends: wrong }, { column: "kind" })
  if (exchange && said !== "exchange" && said !== "transfer") {
    throw new Problem("kind-contradicts", { kind: said, ends: "exchange" }, { column: "kind" })
  }
  return exchange ? "exchange" : said
}

/** A reward is a subsidy, and what a chain begins with is its genesis; any other issue has no known origin. */
export function isOriginUnknown(from: string | null, kind: StepKind, height: number | null): boolean {
  return from === null && kind !== "reward" && height !== 0
}
