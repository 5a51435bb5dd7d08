import type { AccountMove } from "./account-graph.ts"

/** Of what arrived, this part may be late or stay: dust that anybody sends must not hide a deposit account. */
const ONE_OF = 100n

interface Arrival {
  readonly height: number
  /** The service that sent it, null where no service did. */
  readonly from: string | null
  readonly amount: bigint
  left: bigint
}

/** What arrived of one asset, the oldest first, and how late it was passed on. */
export class ArrivalQueue {
  readonly #arrivals: Arrival[] = []
  readonly #withinBlocks: number
  readonly #tip: number
  readonly #mayKeep: bigint
  /** The oldest that was not wholly passed on. */
  #next = 0
  #late = 0n

  /** @param mayKeep what may stay behind of an arrival */
  constructor({ withinBlocks, tip }: { withinBlocks: number; tip: number }, mayKeep: bigint) {
    this.#withinBlocks = withinBlocks
    this.#tip = tip
    this.#mayKeep = mayKeep
  }

  get count(): number {
    return this.#arrivals.length
  }

  arrive({ amount, height }: AccountMove, from: string | null): void {
    this.#arrivals.push({ height, from, amount, left: amount })
  }

  /** Takes what leaves from the oldest arrivals. @param service where it went, so far; fees are never late */
  leave({ amount, height, isFee }: AccountMove, service: string | null): void {
    let left = amount
    while (left > 0n) {
      const arrival = this.#arrivals[this.#next]
      if (arrival === undefined) break
      const isWhole = left >= arrival.left
      const taken = isWhole ? arrival.left : left
      const mayStay = arrival.left <= this.#mayKeep || arrival.from === service
      if (!isFee && !mayStay && height - arrival.height > this.#withinBlocks) this.#late += taken
      arrival.left -= taken
      left -= taken
      if (isWhole) this.#next++
    }
  }

  /** Whether all was passed on in time but a hundredth, less what the service itself sent and what may stay. */
  isPassedOn(service: string): boolean {
    let stale = this.#late
    let arrived = 0n
    for (const { amount, from, left, height } of this.#arrivals) {
      if (from === service) continue
      arrived += amount
      if (left > this.#mayKeep && this.#tip - height > this.#withinBlocks) stale += left
    }
    return stale * ONE_OF <= arrived
  }
}
