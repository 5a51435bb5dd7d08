import type { PotId, Step } from "../ledger/step.ts"
import { tracedOf } from "../tracing/lot.ts"
import type { Arrived, Findings, Held } from "../tracing/question.ts"
import type { SweptArrival } from "../tracing/sweep/account-state.ts"
import type { AccountSweep } from "../tracing/sweep/account-sweep.ts"
import { getOrMake } from "../units/get-or-make.ts"

/** What a ledger knows of a pot and of a row, asked for what is listed alone. */
export interface AccountNames {
  accountName(pot: PotId): string
  stepAt(row: number): Step
}

/** One rule's sweep in the form of a trace's findings, of each asset the largest holdings and arrivals alone. */
export interface AccountsFound {
  readonly findings: Findings
  /** How many there are in all. */
  readonly holdings: number
  readonly arrivals: number
}

export function accountsFound(
  sweep: AccountSweep,
  thefts: Pick<Findings, "credits" | "unknown">,
  names: AccountNames,
  services: ReadonlyMap<string, string>,
  list: number,
): AccountsFound {
  const held = new Largest<Held>(list)
  for (const one of sweep.held()) held.add(one)
  const arrived = new Largest<SweptArrival>(list)
  for (const one of sweep.arrivals) arrived.add(one)
  const findings = {
    labels: sweep.labels,
    figures: sweep.figures(),
    held: held.kept(),
    arrived: arrived.kept().map(({ pot, row, asset, lots, grade, restsOn }): Arrived => {
      const address = names.accountName(pot)
      const service = services.get(address) ?? ""
      return { service, pot, address, asset, lots, grade, restsOn, step: names.stepAt(row) }
    }),
    unknown: [...thefts.unknown, ...sweep.unknowns()],
    credits: thefts.credits,
  }
  return { findings, holdings: held.count, arrivals: arrived.count }
}

type Traced = Pick<Held, "asset" | "lots" | "pot">

/** Of each asset the largest by what is traced in them, without keeping or sorting all. */
class Largest<T extends Traced> {
  count = 0
  readonly #most: number
  readonly #byAsset = new Map<string, { item: T; traced: bigint }[]>()

  constructor(most: number) {
    this.#most = most
  }

  add(item: T): void {
    this.count++
    const own = getOrMake(this.#byAsset, item.asset, () => [])
    own.push({ item, traced: tracedOf(item.lots) })
    if (own.length >= 2 * this.#most + 1024) this.#byAsset.set(item.asset, this.#cut(own))
  }

  kept(): T[] {
    return [...this.#byAsset.values()].flatMap(own => this.#cut(own).map(({ item }) => item))
  }

  #cut(own: { item: T; traced: bigint }[]): { item: T; traced: bigint }[] {
    own.sort((a, b) => (a.traced === b.traced ? a.item.pot - b.item.pot : a.traced < b.traced ? 1 : -1))
    return own.slice(0, this.#most)
  }
}
