import type { NamedNetwork } from "../chains/bitcoin/network-name.ts"

/** Where blocks come from while they are followed. */
export type FollowFrom =
  | {
      readonly kind: "bitcoin"
      readonly network: NamedNetwork
      readonly url: string
      readonly cookieFile: string | null
    }
  | {
      readonly kind: "ethereum"
      readonly url: string
      readonly chainId: number
      readonly upTo: "finalized" | "latest"
      readonly checkTokens: boolean
      readonly fromHeight: number | null
    }
  | { readonly kind: "nem"; readonly url: string; readonly fromHeight: number | null }

/** What is taken into a ledger. */
export interface FollowJob {
  readonly folder: string
  readonly from: FollowFrom
  /** Ends when this block has been told; null for never. */
  readonly untilHeight: number | null
  readonly signal: AbortSignal
}
