import type { PotId } from "../../ledger/step.ts"
import type { Position } from "../../units/position.ts"
import { disagreement } from "./disagreement.ts"

interface KnownOutput {
  readonly txid: string
  readonly vout: number
  readonly amount: bigint
  made: Position | null
  spent: { readonly by: string; readonly at: Position } | null
}

/**
 * Every output met, numbered as it is met, and what the explorer's several answers say of it. They must agree: the
 * maker's amount is the spender's, nobody spends before it is made, and nobody twice.
 */
export class Outputs {
  readonly #known: KnownOutput[] = []
  readonly #potOf = new Map<string, PotId>()

  at(pot: PotId): { readonly txid: string; readonly vout: number } {
    return this.#at(pot)
  }

  nameOf(pot: PotId): string {
    const { txid, vout } = this.#at(pot)
    return `${txid}:${vout}`
  }

  make(txid: string, vout: number, amount: bigint, at: Position): PotId {
    const pot = this.#meet(txid, vout, amount)
    const output = this.#at(pot)
    output.made = at
    this.#checkOrder(output)
    return pot
  }

  spend(txid: string, vout: number, amount: bigint, by: string, at: Position): PotId {
    const pot = this.#meet(txid, vout, amount)
    const output = this.#at(pot)
    if (output.spent !== null && output.spent.by !== by) {
      throw disagreement(`/tx/${by}`, `${txid}:${vout} is also spent by ${output.spent.by}`)
    }
    output.spent = { by, at }
    this.#checkOrder(output)
    return pot
  }

  /** The engine passes over a step that comes before one it has evaluated: what it took would be lost without a word. */
  #checkOrder({ txid, vout, made, spent }: KnownOutput): void {
    if (made === null || spent === null || spent.at > made) return
    throw disagreement(`/tx/${spent.by}`, `spends ${txid}:${vout} before it is made`)
  }

  #at(pot: PotId): KnownOutput {
    const known = this.#known[pot]
    if (known === undefined) throw new Error(`esplora: no output has number ${pot}`)
    return known
  }

  #meet(txid: string, vout: number, amount: bigint): PotId {
    const name = `${txid}:${vout}`
    const pot = this.#potOf.get(name)
    if (pot === undefined) {
      this.#potOf.set(name, this.#known.length)
      return this.#known.push({ txid, vout, amount, made: null, spent: null }) - 1
    }
    const known = this.#at(pot).amount
    if (known !== amount) throw disagreement(`/tx/${txid}`, `output ${vout} is of ${known} and of ${amount}`)
    return pot
  }
}
