import type { LabelItem } from "../contracts/screen.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"

/** Lists that are OFAC's by their title: the office's name, or that of its list (Specially Designated Nationals). */
const SANCTIONS_LIST = /\b(?:OFAC|SDN)\b|\bsanctions?\b/i

/**
 * Whether a label says that its address is under sanctions: by its kind of abuse ("sanction"), by its category
 * ("sanction", "sanctioned_entity" ...), or by the title of its list (OFAC, SDN, "Sanctions List"). The words of a
 * source or of a note do not count: a report that mentions OFAC is no sanction.
 */
export function isSanction({ abuse, category, list }: Pick<Label, "abuse" | "category" | "list">): boolean {
  return /^sanction/i.test(abuse ?? "") || /^sanction/i.test(category ?? "") || SANCTIONS_LIST.test(list)
}

export interface LabelFindings {
  readonly sanctions: readonly LabelItem[]
  readonly labels: readonly LabelItem[]
  readonly withdrawn: readonly LabelItem[]
}

/** Every label of these addresses, sanctions apart; those withdrawn by the day of the book as withdrawn. */
export function labelFindings(book: LabelBook, addresses: readonly string[]): LabelFindings {
  const standing = addresses.flatMap(address => book.labelsOf(address).map(labelItem))
  return {
    sanctions: standing.filter(({ sanction }) => sanction),
    labels: standing.filter(({ sanction }) => !sanction),
    withdrawn: addresses.flatMap(address => book.withdrawnOf(address).map(labelItem)),
  }
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
