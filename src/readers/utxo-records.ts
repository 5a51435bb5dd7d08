import type { Asset } from "../ledger/asset.ts"
import type { Credit, Debit, PotId, Step } from "../ledger/step.ts"
import type { Notice, Source } from "../ports/source.ts"
import type { Answer, Located, Need } from "../tracing/need.ts"
import { type Position, positionOf } from "../units/position.ts"
import { Problem } from "../units/problem.ts"
import { ClockWatch } from "./clock-watch.ts"
import { endOfRecords, horizonOf } from "./horizon.ts"
import { StepCache } from "./step-cache.ts"
import { inOrder } from "./utxo-order.ts"
import type { OutputRow, UtxoTransaction } from "./utxo-rows.ts"

const UNSPENT = -1

/**
 * A whole UTXO chain's record in memory: transactions in the order of evaluation, outputs numbered densely, and for
 * each output the transaction that spends it. A transaction's position is its place in that order.
 */
export class UtxoRecords implements Source {
  readonly shape = "utxo"
  readonly notices: readonly Notice[]
  readonly horizon: Source["horizon"]
  readonly #asset: Asset
  readonly #transactions: readonly UtxoTransaction[]
  readonly #coinbaseOf: Int32Array
  readonly #end: number
  readonly #outputs: OutputRow[] = []
  readonly #transactionOf: number[] = []
  readonly #firstOutput: number[] = []
  readonly #potOf = new Map<string, PotId>()
  readonly #spender: Int32Array
  readonly #fees: bigint[] = []
  readonly #steps = new StepCache()

