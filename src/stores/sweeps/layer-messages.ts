import type { DealtLayer } from "../../tracing/sweep/haircut-layer.ts"
import type { SweepChain } from "../../tracing/sweep/sweep-chain.ts"

/** A layer by its number, with what it has taken in: memory that is shared. */
export interface SharedLayer {
  readonly number: number
  readonly taken: Float64Array
}

/** What a thread that deals layers is told; it answers each in turn. */
export type ToDealer =
  /** The arrays are shared, not copied. */
  | {
      readonly what: "begin"
      readonly chain: SweepChain
      readonly follow: boolean
      readonly declared: readonly number[]
    }
  | {
      readonly what: "deal"
      readonly layers: readonly SharedLayer[]
      readonly from: number
      readonly to: number
    }
  | { readonly what: "end" }

export type FromDealer =
  | { readonly what: "done" }
  /** By the layer's number: what came of it in the whole run. */
  | { readonly what: "dealt"; readonly layers: readonly (readonly [number, DealtLayer])[] }
