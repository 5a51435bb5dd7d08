import { LabelTable } from "../label.ts"
import { AmountList } from "./amount-list.ts"
import { DeclaredCredits } from "./declared-credits.ts"
import { PotTable } from "./pot-table.ts"
import { SweepBook } from "./sweep-book.ts"
import { BURNED, blockOf, FIRST_SERVICE, FOLLOWED, type SweepChain, spenderOf } from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"

/** A label of poison is a set of thefts, and as many as fit one word are swept at a time. */
export const MOST_THEFTS = 32

/**
 * Poison over runs of whole blocks: for each transaction a word of bits, one for each theft that it has taken in. For up
 * to 32 thefts; `PullSweep` does any number.
 */
export class PoisonSweep {
  readonly book = new SweepBook(new LabelTable("set"))
  readonly #follow: boolean
  readonly #declared: DeclaredCredits
  /** Unspent outputs with their thefts. */
  readonly #unspent = new AmountList()
  #taken = new Uint32Array(0)

  constructor({ fees, declared }: SweepQuestion, state: SweepState | null = null) {
    this.#follow = fees === "follow"
    this.#declared = new DeclaredCredits(declared)
    if (state === null) return
    this.book.restore(state.book)
    for (const [output, lots] of state.pots)
      this.#unspent.push(output, this.#bitsOf(lots[0] as number), lots[1] as number)
  }

  state(): SweepState {
    const pots = new PotTable()
    for (let at = 0; at < this.#unspent.length; at++) {
      const output = this.#unspent.outputs[at] as number
      pots.add(output, [
        this.#labelOf(this.#unspent.amounts[at] as number),
        this.#unspent.values[at] as number,
      ])
    }
    return { pots, book: this.book.saved() }
  }

  run(chain: SweepChain): void {
    const { txFrom, txEnd } = chain
    const taken = new Uint32Array(txEnd - txFrom)
    this.#taken = taken
    this.#unspent.keep((output, bits) => {
      const spender = spenderOf(chain, output)
      if (spender < txFrom || spender >= txEnd) return true
      taken[spender - txFrom] = (taken[spender - txFrom] as number) | bits
      return false
    })
    let next = txFrom
    for (const { tx, before } of this.#declared.turnsIn(chain)) {
      this.#deal(chain, next, before)
      this.#declareIn(chain, tx)
      // Nothing is left in it; it stands for its block, whose coinbase is still to come.
      next = before
    }
    this.#deal(chain, next, txEnd)
  }

  #deal(chain: SweepChain, from: number, to: number): void {
    if (!this.#follow) {
      this.#dealRun(chain, from, to)
      return
    }
    for (let at = from; at < to; ) {
      const block = blockOf(chain, at)
      const coinbase = chain.blockFirstTx[block] as number
      const end = chain.blockFirstTx[block + 1] as number
      this.#dealRun(chain, Math.max(at, coinbase + 1), Math.min(end, to))
      for (let tx = Math.max(at, coinbase + 1); tx < Math.min(end, to); tx++) {
        const bits = this.#taken[tx - chain.txFrom] as number
        if (bits !== 0 && (chain.fee[tx - chain.txFrom] as number) > 0) this.#takeIn(chain, coinbase, bits)
      }
      // A coinbase that is declared stolen is dealt where it is declared.
      if (end <= to && !this.#declared.has(coinbase)) this.#dealRun(chain, coinbase, coinbase + 1)
      at = Math.min(end, to)
    }
  }

  #dealRun(chain: SweepChain, from: number, to: number): void {
    const { txFrom, outputFrom, firstOutput, value, spender } = chain
    const taken = this.#taken
    const transactions = taken.length
    for (let at = from - txFrom; at < to - txFrom; at++) {
      const bits = taken[at] as number
      if (bits === 0) continue
      const end = (firstOutput[at + 1] as number) - outputFrom
      for (let output = (firstOutput[at] as number) - outputFrom; output < end; output++) {
        if ((value[output] as number) === 0) continue
        // Unsigned, for the reason given in `HaircutLayer.deal`.
        const place = ((spender[output] as number) - txFrom) >>> 0
        if (place < transactions) taken[place] = (taken[place] as number) | bits
        else this.#give(chain, output + outputFrom, bits)
      }
    }
  }

  #declareIn(chain: SweepChain, tx: number): void {
    const at = tx - chain.txFrom
    const bits = this.#taken[at] as number
    this.#taken[at] = 0
    const end = chain.firstOutput[at + 1] as number
    for (let output = chain.firstOutput[at] as number; output < end; output++) {
      const amount = chain.value[output - chain.outputFrom] as number
      if (amount === 0) continue
      const own = this.#declared.theftsOf(tx, output)
      const lots = own === undefined ? null : this.book.declare([this.#labelOf(bits), amount], own)
      this.#give(chain, output, lots === null ? bits : this.#bitsOf(lots[0] as number))
    }
    const block = blockOf(chain, tx)
    const coinbase = chain.blockFirstTx[block] as number
    if (this.#follow && tx !== coinbase && (chain.fee[at] as number) > 0) this.#takeIn(chain, coinbase, bits)
  }

  #give(chain: SweepChain, output: number, bits: number): void {
    if (bits === 0) return
    const at = output - chain.outputFrom
    const spender = chain.spender[at] as number
    if ((chain.fate[at] as number) !== FOLLOWED) this.#stop(chain, output, bits)
    else if (spender < chain.txEnd) this.#takeIn(chain, spender, bits)
    else this.#unspent.push(output, bits, chain.value[at] as number)
  }

  #takeIn(chain: SweepChain, tx: number, bits: number): void {
    this.#taken[tx - chain.txFrom] = (this.#taken[tx - chain.txFrom] as number) | bits
  }

  #stop(chain: SweepChain, output: number, bits: number): void {
    const at = output - chain.outputFrom
    const fate = chain.fate[at] as number
    const lots = [this.#labelOf(bits >>> 0), chain.value[at] as number]
    if (fate >= FIRST_SERVICE) this.book.arrive(output, lots)
    else if (fate === BURNED) this.book.count("burned", lots)
  }

  #labelOf(bits: number): number {
    const thefts: number[] = []
    for (let theft = 0; theft < MOST_THEFTS; theft++) if (((bits >>> theft) & 1) === 1) thefts.push(theft)
    return this.book.labels.naming(thefts)
  }

  #bitsOf(label: number): number {
    return this.book.labels.theftsOf(label).reduce((bits, theft) => (bits | (1 << theft)) >>> 0, 0)
  }
}
