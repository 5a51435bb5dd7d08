import type { NETWORKS } from "./network.ts"

/** Each network by the name that `--network` takes, and the chain that it is: what `--chain` and a ledger call it. */
const NAMES = {
  mainnet: { network: "mainnet", chain: "bitcoin" },
  testnet: { network: "testnet", chain: "testnet" },
  regtest: { network: "regtest", chain: "regtest" },
  litecoin: { network: "litecoin", chain: "litecoin" },
  "litecoin-regtest": { network: "litecoinRegtest", chain: "litecoin-regtest" },
} as const satisfies Record<string, { network: keyof typeof NETWORKS; chain: string }>

export const NETWORK_NAMES: readonly string[] = Object.keys(NAMES)

export interface NamedNetwork {
  readonly network: keyof typeof NETWORKS
  readonly chain: string
}

/** Null for a name that is none. */
export function networkNamed(name: string): NamedNetwork | null {
  return Object.hasOwn(NAMES, name) ? NAMES[name as keyof typeof NAMES] : null
}

/** The network of a chain; null where the chain is not of Bitcoin's family. */
export function networkOfChain(chain: string): keyof typeof NETWORKS | null {
  return Object.values(NAMES).find(named => named.chain === chain)?.network ?? null
}
