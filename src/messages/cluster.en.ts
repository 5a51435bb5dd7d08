import type { CHANGE_HEURISTICS } from "../clustering/change.ts"
import type { COINJOIN_PATTERNS } from "../clustering/coinjoin-finding.ts"
import type { DOUBTS } from "../clustering/doubt.ts"
import { grouped } from "./many.ts"

type Words<Codes extends readonly string[]> = Readonly<Record<Codes[number], string>>

const doubts: Words<typeof DOUBTS> = {
  payjoin: "that payer and payee both put in inputs (a payjoin)",
  coinjoin: "that several owners spent together in a way not known here",
  "two-party-join": "that two owners spent together",
  "batch-by-service": "that a service paid many customers the same amount out of its own addresses",
  "self-transfer": "that the owner moved coins between addresses of its own",
  "shared-custody": "that one service signs for many customers",
  "fresh-payee": "that the payee gave out an address never used before",
  "reused-change": "that the wallet takes its change at an address used before",
  "same-wallet-kind": "that payer and payee use the same kind of address",
  "upgraded-wallet": "that the wallet takes change at a newer kind of address",
  "coin-selection": "that the wallet picked more inputs than it needed",
  "round-in-other-money": "that the payment was round in another currency",
  "only-customer": "that it is a customer's own wallet, which so far has paid only this service",
  "few-sweeps": "chance: it was seen fewer than twice",
  "kept-tokens": "that a token which came once and never left is the owner's own",
}

const patterns: Words<typeof COINJOIN_PATTERNS> = {
  whirlpool: "Whirlpool",
  "wasabi-1": "Wasabi 1",
  "wasabi-2": "Wasabi 2",
  joinmarket: "JoinMarket",
  "equal-outputs": "equal outputs",
}

const heuristics: Words<typeof CHANGE_HEURISTICS> = {
  "self-change": "goes back to an address that paid in",
  "one-time-address": "the only output to an address never used before",
  "script-type": "the only output of the payer's kind of address",
  "optimal-change": "the only output below every input",
  "round-payment": "the only output that is not round",
}

