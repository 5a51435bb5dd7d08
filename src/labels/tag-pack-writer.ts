import { stringify } from "yaml"
import type { Label } from "../ports/label-book.ts"

/** Codes that TagPacks use for the networks that have one. */
const CODES: Readonly<Record<string, string>> = {
  bitcoin: "BTC",
  litecoin: "LTC",
  ethereum: "ETH",
  nem: "XEM",
  "bitcoin-cash": "BCH",
  "bitcoin-sv": "BSV",
  "bitcoin-gold": "BTG",
  zcash: "ZEC",
  dash: "DASH",
  dogecoin: "DOGE",
  verge: "XVG",
  tron: "TRX",
  "ethereum-classic": "ETC",
  bsc: "BSC",
  arbitrum: "ARB",
  polygon: "MATIC",
  monero: "XMR",
  ripple: "XRP",
}

const CONCEPTS = /^concepts: ([^;]*)(?:; ([\s\S]*))?$/

type TagFields = Record<string, string | boolean | readonly string[]>

/**
 * Labels of one list as a TagPack. A field that all of them share goes into the header, from which they inherit it. What
 * the format has no field for, a licence and the end of a label, is not in it: labels that were withdrawn are left out
 * by whoever calls this. The day is written whoever said it: without it the labels would be read again as of that day.
 */
export function tagPackText(list: string, creator: string | null, labels: Iterable<Label>): string {
  const tags = [...labels].map(fieldsOf)
  const header: TagFields = { title: list, creator: creator ?? "unknown" }
  const [first] = tags
  for (const [key, value] of Object.entries(first ?? {})) {
    if (key === "address" || !tags.every(tag => JSON.stringify(tag[key]) === JSON.stringify(value))) continue
    header[key] = value
    for (const tag of tags) delete tag[key]
  }
  // Addresses in quotes: to other readers an unquoted 0x12 is a number.
  return stringify(
    { ...header, tags },
    { lineWidth: 0, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
  )
}

function fieldsOf(label: Label): TagFields {
  const [, concepts, context] = CONCEPTS.exec(label.note ?? "") ?? [null, null, label.note]
  const fields: Record<string, string | boolean | readonly string[] | null | undefined> = {
    address: label.address,
    currency: CODES[label.network] ?? label.network.toUpperCase(),
    label: label.label,
    actor: label.actor,
    category: label.category,
    abuse: label.abuse,
    confidence: label.confidence,
    is_cluster_definer: label.definesCluster,
    source: label.source,
    lastmod: label.seen,
    concepts: concepts?.split(", "),
    context,
  }
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as TagFields
}
