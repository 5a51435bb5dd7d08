import { bareAddress, spellingsOf } from "../chains/bare-address.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { RefKind } from "../ledger/screen-words.ts"
import { Problem } from "../units/problem.ts"

/** What is to be screened, recognised. */
export interface Ref {
  readonly text: string
  readonly kind: RefKind
  /** An address in canonical form, a transaction id in lower case; each spelling with the chains that it fits. */
  readonly forms: readonly { readonly text: string; readonly chains: readonly string[] }[]
  /** The output's number, or what an account reference says after its transaction; null for the other kinds. */
  readonly rest: string | null
  /** `absent`: it is written without one; `unchecked`: whether it has one, and whether it fits, is not known here. */
  readonly checksum: "verified" | "absent" | "unchecked"
}

/** On which networks lists have a text as an address, exactly as it is written; none where they do not have it. */
export type ListedOn = (spelling: string) => readonly string[]

/** Longer than any address, transaction or reference. */
const LONGEST = 256
/** A transaction counts its outputs in 32 bits. */
const LAST_OUTPUT = 0xffff_ffffn
const BITCOIN_FAMILY = ["bitcoin", "testnet", "regtest", "litecoin", "litecoin-regtest"]
const HASH_CHAINS = [...BITCOIN_FAMILY, "nem"]
/** Chains without outputs: a reference names a row of a transaction. */
export const ACCOUNT_CHAINS: ReadonlySet<string> = new Set(["ethereum", "nem"])
const HASH = /^(?:0x)?[0-9a-f]{64}$/i
const OWN_FORM = /^(?:p2pk|multisig|script|mweb):/
const BECH32: Readonly<Record<string, string>> = {
  bc: "bitcoin",
  tb: "testnet",
  bcrt: "regtest",
  ltc: "litecoin",
  rltc: "litecoin-regtest",
}
/** What an address in base58 may begin with, by its version byte; "3" was Litecoin's too, "2" its test network's. */
const BASE58: Readonly<Record<string, readonly string[]>> = {
  "1": ["bitcoin"],
  "3": ["bitcoin", "litecoin"],
  m: ["testnet", "regtest", "litecoin-regtest"],
  n: ["testnet", "regtest", "litecoin-regtest"],
  "2": ["testnet", "regtest", "litecoin-regtest"],
  L: ["litecoin"],
  M: ["litecoin"],
  Q: ["litecoin-regtest"],
}

/** As long as 25 bytes in base58, or a slip longer or shorter. */
const BASE58_FORM = /^[0-9A-Za-z]{24,40}$/

/** Tells what a text is: by the chain that is stated, else by its form. */
export class RefReader {
  readonly #stated: Chain | null
  readonly #opaque: boolean
  readonly #named: boolean
  readonly #chains = new Map<string, Chain>()

  /**
   * @param opaque where a ledger of no chain is screened: addresses are taken as they are
   * @param named where a ledger of accounts is screened: its transactions may have names that are no hashes
   */
  constructor(stated: Chain | null, opaque: boolean, named = opaque) {
    this.#stated = stated
    this.#opaque = opaque
    this.#named = named
    if (stated !== null) this.#chains.set(stated.name, stated)
  }

  /**
   * @param written as a user has it: spaces around it, or the scheme of a payment link, are no part of it
   * @param listedOn asked of an address of a network that is not known here
   * @throws Problem `screen-ref-invalid`, `screen-ref-unrecognised`, `screen-output-number`, `control-characters` or
   * `field-too-long`
   */
  async read(written: string, listedOn: ListedOn): Promise<Ref> {
    const text = written.trim()
    if (text.length > LONGEST) throw new Problem("field-too-long", { most: LONGEST })
    if (/[\u0000-\u001f\u007f]/.test(text)) throw new Problem("control-characters")
    return this.#transaction(text) ?? (this.#opaque ? opaque(text) : this.#address(text, listedOn))
  }

  #transaction(text: string): Ref | null {
    const account = /^(.+?)(#.+)$/.exec(text)
    if (account !== null) return this.#accountRef(text, String(account[1]), account[2] ?? null)
    const [, bare, vout] = /^([0-9a-f]{64})(?::(0|[1-9]\d*))?$/i.exec(text) ?? []
    if (BigInt(vout ?? 0) > LAST_OUTPUT) throw new Problem("screen-output-number", { ref: text })
    if (bare !== undefined)
      return this.#of(vout === undefined ? "transaction" : "output", text, bare, vout ?? null)
    return /^0x[0-9a-f]{64}$/i.test(text) ? this.#of("transaction", text, text, null) : null
  }

