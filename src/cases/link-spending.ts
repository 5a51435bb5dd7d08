import { coSpendOf, isOwnerless } from "../clustering/co-spend.ts"
import type { OwnedTransaction, OwnerGraph } from "../clustering/owner-graph.ts"
import type { StoppedBy } from "../contracts/trace.ts"
import type { PotId, Step } from "../ledger/step.ts"
import { getOrMake } from "../units/get-or-make.ts"
import type { Position } from "../units/position.ts"
import { isDust, type LinkContext, labelPitfall } from "./link-context.ts"
import { type Deposits, depositDraft } from "./link-deposit.ts"
import {
  gradeOf,
  hopsOf,
  type LinkPairs,
  type NothingDraft,
  usesOf,
  type Worth,
  worthOf,
} from "./link-pairs.ts"
import { apart, type LinkTrail, type Move, pairsOf, theftsIn } from "./link-trail.ts"
import { heuristicsOfStops } from "./trace-rates.ts"

/** What says that one signer spent from several addresses. */
const CO_SPENT = ["co-spend", "coinjoin"] as const

/** Inputs of one transaction that each hold value of one of two thefts. */
interface Spent {
  readonly step: Step
  readonly transaction: OwnedTransaction
  readonly ofA: readonly Move[]
  readonly ofB: readonly Move[]
  readonly a: number
  readonly b: number
}

/**
 * UTXO chains: transactions that spend value of both thefts, out of inputs that each hold one's. Where each theft's value
 * stood at addresses that the other's never came to, one signer set spends what is at both. Where it met at one address,
 * all that is shown is that this address's holder spent it together.
 */
export class LinkSpending {
  readonly #context: LinkContext
  readonly #owners: OwnerGraph
  readonly #deposits: Deposits
  readonly #pairs: LinkPairs
  readonly #receivers: ReadonlyMap<string, readonly Move[]>
  /** What was asked of busy addresses is asked once. */
  readonly #came = new Map<string, boolean>()

  constructor(
    trail: LinkTrail,
    context: LinkContext,
    owners: OwnerGraph,
    deposits: Deposits,
    pairs: LinkPairs,
  ) {
    this.#context = context
    this.#owners = owners
    this.#deposits = deposits
    this.#pairs = pairs
    this.#receivers = trail.byReceiver()
    const made = new Map<PotId, Move>()
    for (const move of trail.moves) if (move.to !== null) made.set(move.to, move)
    for (const { step, from } of spendsOf(trail)) this.#look(step, from, made)
  }

