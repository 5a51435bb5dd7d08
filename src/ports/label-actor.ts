/**
 * Who is meant by the short name that labels give in `actor`, as a list describes it. Like a label a claim with a source:
 * two that disagree stand side by side.
 */
export interface LabelActor {
  /** The short name ("binance"). */
  readonly id: string
  readonly label: string
  /** Where it is on the web; null where the list does not say. */
  readonly uri: string | null
  readonly categories: readonly string[]
  /** Codes of countries, as the list has them. */
  readonly jurisdictions: readonly string[]
  /** Other short names for it, by which labels may mean it as well. */
  readonly aliases: readonly string[]
  /** Further words of the list: as JSON where the list has fields. */
  readonly context: string | null
  readonly source: string | null
  readonly licence: string | null
  /** The list that it stands in. */
  readonly list: string
  readonly creator: string | null
  /** The days, as a label has them (`label-book.ts`). */
  readonly seen: string
  readonly seenFrom: "list" | "user" | "import"
  readonly withdrawn: string | null
}
