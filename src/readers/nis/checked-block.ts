import type { Block } from "../../chains/nem/block.ts"
import { blockHash } from "../../chains/nem/block-binary.ts"
import { transactionHash } from "../../chains/nem/hash.ts"
import type { Genesis } from "../../chains/nem/nemesis.ts"
import { readBlock } from "../../chains/nem/read-block.ts"
import type { Transaction } from "../../chains/nem/transaction.ts"
import { Problem } from "../../units/problem.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { checkBlock } from "./signature-checks.ts"

export interface PlacedTransaction {
  readonly transaction: Transaction
  readonly hash: string
}

/** A block whose hash and whose transactions' hashes were computed here, and whose signatures all hold. */
export interface CheckedBlock {
  readonly block: Block
  readonly hash: string
  /** In the order in which they are executed. */
  readonly transactions: readonly PlacedTransaction[]
}

/**
 * Reads a block and verifies all that it says of itself. Not verified, because a block alone cannot tell: that its
 * signer was entitled to harvest it, and that its transactions were covered by balances. The first block is known by
 * its hash, which covers every transaction in it.
 *
 * @throws NemFault, RemoteFault, or Problem `chain-data-malformed` where a signature does not hold
 */
export function checkedBlock(
  value: unknown,
  { height, genesis, path }: { readonly height: number; readonly genesis: Genesis; readonly path: string },
): CheckedBlock {
  const block = readBlock(value)
  if (block.height !== height) throw new RemoteFault("nonsense", path, `block.height: ${block.height}`)
  const hash = blockHash(block)
  const transactions = block.transactions.map(transaction => {
    return { transaction, hash: transactionHash(transaction) }
  })
  const hashes = transactions.map(each => each.hash)
  if (hash !== genesis.hash) checkBlock(block, hash, hashes)
  if (new Set(hashes).size < hashes.length) {
    throw new Problem("chain-data-malformed", {
      what: `block ${height}`,
      reason: "a transaction stands twice",
    })
  }
  return { block, hash, transactions }
}
