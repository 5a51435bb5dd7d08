import type { AssetAnswer, ConservingAnswer, Flow } from "../../contracts/trace.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { greater, lesser } from "./extremes.ts"
import { FlowBook } from "./flow-book.ts"
import type { FlowGraph, Place } from "./flow-nodes.ts"
import { NowhereFinder } from "./flow-nowhere.ts"

/** Which pots of an asset were given for another one, as the other assets' answers tell. */
export type GivenAway = (pot: string) => boolean

/** Where the traced value of one asset went under one rule: what enters, every pot, and where it ends. */
export function flowGraph(
  answer: AssetAnswer,
  own: ConservingAnswer,
  min: bigint,
  isGiven: GivenAway,
): FlowGraph {
  const graph = new GraphBuilder(answer, own, min)
  for (const group of stepsOf(own.flows)) graph.addStep(group)
  return graph.finish(isGiven)
}

/** Flows of one step stand together and name the same debits. */
function stepsOf(flows: readonly Flow[]): readonly (readonly Flow[])[] {
  const steps: Flow[][] = []
  let last = ""
  for (const flow of flows) {
    const key = JSON.stringify([flow.tx, flow.kind === "reward", flow.from])
    if (key === last && flow.from.length > 1) steps.at(-1)?.push(flow)
    else steps.push([flow])
    last = key
  }
  return steps
}

class GraphBuilder {
  readonly #asset: string
  readonly #own: ConservingAnswer
  readonly #min: bigint
  readonly #book = new FlowBook()
  readonly #nowhere: NowhereFinder
  readonly #serviceOf: ReadonlyMap<string, string>
  /** Thefts by the reference that declares them. */
  readonly #declaring = new Map<string, string[]>()
  readonly #declaredAgain: { readonly flow: Flow; readonly to: string; readonly part: bigint }[] = []
  /** Declared by credits that nothing traced went into. */
  #declaredNew = 0n
  /** Of what exchanges brought in, what credits that are declared stolen themselves received. */
  #exchangedInThefts: bigint
  /** What pots received in payments below the threshold. */
  readonly #smallIn = new Map<string, bigint>()
  /** What the totals have in a place and no pot has been found for yet. */
  readonly #room = new Map<Place, bigint>()

  constructor({ asset, thefts }: AssetAnswer, own: ConservingAnswer, min: bigint) {
    this.#asset = asset
    this.#own = own
    this.#min = min
    this.#nowhere = new NowhereFinder(own)
    this.#serviceOf = new Map(own.arrivals.map(({ pot, service }) => [pot, service]))
    for (const { id, refs } of thefts) {
      for (const ref of refs) getOrMake(this.#declaring, ref, () => []).push(id)
    }
    this.#exchangedInThefts = own.flows.reduce(
      (left, { kind, traced }) => (kind === "exchange" ? left - BigInt(traced) : left),
      BigInt(own.total.exchangedIn),
    )
  }

