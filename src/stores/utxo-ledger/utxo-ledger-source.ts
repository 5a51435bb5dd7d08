import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { subsidyAt } from "../../chains/bitcoin/subsidy.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { Credit, Debit, PotId, Step } from "../../ledger/step.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { Answer, Located, Need } from "../../tracing/need.ts"
import { heightOf, lastPositionOf, type Position, positionOf } from "../../units/position.ts"
import { Problem } from "../../units/problem.ts"
import type { Columns } from "../columns/columns.ts"
import { BlockTable } from "./block-table.ts"
import { overwrittenOf } from "./overwritten.ts"
import { OwnerTable } from "./owner-table.ts"
import { TransactionTable } from "./transaction-table.ts"
import { UNSPENT } from "./utxo-layout.ts"

const REF = /^([0-9a-f]{64}):(0|[1-9]\d{0,9})$/i
/** Steps kept: one with ten thousand inputs is asked for by each of them. */
const MOST_KEPT = 4096

/**
 * A published ledger of a chain of Bitcoin's family, read from its columns alone: only the parts that a trace passes,
 * while whoever writes the ledger goes on. A pot is an output's id. Everything in it was checked when it was stored,
 * so that its grade is `chain`.
 */
export class UtxoLedgerSource implements Source {
  readonly shape = "utxo"
  readonly horizon: Source["horizon"]
  readonly notices: readonly Notice[]
  readonly #asset: Asset
  readonly #network: keyof typeof NETWORKS
  readonly #blocks: BlockTable
  readonly #transactions: TransactionTable
  readonly #owners: OwnerTable
  /** Transactions whose id a later coinbase took, with that coinbase. */
  readonly #overwritten: ReadonlyMap<number, number>
  /** The first transaction beyond the horizon. */
  readonly #end: number
  readonly #steps = new Map<number, Step>()

  /** @param toHeight inclusive; null, and anything above the ledger's, is the ledger's own horizon */
  constructor(columns: Columns, network: keyof typeof NETWORKS, asset: Asset, toHeight: number | null) {
    this.#asset = asset
    this.#network = network
    this.#blocks = new BlockTable(columns)
    this.#transactions = new TransactionTable(columns)
    this.#owners = new OwnerTable(columns, network)
    this.#overwritten = overwrittenOf(columns)
    const height = Math.min(toHeight ?? this.#blocks.count - 1, this.#blocks.count - 1)
    this.#end = this.#blocks.firstTx(height + 1)
    this.horizon =
      height < 0
        ? { height: null, hash: null, time: null }
        : { height, hash: this.#blocks.hashAt(height), time: this.#blocks.timeAt(height) }
    this.notices = [...this.#clockNotices(height), ...this.#extensionNotices()]
  }

  *#clockNotices(height: number): Generator<Notice> {
    const backwards = this.#blocks.clocksBackwards(height)
    if (backwards === null) return
    const detail = { at: `${backwards.first}`, count: `${backwards.count}` }
    yield { code: "clock-backwards", asset: null, detail }
  }

  *#extensionNotices(): Generator<Notice> {
    if (this.#owners.hasExtension) yield { code: "extension-block", asset: null, detail: {} }
  }

  potName(pot: PotId): string {
    const tx = this.#transactions.makerOf(pot)
    return `${this.#transactions.txid(tx)}:${pot - this.#transactions.outputsOf(tx).from}`
  }

  assetOf(): Asset {
    return this.#asset
  }

  answer(needs: readonly Need[]): readonly Answer[] {
    return needs.map(need => {
      switch (need.what) {
        case "theft":
          return { what: "theft", found: this.#locate(need.ref) }
        case "spender":
          return { what: "spender", step: this.#spenderOf(need.pot) }
        case "coinbase":
          return { what: "coinbase", step: this.#stepOf(this.#blocks.firstTx(heightOf(need.at))) }
        default:
          throw new Error(`utxo ledger: expected a need of a UTXO chain, got "${need.what}"`)
      }
    })
  }

  #locate(ref: string): Located {
    const [, txid, digits] = REF.exec(ref) ?? []
    if (txid === undefined) throw new Problem("ref-malformed", { ref, form: "txid:vout" })
    // Of two that share a txid the later is meant, as soon as it is there: nobody can spend the earlier any more.
    const all = this.#transactions.find(txid.toLowerCase())
    const tx = all.findLast(one => one < this.#end) ?? all[0]
    if (tx === undefined) throw new Problem("ref-unknown", { ref })
    const { from, end } = this.#transactions.outputsOf(tx)
    const credit = Number(digits)
    if (credit >= end - from) throw new Problem("ref-unknown", { ref })
    return tx < this.#end ? { step: this.#stepOf(tx), credit } : { beyond: this.#asset.asset }
  }

  #spenderOf(output: PotId): Step | null {
    const tx = this.#transactions.spenderOf(output)
    return tx === UNSPENT || tx >= this.#end ? null : this.#stepOf(tx)
  }

  #stepOf(tx: number): Step {
    const known = this.#steps.get(tx)
    if (known !== undefined) return known
    if (this.#steps.size >= MOST_KEPT) this.#steps.clear()
    const step = this.#makeStep(tx)
    this.#steps.set(tx, step)
    return step
  }

  #makeStep(tx: number): Step {
    const height = this.#blocks.heightOf(tx)
    const first = this.#blocks.firstTx(height)
    const isCoinbase = tx === first
    return {
      shape: isCoinbase ? "coinbase" : "utxo",
      kind: isCoinbase ? "reward" : "transfer",
      position: isCoinbase ? lastPositionOf(height) : positionOf(height, tx - first),
      tx: { id: this.#transactions.txid(tx), height, time: this.#blocks.timeAt(height) },
      debits: this.#debitsOf(tx),
      credits: this.#creditsOf(tx),
      grade: "chain",
      source: null,
      ...(isCoinbase ? this.#collected(height) : { coinbase: lastPositionOf(height) }),
    }
  }

  #debitsOf(tx: number): Debit[] {
    const { from, end } = this.#transactions.inputsOf(tx)
    return Array.from({ length: end - from }, (_, n) => {
      const pot = this.#transactions.spentBy(from + n)
      return { pot, asset: this.#asset.asset, amount: this.#transactions.valueOf(pot) }
    })
  }

  #creditsOf(tx: number): Credit[] {
    const { from, end } = this.#transactions.outputsOf(tx)
    const isOverwritten = (this.#overwritten.get(tx) ?? this.#end) < this.#end
    return Array.from({ length: end - from }, (_, vout) => {
      const output = from + vout
      const isLost = isOverwritten && this.#transactions.spenderOf(output) === UNSPENT
      return {
        to: isLost || this.#owners.isBurned(output) ? "burned" : output,
        asset: this.#asset.asset,
        amount: this.#transactions.valueOf(output),
        address: this.#owners.addressOf(output),
      }
    })
  }

  /** What a block's coinbase may claim: new coins, and the fees in transaction order. */
  #collected(height: number): { subsidy: bigint; fees: { position: Position; amount: bigint }[] } {
    const first = this.#blocks.firstTx(height)
    const fees = []
    for (let tx = first + 1; tx < this.#blocks.firstTx(height + 1); tx++) {
      const amount = this.#transactions.feeOf(tx)
      if (amount > 0n) fees.push({ position: positionOf(height, tx - first), amount })
    }
    return { subsidy: subsidyAt(height, CONSENSUS[this.#network]), fees }
  }
}
