import type { Grade } from "../ledger/grade.ts"
import { weakest } from "../ledger/grade.ts"
import type { PotId, Step } from "../ledger/step.ts"
import type { Lots } from "./lot.ts"
import type { Pool } from "./pool.ts"
import { bothRestOn, type RestsOn } from "./rests-on.ts"

/** What travels with traced value: how far it is from the theft, how well founded, and what it rests on. */
export interface Trail {
  readonly hop: number
  readonly grade: Grade
  readonly restsOn: RestsOn
}

/** The trail of value fed by several: the least hop, the weakest grade, all that any rests on. */
export function joined(a: Trail, b: Trail): Trail {
  return {
    hop: Math.min(a.hop, b.hop),
    grade: weakest(a.grade, b.grade),
    restsOn: bothRestOn(a.restsOn, b.restsOn),
  }
}

/** An unspent output that holds traced value. */
export interface TracedOutput {
  readonly asset: string
  readonly address: string | null
  readonly amount: bigint
  readonly lots: Lots
  readonly trail: Trail
}

/** An account's pot that holds traced value, followed movement by movement until it holds none. */
export interface TracedAccount {
  readonly asset: string
  readonly address: string | null
  readonly pool: Pool
  trail: Trail
  /** Movements still to come, as far as the source has told; `more` says that it has more. */
  upcoming: readonly Step[]
  next: number
  more: boolean
}

/** What the debits of a step bring: their pots, if traced, and the trail of what they hold. */
export interface Drawn {
  readonly from: Set<PotId>
  trail: Trail | null
}

export function nothingDrawn(): Drawn {
  return { from: new Set(), trail: null }
}

export function drawFrom(drawn: Drawn, pot: PotId, trail: Trail): void {
  drawn.from.add(pot)
  drawn.trail = drawn.trail === null ? trail : joined(drawn.trail, trail)
}
