import { BlockFault } from "./block-fault.ts"
import { Cursor } from "./cursor.ts"
import type { Hash } from "./hash.ts"

export const HEADER_LENGTH = 80
/** Where in a header its merkle root and its difficulty stand, to say where a fault is. */
export const MERKLE_ROOT_AT = 36
export const BITS_AT = 72

export interface Header {
  readonly bytes: Uint8Array
  readonly version: number
  readonly previous: Uint8Array
  readonly merkleRoot: Uint8Array
  /** Unix seconds by the miner's clock; may run backwards from block to block. */
  readonly time: number
  /** The difficulty in compact form. */
  readonly bits: number
  readonly nonce: number
}

/**
 * A header alone, as nodes hand them out.
 *
 * @throws BlockFault
 */
export function decodeHeader(bytes: Uint8Array): Header {
  const cursor = new Cursor(bytes)
  const header = readHeader(cursor)
  if (cursor.left > 0) throw new BlockFault("bytes left over", cursor.at)
  return header
}

/** Reads a header, leaving the cursor behind it. */
export function readHeader(cursor: Cursor): Header {
  const start = cursor.at
  return {
    version: cursor.int32(),
    previous: cursor.take(32),
    merkleRoot: cursor.take(32),
    time: cursor.uint32(),
    bits: cursor.uint32(),
    nonce: cursor.uint32(),
    bytes: cursor.bytes.subarray(start, cursor.at),
  }
}

/** The hash by which a block is known, on Litecoin too: only its proof of work is another hash. */
export function blockHashOf(header: Header, sha256d: Hash): Uint8Array {
  return sha256d(header.bytes)
}
