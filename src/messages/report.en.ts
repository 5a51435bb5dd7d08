import type { Bucket, RuleName } from "../ledger/vocabulary.ts"
import { many } from "./many.ts"

/** What each rule does, the authority for it, and where that holds. */
type Explained = Readonly<
  Record<RuleName, { readonly what: string; readonly authority: string; readonly holds: string }>
>

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
)
const monthOf = (iso: string): string => `${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ""} ${iso.slice(0, 4)}`
const list = (items: readonly string[]): string => items.join(", ")

const NO_COURT = "Analytical only. Used by no court that we know of."

const explained: Explained = {
  fifo: {
    what: "First in, first out: what entered a place first is taken to leave it first.",
    authority: "Clayton's case: Devaynes v Noble (1816) 1 Mer 572.",
    holds: "England and Wales. A rule of convenience for running accounts; a court may depart from it.",
  },
  lifo: {
    what: "Last in, first out: what entered a place last is taken to leave it first.",
    authority: "None that we know of.",
    holds: "Analytical only, as a contrast to first in, first out. Used by no court that we know of.",
  },
  haircut: {
    what: "Proportional at each step (the \u201crolling charge\u201d): every payment takes traced and untraced value in the proportion in which the place holds them. It is not pari passu, which shares what is left among the claimants by their contributions.",
    authority:
      "Known as the rolling charge or North American method; considered in Barlow Clowes International v Vaughan [1992] 4 All ER 22.",
    holds:
      "England and Wales: considered there and not applied, as too laborious. Other courts have used it where records allow.",
  },
  "clean-first": {
    what: "Untraced value leaves first; traced value stays as long as it can. What can remain is limited by the lowest balance in between.",
    authority: "Re Hallett's Estate (1880) 13 Ch D 696, with Roscoe v Winder [1915] 1 Ch 62.",
    holds: "England and Wales, against a trustee who mixed another's money with his own.",
  },
  "dirty-first": {
    what: "Traced value leaves first; untraced value stays. It follows the coins into what was paid for with them.",
    authority: "Re Oatway [1903] 2 Ch 356.",
    holds:
      "England and Wales, at the claimant's choice, where the first payments bought something and the rest was spent.",
  },
  tiho: {
    what: "Taint in, highest out: in each transaction the traced value is taken to go to the largest outputs. Defined for outputs (UTXO chains) only.",
    authority: "None that we know of.",
    holds: NO_COURT,
  },
  poison: {
    what: "Whatever receives any traced value counts as traced in full. It shows how far the coins can have reached at most. It conserves nothing, and its figures are not amounts of stolen coins.",
    authority: "None that we know of.",
    holds: NO_COURT,
  },
}

const buckets: Readonly<Record<Bucket | "collided", string>> = {
  declared: "Declared stolen",
  exchangedIn: "Received in exchange",
  held: "Held at the horizon",
  services: "Arrived at services",
  fees: "Network fees",
  burned: "Destroyed",
  exchanged: "Given in exchange",
  unrecorded: "Left, no record where to",
  belowThreshold: "Below the threshold",
  notFollowed: "Not followed further",
  collided: "Of it traced already (collided)",
}

