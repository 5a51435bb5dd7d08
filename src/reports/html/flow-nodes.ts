import type { PLACES_OF_VALUE } from "../../ledger/vocabulary.ts"

export type Place = (typeof PLACES_OF_VALUE)[number]

/**
 * `declared` and `exchangedIn` are where traced value enters, `pot` holds it for a while, `step` is a transaction
 * that pools several pots, `service` and `place` are where it ends; `others`, `further` and `otherServices` stand for many.
 */
export type NodeKind =
  | "declared"
  | "exchangedIn"
  | "pot"
  | "step"
  | "others"
  | "further"
  | "service"
  | "otherServices"
  | "place"

export interface FlowNode {
  readonly key: string
  readonly kind: NodeKind
  /** Theft ids, an asset, a pot, a transaction, a service or a place of the identity. */
  readonly name: string
  /** How many it stands for. */
  readonly count: number
  readonly amount: bigint
  /** Payments from the declared credit, by the longest way; 0 where value enters; null where it ends. */
  readonly hop: number | null
}

export interface FlowEdge {
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}
