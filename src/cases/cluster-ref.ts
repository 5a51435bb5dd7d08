import type { Chain } from "../chains/chain.ts"
import { isOwnerless } from "../clustering/co-spend.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { ClusterAnswer } from "../contracts/cluster.ts"
import { Problem } from "../units/problem.ts"
import type { LedgerAccounts } from "./records.ts"

/** Longer than any address or reference. */
const LONGEST = 256

export interface OwnersOfRef {
  readonly kind: ClusterAnswer["kind"]
  /** Each once, in the order of inputs. */
  readonly owners: readonly number[]
}

/**
 * Whose clusters a reference asks for: an address's owner, an output's owner, or those whose coins a transaction spent
 * (of new coins, those who got them).
 *
 * @throws Problem `cluster-not-in-ledger`, `cluster-nobody`, `screen-ref-invalid`, `cluster-ref-unrecognised`
 */
export function ownersOfRef(graph: OwnerGraph, chain: Chain, text: string, ledger: string): OwnersOfRef {
  const [, txid, vout] = /^([0-9a-f]{64})(?::(0|[1-9]\d{0,9}))?$/i.exec(text) ?? []
  const absent = new Problem("cluster-not-in-ledger", { ref: text, ledger })
  if (txid === undefined) {
    const owner = graph.ownerOf(addressIn(chain, text))
    if (owner === null) throw absent
    return { kind: "address", owners: [owner] }
  }
  const tx = graph.transactionOf(txid.toLowerCase())
  if (tx === null) throw absent
  const { inputs, outputs } = graph.transaction(tx)
  if (vout !== undefined && Number(vout) >= outputs.length) throw absent
  const pots = vout !== undefined ? outputs.slice(Number(vout), Number(vout) + 1) : inputs
  const asked = pots.length === 0 ? outputs : pots
  const owners = [...new Set(asked.filter(({ kind }) => !isOwnerless(kind)).map(({ owner }) => owner))]
  if (owners.length === 0) throw new Problem("cluster-nobody", { ref: text })
  return { kind: vout === undefined ? "transaction" : "output", owners }
}

/**
 * The account that a reference names.
 *
 * @throws Problem `cluster-not-in-ledger`, `screen-ref-invalid`, `cluster-ref-unrecognised`
 */
export function accountOfRef(
  accounts: LedgerAccounts,
  chain: Chain | null,
  text: string,
  ledger: string,
): string {
  const account = chain === null ? bounded(text) : addressIn(chain, text)
  if (!accounts.has(account)) throw new Problem("cluster-not-in-ledger", { ref: text, ledger })
  return account
}

function addressIn(chain: Chain, text: string): string {
  try {
    return chain.checkAddress(bounded(text))
  } catch (error) {
    if (error instanceof Problem && error.code === "address-checksum")
      throw new Problem("cluster-ref-unrecognised", { ...error.detail, ref: text, chain: chain.name })
    throw error
  }
}

function bounded(text: string): string {
  if (text.length > LONGEST) throw new Problem("field-too-long", { most: LONGEST })
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new Problem("control-characters")
  return text
}
