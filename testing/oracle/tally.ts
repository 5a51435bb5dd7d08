import type { Bucket } from "../../src/contracts/trace.ts"
import { type Label, type Lot, tracedByTheft, tracedOf } from "./lot.ts"
import type { Sums, TheftSums } from "./result.ts"

const SOURCES: readonly Bucket[] = ["declared", "exchangedIn"]
const PLACES: readonly Bucket[] = [
  "held",
  "services",
  "fees",
  "burned",
  "exchanged",
  "unrecorded",
  "belowThreshold",
  "notFollowed",
]

const noSums = (): Sums => ({
  declared: 0n,
  exchangedIn: 0n,
  held: 0n,
  services: 0n,
  fees: 0n,
  burned: 0n,
  exchanged: 0n,
  unrecorded: 0n,
  belowThreshold: 0n,
  notFollowed: 0n,
})

/** The figures of one asset. "The total counts each unit once [...]; byTheft counts it for each." */
export class Tally {
  readonly total: Sums = noSums()
  readonly byTheft = new Map<string, TheftSums>()

  constructor(thefts: readonly string[]) {
    for (const id of thefts) this.byTheft.set(id, { ...noSums(), collided: 0n })
  }

  add(bucket: Bucket, lots: readonly Lot[]): void {
    this.total[bucket] += tracedOf(lots)
    for (const [id, amount] of tracedByTheft(lots)) this.#of(id)[bucket] += amount
  }

  /**
   * A lot of a credit is declared in theft `id`. Already traced, it was counted in the total before, and is
   * `collided` ("the part of its credits that was traced already"), also where it names `id` itself; but then it
   * cannot be declared for `id` twice.
   */
  declare(id: string, label: Label, amount: bigint): void {
    const sums = this.#of(id)
    if (label.length === 0) this.total.declared += amount
    else sums.collided += amount
    if (!label.includes(id)) sums.declared += amount
  }

  /** "For every theft and every rule but poison": the identity, for the total and each theft. */
  assertIdentity(what: string): void {
    assertReconciles(this.total, `${what}, total`)
    for (const [id, sums] of this.byTheft) assertReconciles(sums, `${what}, theft ${id}`)
  }

  #of(id: string): TheftSums {
    const sums = this.byTheft.get(id)
    if (!sums) throw new Error(`oracle: label names unknown theft ${id}`)
    return sums
  }
}

function assertReconciles(sums: Sums, what: string): void {
  const side = (buckets: readonly Bucket[]) => buckets.reduce((sum, bucket) => sum + sums[bucket], 0n)
  if (side(SOURCES) !== side(PLACES)) {
    throw new Error(`oracle: ${what}: ${side(SOURCES)} declared, ${side(PLACES)} found`)
  }
}
