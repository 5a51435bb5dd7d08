import { displayed } from "../../chains/bitcoin/hash.ts"
import type { Header } from "../../chains/bitcoin/header.ts"
import { merkleRoot } from "../../chains/bitcoin/merkle.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { Confirmation } from "./answers.ts"
import { disagreement } from "./disagreement.ts"
import type { Esplora } from "./esplora.ts"
import { type Branch, inChainOrder, rootOf } from "./merkle-branch.ts"
import { type RawTx, reading, sha256d } from "./raw.ts"
import type { ExplorerTx } from "./transaction.ts"

/**
 * Proves what an explorer says of a transaction from bytes that hash to what they should: its inputs and outputs by its
 * txid, the amounts of its inputs by the txids that it spends from, its place by a merkle branch, its block by the
 * work done on it. Not proved: that the block is on the branch with the most work, and at which height.
 */
export class Proofs {
  readonly #esplora: Esplora
  /** By txid. Memory grows with what is traced and what that was spent from. */
  readonly #raw = new Map<string, Promise<RawTx>>()
  readonly #headers = new Map<string, Promise<Header>>()

  constructor(esplora: Esplora) {
    this.#esplora = esplora
  }

  /** @throws RemoteFault */
  async prove(tx: ExplorerTx, confirmed: Confirmation, branch: Branch): Promise<void> {
    await this.proveBytes(tx)
    const { merkleRoot: due } = await this.#header(confirmed)
    const root = rootOf(tx.txid, branch)
    if (root !== null && displayed(root) === displayed(due)) return
    throw new RemoteFault(
      "nonsense",
      `/tx/${tx.txid}/merkle-proof`,
      "does not lead to its block's merkle root",
    )
  }

  async proveBytes({ txid, isCoinbase, inputs, outputs }: ExplorerTx): Promise<void> {
    const raw = await this.#rawOf(txid)
    const spent = inputs.map(({ txid: from, vout }) => `${from}:${vout}`)
    const isSame =
      raw.isCoinbase === isCoinbase &&
      isSameList(raw.inputs, spent, (a, b) => a === b) &&
      isSameList(raw.outputs, outputs, (a, b) => a.amount === b.amount && a.script === b.script)
    if (!isSame) throw disagreement(`/tx/${txid}`, "its bytes say otherwise")
    for (const { txid: from, vout, amount } of inputs) {
      const made = (await this.#rawOf(from)).outputs[vout]?.amount
      if (made === amount) continue
      throw disagreement(
        `/tx/${txid}`,
        `output ${from}:${vout} is of ${made ?? "no amount"} and of ${amount}`,
      )
    }
  }

  /** That a block has these transactions, in this order, and no other. */
  async proveBlock(txs: readonly ExplorerTx[], block: Confirmation): Promise<void> {
    const { merkleRoot: due } = await this.#header(block)
    const asked = `/block/${block.hash}/txs/0`
    const txids = txs.map(({ txid }) => inChainOrder(txid))
    const root = reading(asked, () => merkleRoot(txids, sha256d))
    if (displayed(root) === displayed(due)) return
    throw new RemoteFault("nonsense", asked, "not the transactions of its merkle root")
  }

  async #header({ hash, time }: Confirmation): Promise<Header> {
    const header = await getOrMake(this.#headers, hash, () => this.#esplora.headerOf(hash))
    if (header.time === time) return header
    throw disagreement(`/block/${hash}/header`, `its time is ${header.time} and ${time}`)
  }

  #rawOf(txid: string): Promise<RawTx> {
    return getOrMake(this.#raw, txid, () => this.#esplora.rawOf(txid))
  }
}

function isSameList<A, B>(a: readonly A[], b: readonly B[], same: (a: A, b: B) => boolean): boolean {
  return a.length === b.length && a.every((one, at) => same(one, b[at] as B))
}
