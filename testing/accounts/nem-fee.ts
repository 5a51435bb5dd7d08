/** What of a mosaic's definition decides what its transfer costs. */
export interface MosaicSize {
  /** In whole mosaics. */
  readonly supply: bigint
  readonly divisibility: number
}

const FEE_UNIT = 50_000n
const MICRO = 1_000_000n
const XEM_SUPPLY = 8_999_999_999n
const STEP_XEM = 10_000n
const MOST_UNITS = 25n
/** So few parts of a mosaic that cannot be divided, and it is a small business's: one unit whatever is sent. */
const SMALL_SUPPLY = 10_000n
const MOST_PARTS = 9_000_000_000_000_000n
const MESSAGE_STEP = 32

/**
 * The least that NIS1 takes for a transfer, in millionths, since its second fee fork (height 1,250,000, in 2017): 0.05 XEM
 * for each whole 10,000 XEM, once at least and 25 times at most, and 0.05 for each begun 32 bytes of message. A mosaic
 * counts as the XEM of which it is the same part of all there is, less something for a small supply. NEM's own
 * `AbstractTransactionFeeCalculator` and `FeeUnitAwareTransactionFeeCalculator` (nem.core); the tests have their numbers.
 *
 * @param mosaic null for XEM
 * @param amount in smallest parts
 */
export function nemTransferFee(mosaic: MosaicSize | null, amount: bigint, messageBytes: number): bigint {
  const message = messageBytes === 0 ? 0n : BigInt(Math.floor(messageBytes / MESSAGE_STEP) + 1)
  const transfer = mosaic === null ? unitsOf(amount / MICRO) : mosaicUnits(mosaic, amount)
  return (transfer + message) * FEE_UNIT
}

const atMost = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const atLeast = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const unitsOf = (xem: bigint): bigint => atMost(MOST_UNITS, atLeast(1n, xem / STEP_XEM))

function mosaicUnits({ supply, divisibility }: MosaicSize, amount: bigint): bigint {
  if (divisibility === 0 && supply <= SMALL_SUPPLY) return 1n
  if (supply === 0n) return 1n
  const parts = supply * 10n ** BigInt(divisibility)
  const asXem = (XEM_SUPPLY * amount) / parts
  // A logarithm of doubles is what NIS takes too, and what it cuts off is a small whole number.
  const lessFor = BigInt(Math.floor(0.8 * Math.log(Number(MOST_PARTS / parts))))
  return atLeast(1n, unitsOf(asXem) - lessFor)
}
