import type { ConservingAnswer, Flow } from "../../contracts/trace.ts"
import { lesser } from "./extremes.ts"

/** Places that are no pot: value has gone there without a receiver. */
const NOWHERE = ["fees", "burned", "unrecorded"] as const
type Nowhere = (typeof NOWHERE)[number]

/**
 * Where flows went that enter no pot. A burn or an unrecorded payment says so itself, and so does a fee that is
 * counted; a declared theft, a fee that is followed, an exchange and a reward do not. For those there is room only
 * where the totals have more than the others explain: mostly one place.
 */
export class NowhereFinder {
  readonly #room: Map<Nowhere, bigint>
  readonly #feesAreCounted: boolean

  constructor({ total, flows }: ConservingAnswer) {
    this.#room = new Map(NOWHERE.map(place => [place, BigInt(total[place])]))
    this.#feesAreCounted = total.fees !== "0"
    for (const flow of flows) {
      const place = flow.to === null ? this.#said(flow) : null
      if (place !== null) this.#take(place, BigInt(flow.traced))
    }
  }

  /** The places of one flow, with the part that went to each: to one place, where any has room for it all. */
  placesOf(flow: Flow): readonly { readonly place: Nowhere; readonly part: bigint }[] {
    const traced = BigInt(flow.traced)
    const said = this.#said(flow)
    if (said !== null) return [{ place: said, part: traced }]
    const room = (place: Nowhere): bigint => this.#room.get(place) ?? 0n
    const whole = NOWHERE.find(place => room(place) === traced) ?? NOWHERE.find(place => room(place) > traced)
    const parts: { place: Nowhere; part: bigint }[] = []
    let left = traced
    for (const place of whole === undefined ? NOWHERE : [whole]) {
      const part = lesser(left, room(place))
      if (part <= 0n) continue
      parts.push({ place, part })
      this.#take(place, part)
      left -= part
    }
    return left > 0n ? [...parts, { place: "unrecorded", part: left }] : parts
  }

  #said({ kind }: Flow): Nowhere | null {
    if (kind === "fee") return this.#feesAreCounted ? "fees" : null
    return kind === "burn" ? "burned" : kind === "unrecorded" ? "unrecorded" : null
  }

  #take(place: Nowhere, amount: bigint): void {
    this.#room.set(place, (this.#room.get(place) ?? 0n) - amount)
  }
}
