import { sha256 } from "@noble/hashes/sha2.js"
import { createBase58check } from "@scure/base"
import { type AddressFault, badAddress, LONGEST_ADDRESS } from "../chains/address-fault.ts"
import { bareAddress } from "../chains/bare-address.ts"
import { loadChain } from "../chains/chain.ts"
import { checkEthereumAddress } from "../chains/ethereum/address.ts"
import { Problem } from "../units/problem.ts"
import { checkMoneroAddress, isMoneroPayment } from "./monero-address.ts"

export interface OnNetwork {
  readonly address: string
  readonly network: string
  readonly checked: boolean
  /** The network that its list calls it, where its checksum says that it is another's; else null. */
  readonly calledOf: string | null
}

/** @throws Problem `address-checksum` */
type Check = (text: string) => string

/** Currency codes of lists, and the names of networks themselves, by what they are called here. */
const NETWORK_OF: Readonly<Record<string, string>> = {
  BTC: "bitcoin",
  XBT: "bitcoin",
  LTC: "litecoin",
  ETH: "ethereum",
  XEM: "nem",
  NEM: "nem",
  BCH: "bitcoin-cash",
  BSV: "bitcoin-sv",
  BTG: "bitcoin-gold",
  ZEC: "zcash",
  DASH: "dash",
  DOGE: "dogecoin",
  XVG: "verge",
  TRX: "tron",
  TRON: "tron",
  ETC: "ethereum-classic",
  BSC: "bsc",
  BNB: "bsc",
  BEP20: "bsc",
  ARB: "arbitrum",
  MATIC: "polygon",
  POLYGON: "polygon",
  XMR: "monero",
  XRP: "ripple",
}

/** Networks whose accounts are those of Ethereum in form, EIP-55 included. */
const EVM = new Set(["ethereum", "ethereum-classic", "bsc", "arbitrum", "polygon"])

/**
 * Tokens that are issued on several chains. A list that gives such a code means one of them, and the form of the address
 * says which family: 0x Ethereum's (where most of it is, and the same key rules the same address on the others of its
 * family), T Tron, 1, 3 and bc1 Bitcoin (Omni).
 */
const TOKENS = new Set(["USDT", "USDC", "DAI", "KCS", "WBTC", "TUSD", "BUSD"])

/** Version bytes of base58check addresses: what the chains' own parameters say. */
const BASE58: Readonly<Record<string, readonly (readonly number[])[]>> = {
  tron: [[0x41]],
  "bitcoin-cash": [[0x00], [0x05]],
  "bitcoin-sv": [[0x00], [0x05]],
  "bitcoin-gold": [[0x26], [0x17]],
  dash: [[0x4c], [0x10]],
  dogecoin: [[0x1e], [0x16]],
  zcash: [
    [0x1c, 0xb8],
    [0x1c, 0xbd],
  ],
}

const TRON = /^T[1-9A-HJ-NP-Za-km-z]{33}$/
const base58check = createBase58check(sha256)
/** No address is longer. */
export const MOST_CHARACTERS = 256
const CHAINS = ["bitcoin", "testnet", "regtest", "litecoin", "litecoin-regtest", "nem"] as const

/** The checks of addresses by network, loaded once for an import. */
export class Networks {
  readonly #checks: ReadonlyMap<string, Check>

  private constructor(checks: ReadonlyMap<string, Check>) {
    this.#checks = checks
  }

  static async load(): Promise<Networks> {
    const chains = await Promise.all(CHAINS.map(loadChain))
    const checks = new Map<string, Check>(chains.map(({ name, checkAddress }) => [name, checkAddress]))
    for (const name of EVM) checks.set(name, checkEthereumAddress)
    checks.set("monero", checkMoneroAddress)
    for (const name of Object.keys(BASE58)) checks.set(name, text => checkBase58(text, name))
    return new Networks(checks)
  }

  /**
   * An address in its canonical form, on the network that a list's code stands for. Of networks that are not known
   * here, and of forms that have no check here (cashaddr ...), it stays as written and counts as not checked.
   *
   * @throws Problem `address-checksum`
   */
  place(code: string, written: string): OnNetwork {
    const address = bareAddress(written)
    const network = networkOf(code, address)
    if (address === "" || address.length > MOST_CHARACTERS) throw fault(address, network, "wrong length")
    if (!/^[!-~]+$/.test(address)) throw fault(address, network, "unexpected character")
    const check = this.#checks.get(network)
    if (check === undefined || isOtherForm(network, address)) {
      const form = isCashAddress(network, address) ? address.toLowerCase() : address
      return { address: form, network, checked: false, calledOf: null }
    }
    // OFAC itself has an address of Tron under the code of Bitcoin: under its own network it is found, left out it is not.
    if (network === "bitcoin" && isTron(address)) {
      return { address, network: "tron", checked: true, calledOf: network }
    }
    return { address: check(address), network, checked: true, calledOf: null }
  }
}

function networkOf(code: string, address: string): string {
  const upper = code.toUpperCase()
  if (TOKENS.has(upper)) {
    if (/^0x/i.test(address)) return "ethereum"
    if (TRON.test(address)) return "tron"
    if (/^(?:[13]|bc1)/.test(address)) return "bitcoin"
    return code.toLowerCase()
  }
  return NETWORK_OF[upper] ?? code.toLowerCase()
}

/** Those that share their version bytes with Bitcoin: their addresses in base58 are Bitcoin's in form. */
const LIKE_BITCOIN = new Set(["bitcoin-cash", "bitcoin-sv"])

/** The networks without ledgers here of which a text is an address, its checksum verified; none for any other text. */
export function networksByChecksum(text: string): readonly string[] {
  const names = Object.keys(BASE58).filter(name => !LIKE_BITCOIN.has(name))
  const found = names.filter(name => passes(() => checkBase58(text, name)))
  return passes(() => checkMoneroAddress(text)) ? [...found, "monero"] : found
}

function passes(check: () => string): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** By its form and its checksum: no address of Bitcoin's begins with this letter. */
function isTron(address: string): boolean {
  return TRON.test(address) && passes(() => checkBase58(address, "tron"))
}

/** Forms that stand beside those that are checked, on networks that have several. */
function isOtherForm(network: string, address: string): boolean {
  if (isCashAddress(network, address)) return true
  if (network === "monero") return isMoneroPayment(address)
  if (network === "zcash") return /^(?:zs1|zc|u1)/.test(address)
  return network === "bitcoin-gold" && address.startsWith("btg1")
}

/** Cashaddr is written in one case, either. */
function isCashAddress(network: string, address: string): boolean {
  return network === "bitcoin-cash" && /^(?:[qp][a-z0-9]{41}|[QP][A-Z0-9]{41})$/.test(address)
}

function checkBase58(text: string, network: string): string {
  if (text.length > LONGEST_ADDRESS) throw fault(text, network, "wrong length")
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(text)) throw fault(text, network, "unexpected character")
  let bytes: Uint8Array
  try {
    bytes = base58check.decode(text)
  } catch {
    throw fault(text, network, "checksum does not match")
  }
  const versions = BASE58[network] ?? []
  const version = versions.find(prefix => prefix.every((byte, n) => bytes[n] === byte))
  if (version === undefined) throw fault(text, network, "not of this network")
  if (bytes.length !== version.length + 20) throw fault(text, network, "wrong length")
  return text
}

function fault(address: string, network: string, reason: AddressFault): Problem {
  return badAddress(address, network, reason)
}
