import type { RefKind, Side, UnknownCode, Verdict } from "../ledger/screen-words.ts"
import { grouped, many } from "./many.ts"

type Detail = Readonly<Record<string, string>>

/** Why nothing is known of an address's cluster. */
const clusterReasons: Readonly<Record<string, string>> = {
  "not-looked-up":
    "this ledger was published before it listed outputs by owner (ashiato ledger publish writes it anew)",
  "ledger-absent": "that needs a ledger of its chain",
  "account-chain": "accounts do not spend together, so that there is no co-spend cluster on its chain",
  "not-in-ledger": "the ledger has never seen the address",
  "too-large": "too large to be looked through here (ashiato cluster)",
  "actors-disagree":
    "labels name different owners in one cluster, so that nothing is carried over (ashiato cluster)",
  "not-there": "the ledger does not have it",
  "owners-unknown": "whose it is cannot be told from what is loaded",
}

const unknown: Readonly<Record<UnknownCode, (d: Detail) => string>> = {
  "labels-absent": () =>
    "No lists of labels are loaded: whether it is labelled or under sanctions is not known (ashiato labels import).",
  "owners-unknown": () =>
    "Whose it is cannot be told from what is loaded: only labels of what is written here were looked up.",
  "labels-later": d =>
    `Labels of it that came after ${d.day} are not told: ${d.count} in all, the first of ${d.first}.`,
  "labels-old": d =>
    d.count === "0"
      ? `None of the labels had been seen by ${d.day}: what lists said on that day is not known.`
      : d.newest === "-"
        ? "No label bears a day of its list, only that of its import: how old the lists are is not known."
        : `The newest label is of ${d.newest}: what lists have said since, up to ${d.day}, is not known.`,
  "ledger-absent": d =>
    `No ledger of its chain (${d.chains}) is loaded: only the bundled cases were looked at.`,
  "ledger-other-chain": d =>
    `The ledger is of ${d.chain}, this is of ${d.chains}: nothing in it was looked up.`,
  "thefts-absent": () => "No thefts are named (--thefts): nothing in the ledger was traced.",
  "not-in-ledger": d => `${d.ledger} does not have it.`,
  "horizon-before": d =>
    d.day === "?"
      ? `${d.what} has no day up to which it speaks: what came after its last record is not seen.`
      : `${d.what} speaks up to ${d.day}: what came after that day is not seen.`,
  "trace-incomplete": d =>
    `What the trace itself could not know (${d.count} in all) is listed by "ashiato trace" with the same thefts.`,
  "clusters-unknown": d => {
    const what = d.count === undefined ? "its cluster" : `the clusters of ${d.count} of its owners`
    return `Nothing is said of ${what}: ${clusterReasons[d.why ?? ""] ?? d.why}.`
  },
  "clusters-left-out": d =>
    `The clusters of ${d.count} more of its owners were not looked up: those before them were work enough. Screen the addresses.`,
  "cluster-too-large": d =>
    `${d.clusters === "1" ? "Its cluster has" : `Its ${d.clusters} clusters have`} ${d.count} addresses; only of ${d.most} was the traced value looked up.`,
  "owners-left-out": d =>
    `It has ${d.of} owners: ${d.count} of them were left out, and nothing about them was looked up.`,
  "spenders-unknown": () =>
    "Who spent in it cannot be told from this ledger (ashiato ledger publish writes it anew): only those who received were looked up.",
  "spenders-not-asked": () =>
    "Who spent in its transaction could not be looked up, so that the policy's rules on the side that spent cannot fire: that needs a ledger that has it.",
  "chain-ambiguous": d => `It could be of any of these networks, and was looked up under each: ${d.chains}.`,
  "checksum-unchecked": d =>
    d.why === "absent"
      ? "It is written without a checksum: a slip of the pen in it cannot be seen."
      : "Whether it has a checksum that fits is not checked here: a slip of the pen in it is not seen.",
  "network-unknown": () => "Its network is not known here: it was looked up in the lists as it is written.",
  "stopped-at-service": d =>
    `Following stopped where traced value arrived at ${d.services}: what is held of it now is not known.`,
  "payers-not-looked": d =>
    d.leftOut === undefined
      ? "Who paid it was not looked up: this ledger does not tell, or the address moved too often."
      : `Not all of those who paid it were looked up: addresses: ${d.payers}, of its newest incoming transactions: ${d.transactions}; older transactions left out: ${d.leftOut}.`,
  "stopped-before": d =>
    `Following stopped before it: traced value had arrived at ${d.services}, which spent in it. What of that came on is not known.`,
  "as-of-labels-only": d =>
    `${d.day} counts for labels alone: traced value is told up to each record's own end.`,
}

