import { LabelTable, UNTRACED } from "../label.ts"
import { type Deal, dealOf } from "./deal-flat.ts"
import { DeclaredCredits, turnOf } from "./declared-credits.ts"
import { type FlatLots, pushFlat, tracedFlat } from "./flat-lots.ts"
import { PotTable } from "./pot-table.ts"
import { SweepBook } from "./sweep-book.ts"
import {
  amountOf,
  BURNED,
  blockOf,
  FIRST_SERVICE,
  FOLLOWED,
  type SweepChain,
  spenderOf,
} from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"
import { TurnQueue } from "./turn-queue.ts"

/** What undoing one block needs. */
interface BlockUndo {
  readonly taken: [output: number, lots: FlatLots][]
  readonly made: number[]
  readonly before: ReturnType<SweepBook["mark"]>
}

/**
 * A sweep that visits only transactions with something traced: it keeps the lots of every traced output and pulls them
 * when one is spent. For the rules that look at the order of lots it is the way to sweep; for all rules it is the way
 * to go on block by block, since its cost is that of the block and of what is traced in it.
 */
export class PullSweep {
  readonly book: SweepBook
  readonly #deal: Deal
  readonly #follow: boolean
  readonly #pots = new Map<number, FlatLots>()
  readonly #declared: DeclaredCredits
  /** Traced fees under way to the coinbase of their block, by the transaction that pays them. */
  readonly #fees = new Map<number, FlatLots>()
  #undo: BlockUndo | null = null

  constructor({ rule, fees, declared }: SweepQuestion, state: SweepState | null = null) {
    const labels = new LabelTable(rule === "poison" ? "set" : "list")
    this.book = new SweepBook(labels)
    this.#deal = dealOf(rule, labels)
    this.#follow = fees === "follow"
    this.#declared = new DeclaredCredits(declared)
    if (state === null) return
    this.book.restore(state.book)
    for (const [output, lots] of state.pots) this.#pots.set(output, lots)
  }

  get pots(): ReadonlyMap<number, FlatLots> {
    return this.#pots
  }

