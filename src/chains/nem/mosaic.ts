import { NemFault } from "./fault.ts"

/** On the wire each word is its place in the list, counted from 1: NIS `MosaicTransferFeeType`. */
export const LEVY_KINDS = ["absolute", "percentile"] as const

export interface MosaicId {
  readonly namespace: string
  readonly name: string
}

export interface Mosaic {
  readonly mosaic: MosaicId
  readonly quantity: bigint
}

/** Taken from the sender of a mosaic on top of what he sends, for a third party, perhaps in another mosaic. */
export interface Levy {
  readonly kind: (typeof LEVY_KINDS)[number]
  readonly recipient: string
  readonly mosaic: MosaicId
  readonly fee: bigint
}

export interface MosaicDefinition {
  readonly creator: string
  readonly mosaic: MosaicId
  readonly description: string
  readonly properties: readonly { readonly name: string; readonly value: string }[]
  readonly levy: Levy | null
}

export const XEM = "XEM"

/** The chain's own coin is a mosaic as well, "nem:xem"; under one name it is one asset. */
export function assetOf({ namespace, name }: MosaicId): string {
  return namespace === "nem" && name === "xem" ? XEM : `${namespace}:${name}`
}

/** Java's `long`, beyond which NIS refuses to compute. */
const LARGEST_LONG = 2n ** 63n - 1n
const MULTIPLIER_UNIT = 1_000_000n
const WHOLE_IN_PERCENTILE_UNITS = 10_000n

/**
 * How much of a mosaic a transfer moves: quantity * amount / 1,000,000, rounded down. NIS
 * `TransferTransaction.getRawQuantity` multiplies as BigInteger, divides, and refuses what exceeds a long.
 */
export function quantityMoved(quantity: bigint, multiplier: bigint, path: string): bigint {
  const moved = (quantity * multiplier) / MULTIPLIER_UNIT
  if (moved > LARGEST_LONG) throw new NemFault("out of range", path)
  return moved
}

/**
 * What a levy takes when `moved` smallest parts of its mosaic are sent; 0 is not taken at all. A percentile fee counts
 * ten-thousandths of what is moved, rounded down, and is paid in smallest parts of the levy's mosaic.
 *
 * NIS `DefaultMosaicTransferFeeCalculator` multiplies in a 64-bit long without looking for overflow, and so does this.
 */
export function levyTaken(levy: Levy, moved: bigint, path: string): bigint {
  if (levy.kind === "absolute") return levy.fee
  const product = BigInt.asIntN(64, moved * levy.fee)
  if (product < 0n) throw new NemFault("out of range", path)
  return product / WHOLE_IN_PERCENTILE_UNITS
}

/** NIS `MosaicConstants.MAX_QUANTITY`: so many smallest parts a mosaic may have in all. */
const MOST_PARTS = 9_000_000_000_000_000n
const MOST_DIVISIBILITY = 6
const DIGITS = /^[0-9]{1,19}$/

/** NIS `DefaultMosaicProperties` knows four properties; what is not given has these values. */
export function divisibilityOf(definition: MosaicDefinition): number {
  const divisibility = Number(numberOf(definition, "divisibility", 0n))
  if (divisibility > MOST_DIVISIBILITY) throw new NemFault("bad property", "divisibility")
  return divisibility
}

/** In smallest parts. */
export function initialSupplyOf(definition: MosaicDefinition): bigint {
  const whole = numberOf(definition, "initialSupply", 1000n)
  return partsOf(whole, divisibilityOf(definition), "initialSupply")
}

/** Whole mosaics in their smallest parts: NIS `MosaicUtils.toQuantity`. */
export function partsOf(whole: bigint, divisibility: number, path: string): bigint {
  const parts = whole * 10n ** BigInt(divisibility)
  if (parts > MOST_PARTS) throw new NemFault("out of range", path)
  return parts
}

function numberOf(definition: MosaicDefinition, name: string, absent: bigint): bigint {
  const value = definition.properties.find(property => property.name === name)?.value
  if (value === undefined) return absent
  if (!DIGITS.test(value)) throw new NemFault("bad property", name)
  return BigInt(value)
}
