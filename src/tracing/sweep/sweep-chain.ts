/** An output that nobody has spent. */
export const UNSPENT = 0xffff_ffff

/** What becomes of an output's value: it stays in a pot, nobody can spend it, or a service has it. */
export const FOLLOWED = 0
export const BURNED = 1
/** A service's number is its place in the list of services plus this. */
export const FIRST_SERVICE = 2

/**
 * A run of whole blocks of a UTXO chain, as a sweep reads it: ids are those of the ledger, in chain order; arrays
 * begin with the first thing of the run. Amounts are integers below 2^53 (Bitcoin 2.1e15 sat, Litecoin 8.4e15).
 */
export interface SweepChain {
  /** The first transaction of the run, and the first beyond it. */
  readonly txFrom: number
  readonly txEnd: number
  /** The first transaction of each block, its coinbase; `txEnd` at the end. */
  readonly blockFirstTx: Uint32Array
  /** New coins of each block's coinbase and the fees of the others: what it may claim. */
  readonly claimable: Float64Array
  readonly outputFrom: number
  /** Of each transaction, one more at the end. */
  readonly firstOutput: Uint32Array
  /** What a transaction takes in above what it pays out; 0 for a coinbase. */
  readonly fee: Float64Array
  readonly value: Float64Array
  /**
   * The transaction that spends an output; `UNSPENT`, or one beyond the run, where none of the run does, or where what is
   * traced in it does not go to whoever spends it: then, and only then, is its fate to be looked at.
   */
  readonly spender: Uint32Array
  readonly fate: Uint16Array
  readonly inputFrom: number
  /** Of each transaction, one more at the end. */
  readonly firstInput: Uint32Array
  readonly spent: Uint32Array
  readonly crossing: Crossing
}

/** Outputs of earlier runs that this one spends, in ascending order, with who spends them and what they hold. */
export interface Crossing {
  readonly outputs: Uint32Array
  readonly spenders: Uint32Array
  readonly values: Float64Array
}

export function amountOf(chain: SweepChain, output: number): number {
  const at = output - chain.outputFrom
  return at >= 0
    ? (chain.value[at] as number)
    : (chain.crossing.values[placeIn(chain.crossing, output)] as number)
}

/** `UNSPENT`, or one beyond the run, where none of the run does. */
export function spenderOf(chain: SweepChain, output: number): number {
  const at = output - chain.outputFrom
  if (at >= 0) return chain.spender[at] as number
  const place = placeIn(chain.crossing, output)
  return chain.crossing.outputs[place] === output ? (chain.crossing.spenders[place] as number) : UNSPENT
}

/** The first place that is not below an output. */
export function placeIn({ outputs }: Crossing, output: number): number {
  let [low, high] = [0, outputs.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((outputs[middle] as number) < output) low = middle + 1
    else high = middle
  }
  return low
}

/** A credit declared stolen: which output, and in which thefts, in the order of the question. */
export interface Declared {
  readonly output: number
  readonly tx: number
  readonly thefts: readonly number[]
}

/** The place of a transaction's block in the run. */
export function blockOf({ blockFirstTx }: SweepChain, tx: number): number {
  let [low, high] = [0, blockFirstTx.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((blockFirstTx[middle] as number) <= tx) low = middle
    else high = middle - 1
  }
  return low
}
