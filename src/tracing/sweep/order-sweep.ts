import { LabelTable, UNTRACED } from "../label.ts"
import { DeclaredCredits } from "./declared-credits.ts"
import { type FlatLots, tracedFlat } from "./flat-lots.ts"
import { LotArena } from "./lot-arena.ts"
import { LotPool, type OrderedRule } from "./lot-pool.ts"
import { PotTable } from "./pot-table.ts"
import { RestSums } from "./rest-sums.ts"
import { SweepBook } from "./sweep-book.ts"
import {
  amountOf,
  BURNED,
  FIRST_SERVICE,
  FOLLOWED,
  placeIn,
  type SweepChain,
  spenderOf,
} from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"

/**
 * Rules that look at the order of lots, over runs of whole blocks. Under them a theft frays: after some thousand
 * transactions its coins are many small lots in few pots, and to move lots is all the work that there is. Here they lie in
 * typed arrays, and every transaction has a mark of whether it takes in something traced; `PullSweep`, which does the
 * same block by block and can take a block back, is ten times slower.
 */
export class OrderSweep {
  readonly book = new SweepBook(new LabelTable("list"))
  readonly #rule: OrderedRule
  readonly #follow: boolean
  readonly #declared: DeclaredCredits
  readonly #arena = new LotArena()
  readonly #pool = new LotPool()
  readonly #sums = new RestSums(this.book)
  /** Traced fees of the block under way, by transaction. */
  readonly #fees = new Map<number, FlatLots>()
  /** Where the lots of each credit that is being dealt are; none where nothing of it is traced. */
  #starts = new Uint32Array(64)
  #ends = new Uint32Array(64)
  #chain: SweepChain = NO_CHAIN
  /** By transaction of the run: whether it has its turn. */
  #turns = new Uint8Array(0)
  /** By output of the run, and by crossing output: its pot's number plus one. */
  #pots = new Uint32Array(0)
  #crossing = new Uint32Array(0)

  constructor({ fees, declared }: SweepQuestion, rule: OrderedRule, state: SweepState | null = null) {
    this.#rule = rule
    this.#follow = fees === "follow"
    this.#declared = new DeclaredCredits(declared)
    if (state === null) return
    this.book.restore(state.book)
    for (const [output, lots] of state.pots) this.#arena.add(output, lots)
  }

  state(): SweepState {
    const pots = new PotTable()
    const arena = this.#arena
    for (const pot of arena.pots()) {
      pots.add(
        arena.outputs[pot] as number,
        arena.lots(arena.starts[pot] as number, arena.ends[pot] as number),
      )
    }
    return { pots, book: this.book.saved() }
  }

  run(chain: SweepChain): void {
    this.#begin(chain)
    const { txFrom, blockFirstTx } = chain
    const turns = this.#turns
    for (let block = 0; block < blockFirstTx.length - 1; block++) {
      const coinbase = blockFirstTx[block] as number
      const end = (blockFirstTx[block + 1] as number) - txFrom
      for (let at = coinbase + 1 - txFrom; at < end; at++) {
        if (turns[at] === 0) continue
        this.#pool.clear()
        this.#drain(at)
        this.#deal(at + txFrom, chain.fee[at] as number)
        this.#settleFee(at + txFrom, coinbase)
      }
      if (turns[coinbase - txFrom] === 0) continue
      this.#pool.clear()
      this.#collect(block)
      this.#deal(coinbase, this.#unclaimed(coinbase, block))
      this.#sums.addRest(this.#pool, "burned")
    }
    this.#sums.settle()
    this.#chain = NO_CHAIN
  }

  #begin(chain: SweepChain): void {
    const { txFrom, txEnd } = chain
    this.#chain = chain
    this.#turns = new Uint8Array(txEnd - txFrom)
    this.#pots = new Uint32Array(chain.value.length)
    this.#crossing = new Uint32Array(chain.crossing.outputs.length)
    for (const tx of this.#declared.transactions) this.#visit(tx)
    for (const pot of this.#arena.pots()) {
      const output = this.#arena.outputs[pot] as number
      const spender = spenderOf(chain, output)
      if (spender < txFrom || spender >= txEnd) continue
      this.#crossing[placeIn(chain.crossing, output)] = pot + 1
      this.#visit(spender)
    }
  }