  #look(step: Step, from: readonly PotId[], made: ReadonlyMap<PotId, Move>): void {
    const inputs = from.flatMap(pot => made.get(pot) ?? [])
    const thefts = theftsIn(inputs)
    if (thefts.length < 2) return
    const transaction = this.#transactionOf(step)
    for (const [a, b] of pairsOf(thefts)) {
      const { ofA, ofB } = apart(inputs, a, b)
      if (ofA.length > 0 && ofB.length > 0) this.#judge({ step, transaction, ofA, ofB, a, b })
    }
  }

  #transactionOf({ tx }: Step): OwnedTransaction {
    const found = tx.id === null ? null : this.#owners.transactionOf(tx.id)
    if (found === null)
      throw new Error(`links: the ledger that was traced has no ${tx.id} where owners are asked`)
    return this.#owners.transaction(found)
  }

  #judge(spent: Spent): void {
    const { ofA, ofB, a, b, step, transaction } = spent
    const inputs = [...ofA, ...ofB]
    const amounts = worthOf(inputs, a, b)
    const uses = [{ role: "spends" as const, position: step.position, tx: step.tx, thefts: [a, b] }]
    const place = placeOf(inputs)
    const { service, heuristics = [] } = this.#sweptTo(transaction)
    const nothing = { place, uses, amounts, service, heuristics }
    const joined = coSpendOf(transaction)
    if (!joined.joins && joined.reason === "coinjoin") {
      const pattern = `coinjoin-${joined.finding.pattern}` as const
      const read = ["coinjoin", pattern, ...heuristics] as const
      this.#pairs.dismiss(a, b, { ...nothing, reason: "coinjoin", heuristics: read })
    } else if (this.#isDust(amounts, spent)) this.#pairs.dismiss(a, b, { ...nothing, reason: "dust" })
    else if (service !== null) this.#sweep(spent, place, nothing)
    else this.#find(spent, amounts)
  }

  #isDust(amounts: readonly Worth[], { a, b }: Spent): boolean {
    const { findings } = this.#context
    return isDust(amounts, a, findings) || isDust(amounts, b, findings)
  }

  /** A service sweeps many customers' deposits in one transaction: then the signer may be the service. */
  #sweep(spent: Spent, place: string | null, nothing: Omit<Parameters<LinkPairs["dismiss"]>[2], "reason">) {
    const { ofA, ofB, a, b } = spent
    const deposit = place === null ? null : this.#deposits.at(place)
    if (place !== null && deposit !== null)
      this.#pairs.find(a, b, depositDraft(place, deposit, [...ofA, ...ofB], a, b, this.#context))
    else this.#pairs.dismiss(a, b, { ...nothing, reason: "sweep-to-service" })
  }

  #find({ step, ofA, ofB, a, b }: Spent, amounts: readonly Worth[]): void {
    const inputs = [...ofA, ...ofB]
    const isShared =
      ofA.some(({ address }) => !this.#cameTo(address, b, a)) &&
      ofB.some(({ address }) => !this.#cameTo(address, a, b))
    const spend = { role: "spends" as const, position: step.position, tx: step.tx, thefts: [a, b] }
    const common = {
      service: null,
      uses: isShared ? [spend] : [spend, ...usesOf(inputs, "pays-in", a, b)],
      amounts,
      hops: hopsOf(inputs),
      grade: gradeOf(inputs),
      // Whoever holds one address signs for all that is at it: that is no reading of the record.
      heuristics: isShared || placeOf(inputs) === null ? CO_SPENT : [],
    }
    const labels = labelPitfall(this.#context.book)
    if (isShared) {
      const pitfalls = ["payjoin", "unknown-coinjoin", "custodian-signs", "paid-before", ...labels] as const
      this.#pairs.find(a, b, { ...common, kind: "shared-spending", place: null, pitfalls })
    } else {
      const [met = null, ...alsoAt] = this.#metAt(inputs, a, b)
      const pitfalls = ["cannot-refuse", "unlabelled-service", "custodian-signs", ...labels] as const
      this.#pairs.find(a, b, { ...common, kind: "commingling", place: met, alsoAt, pitfalls })
    }
  }

  /** Whether value of `theft`, and not of `other`, ever came to an address. */
  #cameTo(address: string | null, theft: number, other: number): boolean {
    if (address === null) return false
    return getOrMake(this.#came, `${theft} ${other} ${address}`, () => {
      return apart(this.#receivers.get(address) ?? [], theft, other).ofA.length > 0
    })
  }

  /** Addresses of inputs that value of both came to, in the order of their spelling. */
  #metAt(inputs: readonly Move[], a: number, b: number): readonly string[] {
    const addresses = new Set(inputs.flatMap(({ address }) => address ?? []))
    return [...addresses].filter(one => this.#cameTo(one, a, b) && this.#cameTo(one, b, a)).sort()
  }

  /** The one service that everything spendable goes to, and what says that it is; null where there is none. */
  #sweptTo({ outputs }: OwnedTransaction): Pick<NothingDraft, "service" | "heuristics"> {
    const { book, chain } = this.#context
    const services = new Set<string | null>()
    const kinds = new Set<StoppedBy["kind"] | undefined>()
    for (const { owner, kind } of outputs) {
      if (isOwnerless(kind)) continue
      const address = this.#owners.addressOf(owner)
      const known = address === null ? null : book.serviceAt(address)
      services.add(known?.service ?? null)
      kinds.add(known?.by?.kind)
    }
    const [service = null, second] = services
    if (service === null || second !== undefined) return { service: null, heuristics: [] }
    return { service, heuristics: heuristicsOfStops(kinds, "utxo", chain) }
  }
}

/** One move of each transaction that spent traced outputs: all of one name the same ones. */
function spendsOf(trail: LinkTrail): Iterable<Move> {
  const spends = new Map<Position, Move>()
  for (const move of trail.moves) {
    if (move.step.shape === "utxo" && move.from.length > 1) spends.set(move.step.position, move)
  }
  return spends.values()
}

/** The address of all inputs; null where there are several, or one has none. */
function placeOf(inputs: readonly Move[]): string | null {
  const [first, second] = new Set(inputs.map(({ address }) => address))
  return second === undefined ? (first ?? null) : null
}
