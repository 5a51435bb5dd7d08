import { AmountList, type Amounts } from "./amount-list.ts"
import { shareAbove } from "./exact-share.ts"
import { sharesOf } from "./shares-of.ts"
import { BURNED, blockOf, FIRST_SERVICE, FOLLOWED, type SweepChain } from "./sweep-chain.ts"

/** Where fees go when they are counted and not followed. */
export const COUNTED = -1

/** What came of dealing a layer over some blocks. */
export interface DealtLayer {
  readonly unspent: Amounts
  readonly arrived: Amounts
  readonly fees: number
  readonly burned: number
}

/**
 * One layer of a haircut sweep: the sum of all labels from one number on, for every output. The formula telescopes
 * (DESIGN section 2), so that a layer can be computed without the others, by two numbers for each transaction: what it has
 * taken in of the layer, and what in all. What a transaction makes is put into what its spender takes in, at once: outputs
 * themselves are never looked up again (time-forward processing; Chiang and others, 1995).
 */
export class HaircutLayer {
  /** Unspent outputs, with what they hold of the layer. */
  readonly unspent = new AmountList()
  readonly arrived = new AmountList()
  fees = 0
  burned = 0
  /** What each transaction of the run has taken in of the layer. */
  #taken: Float64Array = new Float64Array(0)

  readonly #isShared: boolean

  /** @param isShared whether other threads are to see what is taken in: such memory is never used again, and so is dearer */
  constructor(isShared = false) {
    this.#isShared = isShared
  }

  /** A layer that goes on with what another has taken in, in this thread; its lists are its own. */
  static over(taken: Float64Array): HaircutLayer {
    const layer = new HaircutLayer()
    layer.#taken = taken
    return layer
  }

  get taken(): Float64Array {
    return this.#taken
  }

  /** Begins a run: outputs of earlier ones that it spends are taken in. */
  begin(chain: SweepChain, spenderOf: (output: number) => number): void {
    const { txFrom, txEnd } = chain
    const count = txEnd - txFrom
    const taken: Float64Array = this.#isShared
      ? new Float64Array(new SharedArrayBuffer(8 * count))
      : new Float64Array(count)
    this.#taken = taken
    this.unspent.keep((output, amount) => {
      const spender = spenderOf(output)
      if (spender < txFrom || spender >= txEnd) return true
      taken[spender - txFrom] = (taken[spender - txFrom] as number) + amount
      return false
    })
  }

  /** What a transaction has taken in; none is left. */
  take(chain: SweepChain, tx: number): number {
    const at = tx - chain.txFrom
    const taken = this.#taken[at] as number
    this.#taken[at] = 0
    return taken
  }

  /** An output's amount goes to whoever spends it within the run, or stays. */
  give(chain: SweepChain, output: number, amount: number): void {
    const at = output - chain.outputFrom
    const fate = chain.fate[at] as number
    if (fate === FOLLOWED) {
      const spender = chain.spender[at] as number
      if (spender < chain.txEnd)
        this.#taken[spender - chain.txFrom] = (this.#taken[spender - chain.txFrom] as number) + amount
      else this.unspent.push(output, amount, chain.value[at] as number)
    } else if (fate === BURNED) this.burned += amount
    else if (fate >= FIRST_SERVICE) this.arrived.push(output, amount, chain.value[at] as number)
  }

  pay(chain: SweepChain, coinbase: number, amount: number): void {
    if (coinbase === COUNTED) this.fees += amount
    else this.#taken[coinbase - chain.txFrom] = (this.#taken[coinbase - chain.txFrom] as number) + amount
  }

  /** Takes over what came of dealing in another thread. */
  add({ unspent, arrived, fees, burned }: DealtLayer): void {
    this.unspent.pushAll(unspent)
    this.arrived.pushAll(arrived)
    this.fees += fees
    this.burned += burned
  }

  /**
   * Deals what the transactions from one to before another have taken in, and their blocks' coinbases.
   *
   * @param isDeclared of coinbases whose turn comes apart
   */
  dealBlocks(
    chain: SweepChain,
    from: number,
    to: number,
    follow: boolean,
    isDeclared: (tx: number) => boolean,
  ): void {
    if (!follow) {
      this.deal(chain, from, to, COUNTED)
      return
    }
    for (let at = from; at < to; ) {
      const block = blockOf(chain, at)
      const coinbase = chain.blockFirstTx[block] as number
      const end = chain.blockFirstTx[block + 1] as number
      this.deal(chain, Math.max(at, coinbase + 1), Math.min(end, to), coinbase)
      if (end <= to && !isDeclared(coinbase)) this.#dealCoinbase(chain, coinbase, block)
      at = Math.min(end, to)
    }
  }

  #dealCoinbase(chain: SweepChain, tx: number, block: number): void {
    const shares = sharesOf(chain, tx, this.take(chain, tx), chain.claimable[block] as number)
    for (const [at, share] of shares.outputs.entries()) {
      if (share > 0) this.give(chain, shares.first + at, share)
    }
    this.burned += shares.rest
  }

  /**
   * Deals what the transactions from one to before another have taken in.
   *
   * @param coinbase takes in their fees; or `COUNTED`
   */
  deal(chain: SweepChain, from: number, to: number, coinbase: number): void {
    const { txFrom, outputFrom, firstOutput, fee, value, spender } = chain
    const taken = this.#taken
    const transactions = taken.length
    for (let at = from - txFrom; at < to - txFrom; at++) {
      let left = taken[at] as number
      if (left === 0) continue
      const first = (firstOutput[at] as number) - outputFrom
      const end = (firstOutput[at + 1] as number) - outputFrom
      let total = fee[at] as number
      for (let output = first; output < end; output++) total += value[output] as number
      for (let output = first; output < end; output++) {
        const amount = value[output] as number
        // Of an amount of 0 it is 0, also of nothing.
        const share = shareAbove(left, amount, total)
        left -= share
        total -= amount
        if (share === 0) continue
        // Unsigned: an id above 2^31, as `UNSPENT` is, would make this arithmetic of floating point (2 to 6 % at 3M transactions).
        const place = ((spender[output] as number) - txFrom) >>> 0
        if (place < transactions) taken[place] = (taken[place] as number) + share
        else this.give(chain, output + outputFrom, share)
      }
      if (left > 0) this.pay(chain, coinbase, left)
    }
  }
}
