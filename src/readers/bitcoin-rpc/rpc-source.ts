import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import { subsidyAt as networkSubsidyAt } from "../../chains/bitcoin/subsidy.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { PotId, Step } from "../../ledger/step.ts"
import type { Tip } from "../../ports/blocks.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { Answer, Located, Need } from "../../tracing/need.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { heightOf } from "../../units/position.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { hashesOf } from "./block-questions.ts"
import { type NetworkName, tipOn } from "./chain-info.ts"
import { ChainView } from "./chain-view.ts"
import { RpcClient, type RpcOptions } from "./rpc-client.ts"
import { RpcSteps } from "./rpc-steps.ts"
import { Spenders } from "./spenders.ts"
import { SpentValues } from "./spent-values.ts"
import { checkTransactionIndex, type Whereabouts, whereIs } from "./transaction-index.ts"

export interface RpcSourceOptions extends RpcOptions {
  readonly network: NetworkName
  readonly asset: Asset
  /** Inclusive; null, and anything above it, is the tip at the time of asking. */
  readonly toHeight: number | null
  /** New coins of a block by its height, as the network has them unless given; null takes what a coinbase claims above
   * its block's fees. */
  readonly subsidyAt?: ((height: number) => bigint) | null
  /** Inputs of blocks to be held in memory at most. */
  readonly mostSpends?: number
}

/**
 * Opens a node of Bitcoin's family to be asked while a trace runs, and pins the block up to which all its answers are
 * to be true. The node must keep an index of transactions (`-txindex=1`).
 *
 * @throws RemoteFault; Problem `remote-other-network`, `node-without-index`, and `file-...` for the cookie file
 */
export async function openBitcoinRpcSource(options: RpcSourceOptions): Promise<Source> {
  const client = await RpcClient.open(options)
  const tip = await tipOn(client, options.network)
  await checkTransactionIndex(client)
  const horizon = await horizonOf(client, tip, options.toHeight)
  const view = new ChainView(client, CONSENSUS[options.network], horizon)
  const { time } = await view.at(horizon.height)
  return new RpcSource(client, view, time, options)
}

async function horizonOf(client: RpcClient, tip: Tip, toHeight: number | null): Promise<Tip> {
  if (toHeight === null || toHeight >= tip.height) return tip
  const [hash] = await hashesOf(client, toHeight, toHeight)
  if (hash === null || hash === undefined) throw new Problem("remote-reorganised", { height: toHeight })
  return { height: toHeight, hash }
}

/** The txid as nodes write it: an upper-case one is another name for nothing. */
const REF = /^([0-9a-f]{64}):(0|[1-9]\d{0,9})$/

/**
 * Bitcoin by a node's blocks (grade `chain`): each block that is used has its proof of work and merkle root checked,
 * each amount is from bytes that hash to the txid named, and what spends an output is found by reading every block from
 * there to the horizon. That its blocks have the most work behind them, and valid signatures, is the node's word.
 *
 * Of the two coinbases that were overwritten before BIP30 (at 91722 and 91812) it knows one place, as the node does.
 */
class RpcSource implements Source {
  readonly shape = "utxo"
  readonly horizon: Source["horizon"]
  readonly #client: RpcClient
  readonly #view: ChainView
  readonly #asset: Asset
  readonly #steps: RpcSteps
  readonly #spenders: Spenders
  // Every rule asks the same again.
  readonly #whereabouts = new Map<string, Promise<Whereabouts | null>>()
  readonly #spenderOf = new Map<PotId, Promise<Step | null>>()

  constructor(client: RpcClient, view: ChainView, time: number, options: RpcSourceOptions) {
    const { network, asset, mostSpends } = options
    const consensus = CONSENSUS[network]
    const subsidyAt =
      options.subsidyAt === undefined
        ? (height: number) => networkSubsidyAt(height, consensus)
        : options.subsidyAt
    this.#client = client
    this.#view = view
    this.#asset = asset
    const values = new SpentValues(client, consensus)
    this.#steps = new RpcSteps(view, values, { network, asset: asset.asset, subsidyAt })
    this.#spenders = new Spenders(view, mostSpends)
    this.horizon = { ...view.horizon, time: parseInstant(String(time)) }
  }

  /** Of the blocks that were read by now. */
  get notices(): readonly Notice[] {
    const extension: Notice = { code: "extension-block", asset: null, detail: {} }
    return [...(this.#steps.metExtension ? [extension] : []), ...this.#spenders.clock.notices()]
  }

  potName(pot: PotId): string {
    const { txid, vout } = this.#steps.pots.at(pot)
    return `${txid}:${vout}`
  }

  assetOf(): Asset {
    return this.#asset
  }

  /** @throws RemoteFault, or Problem `ref-unknown`, `scan-too-long`, `remote-reorganised`, `block-malformed` */
  async answer(needs: readonly Need[]): Promise<readonly Answer[]> {
    const answers: Answer[] = []
    try {
      for (const need of needs) answers.push(await this.#answer(need))
      return answers
    } catch (error) {
      const isTheNodes = error instanceof Problem && error.code !== "ref-unknown"
      throw isTheNodes ? error.at({ file: this.#client.href }) : error
    }
  }

  async #answer(need: Need): Promise<Answer> {
    switch (need.what) {
      case "theft":
        return { what: "theft", found: await this.#locate(need.ref) }
      case "spender":
        return { what: "spender", step: await this.#findOnce(need.pot) }
      case "coinbase":
        return { what: "coinbase", step: await this.#steps.at({ height: heightOf(need.at), index: 0 }) }
      default:
        throw new Error(`bitcoin rpc: expected a need of a UTXO chain, got "${need.what}"`)
    }
  }

  async #locate(ref: string): Promise<Located> {
    const [, txid, digits] = REF.exec(ref) ?? []
    const found = txid === undefined ? null : await this.#whereIs(txid)
    const credit = Number(digits)
    if (found === null || credit >= found.outputs) throw new Problem("ref-unknown", { ref })
    if (found.place === null) return { beyond: this.#asset.asset }
    return { step: await this.#steps.at(found.place), credit }
  }

  #whereIs(txid: string): Promise<Whereabouts | null> {
    return getOrMake(this.#whereabouts, txid, () => whereIs(this.#client, this.#view, txid))
  }

  #findOnce(pot: PotId): Promise<Step | null> {
    return getOrMake(this.#spenderOf, pot, async () => {
      const { txid, vout } = this.#steps.pots.at(pot)
      const place = await this.#spenders.of(txid, vout, this.#steps.pots.heightOf(pot))
      return place === null ? null : this.#steps.at(place)
    })
  }
}
