/** How a chain of Bitcoin's family writes its addresses. */
export interface BitcoinNetwork {
  /** Version byte of pay-to-public-key-hash. */
  readonly p2pkh: number
  /** Version byte of pay-to-script-hash. */
  readonly p2sh: number
  /**
   * An older version byte for the same scripts. Litecoin first wrote Bitcoin's own, and so an address that could
   * be of either chain; its node still reads it, and writes the newer one.
   */
  readonly oldP2sh?: number
  /** Human-readable part of bech32 and bech32m. */
  readonly hrp: string
}

/** From the `chainparams.cpp` of Bitcoin Core and of Litecoin Core. */
export const NETWORKS = {
  mainnet: { p2pkh: 0x00, p2sh: 0x05, hrp: "bc" },
  testnet: { p2pkh: 0x6f, p2sh: 0xc4, hrp: "tb" },
  regtest: { p2pkh: 0x6f, p2sh: 0xc4, hrp: "bcrt" },
  litecoin: { p2pkh: 0x30, p2sh: 0x32, oldP2sh: 0x05, hrp: "ltc" },
  litecoinRegtest: { p2pkh: 0x6f, p2sh: 0x3a, oldP2sh: 0xc4, hrp: "rltc" },
} as const satisfies Record<string, BitcoinNetwork>