  state(): SweepState {
    const pots = new PotTable()
    for (const [output, lots] of this.#pots) pots.add(output, lots)
    return { pots, book: this.book.saved() }
  }

  /** Sweeps the next run of blocks, from one traced transaction to the next. */
  run(chain: SweepChain): void {
    const turns = new TurnQueue()
    const { txFrom, txEnd } = chain
    const visit = (tx: number): void => {
      if (tx >= txFrom && tx < txEnd) turns.add(turnOf(chain, tx))
    }
    for (const output of this.#pots.keys()) visit(spenderOf(chain, output))
    for (const tx of this.#declared.transactions) visit(tx)
    for (let turn = turns.next(); turn !== undefined; turn = turns.next()) {
      this.#evaluate(chain, txAtTurn(chain, turn), visit)
    }
  }

  /** Sweeps the next block, and gives what takes it back. */
  runBlock(chain: SweepChain): () => void {
    const undo: BlockUndo = { taken: [], made: [], before: this.book.mark() }
    this.#undo = undo
    const wanted = new Set<number>()
    const visit = (tx: number): void => {
      wanted.add(tx)
    }
    const { txFrom, txEnd } = chain
    for (let tx = txFrom + 1; tx < txEnd; tx++) {
      if (wanted.has(tx) || this.#declared.has(tx) || this.#takesTraced(chain, tx))
        this.#evaluate(chain, tx, visit)
    }
    if (wanted.has(txFrom) || this.#declared.has(txFrom)) this.#evaluate(chain, txFrom, visit)
    this.#undo = null
    return () => this.#takeBack(undo)
  }

  #takesTraced(chain: SweepChain, tx: number): boolean {
    const end = chain.firstInput[tx - chain.txFrom + 1] as number
    for (let input = chain.firstInput[tx - chain.txFrom] as number; input < end; input++) {
      if (this.#pots.has(chain.spent[input - chain.inputFrom] as number)) return true
    }
    return false
  }

  #takeBack({ taken, made, before }: BlockUndo): void {
    // What a block makes and spends itself is in both: gone in the end.
    for (const [output, lots] of taken) this.#pots.set(output, lots)
    for (const output of made) this.#pots.delete(output)
    this.book.backTo(before)
  }

  #evaluate(chain: SweepChain, tx: number, visit: (tx: number) => void): void {
    const at = tx - chain.txFrom
    const block = blockOf(chain, tx)
    const coinbase = chain.blockFirstTx[block] as number
    const isCoinbase = tx === coinbase
    const pooled = isCoinbase ? this.#collected(chain, block) : this.#drained(chain, at)
    const first = chain.firstOutput[at] as number
    const end = chain.firstOutput[at + 1] as number
    const amounts: number[] = []
    for (let output = first; output < end; output++)
      amounts.push(chain.value[output - chain.outputFrom] as number)
    const claimed = isCoinbase ? amounts.reduce((sum, amount) => sum + amount, 0) : 0
    amounts.push(isCoinbase ? (chain.claimable[block] as number) - claimed : (chain.fee[at] as number))
    const dealt = this.#deal(pooled, amounts)
    for (let output = first; output < end; output++) {
      this.#settle(chain, tx, output, dealt[output - first] as FlatLots, visit)
    }
    const rest = dealt.at(-1) as FlatLots
    if (tracedFlat(rest) === 0) return
    if (isCoinbase) this.book.count("burned", rest)
    else if (this.#follow) {
      this.#fees.set(tx, rest)
      visit(coinbase)
    } else this.book.count("fees", rest)
  }

  #drained(chain: SweepChain, at: number): FlatLots {
    const pooled: number[] = []
    const end = chain.firstInput[at + 1] as number
    for (let input = chain.firstInput[at] as number; input < end; input++) {
      const output = chain.spent[input - chain.inputFrom] as number
      const lots = this.#pots.get(output)
      if (lots === undefined) pushFlat(pooled, UNTRACED, amountOf(chain, output))
      else {
        this.#pots.delete(output)
        this.#undo?.taken.push([output, lots])
        append(pooled, lots)
      }
    }
    return pooled
  }

  /** The subsidy, then the fees in transaction order. */
  #collected(chain: SweepChain, block: number): FlatLots {
    const pooled: number[] = []
    const first = (chain.blockFirstTx[block] as number) + 1
    const end = chain.blockFirstTx[block + 1] as number
    let fees = 0
    for (let tx = first; tx < end; tx++) fees += chain.fee[tx - chain.txFrom] as number
    pushFlat(pooled, UNTRACED, (chain.claimable[block] as number) - fees)
    for (let tx = first; tx < end; tx++) {
      const lots = this.#fees.get(tx)
      if (lots === undefined) pushFlat(pooled, UNTRACED, chain.fee[tx - chain.txFrom] as number)
      else {
        this.#fees.delete(tx)
        append(pooled, lots)
      }
    }
    return pooled
  }

  #settle(chain: SweepChain, tx: number, output: number, dealt: FlatLots, visit: (tx: number) => void): void {
    const thefts = this.#declared.theftsOf(tx, output)
    const lots = thefts === undefined ? dealt : this.book.declare(dealt, thefts)
    if (tracedFlat(lots) === 0) return
    const fate = chain.fate[output - chain.outputFrom] as number
    if (fate === FOLLOWED) {
      this.#pots.set(output, lots)
      this.#undo?.made.push(output)
      visit(chain.spender[output - chain.outputFrom] as number)
    } else if (fate === BURNED) this.book.count("burned", lots)
    else if (fate >= FIRST_SERVICE) this.book.arrive(output, lots)
  }
}

function append(pooled: number[], lots: FlatLots): void {
  for (let at = 0; at < lots.length; at += 2) pushFlat(pooled, lots[at] as number, lots[at + 1] as number)
}

function txAtTurn(chain: SweepChain, turn: number): number {
  return Number.isInteger(turn) ? turn : (chain.blockFirstTx[blockOf(chain, turn)] as number)
}