/** Every sentence of the report. What the record itself says comes from the case, in both languages. */
export const reportEn = {
  reportTitle: "Tracing report",
  contents: "Contents",
  comma: ", ",
  colon: ": ",
  dash: " \u2013 ",
  titleOfThefts: (ids: string, more: number): string =>
    `Trace of ${ids}${more === 0 ? "" : ` and ${more} more`}`,
  footer:
    "This report says where value went by the records and rules named in it. It calls nobody a thief: where a person or an address is described, the description is that of the source named beside it. People may hold traced coins in good faith.",
  rowsLeftOut: (count: number): string =>
    `${many(count, "more row is", "more rows are")} not printed here. The answer in JSON (--json --flows all) has every one.`,
  sections: {
    claim: "The claim, and where the coins are",
    figures: "The figures, rule by rule",
    prices: "Value in yen and dollars",
    flow: "The flow of the coins",
    timeline: "What happened when",
    arrivals: "Arrivals at services",
    holdings: "Where traced coins are held",
    bounds: "What sources report in sum, beside the trace",
    transfers: "Every transfer",
    disagreements: "Where sources disagree",
    saidBy: "Who is said to have done it",
    lookalikes: "Look-alike tokens, which do not count",
    addresses: "Addresses and what sources say of them",
    rules: "The rules in plain words",
    gaps: "What is not known",
    method: "Evidence, method, and how to make this report again",
  },
  columns: {
    asset: "Asset",
    time: "Time",
    figure: "Figure",
    theft: "Theft",
    place: "Place",
    tx: "Transaction",
    transfer: "Transfer",
    payment: "No.",
    evidence: "Evidence",
    rule: "Rule",
    address: "Address",
    amount: "Amount",
    price: "Price",
    note: "Note",
    sources: "Sources",
  },
  time: { unknown: "on no record", to: " to " },
  buckets,
  claim: {
    declared: "Declared stolen",
    byWord: "By whose word",
    chain: "Chain",
    noChain: "not named; addresses are taken as they are written",
    horizon: "Horizon (true up to)",
    noHorizon: "The end of the records supplied. No record gives its height or time.",
    height: (height: string): string => `Block ${height}`,
    rules: "Rules applied",
    complete: "Completeness",
    isComplete: "Complete: nothing that is known to be missing could change a figure.",
    isNotComplete:
      "Not complete: something that is missing could change a figure. Each gap is listed under \u201cWhat is not known\u201d.",
    noClaimant: (id: string): string =>
      `Theft ${id}: declared by whoever asked for this trace; no source is given. Declared credits:`,
    where: (total: string, places: readonly string[], isExchanged: boolean): string =>
      `Of the ${total} ${isExchanged ? "declared stolen or received in exchange for what was" : "declared stolen"}, ${places.join("; ")}.`,
    between: (least: string, most: string): string => `between ${least} and ${most} (depending on the rule)`,
    places: {
      held: (amount: string): string => `${amount} were held at the horizon`,
      services: (amount: string): string => `${amount} arrived at services`,
      fees: (amount: string): string => `${amount} went in network fees`,
      burned: (amount: string): string => `${amount} were destroyed`,
      exchanged: (amount: string): string => `${amount} were given in exchange for another asset`,
      unrecorded: (amount: string): string => `${amount} left to places that no record names`,
      belowThreshold: (amount: string): string => `${amount} were in amounts below the threshold`,
      notFollowed: (amount: string): string => `${amount} were not followed further`,
    },
    reconciles: (rules: number, asset: string): string =>
      rules === 1
        ? `Reconciles to the last unit of ${asset}: what came in equals the sum of where it is.`
        : `Reconciles to the last unit of ${asset} under each of the ${rules} conserving rules: what came in equals the sum of where it is.`,
    doesNotReconcile: (asset: string): string =>
      `Does not reconcile in ${asset}: this is a defect of the program. Do not rely on these figures.`,
    reach: (held: string, services: string): string =>
      `Places that can have received traced value hold ${held}; payments of ${services} to services can have carried some.`,
    conservesNothing:
      "The poison rule conserves nothing, so it has nothing to reconcile: it shows the furthest reach, not an amount of stolen coins.",
  },
  figures: {
    lead: "The same records, dealt by each rule. Amounts are whole coins, exact to the last unit and never rounded. Each unit is counted once in these totals, however many thefts it belongs to.",
    identity:
      "declared + received in exchange = held + services + fees + destroyed + given in exchange + no record + below the threshold + not followed",
    caption: (asset: string): string => `Where the ${asset} is, by rule`,
    enters: "What came in",
    isNow: "Where it is",
    sources: "Came in",
    sum: "Sum of where it is",
    check: "Check",
    holds: "equal \u2713",
    differs: "differ by",
    oneRule: "One conserving rule was asked for, so there is nothing to compare.",
    rulesAgree: (count: number): string =>
      `All ${count} conserving rules give the same totals. They may still place single amounts differently.`,
    rulesAgreeWholly: (count: number): string =>
      `All ${count} conserving rules give the same totals and the same amount at every place: here the answer does not turn on which of these rules a court would apply.`,
    rulesDiffer: (names: readonly string[]): string =>
      `The rules do not agree on: ${list(names)}. Which of them applies is a question of law that this report does not answer.`,
    byTheftCaption: (asset: string): string => `The same for each theft (${asset})`,
    byTheftNote:
      "A unit that was declared stolen more than once is counted for every theft that names it, so the thefts may add up to more than the total. \u201cCollided\u201d says how much of a theft's declared coins was traced already.",
    reachCaption: "Furthest reach under the poison rule",
    reachNote:
      "Poison conserves nothing. These are the whole balances of places that any traced value touched, each place once.",
    everyTheft: "All thefts",
  },
  prices: {
    lead: "Computed with exact integers and fractions, and rounded once, for display, to the nearest whole yen or dollar (a half upwards). A value at a date is no statement of what the coins are worth today.",
    none: (asset: string): string => `There is no sourced price for ${asset}; none is printed.`,
    noRule: (asset: string): string =>
      `No conserving rule was asked for, so there is no amount of ${asset} to value.`,
    caption: (asset: string): string => `${asset} at dated prices`,
    basisCaption: (asset: string): string => `Prices used for ${asset}`,
    basis: "Basis",
    unusable: "not given in full",
    money: {
      JPY: (amount: string): string => `\u00a5${amount}`,
      USD: (amount: string): string => `$${amount}`,
    },
    underRule: (figure: string, rule: string): string => `${figure} (${rule})`,
    each: (price: string, currency: string, asset: string): string => `${price} ${currency} for 1 ${asset}`,
    total: (total: string, currency: string, coins: string): string =>
      `${total} ${currency} published for ${coins}`,
  },
  flow: {
    lead: "From left to right, one column for each payment away from the declared theft. Heights follow amounts, with a least thickness so that small ones can be seen. Only traced value is drawn; the amount beside a bar is all traced value that it received. Dashed bands lead back to an earlier place.",
    title: (asset: string, rule: string): string => `Flow of traced ${asset} under ${rule}`,
    description: "The same payments are listed as text under \u201cEvery transfer\u201d.",
    nothing: (asset: string): string => `No flow of ${asset} is traced under this rule.`,
    leftOut: (count: number): string => `${many(count, "flow is", "flows are")} missing from this drawing.`,
    approximate:
      "Flows do not tell how much of a payment that was declared stolen twice was traced already, and in this drawing it could not be found from the rest. The drawing does not add up to the figures; the figures hold.",
    declared: "Declared stolen",
    exchangedIn: (assets: string): string => `Received for ${assets}`,
    others: (count: number): string => many(count, "other place", "other places"),
    further: (count: number): string => `${many(count, "place", "places")} further on`,
    otherServices: (count: number): string => many(count, "other service", "other services"),
    service: "service",
    step: "Transaction",
  },
  timeline: {
    lead: "Times are in UTC. A dot is a moment; a bar is a window in which the source puts it. An arrow says that the window goes on beyond the scale. Each table has its own scale: a day where much happened, else a month or years. Filled marks are events, hollow ones transfers.",
    period: {
      day: (iso: string): string => `${Number(iso.slice(8, 10))} ${monthOf(iso)}, hour by hour`,
      month: (iso: string): string => `${monthOf(iso)}, day by day`,
      year: (iso: string): string => `${iso.slice(0, 4)}, month by month`,
      years: (from: string, to: string): string => `${from.slice(0, 4)} to ${to.slice(0, 4)}, year by year`,
    },
    scale: "Scale",
    what: "What happened",
    unknown: "At a time that is on no record",
    together: (count: number, total: string): string =>
      `${count.toLocaleString("en")} transfers, ${total} in all. Each is listed under \u201cEvery transfer\u201d.`,
  },
  arrivals: {
    lead: "This is the list to send to an exchange with a request to freeze: the address, the transaction, the time, and how much of the payment is traced under each rule. What a service pays out afterwards is its customers' money and is not followed.",
    none: "No traced value arrives at a service that the records name.",
    followed: "Following did not stop at services, as asked, so there is no list of arrivals.",
    caption: (asset: string): string => `Traced ${asset} that arrived at services`,
    payment: "Address and transaction",
    sum: (service: string): string => `Sum for ${service}`,
  },
  holdings: {
    lead: "Every place that holds traced value at the horizon.",
    leadRange:
      "Every place that holds traced value at the horizon, under each rule, with the least and the most over the conserving rules asked for. The least is what none of these rules moves.",
    none: "No place holds traced value at the horizon.",
    caption: (asset: string): string => `Traced ${asset} held`,
    least: "Least",
    most: "Most",
  },
  bounds: {
    lead: "Sources also give sums for whole services or periods. They stand here beside what the record shows, so that both can be seen. They are never turned into transfers, and nothing here is added to the figures of the trace.",
    caption: "Reported sums and traced sums",
    statement: "What the source says",
    reported: "Reported amount",
    asOf: "As of",
    traced: "Traced to that service",
    relation: {
      least: (amount: string): string => `at least ${amount}`,
      about: (amount: string): string => `about ${amount}`,
      most: (amount: string): string => `at most ${amount}`,
    },
    noService: "not about one service",
    notTraced: "this asset is not traced",
    nothing: "nothing in the record",
  },
  transfers: {
    leadCase: "The record on which the trace rests, in the order in which it is evaluated.",
    leadFlows: "Every payment that carried traced value, in the order in which it was evaluated.",
    captionCase: "Transfers of the record",
    captionFlows: "Traced payments",
    ends: "From and to",
    from: "from",
    to: "to",
    amount: "Amount",
    traced: "Traced",
    outOf: (whole: string): string => `of ${whole}`,
    remainder: "the remainder: all that the record leaves there",
    issued: "newly issued",
    destroyed: "destroyed",
    unrecorded: "on no record",
  },
  flowKinds: {
    theft: "declared stolen",
    transfer: "transfer",
    fee: "network fee",
    issue: "issue",
    burn: "destroyed",
    reward: "block reward",
    exchange: "exchange",
    unrecorded: "on no record",
  },
  disagreements: {
    lead: "Sources contradict each other on these points. Every version is kept, and the one that the record follows is named.",
    caption: "Versions",
    topic: "Point",
    versions: "Versions",
    used: "What the record follows",
  },
  lookalikes: {
    lead: "These transfers are of tokens made to look like a traced asset: a similar symbol, often in letters of another alphabet, and addresses with the same ends. They are not part of the record, and no figure counts them.",
    caption: "Transfers that do not count",
    symbol: "Symbol",
    contract: "Contract",
  },
  addresses: {
    lead: "The words for roles are those of the sources, not of this program, which calls nobody a thief: \u201cthief\u201d is an address that a source ascribes to whoever took the coins.",
    caption: "Addresses that the sources name",
    role: "Role, in the sources' word",
    basis: "Name and basis",
    service: "service; following stops here",
    active: "paid out",
    roles: {
      victim: "victim",
      thief: "\u201cthief\u201d",
      shop: "shop that sold the coins",
      tagger: "tagger: marked accounts",
      exchange: "exchange",
      swap: "swap service",
      bridge: "bridge",
      other: "other",
    },
  },
  rules: {
    names: {
      fifo: "First in, first out",
      lifo: "Last in, first out",
      haircut: "Proportional (haircut)",
      "clean-first": "Clean first",
      "dirty-first": "Dirty first",
      tiho: "Taint in, highest out",
      poison: "Poison",
    } satisfies Readonly<Record<RuleName, string>>,
    every: (count: number): string => `Every conserving rule (${count})`,
    lead: "Once traced and untraced coins are mixed, no record can say which of them moved on. A rule decides it. Which rule applies depends on the court and the claim; this report applies each and leaves the choice to the law.",
    caption: "Rules applied in this report",
    what: "What it does",
    authority: "Authority",
    holds: "Where it holds",
    explained,
  },
  gaps: {
    lead: "What the answer does not know, or what its reader must know of it.",
    none: "No gap was met.",
    caption: "Gaps",
    code: "Code",
    meaning: "What it means",
  },
  grades: {
    lead: "Every item of the record has a grade. A figure is as good as the weakest item that it rests on.",
    names: { chain: "chain", computed: "computed", reported: "reported", inferred: "inferred" },
    meaning: {
      chain: "Read from the chain itself; the block's hash was checked.",
      computed: "A node's own tracer says so; it is not committed in the block.",
      reported: "A publication says so.",
      inferred: "Our reading of what is published; the reasoning is kept beside it.",
    },
  },
  method: {
    grades: "Grades of evidence",
    how: "Method",
    paragraphs: [
      "Coins lie in places: an output of a transaction, or an account. Every step of the record takes value out of places and puts it into others. Value carries a label: untraced, or the thefts that it was declared stolen in, the first one first. A rule says which labels go where when a place is emptied in part.",
      "A theft is a set of payments declared stolen. It is a claim with a source. From there every payment is followed in the order of the ledger, never by clocks.",
      "Amounts are whole numbers of the smallest unit throughout. Nothing is rounded: where a rule divides, what is left over is dealt by a fixed order, so that every unit is in exactly one place.",
      "The program checks its own identity: what was declared and received in exchange equals what is held, arrived, was paid in fees, was destroyed, was given in exchange, left the record, fell below the threshold or was not followed. This report adds it up once more.",
    ],
    settings: "How this trace was set",
    fees: {
      drop: "Network fees are counted and not followed.",
      follow: "Network fees are followed to whoever produced the block.",
    },
    stops: "Following stops at services.",
    goesThrough:
      "Following goes through services. What a service pays out is its customers' money: figures beyond a service accuse nobody.",
    noMin: "No threshold: the smallest unit is followed.",
    min: (amount: string): string =>
      `Payments that carry less than ${amount} of traced value are counted and not followed.`,
    noMaxHops: "There is no limit to the number of payments followed in a row.",
    maxHops: (count: number): string =>
      `At most ${many(count, "payment is", "payments are")} followed in a row.`,
    sources: "Sources",
    again: "How to make this report again",
    againLead: (version: string): string =>
      `With Ashiato ${version} and the inputs below, this command gives the same report, byte for byte:`,
    input: "Input",
    inputsCaption: "Inputs",
  },
}

/** The same texts in every language; a missing one does not compile. */
export type ReportMessages = typeof reportEn