  #accountRef(text: string, tx: string, rest: string | null): Ref | null {
    const isAccounts = this.#stated === null || ACCOUNT_CHAINS.has(this.#stated.name)
    if (!isAccounts || (!this.#named && !HASH.test(tx))) return null
    return this.#of("account-ref", text, tx, rest)
  }

  #of(kind: RefKind, text: string, tx: string, rest: string | null): Ref {
    const isHash = HASH.test(tx)
    const bare = kind === "output" ? BITCOIN_FAMILY : kind === "account-ref" ? ["nem"] : HASH_CHAINS
    const own = tx.startsWith("0x") ? ["ethereum"] : bare
    const chains = this.#stated === null ? (isHash ? own : []) : [this.#stated.name]
    const form = { text: isHash ? tx.toLowerCase() : tx, chains }
    return { text, kind, forms: [form], rest, checksum: "verified" }
  }

  async #address(text: string, listedOn: ListedOn): Promise<Ref> {
    const bare = bareAddress(text)
    const names = this.#stated === null ? candidates(bare) : [this.#stated.name]
    const forms = new Map<string, string[]>()
    let fault: unknown = null
    for (const name of names) {
      try {
        const { checkAddress } = this.#chains.get(name) ?? (await this.#load(name))
        const form = checkAddress(bare)
        forms.set(form, [...(forms.get(form) ?? []), name])
      } catch (error) {
        fault ??= error
      }
    }
    if (forms.size > 0) {
      const all = [...forms].map(([form, chains]) => ({ text: form, chains }))
      return addressRef(text, all, isChecked(bare) ? "verified" : "absent")
    }
    const other = this.#stated === null ? await ofOtherNetwork(text, bare, listedOn) : null
    if (other !== null) return other
    throw fault instanceof Problem
      ? new Problem("screen-ref-invalid", fault.detail)
      : (fault ?? new Problem("screen-ref-unrecognised", { ref: text }))
  }

  /** What checks addresses is loaded where one may be of its chain. */
  async #load(name: string): Promise<Chain> {
    const chain = await loadChain(name)
    this.#chains.set(name, chain)
    return chain
  }
}

function addressRef(text: string, forms: Ref["forms"], checksum: Ref["checksum"]): Ref {
  return { text, kind: "address", forms, rest: null, checksum }
}

/** An owner in a ledger of no chain has no checksum, and no other spelling. */
function opaque(text: string): Ref {
  return addressRef(text, [{ text, chains: [] }], "absent")
}

/**
 * Of a network that has no ledgers here: by its checksum where the import of labels knows it (what checks it is loaded
 * here and not before), else as a list has it, on the network that the list says.
 */
async function ofOtherNetwork(text: string, bare: string, listedOn: ListedOn): Promise<Ref | null> {
  const { networksByChecksum } = await import("../labels/network.ts")
  const networks = networksByChecksum(bare)
  if (networks.length > 0) return addressRef(text, [{ text: bare, chains: networks }], "verified")
  for (const spelling of spellingsOf(text)) {
    const chains = [...new Set(listedOn(spelling))]
    if (chains.length > 0) return addressRef(text, [{ text: spelling, chains }], "unchecked")
  }
  return null
}

/** The chains whose addresses begin so: the checks themselves are dear, and each is made only where it may hold. */
function candidates(text: string): readonly string[] {
  if (/^0x/i.test(text)) return ["ethereum"]
  if (OWN_FORM.test(text)) return BITCOIN_FAMILY
  const prefix = /^([a-z]{2,4})1/i.exec(text)?.[1]?.toLowerCase()
  const chain = prefix === undefined ? undefined : BECH32[prefix]
  if (chain !== undefined) return [chain]
  const isNem = /^N[A-Z2-7-]+$/i.test(text) && text.replaceAll("-", "").length === 40
  if (isNem) return ["nem"]
  return BASE58_FORM.test(text) ? (BASE58[text[0] ?? ""] ?? []) : []
}

/** Ethereum's addresses all in one case, and the names of scripts without address, have nothing to check. */
function isChecked(text: string): boolean {
  if (OWN_FORM.test(text)) return false
  return !/^0x(?:[0-9a-f]{40}|[0-9A-F]{40})$/.test(text) || /^0x\d{40}$/.test(text)
}
