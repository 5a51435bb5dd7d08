import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { Problem } from "../../units/problem.ts"

export type NetworkName = keyof typeof NETWORKS

/** The hash of each network's first block (`chainparams.cpp` of Bitcoin Core and Litecoin Core); testnet is testnet3. */
export const GENESIS: Readonly<Record<NetworkName, string>> = {
  mainnet: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
  testnet: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
  regtest: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
  litecoin: "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
  litecoinRegtest: "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
}

/**
 * What is said of another chain is true of that chain, and would be taken for this one's.
 *
 * @throws Problem `remote-other-network`
 */
export function checkGenesis(hash: string, network: NetworkName): void {
  if (hash === GENESIS[network]) return
  const known = Object.entries(GENESIS).find(([, genesis]) => genesis === hash)
  const found = known?.[0] ?? `a network with the first block ${hash}`
  throw new Problem("remote-other-network", { expected: network, found })
}
