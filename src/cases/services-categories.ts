import type { Label } from "../ports/label-book.ts"

/**
 * The categories of owners at which following stops. What these pay out belongs to their customers, or was given for
 * something: a trace that runs on through them accuses strangers. The words are those of the entity taxonomy of INTERPOL's
 * dark web and virtual assets working group (DW-VA-Taxonomy, entities.csv), which GraphSense's tag packs use, and common
 * other spellings. A category that stands in neither table is followed: no service is made up from a word not known.
 */
export const STOPPING: ReadonlyMap<string, string> = new Map([
  ["exchange", "holds customers' money"],
  ["p2p_exchange", "holds customers' money"],
  ["instant_exchange", "changes money for customers"],
  ["swap", "changes money for customers"],
  ["swapping_service", "changes money for customers"],
  ["dex", "a pool of many owners"],
  ["liquidity_pool", "a pool of many owners"],
  ["defi", "a pool of many owners"],
  ["lending", "a pool of many owners"],
  ["otc", "changes money for customers"],
  ["atm", "changes money for customers"],
  ["broker", "holds customers' money"],
  ["custodian", "holds customers' money"],
  ["wallet_service", "holds customers' money"],
  ["hosted_wallet", "holds customers' money"],
  ["payment_processor", "holds merchants' money"],
  ["payment_service", "holds merchants' money"],
  ["mixing_service", "a pool of many owners"],
  ["mixer", "a pool of many owners"],
  ["tumbler", "a pool of many owners"],
  ["bridge", "a pool of many owners; goes on on another chain"],
  ["defi_bridge", "a pool of many owners; goes on on another chain"],
  ["cross_chain_bridge", "a pool of many owners; goes on on another chain"],
  ["market", "holds buyers' and sellers' money"],
  ["marketplace", "holds buyers' and sellers' money"],
  ["darknet_market", "holds buyers' and sellers' money"],
  ["shop", "is paid for goods"],
  ["merchant", "is paid for goods"],
  ["hosting", "is paid for a service"],
  ["filesharing", "is paid for a service"],
  ["messaging_service", "is paid for a service"],
  ["gambling", "holds players' money"],
  ["casino", "holds players' money"],
  ["miner", "pays out to those who mine with it"],
  ["mining_pool", "pays out to those who mine with it"],
  ["service", "serves the public, as its list says"],
])

/** Categories that are followed on purpose, for whoever looks for them here: they name a person, a list or an event. */
export const FOLLOWED: readonly string[] = [
  "user",
  "person",
  "individual",
  "organization",
  "black_list",
  "blacklist",
  "sanction",
  "sanctioned_entity",
  "hacker",
  "thief",
  "victim",
  "donation",
  "index",
  "search_engine",
  "token",
  "contract",
]

/**
 * Kinds of abuse that say "this is where a crime's money went". Such a label is of the thief's address even where its
 * category is the victim's ("exchange", "service_hack"), so it is followed. A sanction says nothing of the kind: a
 * sanctioned mixer is a mixer.
 */
export const OF_THE_THIEF: readonly string[] = [
  "service_hack",
  "hack",
  "exploit",
  "theft",
  "phishing",
  "ransomware",
  "extortion",
  "sextortion",
  "scam",
]

/** Whether following stops where this label stands. */
export function isServiceLabel({ category, abuse }: Pick<Label, "category" | "abuse">): boolean {
  if (category === null || !STOPPING.has(word(category))) return false
  return abuse === null || !OF_THE_THIEF.includes(word(abuse))
}

const word = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_")
