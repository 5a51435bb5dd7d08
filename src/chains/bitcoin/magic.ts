import type { NETWORKS } from "./network.ts"

type Network = keyof typeof NETWORKS

/**
 * The four bytes before every block in a node's files (`pchMessageStart`), in hexadecimal. From the `chainparams.cpp`
 * of Bitcoin Core and of Litecoin Core; testnet is testnet3. Litecoin left regtest's as they were.
 */
export const MAGIC: Readonly<Record<Network, string>> = {
  mainnet: "f9beb4d9",
  testnet: "0b110907",
  regtest: "fabfb5da",
  litecoin: "fbc0b6db",
  litecoinRegtest: "fabfb5da",
}

/** The hash of each network's first block as nodes write it, asserted in the same files. */
export const GENESIS_HASH: Readonly<Record<Network, string>> = {
  mainnet: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
  testnet: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
  regtest: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
  litecoin: "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
  litecoinRegtest: "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
}

/** Networks that are not read, but can be named to whoever points at their files. Signet by its default challenge. */
const NOT_READ = { testnet4: "1c163f28", signet: "0a03cf40", "litecoin-testnet": "fdd2c8f1" } as const

/** A network as the command line writes it. */
export function networkName(network: Network): string {
  return network === "litecoinRegtest" ? "litecoin-regtest" : network
}

const NETWORKS_IN_ORDER = Object.keys(MAGIC) as Network[]

/** The name of the network that marks its blocks so, of both where two do; null for none that is known. */
export function networkOfMagic(magic: string): string | null {
  const read = NETWORKS_IN_ORDER.filter(network => MAGIC[network] === magic)
  if (read.length > 0) return read.map(networkName).join(" / ")
  return Object.entries(NOT_READ).find(([, other]) => other === magic)?.[0] ?? null
}

/** The name of the network that begins with this block; null for none that is known. */
export function networkOfGenesis(hash: string): string | null {
  const network = NETWORKS_IN_ORDER.find(name => GENESIS_HASH[name] === hash)
  return network === undefined ? null : networkName(network)
}
