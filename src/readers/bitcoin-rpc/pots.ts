import type { PotId } from "../../ledger/step.ts"

export interface MadeOutput {
  readonly txid: string
  readonly vout: number
}

/** Outputs numbered as they are met, and where those were made whose making was read. */
export class Pots {
  readonly #outputs: MadeOutput[] = []
  readonly #potOf = new Map<string, PotId>()
  readonly #madeAt = new Map<PotId, number>()

  numberOf(txid: string, vout: number): PotId {
    const name = `${txid}:${vout}`
    const known = this.#potOf.get(name)
    if (known !== undefined) return known
    const pot = this.#outputs.push({ txid, vout }) - 1
    this.#potOf.set(name, pot)
    return pot
  }

  make(txid: string, vout: number, height: number): PotId {
    const pot = this.numberOf(txid, vout)
    this.#madeAt.set(pot, height)
    return pot
  }

  at(pot: PotId): MadeOutput {
    const output = this.#outputs[pot]
    if (output === undefined) throw new Error(`bitcoin rpc: no output has number ${pot}`)
    return output
  }

  heightOf(pot: PotId): number {
    const height = this.#madeAt.get(pot)
    if (height === undefined) throw new Error(`bitcoin rpc: output ${pot} was not read where it was made`)
    return height
  }
}