  /**
   * @throws Problem `input-unknown-output`, `input-spent-output`, `input-from-later`, `input-twice`,
   * `credits-above-debits`, `position-shared`, `heights-absent`
   */
  constructor(all: Iterable<UtxoTransaction>, toHeight: number | null, asset: Asset) {
    this.#asset = asset
    const { transactions, coinbaseOf } = inOrder(all)
    this.#transactions = transactions
    this.#coinbaseOf = coinbaseOf
    const txAt = (at: number) => (transactions[at] as UtxoTransaction).tx
    this.#end = endOfRecords(transactions.length, at => txAt(at).height, toHeight)
    this.horizon = horizonOf(transactions.length, this.#end, txAt, toHeight)
    for (const [at, { tx, outputs }] of transactions.entries()) {
      this.#firstOutput.push(this.#outputs.length)
      outputs.sort((a, b) => a.vout - b.vout)
      for (const output of outputs) {
        this.#potOf.set(`${tx.id}:${output.vout}`, this.#outputs.push(output) - 1)
        this.#transactionOf.push(at)
      }
    }
    this.#spender = new Int32Array(this.#outputs.length).fill(UNSPENT)
    for (const [at, transaction] of transactions.entries()) this.#fees.push(this.#spend(at, transaction))
    this.notices = this.#watchClock()
  }

  /** Marks what a transaction spends; returns its fee. */
  #spend(at: number, { tx, inputs, outputs, where }: UtxoTransaction): bigint {
    inputs.sort((a, b) => a.n - b.n)
    let debits = 0n
    for (const [index, { n, spent, where: inputAt }] of inputs.entries()) {
      if (n === inputs[index - 1]?.n)
        throw new Problem("input-twice", { tx: tx.id, n }, { ...inputAt, column: "n" })
      const pot = this.#potOf.get(spent)
      const column = "spent_txid"
      if (pot === undefined)
        throw new Problem("input-unknown-output", { output: spent }, { ...inputAt, column })
      if ((this.#transactionOf[pot] as number) >= at) {
        throw new Problem("input-from-later", { output: spent, tx: tx.id }, { ...inputAt, column })
      }
      if (this.#spender[pot] !== UNSPENT) {
        const by = this.#tx(this.#spender[pot] as number).tx.id
        throw new Problem("input-spent-output", { output: spent, by }, { ...inputAt, column })
      }
      this.#spender[pot] = at
      debits += (this.#outputs[pot] as OutputRow).value
    }
    if (inputs.length === 0) return 0n
    const credits = outputs.reduce((sum, { value }) => sum + value, 0n)
    if (credits > debits) {
      const detail = { tx: tx.id, credits: credits.toString(), debits: debits.toString() }
      throw new Problem("credits-above-debits", detail, where)
    }
    return debits - credits
  }

  #watchClock(): readonly Notice[] {
    const clock = new ClockWatch()
    for (let at = 0; at < this.#end; at++) clock.see(this.#tx(at).tx)
    return clock.notices()
  }

  #tx(at: number): UtxoTransaction {
    return this.#transactions[at] as UtxoTransaction
  }

  potName(pot: PotId): string {
    const { tx } = this.#tx(this.#transactionOf[pot] as number)
    return `${tx.id}:${(this.#outputs[pot] as OutputRow).vout}`
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
          return { what: "coinbase", step: this.#stepAt(need.at) }
        default:
          throw new Error(`utxo records: expected a need of a UTXO chain, got "${need.what}"`)
      }
    })
  }

  #locate(ref: string): Located {
    const pot = this.#potOf.get(ref)
    if (pot === undefined) throw new Problem("ref-unknown", { ref })
    const at = this.#transactionOf[pot] as number
    if (at >= this.#end) return { beyond: this.#asset.asset }
    return { step: this.#stepAt(at), credit: pot - (this.#firstOutput[at] as number) }
  }

  #spenderOf(pot: PotId): Step | null {
    const at = this.#spender[pot] as number
    return at === UNSPENT || at >= this.#end ? null : this.#stepAt(at)
  }

  #stepAt(at: number): Step {
    return this.#steps.get(at, () => this.#makeStep(at))
  }

  #makeStep(at: number): Step {
    const { tx, inputs, outputs } = this.#tx(at)
    const coinbase = this.#coinbaseOf[at] as number
    const first = this.#firstOutput[at] as number
    const isCoinbase = coinbase === at
    const originUnknown = this.#isOriginUnknown(at)
    return {
      shape: isCoinbase ? "coinbase" : "utxo",
      kind: isCoinbase ? "reward" : inputs.length === 0 ? "issue" : "transfer",
      position: positionOf(0, at),
      tx,
      debits: inputs.map(({ spent }) => this.#debitOf(this.#potOf.get(spent) as PotId)),
      credits: outputs.map(({ address, value }, index): Credit => {
        const credit = { to: first + index, asset: this.#asset.asset, amount: value, address }
        return originUnknown ? { ...credit, originUnknown } : credit
      }),
      grade: "reported",
      source: null,
      ...(isCoinbase ? this.#collected(at) : {}),
      ...(coinbase >= 0 && !isCoinbase ? { coinbase: positionOf(0, coinbase) } : {}),
    }
  }

  #debitOf(pot: PotId): Debit {
    const debit = { pot, asset: this.#asset.asset, amount: (this.#outputs[pot] as OutputRow).value }
    return this.#isOriginUnknown(this.#transactionOf[pot] as number)
      ? { ...debit, originUnknown: true }
      : debit
  }

  #isOriginUnknown(at: number): boolean {
    const { inputs, tx } = this.#tx(at)
    return inputs.length === 0 && this.#coinbaseOf[at] !== at && tx.height !== 0
  }

  /** The block's fees in transaction order; the subsidy, not being recorded, is what the coinbase claims above them. */
  #collected(at: number): { subsidy: bigint; fees: { position: Position; amount: bigint }[] } {
    let from = at
    while (from > 0 && this.#coinbaseOf[from - 1] === at) from--
    const fees = []
    for (let payer = from; payer < at; payer++) {
      const amount = this.#fees[payer] as bigint
      if (amount > 0n) fees.push({ position: positionOf(0, payer), amount })
    }
    const claimed = this.#tx(at).outputs.reduce((sum, { value }) => sum + value, 0n)
    const collected = fees.reduce((sum, { amount }) => sum + amount, 0n)
    return { subsidy: claimed > collected ? claimed - collected : 0n, fees }
  }
}
