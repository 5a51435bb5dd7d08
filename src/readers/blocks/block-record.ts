import { decodeBlock, verifiedTxids } from "../../chains/bitcoin/block.ts"
import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { decodeHeader, type Header } from "../../chains/bitcoin/header.ts"
import { GENESIS_HASH, networkName, networkOfGenesis } from "../../chains/bitcoin/magic.ts"
import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { checkProofOfWork } from "../../chains/bitcoin/proof-of-work.ts"
import { Problem } from "../../units/problem.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"

export type Network = keyof typeof NETWORKS

/** Header and the number of transactions. Whether a transaction fits is for the decoder to say. */
export const LEAST_SIZE = 81
/** Bitcoin Core reads up to 4,000,000 bytes, Litecoin Core 32 MiB. */
export const MOST_SIZE = 32 * 2 ** 20

/** Bytes in a file that are no block: `at` counts from the file's beginning. */
export function malformed(file: string, block: string, reason: string, at: number): Problem {
  return new Problem("block-malformed", { block, reason, at }, { file })
}

/**
 * That the header has its work done, and is not the first block of another chain that marks its blocks the same way.
 *
 * @throws BlockFault
 * @throws Problem `blocks-other-network`
 */
export function checkHeader(header: Header, hash: Uint8Array, network: Network): void {
  if (!header.previous.every(byte => byte === 0)) {
    checkProofOfWork(header, CONSENSUS[network], NODE_HASHES.work)
    return
  }
  const shown = displayed(hash)
  if (shown === GENESIS_HASH[network]) return
  const known = networkOfGenesis(shown)
  if (known !== null) throw otherNetwork(known, network)
  checkProofOfWork(header, CONSENSUS[network], NODE_HASHES.work)
  throw otherNetwork(`a network whose first block is ${shown}`, network)
}

export function otherNetwork(found: string, expected: Network): Problem {
  return new Problem("blocks-other-network", { found, expected: networkName(expected) })
}

export function hasItsWork(header: Uint8Array, network: Network): boolean {
  return holds(() => checkProofOfWork(decodeHeader(header), CONSENSUS[network], NODE_HASHES.work))
}

/** Whether these bytes are a block from first to last, with the transactions that its header commits to. */
export function hasItsTransactions(bytes: Uint8Array, network: Network): boolean {
  return holds(() => verifiedTxids(decodeBlock(bytes, CONSENSUS[network]), NODE_HASHES.sha256d))
}

function holds(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (error instanceof BlockFault) return false
    throw error
  }
}
