import type { Hex } from "viem"

/** A number as the JSON-RPC takes it. */
export function quantityOf(value: number): Hex {
  return `0x${value.toString(16)}`
}
