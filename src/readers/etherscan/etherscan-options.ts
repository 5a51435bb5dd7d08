import type { Asset } from "../../ledger/asset.ts"
import type { ClientOptions } from "../http/polite-client.ts"

export interface EtherscanOptions extends Omit<ClientOptions, "credentials"> {
  /** Etherscan's number of the network; 1, Ethereum, unless said otherwise. */
  readonly chainId?: number
  /** A block by which the network is known; null takes any. Absent, Ethereum's block 1,920,000. */
  readonly landmark?: { readonly height: number; readonly hash: string } | null
  /** Inclusive; null, and anything above it, is the tip at the time of asking. */
  readonly toHeight: number | null
  /** How ether is written. */
  readonly native: Asset
  /** Rows of one answer; since July 2026 Etherscan's free keys get no more than 1,000. */
  readonly pageRows?: number
  /** Rows of one list beyond which an account is too busy to be followed; 50,000 unless said otherwise. */
  readonly mostRows?: number
  /** How deep a block must lie for what is said of it to be kept on disk. */
  readonly finalDepth?: number
}
