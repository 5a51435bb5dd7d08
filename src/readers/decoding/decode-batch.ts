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

/** Columns, or which block is wrong and how: in this form because classes do not survive the way between threads. */
export type Decoded =
  | { readonly columns: BlockColumns }
  | { readonly columns: null; readonly height: number; readonly reason: string; readonly offset: number }

export function decodeBatch({ network, firstHeight, blocks }: RawBatch): Decoded {
  let height = firstHeight
  try {
    const columns = columnsOf(blocks, firstHeight, network, NODE_HASHES, at => {
      height = at
    })
    return { columns }
  } catch (error) {
    if (!(error instanceof BlockFault)) throw error
    return { columns: null, height, reason: error.reason, offset: error.offset }
  }
}
