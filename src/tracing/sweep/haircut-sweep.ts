import { LabelTable, UNTRACED } from "../label.ts"
import { DeclaredCredits, type DeclaredTurn } from "./declared-credits.ts"
import { type FlatLots, pushFlat, totalFlat } from "./flat-lots.ts"
import { COUNTED, HaircutLayer } from "./haircut-layer.ts"
import { lotsByOutput } from "./layered-lots.ts"
import { sharesOf } from "./shares-of.ts"
import { SweepBook } from "./sweep-book.ts"
import { amountOf, type SweepChain, spenderOf } from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"

/** Layers that are to be dealt from one transaction of a run to before another. */
export interface LayerStep {
  readonly chain: SweepChain
  readonly layers: readonly HaircutLayer[]
  readonly from: number
  readonly to: number
  /** Nothing more is dealt in this run. */
  readonly isLast: boolean
  readonly follow: boolean
  /** Their coinbases have turns of their own. */
  readonly declared: DeclaredCredits
}

/** Goes through the steps of a run, dealing one layer after the other. */
export function dealtHere(steps: Generator<LayerStep, boolean>): boolean {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
    const { chain, layers, from, to, follow, declared } = next.value
    for (const layer of layers) layer.dealBlocks(chain, from, to, follow, tx => declared.has(tx))
  }
}

/**
 * Haircut over runs of whole blocks. Under it traced value spreads to most of what comes later, so that visiting what is
 * traced is visiting nearly everything: here every transaction is passed once for each label, in order, with no look-ups.
 * Labels meet only where credits are declared stolen; between two such transactions the layers go on apart.
 */
export class HaircutSweep {
  readonly book = new SweepBook(new LabelTable("list"))
  readonly #follow: boolean
  readonly #declared: DeclaredCredits
  /** `#layers[k]` is of the labels from k + 1 on. */
  readonly #layers: HaircutLayer[] = []

  readonly #mostLayers: number
  readonly #isShared: boolean

  constructor(
    { fees, declared }: SweepQuestion,
    state: SweepState | null = null,
    mostLayers = Number.POSITIVE_INFINITY,
    isShared = false,
  ) {
    this.#mostLayers = mostLayers
    this.#isShared = isShared
    this.#follow = fees === "follow"
    this.#declared = new DeclaredCredits(declared)
    if (state === null) return
    this.book.restore(state.book)
    this.#addLayers()
    for (const [output, lots] of state.pots) {
      const value = totalFlat(lots)
      for (const [k, amount] of this.#sums(lots).entries()) {
        if (amount > 0) this.#layers[k]?.unspent.push(output, amount, value)
      }
    }
  }

  state(): SweepState {
    const pots = lotsByOutput(
      this.#layers.map(layer => layer.unspent),
      true,
    )
    return { pots, book: this.book.saved() }
  }

  /** @returns false where labels became more than layers may be: nothing that it holds is of use then */
  run(chain: SweepChain): boolean {
    return dealtHere(this.steps(chain))
  }

  /**
   * As `run`; whoever goes through the steps deals the layers, each by itself, before going on.
   */
  *steps(chain: SweepChain): Generator<LayerStep, boolean> {
    for (const layer of this.#layers) layer.begin(chain, output => spenderOf(chain, output))
    let next = chain.txFrom
    for (const turn of this.#declared.turnsIn(chain)) {
      yield this.#step(chain, next, turn.before, false)
      this.#declareIn(chain, turn)
      if (this.#layers.length > this.#mostLayers) return false
      // Nothing is left in it; it stands for its block, whose coinbase is still to come.
      next = turn.before
    }
    yield this.#step(chain, next, chain.txEnd, true)
    this.#settleBooks()
    return true
  }

  #step(chain: SweepChain, from: number, to: number, isLast: boolean): LayerStep {
    const declared = this.#declared
    return { chain, layers: this.#layers, from, to, isLast, follow: this.#follow, declared }
  }

  /** One transaction with all its labels at hand. */
  #declareIn(chain: SweepChain, { tx, block, isCoinbase }: DeclaredTurn): void {
    const at = tx - chain.txFrom
    const first = chain.firstOutput[at] as number
    const end = chain.firstOutput[at + 1] as number
    let total = isCoinbase ? (chain.claimable[block] as number) : (chain.fee[at] as number)
    if (!isCoinbase) for (let output = first; output < end; output++) total += amountOf(chain, output)
    const dealt = this.#layers.map(layer => sharesOf(chain, tx, layer.take(chain, tx), total))
    for (let output = first; output < end; output++) {
      const sums = dealt.map(({ outputs }) => outputs[output - first] as number)
      const own = this.#declared.theftsOf(tx, output)
      if (own === undefined) this.#give(chain, output, sums)
      else {
        const lots = this.book.declare(lotsOf(amountOf(chain, output), sums), own)
        this.#addLayers(chain)
        this.#give(chain, output, this.#sums(lots))
      }
    }
    for (const [k, { rest }] of dealt.entries()) {
      const layer = this.#layers[k] as HaircutLayer
      if (isCoinbase) layer.burned += rest
      else layer.pay(chain, this.#follow ? (chain.blockFirstTx[block] as number) : COUNTED, rest)
    }
  }

  #give(chain: SweepChain, output: number, sums: readonly number[]): void {
    for (const [k, amount] of sums.entries())
      if (amount > 0) (this.#layers[k] as HaircutLayer).give(chain, output, amount)
  }

  /** A layer for each label that there is, for the rest of the run. */
  #addLayers(chain?: SweepChain): void {
    while (this.#layers.length < this.book.labels.count - 1) {
      const layer = new HaircutLayer(this.#isShared)
      if (chain !== undefined) layer.begin(chain, () => 0)
      this.#layers.push(layer)
    }
  }

  /** What lots hold of each layer. */
  #sums(lots: FlatLots): number[] {
    const sums = new Array<number>(this.#layers.length).fill(0)
    for (let at = 0; at < lots.length; at += 2) {
      const label = lots[at] as number
      for (let k = 0; k < label; k++) sums[k] = (sums[k] as number) + (lots[at + 1] as number)
    }
    return sums
  }

  /** Takes the layers' sums over into the books: a label's is the difference of two layers. */
  #settleBooks(): void {
    const { book } = this
    for (const [output, lots] of lotsByOutput(
      this.#layers.map(({ arrived }) => arrived),
      false,
    )) {
      book.arrive(output, lots)
    }
    for (const [k, layer] of this.#layers.entries()) {
      const above = this.#layers[k + 1]
      for (const bucket of ["fees", "burned"] as const) {
        const own = layer[bucket]
        if (!Number.isSafeInteger(own))
          throw new RangeError(`sweep: ${bucket} of ${own} in one run of blocks`)
        const sum = own - (above?.[bucket] ?? 0)
        if (sum > 0) book.add(bucket, k + 1, BigInt(sum))
      }
    }
    for (const layer of this.#layers) {
      layer.fees = 0
      layer.burned = 0
      layer.arrived.length = 0
    }
  }
}

/** Lots in the order of their labels' numbers. */
function lotsOf(value: number, sums: readonly number[]): FlatLots {
  const lots: number[] = []
  pushFlat(lots, UNTRACED, value - (sums[0] ?? 0))
  for (const [k, sum] of sums.entries()) pushFlat(lots, k + 1, sum - (sums[k + 1] ?? 0))
  return lots
}