  addStep(flows: readonly Flow[]): void {
    const [first] = flows
    const from = first?.from ?? []
    // A coinbase names the pots whose fees it takes: their transactions have drained them.
    const isCoinbase = flows.every(({ kind }) => kind === "reward" || kind === "burn")
    const pools = from.length > 1 && !isCoinbase && !this.#isOtherAsset(from)
    const pooled = pools ? this.#book.pool(first?.tx ?? "", from) : null
    for (const flow of flows) {
      for (const { to, part } of this.#targets(flow)) this.#add(flow, pooled, to, part)
    }
  }

  #add(flow: Flow, pooled: string | null, to: string, part: bigint): void {
    const { kind, from } = flow
    const isTheft = kind === "theft"
    if (from.length === 0) this.#declare(flow, to, part)
    else if (this.#isOtherAsset(from)) {
      // A credit of an exchange may be declared stolen too; the totals say how much of it was traced before.
      const exchanged = isTheft ? lesser(part, this.#exchangedInThefts) : part
      if (isTheft) this.#exchangedInThefts -= exchanged
      this.#book.move(this.#exchangedIn(from), to, exchanged)
      this.#declare(flow, to, part - exchanged)
    } else if (isTheft) {
      // How much more of it was traced before is known only once everything else has left its pots.
      const open = part - this.#book.draw(from, to, this.#surelyBefore(flow, part))
      this.#declaredAgain.push({ flow, to, part: open })
      this.#book.account(to).left += open
      if (open > 0n) this.#book.owe(from)
    } else if (pooled !== null) this.#book.move(pooled, to, part)
    else {
      const drawn = this.#book.draw(from, to, part)
      this.#book.move(this.#book.named("pot", from[0] as string), to, part - drawn)
    }
    if (flow.to !== null && !isTheft && part < this.#min) {
      this.#smallIn.set(to, (this.#smallIn.get(to) ?? 0n) + part)
    }
  }

  /** What is left in a pot once its payments are taken off is held, given in an exchange, or no longer followed. */
  finish(isGiven: GivenAway): FlowGraph {
    const book = this.#book
    for (const { pot, traced } of this.#own.holdings) {
      book.move(book.named("pot", pot), book.named("place", "held"), BigInt(traced))
    }
    for (const { key } of book.passages()) this.#lay(key, "belowThreshold", this.#smallIn.get(key) ?? 0n)
    this.#declareAgain()
    for (const { key, name } of book.passages()) {
      const places: readonly Place[] = isGiven(name)
        ? ["exchanged", "notFollowed"]
        : ["notFollowed", "exchanged"]
      for (const place of places) this.#lay(key, place, book.account(key).left)
    }
    return book.done()
  }

  /** Puts the rest of a pot, or so much of it, where the totals still have room for it. */
  #lay(key: string, place: Place, most: bigint): void {
    const room = this.#room.get(place) ?? BigInt(this.#own.total[place])
    const part = lesser(lesser(this.#book.account(key).left, most), room)
    if (part <= 0n) return
    this.#room.set(place, room - part)
    this.#book.move(key, this.#book.named("place", place), part)
  }

  #declare(flow: Flow, to: string, part: bigint): void {
    this.#declaredNew += part
    this.#book.move(this.#book.named("declared", theftsOf(flow)), to, part)
  }

  /** What of a credit other thefts name than those that declare it. An output tells which do: it is their reference. */
  #surelyBefore({ to, byTheft }: Flow, part: bigint): bigint {
    const declaring = this.#declaring.get(to ?? "")
    if (declaring === undefined) return 0n
    const others = Object.entries(byTheft).filter(([theft]) => !declaring.includes(theft))
    const most = others.reduce((largest, [, amount]) => greater(largest, BigInt(amount)), 0n)
    return lesser(part, most)
  }

  /** Of credits declared again, what was traced before comes from their pots, as far as the totals have it. */
  #declareAgain(): void {
    const declared = BigInt(this.#own.total.declared)
    let before = this.#declaredAgain.reduce((sum, { part }) => sum + part, this.#declaredNew - declared)
    for (const { flow, to, part } of this.#declaredAgain) {
      this.#book.account(to).left -= part
      const drawn = this.#book.draw(flow.from, to, lesser(part, before))
      before -= drawn
      this.#declare(flow, to, part - drawn)
    }
  }

  #targets(flow: Flow): readonly { readonly to: string; readonly part: bigint }[] {
    const book = this.#book
    if (flow.to === null) {
      const places = this.#nowhere.placesOf(flow)
      return places.map(({ place, part }) => ({ to: book.named("place", place), part }))
    }
    const service = this.#serviceOf.get(flow.to)
    const to = service === undefined ? book.named("pot", flow.to) : book.named("service", service)
    return [{ to, part: BigInt(flow.traced) }]
  }

  #exchangedIn(from: readonly string[]): string {
    const assets = new Set(from.map(pot => pot.slice(pot.lastIndexOf("/") + 1)))
    return this.#book.named("exchangedIn", [...assets].join(", "))
  }

  #isOtherAsset(from: readonly string[]): boolean {
    return from.some(pot => pot.includes("/")) && from.every(pot => !pot.endsWith(`/${this.#asset}`))
  }
}

const theftsOf = ({ byTheft }: Flow): string => Object.keys(byTheft).join(", ")
