import { honestOneIn } from "../clustering/look-alike.ts"
import type { LookAlikeItem } from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { ScreenedCase } from "./screen-case.ts"

/** What is known of the reference already. */
interface Known {
  readonly isAddress: boolean
  readonly isLabelled: boolean
  readonly carriesNothing: boolean
}

/**
 * What a reference imitates: as a case's record says, or by its first and last characters. An address that is itself
 * labelled, or of a case's own record, is not told as an imitation of the one that imitates it.
 */
export function lookAlikesOf(
  forms: readonly string[],
  cases: readonly ScreenedCase[],
  book: LabelBook | null,
  { isAddress, isLabelled, carriesNothing }: Known,
): readonly LookAlikeItem[] {
  const recorded = cases.flatMap(one => forms.flatMap(form => one.recordedLookAlikes(form, carriesNothing)))
  if (recorded.length > 0 || !isAddress) return recorded
  const isKnown = isLabelled || forms.some(form => cases.some(one => one.hasOwn(form)))
  if (isKnown) return []
  const resembling = cases.flatMap(one => forms.map(form => one.resembling(form)))
  return [
    ...resembling.filter(one => one !== null).map(one => ({ ...one, carriesNothing })),
    ...forms.flatMap(form => (book === null ? [] : labelled(form, book, carriesNothing))),
  ]
}

/**
 * The owners of an output, or of a transaction, that imitate others, each asked by itself: whoever was paid by mistake
 * was paid at such an address.
 */
export function lookAlikesAmong(
  owners: readonly string[],
  cases: readonly ScreenedCase[],
  book: LabelBook | null,
  rowsOf: (address: string) => number,
): readonly LookAlikeItem[] {
  return owners.flatMap(address => {
    const isLabelled = book !== null && book.labelsOf(address).length > 0
    const known = { isAddress: true, isLabelled, carriesNothing: rowsOf(address) === 0 }
    return lookAlikesOf([address], cases, book, known)
  })
}

function labelled(address: string, book: LabelBook, carriesNothing: boolean): LookAlikeItem[] {
  return book.lookAlikesOf(address).map(({ address: imitates, head, tail }) => {
    const lists = [...new Set(book.labelsOf(imitates).map(({ list }) => list))]
    return {
      found: "resembles",
      what: "address",
      of: address,
      imitates,
      knownFrom: lists.join("; "),
      head,
      tail,
      oneIn: honestOneIn(address, { head, tail }, BigInt(book.count))?.toString() ?? null,
      symbol: null,
      grade: "inferred",
      sources: [],
      carriesNothing,
    }
  })
}