export const screenEn = {
  kinds: {
    address: "address",
    transaction: "transaction",
    output: "output",
    "account-ref": "transfer",
  } satisfies Record<RefKind, string>,
  colon: ": ",
  semicolon: "; ",
  comma: ", ",
  title: (ref: string, kind: string, chains: string) => `${ref} (${kind}, ${chains})`,
  noChain: "network not known",
  verdicts: { pass: "PASS", review: "REVIEW", refuse: "REFUSE" } satisfies Record<Verdict, string>,
  noVerdict: "no verdict: no policy was given (--policy FILE)",
  byRule: (rule: string, policy: string) => `by rule "${rule}" of ${policy}`,
  onSide: {
    spent: (by: string) => `${by}, on the side that spent`,
    received: (by: string) => `${by}, on the side that received`,
  } satisfies Record<Side, (by: string) => string>,
  byDefault: (policy: string) => `by the default of ${policy}: no rule of it fits`,
  because: "because",
  inferred: "inferred, through its cluster",
  inferredBeyond: "not carried over, beside its cluster",
  ownerIs: (addresses: string) => `belongs to ${addresses}`,
  paidBy: (addresses: string) => `paid by ${addresses}`,
  spentBy: (addresses: string) => `spent by ${addresses}`,
  receivedBy: (addresses: string) => `received by ${addresses}`,
  few: (addresses: string, more: number) => (more === 0 ? addresses : `${addresses} and ${more} more`),
  sides: {
    spent: "spent in it",
    received: "received in it",
    both: "spent and received in it",
    paid: "paid it",
    owned: "owns it",
    selfPaid: "owns it and paid it",
  },
  sanctions: "Sanctions",
  labels: "Labels",
  withdrawn: "Withdrawn labels (they no longer stand)",
  named: "Named in a case",
  traced: "Traced value",
  cluster: (count: number) =>
    `Through its cluster of ${many(count, "address", "addresses")} (inferred: nobody says it of this address)`,
  outputCluster: (count: number) =>
    `Through its owner's cluster of ${many(count, "address", "addresses")} (inferred: it is not this output's own)`,
  transactionCluster: (count: number) =>
    `Through a cluster of ${many(count, "address", "addresses")} (inferred: it is not this transaction's own)`,
  clusterEmpty: (count: number) =>
    `Its cluster of ${many(count, "address", "addresses")} was looked through: nothing found.`,
  payersCluster: (count: number) =>
    `Through a cluster of ${many(count, "address", "addresses")} of those who paid it (inferred: nobody says it of this output)`,
  payersEmpty: (clusters: number, count: number) =>
    `Looked through, and nothing found: ${many(clusters, "cluster", "clusters")} of those who paid it (${many(count, "address", "addresses")} in all).`,
  notCarried: "Not carried over: by its list it holds for that address alone",
  memberWithdrawn: "Withdrawn labels of other members (they no longer stand)",
  heldBack: (reason: "both-large" | "different-actors") =>
    ({
      "both-large": "Held back by the guard, and not merged: both sides are large",
      "different-actors": "Held back by the guard, and not merged: labels name different owners",
    })[reason],
  spendsWith: (txid: string, members: string, others: string) =>
    `in ${txid}, ${members} spends together with ${others}`,
  clustersEmpty: (clusters: number, count: number) =>
    `Looked through, and nothing found: ${many(clusters, "cluster", "clusters")} of its owners (${many(count, "address", "addresses")} in all).`,
  via: "by",
  paidByTitle: "Paid by (one step before it: anybody may pay anybody, and nobody says it of this address)",
  paidAtMost: (amounts: string, transactions: number) =>
    `paid it at most ${amounts} in ${transactions} transaction${transactions === 1 ? "" : "s"}`,
  payer: "paid it",
  deposit: "Deposit address (inferred from its record)",
  lookAlikes: "Look-alike",
  unknown: "What could not be known",
  nothing: "Nothing was found in what was looked at.",
  labelledAs: (label: string, list: string) => `labelled "${label}" by ${list}`,
  seen: (day: string, whose: "list" | "user" | "import") => {
    const by = { list: "the list's own date", user: "stated at import", import: "day of import" }[whose]
    return `as of ${day} (${by})`
  },
  withdrawnOn: (day: string) => `withdrawn on ${day}`,
  confidence: (word: string) => `confidence: ${word}`,
  category: (word: string) => `category: ${word}`,
  abuse: (word: string) => `abuse: ${word}`,
  actor: (word: string) => `actor: ${word}`,
  network: (word: string) => `network: ${word}`,
  unchecked: "checksum not checked",
  source: "source",
  licence: (word: string) => `licence: ${word}`,
  namedAs: (name: string, where: string) => `case ${where} calls it: ${name}`,
  grade: (word: string) => `grade: ${word}`,
  tracedOf: (theft: string, where: string) => `traced to "${theft}" in ${where}`,
  received: "received",
  held: "held at the horizon",
  arrived: "arrived at a service, not followed further",
  arrivedNote: "what is held of it now is not known",
  atMostHeld: (amount: string) => `arrived at a service, and may be held there yet: ${amount}`,
  stop: {
    file: (list: string) => `named by the services file ${list}`,
    case: (list: string) => `named by the case ${list}`,
    chain: (_list: string) => "made so by the chain itself",
    label: (list: string, label: string) => `labelled "${label}" by ${list}`,
    "deposit-address": (list: string, label: string, via: string) =>
      `by its record a deposit address: it only forwards to ${via}, labelled "${label}" by ${list} (inferred)`,
    cluster: (list: string, label: string, via: string) =>
      `by its record of the same owner: it spends together with ${via}, labelled "${label}" by ${list} (inferred)`,
  },
  stopsLeftOut: (count: number) => `... and ${count} more`,
  range: (least: string, most: string) => `between ${least} and ${most}`,
  everyRule: (amount: string) => `${amount} under every rule`,
  poisonApart: "poison is an upper reach and not in the range",
  hops: (count: number) =>
    count === 0 ? "a credit that was declared stolen itself" : count === 1 ? "1 hop" : `${count} hops`,
  upTo: (what: string) => `true up to ${what}`,
  height: (height: number) => `height ${height}`,
  notKnown: "not known",
  path: (rule: string) => `path from the theft to here (${rule})`,
  pathLeftOut: (count: number) => `... ${many(count, "earlier step", "earlier steps")} left out`,
  noHash: "no hash on record",
  rules: "by rule (received, arrived at a service, held)",
  lookAlike: {
    address: (of: string | null, known: string) =>
      `imitates ${of ?? "an address"} (${known}); it is another address`,
    token: (symbol: string, of: string | null, known: string) =>
      `its token calls itself "${symbol}" and imitates ${of ?? "a traced asset"} (${known})`,
    transaction: (symbol: string, of: string | null, known: string) =>
      `a transfer of the look-alike token "${symbol}"${of === null ? "" : `, made to look like one to ${of}`} (${known})`,
  },
  ends: (head: number, tail: number) => `the first ${head} and last ${tail} characters agree`,
  oneIn: (oneIn: bigint) =>
    oneIn === 1n
      ? "By chance: any honest address may look as much like one of those known."
      : `By chance: an honest address looks as much like one of those known in at most 1 of ${oneIn.toLocaleString("en")}.`,
  recorded: "by the case's record",
  resembles: "by its first and last characters alone: our reading",
  carriesNothing: "In what was looked at, nothing traced reached it.",
  carriesSome: "Traced value did reach it all the same: see above.",
  moreUnknown: (count: number) => `... and ${grouped(count)} more, each in the answer it belongs to (--json)`,
  ofSome: (count: number, all: number) => (count === all ? "" : `(${grouped(count)} of ${grouped(all)}) `),
  clean: "nothing found",
  notInLedger: "not in the ledger",
  looked: "Looked at",
  lookedLabels: (count: number, folder: string, day: string, newest: string | null) =>
    `${many(count, "label", "labels")} of ${folder}, as of ${day}${newest === null ? "" : `, newest label seen ${newest}`}`,
  lookedLedger: (folder: string, chain: string, thefts: number) =>
    `ledger ${folder} (${chain}), ${many(thefts, "theft", "thefts")} traced in it`,
  lookedCases: (names: string) => `bundled cases: ${names}`,
  counts: (screened: number, found: number, bad: number) =>
    `${grouped(screened)} screened: ${grouped(found)} with something found, ${grouped(screened - found)} with nothing; ${grouped(bad)} could not be read.`,
  countsByVerdict: (pass: number, review: number, refuse: number) =>
    `pass ${grouped(pass)}, review ${grouped(review)}, refuse ${grouped(refuse)}`,
  neverMatches: {
    theft: (file: string, path: string, value: string) =>
      `ashiato: ${file}: ${path}: nothing that is loaded has a theft "${value}": this can never fit`,
    asset: (file: string, path: string, value: string) =>
      `ashiato: ${file}: ${path}: nothing that is traced here is of an asset "${value}": this can never fit`,
    list: (file: string, path: string, value: string) =>
      `ashiato: ${file}: ${path}: no list "${value}" is among the labels that are loaded: this can never fit`,
  },
  noScore: "No score is computed. Labels are the words of their lists, each with its source.",
  unknownText: unknown,
  help: `ashiato screen REF... [--file LIST]

Tells of addresses, transactions or outputs what is known on this machine: labels and sanctions, traced value with its
path, look-alikes, what could not be known, and what your own policy says. Nothing is asked of the network.

  REF                     an address, a transaction id, an output (txid:vout), a transfer of an account chain (txid#n)
  --file LIST             a file of them, one a line; blank lines and "# ..." are left out; "-" is standard input
  --chain NAME            bitcoin, testnet, regtest, litecoin, litecoin-regtest, ethereum, nem (default: by their form)
Where to look
  --labels DIR            the labels' folder (default ./ashiato.labels, if it is there)
  --ledger DIR            a ledger (default ./ashiato.ledger, if it is there)
  --thefts FILE           theft,ref: what was stolen in the ledger; traced the first time, read from its columns then
  --case NAME             a case file, or a bundled case; bundled ones are looked into in any event
  --rule NAMES            tracing rules, separated by commas (default all)
  --as-of DATE            what lists said on that day, YYYY-MM-DD (default today)
What to say
  --policy FILE           your rules (JSON or YAML, ashiato/policy/1): pass, review or refuse, and by which rule
  --json                  one JSON document, an answer a line
  --lang en|ja            language (default: from the locale)

Exit 0 when all was screened, 1 when the policy refuses one, 2 when one could not be read (the others are answered).

Examples
  ashiato screen 0x47666fab8bd0ac7003bce3f5c3585383f09486e2
  ashiato screen 0xa4b24033f4c6d70133e4557c2c32a3fb693e449e --policy policy.yaml
  ashiato screen --file deposits.txt --labels ashiato.labels --json
  ashiato screen 4a5e...b:0 --ledger ashiato.ledger --thefts thefts.csv
`,
}

export type ScreenMessages = typeof screenEn
