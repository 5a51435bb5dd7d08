import type { Credit, Step } from "../../ledger/step.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { lastPositionOf, type Position } from "../../units/position.ts"
import { parseInstant } from "../../units/time.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { Confirmation } from "./answers.ts"
import { collected } from "./collected.ts"
import { disagreement } from "./disagreement.ts"
import type { Esplora } from "./esplora.ts"
import type { NetworkName } from "./genesis.ts"
import { Outputs } from "./outputs.ts"
import { Owners } from "./owners.ts"
import { Places } from "./places.ts"
import { Proofs } from "./proofs.ts"
import { type ExplorerOutput, type ExplorerTx, scriptOf } from "./transaction.ts"

/** A transaction as a step; null where it is not confirmed by the horizon. */
export interface Found {
  readonly step: Step | null
  /** How many outputs the transaction has, confirmed or not. */
  readonly outputs: number
}

export interface StepOptions {
  readonly network: NetworkName
  readonly asset: string
  readonly subsidyAt: ((height: number) => bigint) | null
  readonly verify: boolean
}

/** Makes steps of an explorer's answers, each once, and holds the answers to one another and to what proves them. */
export class EsploraSteps {
  readonly outputs = new Outputs()
  readonly owners: Owners
  readonly places: Places
  readonly #esplora: Esplora
  readonly #horizon: Confirmation
  readonly #asset: string
  readonly #subsidyAt: ((height: number) => bigint) | null
  /** Null where the explorer is taken at its word. */
  readonly #proofs: Proofs | null
  readonly #found = new Map<string, Promise<Found>>()
  readonly #coinbases = new Map<string, Promise<Step>>()

  constructor(esplora: Esplora, horizon: Confirmation, { network, asset, subsidyAt, verify }: StepOptions) {
    this.#esplora = esplora
    this.#horizon = horizon
    this.#asset = asset
    this.#subsidyAt = subsidyAt
    this.#proofs = verify ? new Proofs(esplora) : null
    this.owners = new Owners(network)
    this.places = new Places(height => esplora.isFinal(height))
    this.places.meetBlock(horizon)
  }

  isWithin(confirmed: Confirmation | null): confirmed is Confirmation {
    return confirmed !== null && confirmed.height <= this.#horizon.height
  }

  of(txid: string): Promise<Found> {
    return getOrMake(this.#found, txid, () => this.#find(txid))
  }

  coinbaseAt(position: Position): Promise<Step> {
    return this.#coinbaseOf(this.places.blockOf(position))
  }

  async #find(txid: string): Promise<Found> {
    const { tx, confirmed } = await this.#esplora.transaction(txid)
    const outputs = tx.outputs.length
    if (!this.isWithin(confirmed)) return { step: null, outputs }
    if (!tx.isCoinbase) return { step: await this.#transfer(tx, confirmed), outputs }
    const step = await this.#coinbaseOf(confirmed)
    if (step.tx.id !== txid) throw disagreement(`/tx/${txid}`, `its block's coinbase is ${step.tx.id}`)
    return { step, outputs }
  }

  async #transfer(tx: ExplorerTx, confirmed: Confirmation): Promise<Step> {
    const branch = await this.#esplora.branchOf(tx.txid, confirmed.height)
    if (branch.index === 0) {
      throw new RemoteFault("nonsense", `/tx/${tx.txid}/merkle-proof`, "pos: the place of the coinbase")
    }
    const position = this.places.place(tx.txid, confirmed, branch.index)
    await this.#proofs?.prove(tx, confirmed, branch)
    const coinbase = lastPositionOf(confirmed.height)
    const grade = this.#proofs === null ? "reported" : "chain"
    return { ...this.#stepOf(tx, confirmed, position), shape: "utxo", kind: "transfer", grade, coinbase }
  }

  #coinbaseOf(at: Confirmation): Promise<Step> {
    return getOrMake(this.#coinbases, at.hash, () => this.#makeCoinbase(at))
  }

  /** The whole block is needed for its fees, also where only the coinbase was stolen: they are its debits. */
  async #makeCoinbase(at: Confirmation): Promise<Step> {
    this.places.meetBlock(at)
    const block = await this.#esplora.block(at.hash)
    if (block.height !== at.height)
      throw disagreement(`/block/${at.hash}`, `height ${at.height} is ${block.height}`)
    const txs = (await this.#esplora.transactionsOf(block)).map((tx, index) => {
      return { ...tx, position: this.places.place(tx.txid, block, index) }
    })
    const [coinbase] = txs
    if (coinbase === undefined) throw new Error("esplora: a block without transactions passed as one")
    await this.#proofs?.proveBlock(txs, block)
    await this.#proofs?.proveBytes(coinbase)
    return {
      ...this.#stepOf(coinbase, block, coinbase.position),
      shape: "coinbase",
      kind: "reward",
      // A fee is proved by the bytes of all that its transaction spends from: thousands of requests for one block.
      grade: this.#proofs !== null && txs.length === 1 ? "chain" : "reported",
      ...collected(txs, this.#subsidyAt?.(at.height) ?? null, at.hash),
    }
  }

  #stepOf({ txid, inputs, outputs }: ExplorerTx, { height, time }: Confirmation, position: Position) {
    const asset = this.#asset
    return {
      position,
      tx: { id: txid, height, time: parseInstant(String(time)) },
      debits: inputs.map(({ txid: from, vout, amount }) => {
        return { pot: this.outputs.spend(from, vout, amount, txid, position), asset, amount }
      }),
      credits: outputs.map((output, vout): Credit => {
        const { amount } = output
        const address = this.#ownerOf(output, txid, vout)
        const to = address === null ? "burned" : this.outputs.make(txid, vout, amount, position)
        return { to, asset, amount, address }
      }),
      source: null,
    }
  }
  #ownerOf(output: ExplorerOutput, txid: string, vout: number): string | null {
    const owner = this.owners.of(scriptOf(output))
    const { address } = output
    if (address === null || this.owners.agrees(owner, address)) return owner
    throw disagreement(`/tx/${txid}`, `output ${vout} is said to be of ${address}, its script is of ${owner}`)
  }
}
