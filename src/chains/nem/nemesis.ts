import { addressOfKey } from "./account.ts"
import type { Block } from "./block.ts"
import { blockHash } from "./block-binary.ts"
import { NemFault } from "./fault.ts"
import { XEM } from "./mosaic.ts"
import type { Movement } from "./movement.ts"

/** The hash of mainnet's first block, which block 2 names: it tells a node of this network from any other. */
export const NEMESIS_HASH = "438cf6375dab5a0d32f9b7bf151d4539e00a590f7c022d5572c7d41815a24be4"

/** 9,000,000,000 XEM, and 240 for the fees of the block's six multisig modifications: NIS `NetworkInfos`. */
export const NEMESIS_TOTAL = 9_000_000_240_000_000n

/** What a chain of this kind begins with. Mainnet's is the default everywhere; a test may have a chain of its own. */
export interface Genesis {
  /** Of the first block. */
  readonly hash: string
  /** What its signer is given before it is executed, in micro-XEM. */
  readonly total: bigint
}
export const MAINNET_GENESIS: Genesis = { hash: NEMESIS_HASH, total: NEMESIS_TOTAL }

/**
 * Where all XEM come from: NIS (`loadNemesisBlock`) credits the total to the first block's signer before it executes
 * the block, and nothing is made afterwards.
 *
 * @throws NemFault `hash does not match` for any other block
 */
export function nemesisIssue(block: Block, { hash, total }: Genesis = MAINNET_GENESIS): Movement {
  if (blockHash(block) !== hash) throw new NemFault("hash does not match", "block")
  const to = addressOfKey(block.signer, block.network)
  return { from: null, to, asset: XEM, amount: total, kind: "issue", note: "nemesis" }
}
