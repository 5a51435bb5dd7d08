import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import { subsidyAt as networkSubsidyAt } from "../../chains/bitcoin/subsidy.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { PotId, Step } from "../../ledger/step.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { Answer, Located, Need } from "../../tracing/need.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { type ClientOptions, PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { answerInTurn } from "./answer-in-turn.ts"
import type { ExplorerBlock } from "./answers.ts"
import { disagreement } from "./disagreement.ts"
import { Esplora } from "./esplora.ts"
import { EsploraSteps } from "./esplora-steps.ts"
import type { NetworkName } from "./genesis.ts"

export interface EsploraOptions extends ClientOptions {
  readonly network: NetworkName
  /** Inclusive; null, and anything above it, is the tip at the time of asking. */
  readonly toHeight: number | null
  readonly asset: Asset
  /**
   * New coins of a block by its height; null takes what a coinbase claims above its block's fees. Absent it is the
   * network's own.
   */
  readonly subsidyAt?: ((height: number) => bigint) | null
  /** Fetch and check what proves each transaction, so that its grade is `chain`; true unless said otherwise. */
  readonly verify?: boolean
  /** How deep a block must lie for what is said of its place to be kept on disk. */
  readonly finalDepth?: number
}

/**
 * Opens an explorer that speaks Esplora's API, and pins the block up to which all its answers are to be true.
 *
 * @throws RemoteFault, Problem `remote-other-network`
 */
export async function openEsploraSource(options: EsploraOptions): Promise<Source> {
  const esplora = await Esplora.open(new PoliteClient(options), options.network, options.finalDepth)
  const height = Math.min(options.toHeight ?? esplora.tip, esplora.tip)
  const block = await esplora.block(await esplora.hashAt(height))
  if (block.height !== height)
    throw disagreement(`/block/${block.hash}`, `height ${height} is ${block.height}`)
  return new EsploraSource(esplora, block, options)
}

/** `txid:vout`, the txid as explorers write it: an upper-case one is another name for nothing. */
const REF = /^([0-9a-f]{64}):(0|[1-9]\d{0,9})$/

/**
 * Bitcoin by an explorer's word: only what the trace needs, and each thing asked once, so that every rule is dealt the
 * same answers.
 *
 * Always checked: that answers agree with each other (amounts, spenders, places, blocks), that no transaction makes
 * more than it spends, that what spends comes after what it spends. `verify` proves the rest of what a transaction
 * says (`Proofs`; grade `chain`), and costs one more request for it, one for its block and one for each transaction
 * that it spends from. Nothing proves that an output is unspent, or a block the best at its height: a notice says so.
 *
 * Of the two coinbases that were overwritten before BIP30 (at 91722 and 91812) it knows what the explorer knows: one
 * place for each txid.
 */
class EsploraSource implements Source {
  readonly shape = "utxo"
  readonly horizon: Source["horizon"]
  readonly #esplora: Esplora
  readonly #asset: Asset
  readonly #steps: EsploraSteps
  readonly #spenders = new Map<PotId, Promise<Step | null>>()

  constructor(esplora: Esplora, horizon: ExplorerBlock, options: EsploraOptions) {
    const { asset, network, verify = true } = options
    const consensus = CONSENSUS[network]
    const subsidyAt =
      options.subsidyAt === undefined
        ? (height: number) => networkSubsidyAt(height, consensus)
        : options.subsidyAt
    this.#esplora = esplora
    this.#asset = asset
    this.#steps = new EsploraSteps(esplora, horizon, { network, asset: asset.asset, subsidyAt, verify })
    this.horizon = { height: horizon.height, hash: horizon.hash, time: parseInstant(String(horizon.time)) }
  }

  /** What is known by now: clocks of the blocks met, and whether an extension block was. */
  get notices(): readonly Notice[] {
    const service: Notice = { code: "record-unproven", asset: null, detail: { service: this.#esplora.href } }
    const extension: Notice = { code: "extension-block", asset: null, detail: {} }
    const { owners, places } = this.#steps
    return [service, ...(owners.metExtension ? [extension] : []), ...places.clockNotices()]
  }

  potName(pot: PotId): string {
    return this.#steps.outputs.nameOf(pot)
  }

  assetOf(): Asset {
    return this.#asset
  }

  /** @throws RemoteFault, or Problem `ref-unknown` */
  answer(needs: readonly Need[]): Promise<readonly Answer[]> {
    return answerInTurn(needs, need => this.#answer(need))
  }

  async #answer(need: Need): Promise<Answer> {
    switch (need.what) {
      case "theft":
        return { what: "theft", found: await this.#locate(need.ref) }
      case "spender":
        return { what: "spender", step: await this.#spenderOf(need.pot) }
      case "coinbase":
        return { what: "coinbase", step: await this.#steps.coinbaseAt(need.at) }
      default:
        throw new Error(`esplora: expected a need of a UTXO chain, got "${need.what}"`)
    }
  }

  async #locate(ref: string): Promise<Located> {
    const [, txid, digits] = REF.exec(ref) ?? []
    if (txid === undefined) throw new Problem("ref-unknown", { ref })
    const { step, outputs } = await this.#steps.of(txid).catch((error: unknown) => {
      // Only this very question: what the transaction itself leads to must be there.
      const isUnknown = error instanceof RemoteFault && error.reason === "not-found"
      throw isUnknown && error.path === `/tx/${txid}` ? new Problem("ref-unknown", { ref }) : error
    })
    const credit = Number(digits)
    if (credit >= outputs) throw new Problem("ref-unknown", { ref })
    return step === null ? { beyond: this.#asset.asset } : { step, credit }
  }

  #spenderOf(pot: PotId): Promise<Step | null> {
    return getOrMake(this.#spenders, pot, () => this.#findSpender(pot))
  }

  async #findSpender(pot: PotId): Promise<Step | null> {
    const { txid, vout } = this.#steps.outputs.at(pot)
    const spent = await this.#esplora.outspend(txid, vout)
    if (spent === null || !this.#steps.isWithin(spent.confirmed)) return null
    const { step } = await this.#steps.of(spent.txid)
    if (step !== null && step.tx.height === spent.confirmed?.height && step.debits[spent.vin]?.pot === pot) {
      return step
    }
    throw disagreement(`/tx/${txid}/outspend/${vout}`, `${spent.txid} does not spend it there`)
  }
}
