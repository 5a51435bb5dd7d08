import { grouped, many } from "./many.ts"

/** How it is known that an address is a service's: said of arrivals in text and in the report. */
export const servicesEn = {
  why: "By what following stopped",
  at: (service: string, addresses: number) =>
    addresses === 1 ? service : `${service}, ${grouped(addresses)} addresses`,
  file: (list: string) => `named by the services file ${list}`,
  case: (list: string) => `named by the case ${list}`,
  chain: "made so by the chain itself, which hides who owns what in it",
  label: (label: string, kind: string, list: string, source: string, seen: string) =>
    `labelled "${label}" (${kind}) by ${list}${source}, as of ${seen}`,
  kind: (category: string, abuse: string | null) =>
    abuse === null ? category : `${category}; abuse: ${abuse}`,
  sanction: (told: string) => `SANCTION: ${told}`,
  noCategory: "no category",
  from: (source: string) => ` from ${source}`,
  moreLabels: (count: number) => many(count, "more label", "more labels"),
  disagree: "the labels do not agree on whose it is; following stops all the same",
  "deposit-address": (via: string) =>
    `by its record a deposit address: it only forwards to ${via} (inferred)`,
  cluster: (via: string) => `by its record of the same owner: it spends together with ${via} (inferred)`,
  depositAddress: (address: string) => `deposit address ${address}`,
  shown: "Transactions that show it",
  cannotRuleOut: "What it cannot rule out",
  doubts: {
    payjoin: "that payer and payee both put in inputs (a payjoin)",
    coinjoin: "that several owners spent together in a way not known here",
    "two-party-join": "that two owners spent together",
    "shared-custody": "that one service signs for many customers",
    "only-customer": "that it is a customer's own wallet, which so far has paid only this service",
    "few-sweeps": "chance: it was seen fewer than twice",
    "kept-tokens": "that a token which came once and never left is the owner's own",
  } as Readonly<Record<string, string>>,
  short: {
    file: "services file",
    case: "case",
    chain: "chain",
    label: "by label",
    "deposit-address": "by pattern: deposit address",
    cluster: "by pattern: cluster",
  },
  labelsAsked: (count: number, asOf: string) =>
    `Labels: ${grouped(count)} in the book, taken as they stood on ${asOf}. Following stops where a label's category is a service's; of several labels that disagree all are told.`,
  andLeftOut: (count: number) => `and ${count} more`,
}

export type ServicesMessages = typeof servicesEn
