import { NemFault } from "./fault.ts"
import { transactionHash } from "./hash.ts"
import { Fields } from "./json.ts"
import { readTransaction } from "./read-transaction.ts"
import type { Transaction } from "./transaction.ts"

/** One line of an account's history: a transaction, and where the node says it lies. */
export interface Entry {
  readonly transaction: Transaction
  /** Computed here, and the same as the node's. */
  readonly hash: string
  readonly innerHash: string | null
  /** By the node's word alone: a single transaction does not prove its block. */
  readonly height: number
  /** The node's own row number, by which it pages; another node has another. */
  readonly id: number
}

/**
 * `{"meta": ..., "transaction": ...}` as `/account/transfers/*` and `/transaction/get` give it. The hash that the node
 * states must be the one of what it sends.
 *
 * @throws NemFault
 */
export function readEntry(value: unknown, path = "entry"): Entry {
  const entry = new Fields(value, path, ["meta", "transaction"])
  const meta = new Fields(entry.value("meta"), entry.at("meta"), ["id", "hash", "height"], ["innerHash"])
  const transaction = readTransaction(entry.value("transaction"), entry.at("transaction"))
  const hash = transactionHash(transaction)
  const innerHash = transaction.kind === "multisig" ? transactionHash(transaction.inner) : null
  if (meta.hash("hash") !== hash) throw new NemFault("hash does not match", meta.at("hash"))
  const stated = meta.isEmpty("innerHash") ? null : meta.hash("innerHash")
  if (stated !== innerHash) throw new NemFault("hash does not match", meta.at("innerHash"))
  return {
    transaction,
    hash,
    innerHash,
    // Refuses what is not confirmed: NIS states its height as 2^63 - 1.
    height: meta.integer("height", 1, Number.MAX_SAFE_INTEGER),
    id: meta.integer("id", 0, Number.MAX_SAFE_INTEGER),
  }
}