export const clusterEn = {
  help: `ashiato cluster REF...   which addresses spend together in a ledger, and by which transactions

REF is an address, an output (txid:vout), or a transaction id: of a transaction, the clusters of those who spent in it.
Addresses that put inputs into one transaction are taken for one owner's; coinjoins are left out. Change is shown and
never merged. Labels of other members are carried over as inferred, with the path. Accounts do not spend together: on
Ethereum and NEM only deposit addresses are recognised.

  --ledger DIR            a ledger that "ashiato ingest" has made (default ./ashiato.ledger)
  --labels DIR            labels that "ashiato labels import" has stored (default ./ashiato.labels, if it is there)
  --as-of DATE            count what the labels' lists said on this day, YYYY-MM-DD (default today)
  --most N                print at most N of each list (default 20, at most 100000)
  --json                  the answer as ashiato/cluster/1
  --lang en|ja            language (default: from the locale)

Examples
  ashiato cluster 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
  ashiato cluster 4a5e...b:0 --ledger btc.ledger --labels ashiato.labels --as-of 2024-06-30
  ashiato cluster 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --most 1000 --json
`,
  colon: ": ",
  semicolon: "; ",
  doubts,
  patterns,
  heuristics,
  kinds: { address: "address", output: "output", transaction: "transaction" },
  title: (ref: string, kind: string) => `${ref} (${kind})`,
  subject: (address: string) => `Owner of ${address}`,
  members: (count: number) =>
    count === 1
      ? "Cluster: this address alone; it never put an input beside another address's"
      : `Cluster: ${grouped(count)} addresses`,
  cut: {
    owners:
      "Cut: more addresses were reached than are looked through. There may be more members, and no label is carried",
    transactions:
      "Cut: more transactions than are looked through. There may be more members, and no label is carried",
    outputs: "Cut: more outputs than are looked through. There may be more members, and no label is carried",
  },
  accounts: "Accounts do not spend together: there is no co-spend cluster on this chain.",
  merges: (count: number) => `Joined by (${count})`,
  link: (from: string, to: string, txid: string) => `${from} and ${to} both paid into ${txid}`,
  leftOut: (count: number) => `Left out as coinjoins, joined nobody (${count})`,
  coinjoin: (txid: string, pattern: string, alike: number) => `${txid}: ${pattern}, ${alike} outputs alike`,
  payjoins: (count: number) => `Merged, and may be payjoins: an input was not needed (${count})`,
  changes: (count: number) => `Possible change: shown, never merged (${count})`,
  vote: (output: string, address: string, why: string) => `${output} ${address}: ${why}`,
  agreed: (output: string) => `agreed by two or more, contradicted by none: ${output}`,
  notAgreed: "no two agree, or they contradict each other",
  heldBack: (count: number) => `Held back by the guard against false merges, joined nobody (${count})`,
  bridge: {
    "both-large": (txid: string, a: string, b: string, sizes: readonly [number, number]) =>
      `${txid}: would join ${a} (${sizes[0]} addresses) and ${b} (${sizes[1]}), both large`,
    "different-actors": (
      txid: string,
      a: string,
      b: string,
      _sizes: readonly [number, number],
      actors: readonly [string | null, string | null],
    ) => `${txid}: would join ${a} (labelled ${actors[0]}) and ${b} (labelled ${actors[1]})`,
  },
  deposit: (service: string) =>
    `Deposit address of ${service} by its record: it only forwards to it (inferred)`,
  noDeposit: "Not recognised as a deposit address: it never only forwarded to one labelled service.",
  depositWeak: (service: string) =>
    `May be a deposit address of ${service}: it was swept there once, and a single payment looks the same (inferred)`,
  depositUnknown: {
    "no-labels": "Deposit addresses are not recognised without labels (ashiato labels import).",
    "too-many-moves": "Not looked at for deposits: it moved too often to be a customer's.",
  },
  depositAssets: (assets: string) => `for ${assets}; of other assets nothing is said`,
  sweeps: (count: number) => `Passed on by (${count})`,
  own: (count: number) => `Labels of the address itself (${count})`,
  reached: (count: number) =>
    `Labels that reach it through the cluster (inferred: nobody says it of this address) (${count})`,
  notCarried: (count: number) => `Labels of other members, not carried over (${count})`,
  noLabels: {
    members: "None of the members has a label in the lists.",
    account: "It has no label in the lists.",
  },
  labelsAbsent: "No lists of labels are loaded (ashiato labels import).",
  disagree: (actors: string) =>
    `Labels name different owners in this cluster (${actors}): none is carried over.`,
  label: (address: string, label: string, kind: string, list: string, seen: string) =>
    `${address}: "${label}" (${kind}) by ${list}, as of ${seen}`,
  sanction: "SANCTION",
  abuse: (word: string) => `abuse: ${word}`,
  noCategory: "no category",
  by: (path: string) => `by ${path}`,
  cannotRuleOut: "cannot rule out",
  more: (count: number) => `and ${grouped(count)} more (--most)`,
  moreSubjects: (count: number) =>
    count === 1
      ? "The cluster of 1 more owner of this transaction was not looked up."
      : `The clusters of ${grouped(count)} more owners of this transaction were not looked up.`,
  horizon: (height: number, hash: string, time: string) => `True up to block ${height} ${hash} ${time}`,
  noHorizon: "The ledger is empty.",
  labelled: (count: number, asOf: string) =>
    `Labels: ${grouped(count)} in the book, as they stood on ${asOf}`,
  rates: (worlds: string, first: number, last: number) =>
    `How often these heuristics were right on staged chains whose truth is known (${worlds}, ${first} to ${last}; real chains differ)`,
  ratesOfList: (list: string) =>
    `How often these heuristics were right on lists whose truth is known (${list}; what is met on a chain differs)`,
  rate: (heuristic: string, counted: string, precision: string, recall: string) =>
    `${heuristic} (${counted}): ${precision} of what it says is so; it finds ${recall} of what is so`,
  counted: {
    transaction: "transactions",
    pair: "pairs of addresses",
    output: "outputs",
    address: "addresses",
    symbol: "symbols of tokens",
  },
  share: (percent: string, right: number, of: number, low: string | null, high: string | null) =>
    low === null ? `${percent} (${right} of ${of})` : `${percent} (${right} of ${of}; ${low} to ${high})`,
  notMeasured: "an unknown share",
  notProof: "A cluster is a reading of the record and no proof of ownership.",
  notProofOfDeposit:
    "A deposit address is told by a reading of the record, which is no proof of whose it is.",
  notProofOfLikeness: "A likeness is a reading of letters and digits: it says nothing of who owns either.",
}

export type ClusterMessages = typeof clusterEn
