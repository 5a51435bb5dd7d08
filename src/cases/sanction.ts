import type { Label } from "../ports/label-book.ts"

/** Words of a kind of abuse, a category or a concept that name a sanction, and nothing but these. */
const SANCTION_WORDS: readonly string[] = ["sanction", "sanctions", "sanctioned", "sanctioned_entity"]

/** How a label's note begins that has a TagPack's concepts. */
const CONCEPTS = /^concepts: ([^;]*)/

/**
 * INTERPOL's packs of OFAC's list ("ofac.yaml" of GraphSense's public ones) say no abuse: each label is these words, with
 * the file of OFAC's that it was made of as its source.
 */
const LISTED_BY_OFAC = "Asset listed under US Treasury OFAC Sanctions List"
const SDN_FILE = /^https?:\/\/(?:www\.)?treasury\.gov\/ofac\/downloads\/sdn(?:list)?\.[a-z]{2,3}$/i

/**
 * Whether a label says that its address is under sanctions: by its kind of abuse, its category or one of its concepts,
 * each by an exact word, or as INTERPOL's packs of OFAC's list say it. OFAC's own files are read with that abuse. Titles,
 * sources and notes do not count by words in them: a list called "not on any sanctions list", a category
 * "sanction_cleared", a report that mentions OFAC are no sanctions.
 */
export function isSanction(label: Pick<Label, "label" | "abuse" | "category" | "note" | "source">): boolean {
  const { abuse, category, note, source } = label
  if ([abuse, category, ...conceptsOf(note)].some(namesSanction)) return true
  return label.label === LISTED_BY_OFAC && SDN_FILE.test(source ?? "")
}

function namesSanction(text: string | null): boolean {
  if (text === null) return false
  return SANCTION_WORDS.includes(
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_"),
  )
}

function conceptsOf(note: string | null): readonly string[] {
  return CONCEPTS.exec(note ?? "")?.[1]?.split(", ") ?? []
}
