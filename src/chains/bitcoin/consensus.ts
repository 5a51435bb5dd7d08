import type { Dialect } from "./layout.ts"
import type { NETWORKS } from "./network.ts"

/** What the blocks of a network must satisfy, as far as it is checked here. */
export interface Consensus extends Dialect {
  /** Blocks after which the subsidy halves. */
  readonly halving: number
  /** The hash of a header that has to lie below its target. */
  readonly work: "sha256d" | "scrypt"
  /** No target may be higher than this (`powLimit`). */
  readonly highestTarget: bigint
}

/** The highest target with so many leading zero bits. */
const belowBits = (zeros: number): bigint => (1n << BigInt(256 - zeros)) - 1n

const BITCOIN = { work: "sha256d", mweb: false } as const
const LITECOIN = { work: "scrypt", mweb: true } as const

/** From the `chainparams.cpp` of Bitcoin Core and of Litecoin Core. Testnet is testnet3. */
export const CONSENSUS: Readonly<Record<keyof typeof NETWORKS, Consensus>> = {
  mainnet: { ...BITCOIN, halving: 210_000, highestTarget: belowBits(32) },
  testnet: { ...BITCOIN, halving: 210_000, highestTarget: belowBits(32) },
  regtest: { ...BITCOIN, halving: 150, highestTarget: belowBits(1) },
  litecoin: { ...LITECOIN, halving: 840_000, highestTarget: belowBits(20) },
  litecoinRegtest: { ...LITECOIN, halving: 150, highestTarget: belowBits(1) },
}
