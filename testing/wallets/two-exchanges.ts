import type { ClusterColumns } from "../../src/clustering/cluster-columns.ts"
import { Dice } from "../generator/dice.ts"

/** Two exchanges that never meet but by what is planned. */
export interface TwoExchanges {
  readonly columns: ClusterColumns
  /** By owner: whose it is, 0 or 1. */
  readonly exchangeOf: Uint8Array
  /** The transactions in which both put inputs. */
  readonly meetings: readonly number[]
}

export interface Plan {
  readonly seed: number
  /** Deposit addresses of each. */
  readonly addresses: number
  /** When both put inputs into one transaction, as shares of all addresses that have been given out by then. */
  readonly meetAt: readonly number[]
}

/** Deposits that are swept in one transaction. */
const SWEPT_TOGETHER = 40

/**
 * Each exchange gives out deposit addresses one after the other; with each new one two earlier ones are paid into again.
 * What came is swept forty outputs at a time, so that addresses are swept beside ever others.
 */
export function stageTwoExchanges({ seed, addresses, meetAt }: Plan): TwoExchanges {
  const dice = new Dice(seed)
  const chain = new ColumnChain()
  const given: [number[], number[]] = [[], []]
  const waiting: [number[], number[]] = [[], []]
  const exchangeOf: number[] = []
  const meetings: number[] = []
  const open = (exchange: 0 | 1): number => {
    exchangeOf.push(exchange)
    return exchangeOf.length - 1
  }
  const hot = [open(0), open(1)] as const
  const meetingsAt = new Set(meetAt.map(share => Math.floor(share * addresses)))
  for (let n = 0; n < addresses; n++) {
    for (const exchange of [0, 1] as const) {
      const own = given[exchange]
      own.push(open(exchange))
      for (const owner of [own.at(-1), dice.pick(own), dice.pick(own)]) {
        if (owner !== undefined) waiting[exchange].push(chain.issue(owner))
      }
      if (waiting[exchange].length >= SWEPT_TOGETHER) {
        chain.spend(waiting[exchange].splice(0, SWEPT_TOGETHER), hot[exchange])
      }
    }
    if (!meetingsAt.has(n)) continue
    const both = [dice.draw(waiting[0]), dice.draw(waiting[1])].filter(output => output !== undefined)
    meetings.push(chain.spend(both, hot[0]))
  }
  return { columns: chain.columns(exchangeOf.length), exchangeOf: Uint8Array.from(exchangeOf), meetings }
}

/** Transactions with one output each. */
class ColumnChain {
  readonly #firstInput = [0]
  readonly #inputOutput: number[] = []
  readonly #outputOwner: number[] = []

  issue(owner: number): number {
    return this.spend([], owner)
  }

  /** The transaction, whose output has the same number. */
  spend(outputs: readonly number[], to: number): number {
    for (const output of outputs) this.#inputOutput.push(output)
    this.#firstInput.push(this.#inputOutput.length)
    this.#outputOwner.push(to)
    return this.#outputOwner.length - 1
  }

  columns(ownerCount: number): ClusterColumns {
    const count = this.#outputOwner.length
    return {
      transactionCount: count,
      ownerCount,
      firstInput: Uint32Array.from(this.#firstInput),
      firstOutput: Uint32Array.from({ length: count + 1 }, (_, n) => n),
      inputOutput: Uint32Array.from(this.#inputOutput),
      outputOwner: Uint32Array.from(this.#outputOwner),
      outputValue: new Float64Array(count).fill(100_000),
      ownerKind: new Uint8Array(ownerCount),
      kinds: ["p2wpkh"],
      heightOf: tx => tx,
    }
  }
}
