import { blockOf, type Declared, type SweepChain } from "./sweep-chain.ts"

/** A transaction with a declared credit, when its turn comes in a run of blocks. */
export interface DeclaredTurn {
  readonly tx: number
  readonly block: number
  readonly isCoinbase: boolean
  /** The first transaction that is not evaluated before it. */
  readonly before: number
}

/** The credits declared stolen, by transaction. */
export class DeclaredCredits {
  readonly #byTx = new Map<number, Map<number, readonly number[]>>()

  constructor(declared: readonly Declared[]) {
    for (const { tx, output, thefts } of declared) {
      const own = this.#byTx.get(tx) ?? new Map<number, readonly number[]>()
      this.#byTx.set(tx, own.set(output, thefts))
    }
  }

  get transactions(): Iterable<number> {
    return this.#byTx.keys()
  }

  has(tx: number): boolean {
    return this.#byTx.has(tx)
  }

  /** The thefts that name an output, in the order of the question; undefined where none does. */
  theftsOf(tx: number, output: number): readonly number[] | undefined {
    return this.#byTx.get(tx)?.get(output)
  }

  /** Those of a run, in the order of evaluation: a coinbase after all others of its block. */
  turnsIn(chain: SweepChain): DeclaredTurn[] {
    return [...this.#byTx.keys()]
      .filter(tx => tx >= chain.txFrom && tx < chain.txEnd)
      .sort((a, b) => turnOf(chain, a) - turnOf(chain, b))
      .map(tx => {
        const block = blockOf(chain, tx)
        const isCoinbase = chain.blockFirstTx[block] === tx
        return { tx, block, isCoinbase, before: isCoinbase ? (chain.blockFirstTx[block + 1] as number) : tx }
      })
  }
}

/** A coinbase has its turn after all others of its block: between two whole numbers. */
export function turnOf(chain: SweepChain, tx: number): number {
  const block = blockOf(chain, tx)
  return chain.blockFirstTx[block] === tx ? (chain.blockFirstTx[block + 1] as number) - 0.5 : tx
}
