import type { Tx } from "../ledger/step.ts"
import type { Notice } from "../ports/source.ts"
import { millisecondsOf } from "../units/time.ts"

/** Watches for clocks that run backwards along the order of the record: reported, and never used for order. */
export class ClockWatch {
  #latest = Number.NEGATIVE_INFINITY
  #first: Tx | null = null
  #count = 0

  see(tx: Tx): void {
    if (typeof tx.time !== "string") return
    const start = millisecondsOf(tx.time)
    // "00:09" is any second of that minute: only what must be earlier is backwards.
    const end = start + (tx.time.length === "2018-01-25T15:09Z".length ? 59_999 : 0)
    if (end < this.#latest) {
      this.#first ??= tx
      this.#count++
    } else if (start > this.#latest) this.#latest = start
  }

  notices(): readonly Notice[] {
    if (this.#first === null) return []
    const { height, id } = this.#first
    const at = height === null ? (id ?? "?") : `${height}`
    return [{ code: "clock-backwards", asset: null, detail: { at, count: `${this.#count}` } }]
  }
}
