import type { LabelItem } from "../contracts/screen.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"
import { isSanction } from "./sanction.ts"

export interface LabelFindings {
  readonly sanctions: readonly LabelItem[]
  readonly labels: readonly LabelItem[]
  readonly withdrawn: readonly LabelItem[]
}

/** Labels that came after the day of the book: how many, and the first of their days. */
export interface LaterLabels {
  readonly count: number
  readonly first: string
}

/** Every label of these addresses, sanctions apart; those withdrawn by the day of the book as withdrawn. */
export function labelFindings(book: LabelBook, addresses: readonly string[]): LabelFindings {
  const standing: LabelItem[] = []
  const withdrawn: LabelItem[] = []
  // Address by address: a book that was asked for one has all of its labels at hand.
  for (const address of addresses) {
    standing.push(...book.labelsOf(address).map(labelItem))
    withdrawn.push(...book.withdrawnOf(address).map(labelItem))
  }
  return {
    sanctions: standing.filter(({ sanction }) => sanction),
    labels: standing.filter(({ sanction }) => !sanction),
    withdrawn,
  }
}

/** @returns null where none came later */
export function laterLabels(book: LabelBook, addresses: readonly string[]): LaterLabels | null {
  const days = addresses.flatMap(address => book.laterOf(address).map(({ seen }) => seen))
  const [first] = days.sort()
  return first === undefined ? null : { count: days.length, first }
}

/** On which networks any list has this text, whatever the day. */
export function networksListing(book: LabelBook, text: string): readonly string[] {
  const all = [...book.labelsOf(text), ...book.withdrawnOf(text), ...book.laterOf(text)]
  return all.map(({ network }) => network)
}

/** A label as an answer tells it. */
export function labelItem(label: Label): LabelItem {
  const { address, network, checked, actor, category, abuse, confidence, source, licence, note } = label
  const { list, creator, seen, seenFrom, withdrawn } = label
  return {
    address,
    network,
    checked,
    label: label.label,
    actor,
    category,
    abuse,
    confidence,
    source,
    licence,
    note,
    list,
    creator,
    seen,
    seenFrom,
    withdrawn,
    sanction: isSanction(label),
  }
}
