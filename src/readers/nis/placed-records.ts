import type { Asset } from "../../ledger/asset.ts"
import type { Credit, PotId, Step } from "../../ledger/step.ts"
import type { AccountAnswer, Answer, MovementsAnswer, Need } from "../../tracing/need.ts"
import type { Position } from "../../units/position.ts"
import { AccountRecords } from "../account-records.ts"
import type { PlacedRow } from "./placed-rows.ts"

/**
 * Some rows of a chain as a record of their own, told at their places in the whole chain. Steps, balances and openings
 * are those of `AccountRecords`; positions and pots are translated from its numbers to the source's.
 */
export class PlacedRecords {
  readonly #positions: readonly Position[]
  readonly #records: AccountRecords
  readonly #potOf: readonly PotId[]
  readonly #localOf: ReadonlyMap<PotId, PotId>

  /** @param rows in the order of the chain */
  constructor(rows: readonly PlacedRow[], assetOf: (name: string) => Asset, potOf: (name: string) => PotId) {
    this.#positions = rows.map(({ position }) => position)
    const plain = rows.map(({ row }) => row)
    this.#records = new AccountRecords(plain, null, assetOf)
    const names = new Set<string>()
    for (const { from, to, asset } of plain) {
      for (const account of [from, to]) if (account !== null) names.add(`${account}/${asset}`)
    }
    this.#potOf = Array.from(names, (_, local) => potOf(this.#records.potName(local)))
    this.#localOf = new Map(this.#potOf.map((pot, local) => [pot, local]))
  }

  has(position: Position): boolean {
    return this.#positions[this.#firstAtLeast(position)] === position
  }

  /** The step of the row that a reference names: the record holds it. */
  stepOf(ref: string): Step {
    const { found } = this.#ask({ what: "theft", ref })
    if ("beyond" in found) throw new Error(`nis: ${ref} is beyond its own record`)
    return this.#translated(found.step)
  }

  /** Null where nothing of the pot is recorded. */
  account(pot: PotId, at: Position): AccountAnswer | null {
    const local = this.#localOf.get(pot)
    if (local === undefined) return null
    const next = this.#firstAtLeast(at)
    if (this.#positions[next] === at) return this.#told(this.#ask(accountNeed(local, next)))
    // Nothing stands there: as the pot stands just before the next one, which is yet to come.
    const before = this.#ask(accountNeed(local, next - 0.5))
    const { steps, more } = this.#ask({ what: "movements", pot: local, after: (next - 1) as Position })
    return this.#told({ ...before, steps, more })
  }

  movements(pot: PotId, after: Position): MovementsAnswer {
    const local = this.#localOf.get(pot)
    if (local === undefined) return { what: "movements", steps: [], more: false }
    const last = this.#firstAtLeast(after + 1) - 1
    return this.#told(this.#ask({ what: "movements", pot: local, after: last as Position }))
  }

  #ask<What extends Need["what"]>(need: Need & { what: What }): Answer & { what: What } {
    const [answer] = this.#records.answer([need])
    if (answer?.what !== need.what) throw new Error(`nis: expected an answer to "${need.what}"`)
    return answer as Answer & { what: What }
  }

  #told<Told extends { readonly steps: readonly Step[] }>(answer: Told): Told {
    return { ...answer, steps: answer.steps.map(step => this.#translated(step)) }
  }

  #translated(step: Step): Step {
    const pot = (local: PotId): PotId => this.#potOf[local] as PotId
    const credits = step.credits.map((credit): Credit => {
      const to = typeof credit.to === "number" ? pot(credit.to) : credit.to
      return credit.payer === undefined ? { ...credit, to } : { ...credit, to, payer: pot(credit.payer) }
    })
    return {
      ...step,
      position: this.#positions[step.position] as Position,
      debits: step.debits.map(debit => ({ ...debit, pot: pot(debit.pot) })),
      credits,
    }
  }

  #firstAtLeast(position: number): number {
    let low = 0
    let high = this.#positions.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#positions[middle] as number) < position) low = middle + 1
      else high = middle
    }
    return low
  }
}

function accountNeed(pot: PotId, at: number): Need & { what: "account" } {
  return { what: "account", pot, at: at as Position }
}
