import type { Source } from "../ports/source.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { isDust, type LinkContext, labelPitfall } from "./link-context.ts"
import { type Deposits, depositDraft } from "./link-deposit.ts"
import { gradeOf, hopsOf, type LinkPairs, usesOf, worthOf } from "./link-pairs.ts"
import { apart, fromTwoPayers, type LinkTrail, type Move, pairsOf, theftsIn } from "./link-trail.ts"

/** `account/asset`: accounts are opaque, it is the asset that has no slash. */
export function accountOf(source: Source, pot: number): string {
  const name = source.potName(pot)
  return name.slice(0, name.lastIndexOf("/"))
}

/** Payments with traced value by who made them: fees, and what an account pays itself, are none. */
export function paymentsOf(trail: LinkTrail, source: Source): ReadonlyMap<string, readonly Move[]> {
  const payments = new Map<string, Move[]>()
  for (const move of trail.moves) {
    const [from] = move.from
    if (from === undefined || move.to === null || move.kind === "fee") continue
    const payer = accountOf(source, from)
    if (move.address !== payer) getOrMake(payments, payer, () => []).push(move)
  }
  return payments
}

/**
 * Account chains: accounts that value of both thefts came to from several payers, and whose holder then paid value of
 * both to one further account. That it came is worth nothing: an account cannot refuse what it is sent.
 */
export function linkMerging(
  trail: LinkTrail,
  context: LinkContext,
  deposits: Deposits,
  pairs: LinkPairs,
): void {
  const receivers = trail.byReceiver()
  for (const [account, payments] of paymentsOf(trail, context.source)) {
    const thefts = theftsIn(payments)
    if (thefts.length < 2) continue
    const byReceiver = new Map<string | null, Move[]>()
    for (const move of payments) getOrMake(byReceiver, move.address, () => []).push(move)
    for (const [a, b] of pairsOf(thefts)) {
      const { ofA, ofB } = apart(receivers.get(account) ?? [], a, b)
      if (!fromTwoPayers(ofA, ofB)) continue
      const joint = [...byReceiver.values()].filter(moves => isOfBoth(moves, a, b)).flat()
      if (joint.length > 0) judge(account, joint, [...ofA, ...ofB], a, b, { context, deposits, pairs })
    }
  }
}

function isOfBoth(moves: readonly Move[], a: number, b: number): boolean {
  const worths = worthOf(moves, a, b)
  return [a, b].every(theft => worths.some(worth => worth.theft === theft))
}

function judge(
  account: string,
  joint: readonly Move[],
  arrivals: readonly Move[],
  a: number,
  b: number,
  at: { readonly context: LinkContext; readonly deposits: Deposits; readonly pairs: LinkPairs },
): void {
  const { context, deposits, pairs } = at
  const amounts = worthOf(joint, a, b)
  const uses = [...usesOf(joint, "pays-on", a, b), ...usesOf(arrivals, "pays-in", a, b)]
  const deposit = deposits.at(account)
  if (isDust(amounts, a, context.findings) || isDust(amounts, b, context.findings))
    pairs.dismiss(a, b, { reason: "dust", place: account, service: null, uses, amounts })
  // A service empties its customers' deposit addresses by itself: that merges nothing of theirs.
  else if (deposit !== null) pairs.find(a, b, depositDraft(account, deposit, arrivals, a, b, context))
  else
    pairs.find(a, b, {
      kind: "commingling",
      place: account,
      service: null,
      uses,
      amounts,
      hops: hopsOf(joint),
      grade: gradeOf([...joint, ...arrivals]),
      pitfalls: ["cannot-refuse", "rule-decides", "unlabelled-service", ...labelPitfall(context.book)],
    })
}

/** Addresses that received from both and of which nothing else was said: listed, and worth nothing. */
export function listReceipts(trail: LinkTrail, pairs: LinkPairs): void {
  for (const [address, moves] of trail.byReceiver()) {
    for (const [a, b] of pairsOf(theftsIn(moves))) {
      const { ofA, ofB } = apart(moves, a, b)
      if (!fromTwoPayers(ofA, ofB) || pairs.between(a, b).told.has(address)) continue
      const met = [...ofA, ...ofB]
      pairs.dismiss(a, b, {
        reason: "receipt",
        place: address,
        service: null,
        uses: usesOf(met, "pays-in", a, b),
        amounts: worthOf(met, a, b),
      })
    }
  }
}
