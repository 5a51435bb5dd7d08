import { bareAddress } from "../chains/bare-address.ts"
import { CHAIN_NAMES, loadChain } from "../chains/chain.ts"
import { Problem } from "../units/problem.ts"
import { Networks } from "./network.ts"

/**
 * Beginnings and lengths that addresses have, and a network whose addresses are such. What has such a form,
 * and is no address, is a slip of the pen: that no list has it would be no answer.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^0x/i, "ethereum"],
  [/^bc1.{8}/i, "bitcoin"],
  [/^tb1.{8}/i, "testnet"],
  [/^bcrt1.{8}/i, "regtest"],
  [/^ltc1.{8}/i, "litecoin"],
  [/^rltc1.{8}/i, "litecoin-regtest"],
  [/^[13][0-9A-Za-z]{23,39}$/, "bitcoin"],
  [/^[mn2][0-9A-Za-z]{30,36}$/, "testnet"],
  [/^[LM][0-9A-Za-z]{30,36}$/, "litecoin"],
  [/^Q[0-9A-Za-z]{30,36}$/, "litecoin-regtest"],
  [/^N(?:-?[A-Z2-7]){39}$/i, "nem"],
  [/^T[0-9A-Za-z]{32,34}$/, "tron"],
  [/^[DA9][0-9A-Za-z]{32,34}$/, "dogecoin"],
  [/^[X7][0-9A-Za-z]{32,34}$/, "dash"],
  [/^t[13][0-9A-Za-z]{32,34}$/, "zcash"],
  [/^G[0-9A-Za-z]{32,34}$/, "bitcoin-gold"],
  [/^[48](?![0-9a-fA-F]+$)[0-9A-Za-z]{49,109}$/, "monero"],
]
/** Networks that are no chains here, and whose addresses have a check. */
const OTHERS = ["tron", "dogecoin", "dash", "zcash", "bitcoin-gold", "monero"]
const CASH = /^(?:[qp][a-z0-9]{41}|[QP][A-Z0-9]{41})$/

/** What somebody asks for, as an address. */
export interface Asked {
  /** The form under which it is kept; as written, but for what surrounds an address, where no network here takes it. */
  readonly address: string
  /** Whether some network's check holds. */
  readonly isChecked: boolean
  /** What is wrong with it, where it has the form of an address whose checksum can be checked here, and is none. */
  readonly fault: Problem | null
}

/** By the first network that takes it. */
export async function askedAddress(text: string): Promise<Asked> {
  const bare = bareAddress(text)
  for (const name of CHAIN_NAMES) {
    const { checkAddress } = await loadChain(name)
    const found = checked(() => checkAddress(bare))
    if (typeof found === "string") return { address: found, isChecked: true, fault: null }
  }
  if (CASH.test(bare)) return { address: bare.toLowerCase(), isChecked: false, fault: null }
  const networks = await Networks.load()
  for (const name of OTHERS) {
    const found = checked(() => networks.place(name, bare))
    if (!(found instanceof Problem) && found.checked)
      return { address: found.address, isChecked: true, fault: null }
  }
  const [, name] = FORMS.find(([form]) => form.test(bare)) ?? []
  const fault = name === undefined ? null : checked(() => networks.place(name, bare))
  const told = fault instanceof Problem ? new Problem("labels-address", fault.detail) : null
  return { address: bare, isChecked: false, fault: told }
}

function checked<T>(check: () => T): T | Problem {
  try {
    return check()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
