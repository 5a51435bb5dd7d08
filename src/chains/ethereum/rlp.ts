import type { Hex } from "viem"
import { keccak256, toRlp } from "viem/utils"

/** What RLP encodes: bytes, or lists of them in lists. */
export type RlpItem = Hex | readonly RlpItem[]

export function rlp(item: RlpItem): Hex {
  return toRlp(item as Parameters<typeof toRlp>[0])
}

/** A scalar as RLP has it: big-endian without leading zeros, 0 as no bytes at all. */
export function scalar(value: bigint | number): Hex {
  if (BigInt(value) === 0n) return "0x"
  const digits = value.toString(16)
  return `0x${digits.length % 2 === 0 ? digits : `0${digits}`}`
}

/** EIP-2718: a typed transaction or receipt is its type in one byte, then the payload; type 0 is the payload alone. */
export function envelope(type: number, item: RlpItem): Hex {
  const payload = rlp(item)
  return type === 0 ? payload : `0x${type.toString(16).padStart(2, "0")}${payload.slice(2)}`
}

export function hashOf(data: Hex): Hex {
  return keccak256(data)
}
