import { LINKS_SCHEMA, type LinksDocument } from "../contracts/links.ts"
import type { Gap } from "../ledger/gap.ts"
import type { NotLooked } from "../ledger/link-words.ts"
import type { ConservingRule } from "../ledger/vocabulary.ts"
import type { Findings } from "../tracing/question.ts"
import { Problem } from "../units/problem.ts"
import { drive } from "./drive.ts"
import { couldChangeAFigure, gapsOf } from "./gaps.ts"
import { type Inquiry, questionFor } from "./inquiry.ts"
import type { LinkAccounts, LinkContext } from "./link-context.ts"
import { Deposits, linkDeposits } from "./link-deposit.ts"
import { linkFunding } from "./link-funding.ts"
import { linkMerging, listReceipts } from "./link-merging.ts"
import { LinkPairs } from "./link-pairs.ts"
import { ratesOfLinks } from "./link-rates.ts"
import { LinkSpeller, type LinkWords } from "./link-spell.ts"
import { LinkSpending } from "./link-spending.ts"
import { tellTiming } from "./link-timing.ts"
import { LinkTrail, pairsOf, sharesOf } from "./link-trail.ts"
import type { Opened } from "./open.ts"
import type { ServiceBook } from "./services-book.ts"
import { PassedServices } from "./services-passed.ts"

export interface LinkInquiry {
  readonly opened: Pick<Opened, "source" | "chain" | "services" | "notices" | "thefts" | "owners">
  /** What accounts ever did; null where records do not tell, and on UTXO chains. */
  readonly accounts: LinkAccounts | null
  /** The chain's own coin; null where no chain is named. */
  readonly native: string | null
  readonly book: ServiceBook
  readonly rule: ConservingRule
}

/**
 * What one ledger shows between each two thefts: facts with their transactions, amounts, grade and pitfalls. All thefts are
 * traced at once, in the order of their names, so that the answer does not hang on the order in which they are given.
 *
 * @throws Problem `rule-needs-utxo`; `ledger-without-owners` where a UTXO ledger does not tell who spends with whom
 */
export async function linkThefts(
  { opened, accounts, native, book, rule }: LinkInquiry,
  words: LinkWords & { gap(gap: Gap): string },
): Promise<LinksDocument> {
  const { source, chain, services, notices } = opened
  if (rule === "tiho" && source.shape !== "utxo") throw new Problem("rule-needs-utxo", { rule })
  if (source.shape === "utxo" && opened.owners === null) throw new Problem("ledger-without-owners")
  const thefts = opened.thefts.map(({ id, refs }) => ({ id, refs: refs.toSorted(inOrder) })).sort(byId)
  const inquiry: Inquiry = {
    ...{ caseId: null, chain, source, notices, thefts, services, book },
    ...{ rules: [rule], allRules: false, fees: "drop", min: 0n, maxHops: null },
    ...{ stopAtServices: true, flows: null },
  }
  const trail = new LinkTrail()
  const findings = await drive(questionFor(rule, inquiry), source, (flow, labels) => trail.note(flow, labels))
  const owners = source.shape === "utxo" ? ((await opened.owners?.()) ?? null) : null
  const context: LinkContext = { source, book, chain, owners, accounts, native, findings }
  const { pairs, notLooked } = look(trail, context, thefts.length)
  const gaps = gapsOf(inquiry, new Map([[rule, findings]]), [], new PassedServices(book))
  const ids = thefts.map(({ id }) => id)
  const speller = new LinkSpeller(ids, words)
  const spelled = [...pairsOf(ids.map((_, at) => at))].map(([a, b]) =>
    speller.pair(a, b, pairs.between(a, b), sameCoins(trail, a, b)),
  )
  const assets = [
    ...new Set([...trail.moves.map(({ asset }) => asset), ...findings.credits.map(c => c.asset)]),
  ]
  return {
    schema: LINKS_SCHEMA,
    chain,
    rule,
    horizon: source.horizon,
    ...(book.labels === null ? {} : { labels: book.labels }),
    complete: trail.leftOut === 0 && !gaps.some(couldChangeAFigure),
    gaps: gaps.map(gap => {
      return { code: gap.code, pot: gap.pot, amount: gap.amount?.toString() ?? null, text: words.gap(gap) }
    }),
    assets: assets.sort(inOrder).map(asset => source.assetOf(asset)),
    thefts: thefts.map(({ id, refs }, theft) => ({ id, refs, amounts: tookBy(theft, findings) })),
    pairs: spelled,
    notLooked,
    movesLeftOut: trail.leftOut,
    rates: ratesOfLinks(spelled, context),
  }
}

const inOrder = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0)
const byId = (x: { readonly id: string }, y: { readonly id: string }): number => inOrder(x.id, y.id)

function look(
  trail: LinkTrail,
  context: LinkContext,
  theftCount: number,
): { readonly pairs: LinkPairs; readonly notLooked: readonly NotLooked[] } {
  const pairs = new LinkPairs()
  const notLooked: NotLooked[] = []
  const deposits = new Deposits(context)
  const { owners, accounts, native, source } = context
  linkDeposits(trail, context, deposits, pairs)
  if (source.shape === "account") {
    linkMerging(trail, context, deposits, pairs)
    if (accounts === null) notLooked.push({ kind: "gas-funding", reason: "no-account-history" })
    else if (native === null) notLooked.push({ kind: "gas-funding", reason: "native-unknown" })
    else linkFunding(trail, context, accounts, native, pairs)
  } else if (owners !== null) new LinkSpending(trail, context, owners, deposits, pairs)
  listReceipts(trail, pairs)
  tellTiming(trail, theftCount, pairs)
  return { pairs, notLooked }
}

function tookBy(theft: number, { credits }: Findings): LinksDocument["thefts"][number]["amounts"] {
  const sums = new Map<string, bigint>()
  for (const credit of credits) {
    if (credit.theft === theft) sums.set(credit.asset, (sums.get(credit.asset) ?? 0n) + credit.amount)
  }
  return [...sums].sort(([x], [y]) => inOrder(x, y)).map(([asset, sum]) => ({ asset, amount: `${sum}` }))
}

/** What was declared in both: coins stolen once more, or named twice. */
function sameCoins(trail: LinkTrail, a: number, b: number): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { kind, asset, parts } of trail.moves) {
    if (kind !== "theft") continue
    const { both } = sharesOf(parts, a, b)
    if (both > 0n) sums.set(asset, (sums.get(asset) ?? 0n) + both)
  }
  return sums
}