  #visit(tx: number): void {
    const { txFrom, txEnd } = this.#chain
    if (tx >= txFrom && tx < txEnd) this.#turns[tx - txFrom] = 1
  }

  /** What a transaction takes in. */
  #drain(at: number): void {
    const { firstInput, inputFrom, spent, outputFrom, value } = this.#chain
    const pool = this.#pool
    const arena = this.#arena
    const end = (firstInput[at + 1] as number) - inputFrom
    for (let input = (firstInput[at] as number) - inputFrom; input < end; input++) {
      const output = spent[input] as number
      const place = output - outputFrom
      const pot =
        (place >= 0
          ? (this.#pots[place] as number)
          : (this.#crossing[placeIn(this.#chain.crossing, output)] as number)) - 1
      if (pot < 0) {
        pool.push(UNTRACED, place >= 0 ? (value[place] as number) : amountOf(this.#chain, output))
        continue
      }
      const last = arena.ends[pot] as number
      for (let lot = arena.starts[pot] as number; lot < last; lot++) {
        pool.push(arena.labels[lot] as number, arena.amounts[lot] as number)
      }
      arena.drop(pot)
    }
  }

  /** The subsidy, then the fees in transaction order. */
  #collect(block: number): void {
    const { blockFirstTx, claimable, fee, txFrom } = this.#chain
    const first = (blockFirstTx[block] as number) + 1
    const end = blockFirstTx[block + 1] as number
    let subsidy = claimable[block] as number
    for (let tx = first; tx < end; tx++) subsidy -= fee[tx - txFrom] as number
    this.#pool.push(UNTRACED, subsidy)
    for (let tx = first; tx < end; tx++) {
      const lots = this.#fees.get(tx)
      if (lots === undefined) this.#pool.push(UNTRACED, fee[tx - txFrom] as number)
      else this.#pool.pushAll(lots)
    }
    this.#fees.clear()
  }

  #unclaimed(coinbase: number, block: number): number {
    const { firstOutput, txFrom, outputFrom, value, claimable } = this.#chain
    let left = claimable[block] as number
    const end = firstOutput[coinbase - txFrom + 1] as number
    for (let output = firstOutput[coinbase - txFrom] as number; output < end; output++) {
      left -= value[output - outputFrom] as number
    }
    return left
  }

  /** Deals the pool to a transaction's credits, and leaves in it what is not for them. */
  #deal(tx: number, rest: number): void {
    const { txFrom, firstOutput, outputFrom, value } = this.#chain
    const first = (firstOutput[tx - txFrom] as number) - outputFrom
    const count = (firstOutput[tx - txFrom + 1] as number) - outputFrom - first
    if (count > this.#starts.length) {
      this.#starts = new Uint32Array(2 * count)
      this.#ends = new Uint32Array(2 * count)
    }
    const pool = this.#pool
    pool.arrange(this.#rule)
    // Twice, since what is declared is put in anew while the rest is yet to be kept.
    this.#arena.reserve(2 * (pool.length + count))
    pool.open()
    if (this.#rule === "tiho") {
      for (const credit of highestFirst(value, first, count))
        this.#dealTo(credit, value[first + credit] as number)
    } else {
      for (let credit = 0; credit < count; credit++) this.#dealTo(credit, value[first + credit] as number)
    }
    if (pool.left() !== rest) throw new RangeError("sweep: a transaction does not deal what came in")
    for (let credit = 0; credit < count; credit++) this.#settle(tx, first + credit, credit)
  }

  #dealTo(credit: number, amount: number): void {
    const arena = this.#arena
    const start = arena.top
    const isTraced = this.#pool.dealInto(arena, amount)
    if (!isTraced) arena.top = start
    this.#starts[credit] = start
    this.#ends[credit] = arena.top
  }

  #settle(tx: number, at: number, credit: number): void {
    const chain = this.#chain
    const arena = this.#arena
    const output = at + chain.outputFrom
    const [start, end] = [this.#starts[credit] as number, this.#ends[credit] as number]
    const thefts = this.#declared.theftsOf(tx, output)
    const fate = chain.fate[at] as number
    if (thefts === undefined && fate === FOLLOWED) {
      if (end > start) this.#hold(at, arena.keep(output, start, end))
      return
    }
    let lots = arena.lots(start, end)
    if (thefts !== undefined) {
      const amount = chain.value[at] as number
      lots = this.book.declare(lots.length > 0 || amount === 0 ? lots : [UNTRACED, amount], thefts)
    }
    if (tracedFlat(lots) === 0) return
    if (fate === FOLLOWED) this.#hold(at, arena.add(output, lots))
    else if (fate === BURNED) this.book.count("burned", lots)
    else if (fate >= FIRST_SERVICE) this.book.arrive(output, lots)
  }

  #hold(at: number, pot: number): void {
    this.#pots[at] = pot + 1
    this.#visit(this.#chain.spender[at] as number)
  }

  #settleFee(tx: number, coinbase: number): void {
    if (!this.#follow) {
      this.#sums.addRest(this.#pool, "fees")
      return
    }
    const lots = this.#pool.rest()
    if (tracedFlat(lots) === 0) return
    this.#fees.set(tx, lots)
    this.#visit(coinbase)
  }
}

const NO_CHAIN: SweepChain = {
  txFrom: 0,
  txEnd: 0,
  blockFirstTx: new Uint32Array(1),
  claimable: new Float64Array(0),
  outputFrom: 0,
  firstOutput: new Uint32Array(1),
  fee: new Float64Array(0),
  value: new Float64Array(0),
  spender: new Uint32Array(0),
  fate: new Uint16Array(0),
  inputFrom: 0,
  firstInput: new Uint32Array(1),
  spent: new Uint32Array(0),
  crossing: { outputs: new Uint32Array(0), spenders: new Uint32Array(0), values: new Float64Array(0) },
}

/** Places of a transaction's credits from the highest amount down, ties by index. */
function highestFirst(value: Float64Array, first: number, count: number): number[] {
  const amount = (credit: number): number => value[first + credit] as number
  return Array.from({ length: count }, (_, credit) => credit).sort((a, b) => amount(b) - amount(a) || a - b)
}
