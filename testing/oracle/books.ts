import type { Credit, Place, TracedDebit } from "./credit.ts"
import { Dealer } from "./dealer.ts"
import { LabelNumbers } from "./label-numbers.ts"
import { amountOf, type Lot, tracedByTheft, tracedOf, untraced } from "./lot.ts"
import type { OracleOptions, OracleTheft } from "./question.ts"
import type { OracleArrival, OracleFlow } from "./result.ts"
import { Tally } from "./tally.ts"

interface Pot {
  readonly place: Place
  readonly asset: string
  lots: Lot[]
  /** null where nothing traced is held: a pot that was emptied of traced value forgets how far it was. */
  hop: number | null
}

interface Journal {
  readonly tally: Tally
  readonly flows: OracleFlow[]
  readonly arrivals: OracleArrival[]
}

/** Every pot of the ledger with its lots, and what has been counted so far. */
export class Books {
  readonly pots = new Map<string, Pot>()
  readonly journals = new Map<string, Journal>()
  readonly #numbers = new LabelNumbers()
  readonly #thefts: readonly OracleTheft[]
  readonly #options: OracleOptions
  readonly dealer: Dealer

  constructor(thefts: readonly OracleTheft[], options: OracleOptions) {
    this.#thefts = thefts
    this.#options = options
    this.dealer = new Dealer(options.rule, this.#numbers)
  }

  journal(asset: string): Journal {
    const known = this.journals.get(asset)
    if (known) return known
    const made = { tally: new Tally(this.#thefts.map(theft => theft.id)), flows: [], arrivals: [] }
    this.journals.set(asset, made)
    return made
  }

  /** Takes an amount out of a pot. */
  debit(name: string, amount: bigint): { lots: Lot[]; traced: TracedDebit[] } {
    const pot = this.pots.get(name)
    const { taken, left } = this.dealer.take(pot?.lots ?? [], amount)
    const hop = pot?.hop ?? 0
    if (pot) {
      pot.lots = left
      if (tracedOf(left) === 0n) pot.hop = null
    }
    return { lots: taken, traced: tracedOf(taken) > 0n ? [{ pot: name, hop }] : [] }
  }

  /** Empties an output; its lots keep their order. */
  drain(name: string): { lots: Lot[]; traced: TracedDebit[] } {
    const pot = this.pots.get(name)
    if (!pot) throw new Error(`oracle: ${name} is spent before it exists, or twice`)
    this.pots.delete(name)
    return { lots: pot.lots, traced: tracedOf(pot.lots) > 0n ? [{ pot: name, hop: pot.hop ?? 0 }] : [] }
  }

  /** "Account pots: credits append at the back". */
  deposit(place: Place, asset: string, lots: readonly Lot[], hop: number | null): void {
    const pot = this.pots.get(place.pot) ?? { place, asset, lots: [], hop: null }
    this.pots.set(place.pot, pot)
    pot.lots = this.dealer.arrange([...pot.lots, ...lots])
    if (hop !== null) pot.hop = pot.hop === null || hop < pot.hop ? hop : pot.hop
  }

  /** Declares, reports, checks and enters one dealt credit. */
  receive(credit: Credit): void {
    if (amountOf(credit.lots) !== credit.amount) throw new Error(`oracle: ${credit.tx} was dealt wrongly`)
    const { tally, arrivals } = this.journal(credit.asset)
    const naming = this.#thefts.filter(theft => credit.ref !== null && theft.refs.includes(credit.ref))
    const lots = this.#declare(credit, naming)
    this.#report(credit, lots, naming.length > 0)
    // What enters no pot cannot be followed, so there is nothing to check: it is in its bucket already.
    if (typeof credit.to === "string") {
      tally.add(credit.to, lots)
      return
    }
    const hop = naming.length > 0 ? 0 : 1 + Math.min(...credit.tracedDebits.map(debit => debit.hop))
    const ending = this.#ending(credit.to, lots, hop, naming.length > 0)
    if (ending === null) {
      this.deposit(credit.to, credit.asset, lots, tracedOf(lots) > 0n ? hop : null)
      return
    }
    tally.add(ending.bucket, lots)
    if (ending.service !== undefined) {
      const traced = { traced: tracedOf(lots), byTheft: tracedByTheft(lots) }
      arrivals.push({ tx: credit.tx, ...credit.to, service: ending.service, ...traced })
    }
    // "What is put in the last two buckets, and at services, goes on untraced."
    this.deposit(credit.to, credit.asset, untraced(credit.amount), null)
  }

  /** Thefts that declare one credit are taken in the order given; a label is numbered once it has all of them. */
  #declare(credit: Credit, naming: readonly OracleTheft[]): Lot[] {
    const { tally } = this.journal(credit.asset)
    const declared = this.dealer.asDealt(credit.lots).map(({ label, amount }) => {
      let longer = label
      for (const { id } of naming) {
        tally.declare(id, longer, amount)
        longer = this.dealer.declare(longer, id)
      }
      this.#numbers.note(longer)
      return { label: longer, amount }
    })
    return this.dealer.arrange(declared)
  }

  /** "One flow per traced credit: `from` lists the step's traced debits, `amount` is the credit's value". */
  #report(credit: Credit, lots: readonly Lot[], declared: boolean): void {
    if (tracedOf(lots) === 0n) return
    const from = credit.tracedDebits.flatMap(debit => (debit.pot === null ? [] : [debit.pot]))
    this.journal(credit.asset).flows.push({
      kind: declared ? "theft" : credit.kind,
      tx: credit.tx,
      height: credit.height,
      from: [...new Set(from)],
      to: typeof credit.to === "string" ? null : credit.to.pot,
      amount: credit.amount,
      traced: tracedOf(lots),
      byTheft: tracedByTheft(lots),
    })
  }

  /** "checked in this order: service, `--min` (a declared credit is exempt), `--max-hops`". */
  #ending(to: Place, lots: readonly Lot[], hop: number, declared: boolean): Ending | null {
    const { services, stopAtServices, min, maxHops } = this.#options
    if (tracedOf(lots) === 0n) return null
    const service = stopAtServices ? services.get(to.address) : undefined
    if (service !== undefined) return { bucket: "services", service }
    if (!declared && tracedOf(lots) < min) return { bucket: "belowThreshold" }
    return maxHops !== null && hop > maxHops ? { bucket: "notFollowed" } : null
  }
}

type Ending =
  | { readonly bucket: "services"; readonly service: string }
  | { readonly bucket: "belowThreshold" | "notFollowed"; readonly service?: never }
