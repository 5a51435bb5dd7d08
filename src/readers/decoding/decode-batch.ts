import type { BlockColumns } from "../../chains/bitcoin/block-columns.ts"
import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import { columnsOf } from "../../chains/bitcoin/decode-columns.ts"
import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { NODE_HASHES } from "./node-hashes.ts"

/** Consecutive blocks as their bytes. */
export interface RawBatch {
  readonly network: keyof typeof NETWORKS
  readonly firstHeight: number
  readonly blocks: readonly Uint8Array[]
}

/**
 * The columns of all blocks; or of those before one that is wrong, null where that is the first, and how it is wrong: in
 * this form because classes do not survive the way between threads.
 */
export interface Decoded {
  readonly columns: BlockColumns | null
  readonly fault: { readonly height: number; readonly reason: string; readonly offset: number } | null
}

export function decodeBatch({ network, firstHeight, blocks }: RawBatch): Decoded {
  let height = firstHeight
  try {
    const columns = columnsOf(blocks, firstHeight, network, NODE_HASHES, at => {
      height = at
    })
    return { columns, fault: null }
  } catch (error) {
    if (!(error instanceof BlockFault)) throw error
    const fault = { height, reason: error.reason, offset: error.offset }
    const good = blocks.slice(0, height - firstHeight)
    if (good.length === 0) return { columns: null, fault }
    return { columns: columnsOf(good, firstHeight, network, NODE_HASHES, () => {}), fault }
  }
}
