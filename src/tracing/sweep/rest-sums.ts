import { UNTRACED } from "../label.ts"
import type { LotPool } from "./lot-pool.ts"
import type { SweepBook } from "./sweep-book.ts"

type Rest = "fees" | "burned"

/** Sums of fees and of what coinbases leave, as numbers; taken over into the books before they could be inexact. */
export class RestSums {
  readonly #book: SweepBook
  /** By label. */
  readonly #sums: Record<Rest, number[]> = { fees: [], burned: [] }

  constructor(book: SweepBook) {
    this.#book = book
  }

  /** What is left in a pool. */
  addRest(pool: LotPool, bucket: Rest): void {
    pool.eachLeft((label, amount) => {
      if (label === UNTRACED) return
      const sums = this.#sums[bucket]
      const sum = sums[label] ?? 0
      if (sum + amount <= Number.MAX_SAFE_INTEGER) sums[label] = sum + amount
      else {
        this.#book.add(bucket, label, BigInt(sum))
        sums[label] = amount
      }
    })
  }

  settle(): void {
    for (const bucket of ["fees", "burned"] as const) {
      for (const [label, sum] of this.#sums[bucket].entries()) {
        if (sum !== undefined && sum > 0) this.#book.add(bucket, label, BigInt(sum))
      }
      this.#sums[bucket].length = 0
    }
  }
}
