import { BlockFault } from "./block-fault.ts"
import type { Consensus } from "./consensus.ts"
import type { Hash } from "./hash.ts"
import { BITS_AT, type Header } from "./header.ts"

/** The hashes that a network may prove its work by: `scrypt.ts` has one for Litecoin. */
export type WorkHashes = Readonly<Record<Consensus["work"], Hash>>

/**
 * Checks that the header's hash lies at or below the target that the header itself names, and that one below the
 * network's highest. Whether the target is the one that the difficulty rule asks for at this height is not checked: a
 * forger could mine an easy branch, so among branches that with the most `workOf` is followed.
 *
 * @throws BlockFault
 */
export function checkProofOfWork(header: Header, consensus: Consensus, hashes: WorkHashes): void {
  const target = targetOf(header.bits)
  if (target === null || target > consensus.highestTarget) {
    throw new BlockFault("difficulty target out of range", BITS_AT)
  }
  if (littleEndian(hashes[consensus.work](header.bytes)) > target) {
    throw new BlockFault("proof of work does not meet its target", 0)
  }
}

/** How many hashes a block took on average: 2^256 / (target + 1), by which branches are compared; 0 for no target. */
export function workOf(bits: number): bigint {
  const target = targetOf(bits)
  return target === null ? 0n : (1n << 256n) / (target + 1n)
}

/**
 * The target in its compact form: a number of bytes and the three highest of them, a sign bit among these. Null for
 * what is zero, negative or beyond 256 bits (`arith_uint256::SetCompact`).
 */
export function targetOf(bits: number): bigint | null {
  const bytes = bits >>> 24
  const mantissa = BigInt(bits & 0x7fffff)
  if ((bits & 0x800000) !== 0) return null
  const target = bytes <= 3 ? mantissa >> BigInt(8 * (3 - bytes)) : mantissa << BigInt(8 * (bytes - 3))
  return target === 0n || target >= 1n << 256n ? null : target
}

function littleEndian(hash: Uint8Array): bigint {
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength)
  let value = 0n
  for (let at = 24; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(at, true)
  return value
}
