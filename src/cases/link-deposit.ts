import { depositAccountOf } from "../clustering/deposit-account.ts"
import { depositOf } from "../clustering/deposit-address.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { StoppedBy } from "../contracts/trace.ts"
import { getOrMake } from "../units/get-or-make.ts"
import { depositHeuristicOn } from "./deposit-heuristic.ts"
import { depositRuleOn } from "./deposit-rule.ts"
import { isDust, type LinkContext, labelPitfall } from "./link-context.ts"
import { type Draft, hopsOf, type LinkPairs, usesOf, worthOf } from "./link-pairs.ts"
import { apart, type LinkTrail, type Move, pairsOf, theftsIn } from "./link-trail.ts"
import { heuristicsOfStops } from "./trace-rates.ts"

export interface Deposit {
  readonly service: string
  readonly isWeak: boolean
  /** What says so that was measured. */
  readonly heuristics: readonly MeasuredHeuristic[]
}

/** Accounts that did more are no customer's deposit address. */
const MOST_MOVES = 50_000

/** Whether an address only ever passed on to one service what it was sent; each address is looked at once. */
export class Deposits {
  readonly #context: LinkContext
  readonly #known = new Map<string, Deposit | null>()

  constructor(context: LinkContext) {
    this.#context = context
  }

  at(address: string): Deposit | null {
    return getOrMake(this.#known, address, () => this.#inLedger(address) ?? this.#inAccounts(address))
  }

  #inLedger(address: string): Deposit | null {
    const { owners, book, chain } = this.#context
    const owner = owners?.ownerOf(address) ?? null
    if (owners === null || owner === null) return null
    const kinds = new Set<StoppedBy["kind"] | undefined>()
    // The address itself may be called the service's: it is asked whether it is one that only forwards.
    const serviceOf = (other: number): string | null => {
      const name = other === owner ? null : owners.addressOf(other)
      const known = name === null ? null : book.serviceAt(name)
      kinds.add(known?.by?.kind)
      return known?.service ?? null
    }
    const found = depositOf(owners, owner, serviceOf, MOST_MOVES)
    if (found === null) return null
    // What it forwards to may be the service's by a pattern itself.
    const heuristics = [
      ...depositHeuristicOn("utxo", chain, found.isWeak),
      ...heuristicsOfStops(kinds, "utxo", chain),
    ]
    return { service: found.service, isWeak: found.isWeak, heuristics }
  }

  #inAccounts(address: string): Deposit | null {
    const { accounts, book, source, chain } = this.#context
    if (accounts === null || accounts.stepCount(address) > MOST_MOVES) return null
    const serviceOf = (other: string) => (other === address ? null : (book.serviceAt(other)?.service ?? null))
    const rule = depositRuleOn(chain, source.horizon.height ?? 0, MOST_MOVES)
    const found = depositAccountOf(accounts, address, serviceOf, rule)
    if (found === null) return null
    const { service, isWeak } = found
    return { service, isWeak, heuristics: depositHeuristicOn("account", chain, isWeak) }
  }
}

/** Both thefts' value at one customer's deposit address: that links who banks there, the launderer, not the thief. */
export function linkDeposits(
  trail: LinkTrail,
  context: LinkContext,
  deposits: Deposits,
  pairs: LinkPairs,
): void {
  const { book, findings, source, chain } = context
  const stops = new Set(findings.arrived.map(({ address }) => address))
  const receivers = trail.byReceiver()
  for (const address of stops) {
    const moves = receivers.get(address) ?? []
    for (const [a, b] of pairsOf(theftsIn(moves))) {
      const { ofA, ofB } = apart(moves, a, b)
      if (ofA.length === 0 || ofB.length === 0) continue
      const met = [...ofA, ...ofB]
      const stopped = book.serviceAt(address)
      const known = {
        place: address,
        service: stopped?.service ?? null,
        heuristics: heuristicsOfStops([stopped?.by?.kind], source.shape, chain),
      }
      const amounts = worthOf(met, a, b)
      const uses = usesOf(met, "arrives", a, b)
      const deposit = deposits.at(address)
      if (isDust(amounts, a, findings) || isDust(amounts, b, findings))
        pairs.dismiss(a, b, { ...known, reason: "dust", uses, amounts })
      else if (deposit === null) pairs.dismiss(a, b, { ...known, reason: "service-address", uses, amounts })
      else pairs.find(a, b, depositDraft(address, deposit, met, a, b, context))
    }
  }
}

/** @param met what arrived there */
export function depositDraft(
  address: string,
  { service, isWeak, heuristics }: Deposit,
  met: readonly Move[],
  a: number,
  b: number,
  { book }: LinkContext,
): Draft {
  return {
    kind: "shared-deposit",
    place: address,
    service,
    uses: usesOf(met, "arrives", a, b),
    amounts: worthOf(met, a, b),
    hops: hopsOf(met),
    // That it is a deposit address is our reading of what it did, however good the path to it.
    grade: "inferred",
    heuristics,
    pitfalls: [
      "launderer-not-thief",
      "broker-for-many",
      "pattern-only",
      ...(isWeak ? (["few-sweeps"] as const) : []),
      ...labelPitfall(book),
    ],
  }
}
