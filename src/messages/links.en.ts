import type { LinkKind, LinkRole, NothingReason, NotLooked, Pitfall } from "../ledger/link-words.ts"
import { many } from "./many.ts"

const help = `ashiato links --thefts FILE [--ledger DIR | --transfers FILE]

What a ledger shows between thefts, each two of them: facts with transactions, amounts, how well founded they are, and
what is known to go wrong with such facts. Strongest kind first. No score is given and nobody is named: what a fact is worth
for or against somebody is weighed by "ashiato attribute", by your own written judgement.

  --thefts FILE           CSV theft,ref: groups credits into thefts, two or more of them
  --ledger DIR            a ledger that "ashiato ingest" has made (default ./ashiato.ledger)
  --transfers FILE        in place of a ledger: CSV txid,n,height,time,from,to,asset,amount [kind,exchange,grade,source]
  --chain NAME            the chain of a transfers file: addresses are checked, and its own coin is known for fees
  --rule NAME             fifo (default), lifo, haircut, clean-first, dirty-first, tiho
  --services FILE         CSV address,service: where following stops
  --labels DIR            labels that "ashiato labels import" has stored (default ./ashiato.labels, if it is there)
  --as-of DATE            count what the labels' lists said on this day, YYYY-MM-DD (default today)
  --to-height H           up to this block, which is included
  --json, --lang en|ja

Examples
  ashiato links --thefts thefts.csv
  ashiato links --thefts thefts.csv --ledger btc.ledger --labels ashiato.labels --json
  ashiato links --thefts thefts.csv --transfers transfers.csv --chain ethereum --services services.csv
`

const kinds: Readonly<Record<LinkKind, string>> = {
  "shared-spending": "Spent together: one transaction signs for holdings of both",
  commingling: "Merged and paid on: value of both came to one place, and its holder paid it on together",
  "gas-funding": "One funder: the first coin for fees came from one account",
  "shared-deposit": "One deposit address of a service: links who banks there, a launderer, not the thief",
  timing: "Hours of day (UTC): reported only",
  "chain-order": "Order on the chain: reported only",
}

const pitfalls: Readonly<Record<Pitfall, string>> = {
  payjoin: "Payer and payee may both have put in inputs (payjoin): then there are two signers.",
  "unknown-coinjoin": "It may be a coinjoin of a pattern that is not known here.",
  "custodian-signs": "A service that is not known as one may sign for many customers, the two among them.",
  "paid-before":
    "Traced value may have been paid to somebody else before it was spent here: the signer holds it, whoever took it.",
  "cannot-refuse":
    "Nobody can refuse to be sent value. Whoever held one theft's may have sent it to the other's holder, to tie him in; that cost him what he sent.",
  "unlabelled-service": "The place may be a service that no list names: a broker, a mixer, an exchange.",
  "rule-decides": "Which coins of an account left it first is for the rule to say. Try other rules.",
  "seller-of-gas":
    "Exchanges, faucets, relayers and sellers of gas fund thousands. This funder is in no list that was asked.",
  "funds-many": "The more accounts a funder ever paid, the less it means that these are among them.",
  "launderer-not-thief":
    "It links who has the account at the service, who may launder for others. It does not link the thieves.",
  "broker-for-many": "Brokers and money mules take coins of many thieves.",
  "pattern-only":
    "That it is one customer's deposit address is read from what it did: it may be somebody's own wallet.",
  "few-sweeps": "Fewer than two forwardings were seen: a single payment to a service looks the same.",
  copyable: "Anybody can act at hours of his choice: hours prove no identity.",
  "zone-unknown":
    "Hours of one zone are shared by many: UTC+9 is Korea and Japan alike. No zone is chosen here, as it would be after seeing the data.",
  automation: "Programs move coins at all hours, and a service's schedule shows as its customer's.",
  "order-is-no-link": "What came first says what is possible, and links nothing by itself.",
  "no-labels": "No labels were asked: following stopped only at services that were stated.",
}

const nothing: Readonly<Record<NothingReason, string>> = {
  receipt:
    "Receipt, counts nothing: an address that only received from both. Anybody can send to any address.",
  dust: "Dust, counts nothing: less than a thousandth of what one of the thefts took. So little is sent to anybody.",
  coinjoin: "Coinjoin, counts nothing: several owners signed it.",
  "sweep-to-service":
    "Counts nothing: all of it went to one service, which may itself have emptied its customers' addresses.",
  "service-address": "Counts nothing: a service's address that many use.",
  "service-funder": "Counts nothing: the funder is a service.",
  "busy-funder": "Counts nothing: the funder moved more than 10,000 times, as services do.",
  "victim-funder": "Counts nothing: the funder is an account that was robbed.",
}

const roles: Readonly<Record<LinkRole, string>> = {
  spends: "spends",
  "pays-in": "pays in",
  "pays-on": "pays on",
  funds: "funds",
  arrives: "arrives",
  stolen: "stolen",
  "last-moved": "last moved",
}

const notLooked: Readonly<Record<NotLooked["reason"], string>> = {
  "no-account-history": "Who funded accounts was not looked for: the records do not tell what accounts did.",
  "native-unknown": "Who funded accounts was not looked for: which coin pays the fees is known by --chain.",
}

export const linksEn = {
  help,
  kinds,
  pitfalls,
  nothing,
  roles,
  notLooked,
  intro: (thefts: number, rule: string): string =>
    `Links between ${thefts} thefts, traced under ${rule}. Facts from the ledger: no score, and nobody is named.`,
  onlyOne: "There is one theft only: a link is between two.",
  took: (id: string, amounts: string): string => `  ${id} took ${amounts}`,
  pair: (a: string, b: string): string => `${a} and ${b}`,
  none: "  Nothing found that links them.",
  sameCoins: (amounts: string): string =>
    `  Both took the same coins, left out of all that follows: ${amounts}`,
  grade: (grade: string): string => `grade: ${grade}`,
  hops: (hops: number): string => `${many(hops, "step", "steps")} from the theft`,
  restsOn: (heuristics: string): string => `rests on: ${heuristics}`,
  funded: (count: number): string => `the funder ever paid ${many(count, "account", "accounts")}`,
  nearest: (seconds: number): string => `nearest in time: ${seconds} s apart`,
  interleaved: (is: boolean): string =>
    is ? "each moved while the other still did" : "one had stopped moving before the other was stolen",
  leftOut: (count: number): string => `and ${count} more`,
  nothingHead: "Counts nothing:",
  pitfallHead: "Known pitfalls of what was found:",
  gaps: "Gaps:",
  movesLeftOut: (count: number): string =>
    `${many(count, "traced movement was", "traced movements were")} too many and not looked at.`,
  height: (height: number): string => `height ${height}`,
}

export type LinkMessages = typeof linksEn
