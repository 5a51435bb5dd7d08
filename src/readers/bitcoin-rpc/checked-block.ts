import { type Block, decodeBlock, verifiedTxids } from "../../chains/bitcoin/block.ts"
import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import type { Consensus } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { checkProofOfWork } from "../../chains/bitcoin/proof-of-work.ts"
import type { RawBlock } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"

/** A block whose header has been worked for, and commits to these transactions. */
export interface CheckedBlock {
  readonly height: number
  readonly hash: string
  readonly previous: string
  /** Unix seconds. */
  readonly time: number
  readonly transactions: Block["transactions"]
  /** As people write them, in their order. */
  readonly txids: readonly string[]
  readonly size: number
}

/** @throws Problem `block-malformed` */
export function checkBlock({ height, bytes }: RawBlock, hash: string, consensus: Consensus): CheckedBlock {
  try {
    const block = decodeBlock(bytes, consensus)
    checkProofOfWork(block.header, consensus, NODE_HASHES.work)
    const txids = verifiedTxids(block, NODE_HASHES.sha256d).map(displayed)
    const { time, previous } = block.header
    const { transactions } = block
    return { height, hash, previous: displayed(previous), time, transactions, txids, size: bytes.length }
  } catch (error) {
    if (!(error instanceof BlockFault)) throw error
    throw new Problem("block-malformed", { block: hash, reason: error.reason, at: error.offset })
  }
}
