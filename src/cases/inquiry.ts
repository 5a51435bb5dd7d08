import type { RuleName } from "../ledger/vocabulary.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Notice, Source } from "../ports/source.ts"
import type { Question } from "../tracing/question.ts"
import { namedBook, type ServiceBook } from "./services-book.ts"
import { serviceFor } from "./services-known.ts"

/** A trace as the user asks for it: one source, the thefts, and how to follow them. */
export interface Inquiry {
  readonly caseId: string | null
  readonly chain: string | null
  readonly source: Source
  /** What is to be said besides what the source says of itself. */
  readonly notices: readonly Notice[]
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  readonly rules: readonly RuleName[]
  /** True for `--rule all`: rules that the chain does not allow are skipped, and said to be. */
  readonly allRules: boolean
  readonly fees: "drop" | "follow"
  readonly min: bigint
  readonly maxHops: number | null
  /** Services by address: all there are where no book is given, which then says where following stops. */
  readonly services: ReadonlyMap<string, string>
  readonly book?: ServiceBook
  readonly stopAtServices: boolean
  /** How many are kept for the answer; null for none, and nothing said of how many there are. */
  readonly flows: number | "all" | null
  readonly onProgress?: OnProgress
}

/** What an inquiry asks of one rule. */
export function questionFor(rule: RuleName, inquiry: Inquiry): Question {
  const { thefts, fees, min, maxHops, stopAtServices } = inquiry
  const book = bookOf(inquiry)
  const serviceOf = stopAtServices
    ? (address: string, asset: string) => serviceFor(book.serviceAt(address), asset)
    : () => null
  return { rule, thefts, fees, min, maxHops, serviceOf }
}

export function bookOf({ book, services }: Inquiry): ServiceBook {
  return book ?? namedBook(services)
}
