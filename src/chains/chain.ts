import type { Asset } from "../ledger/asset.ts"
import { Problem } from "../units/problem.ts"
import { type BitcoinNetwork, NETWORKS } from "./bitcoin/network.ts"

export interface Chain {
  readonly name: string
  /** The asset that the chain itself issues. */
  readonly native: Asset
  readonly shape: "utxo" | "account"
  /**
   * The one spelling under which an address is compared and printed.
   *
   * @throws Problem `address-checksum`
   */
  readonly checkAddress: (text: string) => string
  /** Owners that the chain itself makes services, where following stops, with what they are called. */
  readonly services: readonly (readonly [address: string, service: string])[]
}

const BTC: Asset = { asset: "BTC", unit: "sat", decimals: 8 }
const LTC: Asset = { asset: "LTC", unit: "litoshi", decimals: 8 }
const ETH: Asset = { asset: "ETH", unit: "wei", decimals: 18 }
const XEM: Asset = { asset: "XEM", unit: "micro-XEM", decimals: 6 }

/** The owner that `bitcoin/mweb.ts` names: amounts and owners in it are hidden. */
const EXTENSION_BLOCK = ["mweb:pool", "MWEB"] as const

/** Each chain by the name that `--chain` and a case take, in the order in which they are listed to a user. */
const LOADERS: ReadonlyMap<string, () => Promise<Chain>> = new Map([
  ["bitcoin", () => bitcoinLike("bitcoin", BTC, NETWORKS.mainnet)],
  ["testnet", () => bitcoinLike("testnet", BTC, NETWORKS.testnet)],
  ["regtest", () => bitcoinLike("regtest", BTC, NETWORKS.regtest)],
  ["litecoin", () => bitcoinLike("litecoin", LTC, NETWORKS.litecoin)],
  ["litecoin-regtest", () => bitcoinLike("litecoin-regtest", LTC, NETWORKS.litecoinRegtest)],
  ["ethereum", ethereum],
  ["nem", nem],
])

export const CHAIN_NAMES: readonly string[] = [...LOADERS.keys()]

/**
 * A chain by its name. The modules that check addresses are loaded here and not before: they bring the hash
 * libraries, which a command that checks no address has no use for.
 *
 * @throws Problem `chain-unknown`
 */
export async function loadChain(name: string): Promise<Chain> {
  const load = LOADERS.get(name)
  if (load === undefined) throw new Problem("chain-unknown", { value: name, known: CHAIN_NAMES.join(", ") })
  return load()
}

async function bitcoinLike(name: string, native: Asset, network: BitcoinNetwork): Promise<Chain> {
  const { checkBitcoinAddress } = await import("./bitcoin/address.ts")
  const checkAddress = (text: string) => checkBitcoinAddress(text, network, name)
  return { name, native, shape: "utxo", checkAddress, services: native === LTC ? [EXTENSION_BLOCK] : [] }
}

async function ethereum(): Promise<Chain> {
  const { checkEthereumAddress } = await import("./ethereum/address.ts")
  return { name: "ethereum", native: ETH, shape: "account", checkAddress: checkEthereumAddress, services: [] }
}

async function nem(): Promise<Chain> {
  const { checkNemAddress } = await import("./nem/address.ts")
  return { name: "nem", native: XEM, shape: "account", checkAddress: checkNemAddress, services: [] }
}
