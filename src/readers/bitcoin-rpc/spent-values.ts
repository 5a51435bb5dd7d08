import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import type { Consensus } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { decodeTransaction, type Transaction } from "../../chains/bitcoin/transaction.ts"
import { txidOf } from "../../chains/bitcoin/txid.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { bytesOf } from "./block-questions.ts"
import type { RpcClient } from "./rpc-client.ts"

/** Transactions asked for at once. The largest have 4 MB, most some hundred bytes. */
const MOST_ASKED = 100
const MOST_KEPT = 20_000

/** The values of a transaction's outputs, in their order. */
type Values = Float64Array

/**
 * What the outputs of transactions are worth, by their txids. The bytes are asked of the node and hashed: they are that
 * transaction's, so the values are as sure as the txid that spends name.
 */
export class SpentValues {
  readonly #client: RpcClient
  readonly #consensus: Consensus
  readonly #kept = new Map<string, Values>()

  constructor(client: RpcClient, consensus: Consensus) {
    this.#client = client
    this.#consensus = consensus
  }

  /** @throws RemoteFault */
  async of(txids: Iterable<string>): Promise<ReadonlyMap<string, Values>> {
    const found = new Map<string, Values>()
    const missing: string[] = []
    for (const txid of new Set(txids)) {
      const kept = this.#kept.get(txid)
      if (kept === undefined) missing.push(txid)
      else found.set(txid, kept)
    }
    for (let at = 0; at < missing.length; at += MOST_ASKED) {
      for (const [txid, values] of await this.#ask(missing.slice(at, at + MOST_ASKED)))
        found.set(txid, values)
    }
    if (this.#kept.size + missing.length > MOST_KEPT) this.#kept.clear()
    for (const txid of missing.slice(0, MOST_KEPT)) {
      const values = found.get(txid)
      if (values !== undefined) this.#kept.set(txid, values)
    }
    return found
  }

  async #ask(txids: readonly string[]): Promise<(readonly [string, Values])[]> {
    const calls = txids.map(txid => ({ method: "getrawtransaction", params: [txid] }))
    try {
      const answers = await this.#client.values(calls)
      return answers.map((hex, at) => {
        const txid = txids[at] ?? ""
        return [txid, valuesOf(readTransaction(hex, txid, this.#consensus, this.#client.href))]
      })
    } catch (error) {
      const isTooMuch = error instanceof RemoteFault && error.reason === "too-large" && txids.length > 1
      if (!isTooMuch) throw error
      const half = Math.ceil(txids.length / 2)
      return [...(await this.#ask(txids.slice(0, half))), ...(await this.#ask(txids.slice(half)))]
    }
  }
}

export function valuesOf({ outputs }: Transaction): Values {
  return Float64Array.from(outputs, ({ value }) => value)
}

/**
 * A transaction in hexadecimal, once its bytes are known to have this txid.
 *
 * @throws RemoteFault "nonsense"
 */
export function readTransaction(hex: unknown, txid: string, consensus: Consensus, file: string): Transaction {
  const fail = (what: string) => new RemoteFault("nonsense", `getrawtransaction ${txid}`, what, { file })
  const bytes = bytesOf(hex)
  if (bytes === null) throw fail("not hexadecimal")
  try {
    const transaction = decodeTransaction(bytes, consensus)
    if (displayed(txidOf(transaction, NODE_HASHES.sha256d)) !== txid) throw fail("another transaction")
    return transaction
  } catch (error) {
    throw error instanceof BlockFault ? fail(error.reason) : error
  }
}
