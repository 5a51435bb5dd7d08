import type { Header } from "./header.ts"

const ETHER = 10n ** 18n
const MAINNET = 1

/** Mainnet's forks that change who gets what (ethereum.org's history of forks; EIP-649, EIP-1234, EIP-779, EIP-6780). */
const BYZANTIUM = 4_370_000
const CONSTANTINOPLE = 7_280_000
const DAO_FORK = 1_920_000
const CANCUN_TIME = 1_710_338_135

/**
 * What a block's producer is given anew, uncles left out: 5, 3, then 2 ether, and nothing since the Merge, whose blocks
 * have a difficulty of 0. Null on another chain that still mines, whose rules we do not know.
 */
export function subsidyOf({ number, difficulty }: Header, chainId: number): bigint | null {
  if (number === 0 || difficulty === 0n) return 0n
  if (chainId !== MAINNET) return null
  return (number < BYZANTIUM ? 5n : number < CONSTANTINOPLE ? 3n : 2n) * ETHER
}

/** An uncle's producer gets an eighth less for each block that it is late. */
export function uncleRewardOf(subsidy: bigint, distance: bigint): bigint {
  return ((8n - distance) * subsidy) / 8n
}

/** Who takes an uncle in gets a 32nd more. */
export function nephewRewardOf(subsidy: bigint): bigint {
  return subsidy / 32n
}

/** EIP-6780 came with Cancun, as did the header's fields on blobs, which some exports leave out. */
export function isCancun({ blobGasUsed, timestamp }: Header, chainId: number): boolean {
  return blobGasUsed !== null || (chainId === MAINNET && timestamp >= CANCUN_TIME)
}

/** Whether the balances of the DAO's accounts are moved at the beginning of this block (EIP-779). */
export function isDaoFork(height: number, chainId: number): boolean {
  return chainId === MAINNET && height === DAO_FORK
}
