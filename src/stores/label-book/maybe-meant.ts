import type { WithdrawnNothing } from "../../ledger/label-words.ts"
import type { PackSection } from "./pack.ts"

/** Of a file that is said to be the whole of its list, more entries that were not taken are no slips of the pen. */
export const MOST_REJECTED = 1000
/** No address is longer; what is may be several, of which any could be meant. */
const LONGEST = 256
/** So many characters of a rejected entry may be wrong, missing or too many. */
const MOST_SLIPS = 2

/** An address that stays, and the entry that was not taken and may have meant it. */
export interface Spared {
  readonly address: string
  readonly entry: string
}

/**
 * What the entries of a file that were not taken may have meant. A file that could not be read in full does not say that
 * what was not read is no longer listed.
 */
export class MaybeMeant {
  readonly any: WithdrawnNothing | null
  readonly #entries: readonly { readonly entry: string; readonly text: string }[]

  constructor({ rejected = [], moreRejected }: Pick<PackSection, "rejected" | "moreRejected">) {
    this.#entries = rejected.map(entry => ({ entry, text: folded(entry) }))
    const isUnclear = this.#entries.some(({ text }) => text === "" || text.length > LONGEST)
    this.any = moreRejected === true ? "many-rejects" : isUnclear ? "reject-without-address" : null
  }

  /** The entry that may have meant this address: the same but for case and two slips, its cut-off beginning, or around it. */
  entryFor(address: string): string | null {
    const text = folded(address)
    const found = this.#entries.find(
      other => text.startsWith(other.text) || other.text.includes(text) || isNear(text, other.text),
    )
    return found?.entry ?? null
  }
}

/** Case, spaces, the hyphens of NEM and the dots of what was cut off tell no two addresses of one list apart. */
function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s-]/g, "")
    .replace(/(?:\.|\u2026)+$/, "")
}

/** Whether at most so many characters are to be changed, left out or put in. */
function isNear(a: string, b: string, slips = MOST_SLIPS): boolean {
  if (Math.abs(a.length - b.length) > slips) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const [restA, restB] = [a.slice(at), b.slice(at)]
  if (restA === restB) return true
  if (slips === 0) return false
  return (
    isNear(restA.slice(1), restB.slice(1), slips - 1) ||
    isNear(restA.slice(1), restB, slips - 1) ||
    isNear(restA, restB.slice(1), slips - 1)
  )
}
