import type { Alarm, AlarmBlock, AlarmNotice, OutflowAlarm } from "../contracts/alarm.ts"
import type { BlockMoves } from "../ports/block-moves.ts"
import { millisecondsOf } from "../units/time.ts"
import { baseOf, definitionOf } from "./alarm-key.ts"
import { earliestComing, type KeptBlock, MEDIAN_OF } from "./block-clock.ts"
import type { OwnMoves } from "./net-moves.ts"
import { type Found, makeNotice, withdraw } from "./notice.ts"
import { forgetOutflow, type OutflowState, outflowIn, startOutflow, undoOutflow } from "./outflow-watch.ts"
import { arrivalsIn, spentIn } from "./traced-watch.ts"
import type { Rounds, WatchState } from "./watch-state.ts"

export interface WatchOptions {
  readonly chain: string
  readonly alarms: readonly Alarm[]
  /** How many of the newest blocks can be undone. */
  readonly undoDepth: number
  /** By alarm, what its addresses held together before the first block; an alarm that is absent does not know. */
  readonly openings?: ReadonlyMap<string, bigint>
}

/**
 * Holds alarms against a chain, block by block. It computes only: no clock, no disk; the same blocks give the same
 * notices with the same keys. Memory grows with the windows' lengths and the depth of undoing.
 */
export class AlarmWatch {
  readonly #options: WatchOptions
  readonly #outflows = new Map<string, OutflowState>()
  /** Which alarms watch an address. */
  readonly #watchers = new Map<string, Alarm[]>()
  #blocks: readonly KeptBlock[] = []
  #highest = -1
  readonly #rounds: Rounds = new Map()

  /** @param saved what `save` gave; an alarm that is new since, or asks for something else, begins anew */
  constructor(options: WatchOptions, saved: WatchState | null = null) {
    this.#options = options
    for (const alarm of options.alarms) this.#enter(alarm, saved)
    if (saved === null) return
    if (saved.chain !== options.chain) throw new RangeError(`a state of ${saved.chain} for ${options.chain}`)
    this.#blocks = saved.blocks
    this.#highest = saved.highest
    this.#rounds = new Map(saved.rounds)
  }

  #enter(alarm: Alarm, saved: WatchState | null): void {
    if (alarm.kind === "outflow") {
      const kept = saved?.outflows.get(alarm.id)
      const isSame = kept?.definition === definitionOf(alarm)
      const opening = this.#options.openings?.get(alarm.id) ?? null
      this.#outflows.set(alarm.id, isSame ? kept.state : startOutflow(opening))
    }
    if (alarm.kind === "moved" || alarm.kind === "label") return
    for (const address of new Set(alarm.addresses)) {
      const watchers = this.#watchers.get(address)
      if (watchers === undefined) this.#watchers.set(address, [alarm])
      else watchers.push(alarm)
    }
  }

  /** The newest block; null before the first. */
  get tip(): AlarmBlock | null {
    return this.#blocks.at(-1) ?? null
  }

  /**
   * Takes in the next block of the chain and gives what rings in it, in the order of the alarms.
   *
   * @throws RangeError where it is of another chain or not above the newest block
   */
  add(block: BlockMoves): readonly AlarmNotice[] {
    const { chain, alarms, undoDepth } = this.#options
    const tip = this.#blocks.at(-1)
    if (block.chain !== chain || (tip !== undefined && block.height <= tip.height))
      throw new RangeError(`block ${block.height} of ${block.chain} after ${tip?.height} of ${chain}`)
    const clock = block.time === null ? (tip?.clock ?? null) : millisecondsOf(block.time)
    const own = this.#movesByAlarm(block)
    const rung = alarms.flatMap(alarm => this.#look(alarm, block, clock, own.get(alarm.id)))
    const { height, hash, time } = block
    this.#blocks = [...this.#blocks, { height, hash, time, clock, rung }].slice(-(undoDepth + MEDIAN_OF))
    this.#highest = Math.max(this.#highest, height)
    this.#forget()
    return rung
  }

  #movesByAlarm({ debits, credits }: BlockMoves): ReadonlyMap<string, OwnMoves> {
    const own = new Map<string, OwnMoves>()
    for (const side of ["debits", "credits"] as const) {
      for (const move of side === "debits" ? debits : credits) {
        for (const { id } of move.address === null ? [] : (this.#watchers.get(move.address) ?? [])) {
          const moves = own.get(id) ?? { debits: [], credits: [] }
          own.set(id, moves)
          moves[side].push(move)
        }
      }
    }
    return own
  }

  #look(alarm: Alarm, block: BlockMoves, clock: number | null, own: OwnMoves = NOTHING): AlarmNotice[] {
    const { height, hash, time } = block
    const at: AlarmBlock = { height, hash, time }
    const { kind } = alarm
    if (kind === "label") return []
    if (kind === "outflow") return this.#lookAtOutflow(alarm, at, clock, own)
    const found = kind === "arrival" ? arrivalsIn(alarm, own) : spentIn(alarm, block.debits)
    return found.map(one => {
      const subject = JSON.stringify([one.tx, one.asset])
      return this.#notice(alarm, "raised", subject, { kind, block: at, found: one }, hash)
    })
  }

  #lookAtOutflow(alarm: OutflowAlarm, block: AlarmBlock, clock: number | null, own: OwnMoves): AlarmNotice[] {
    const before = this.#outflows.get(alarm.id) ?? startOutflow(null)
    const { state, raised, unknown } = outflowIn(alarm, before, { height: block.height, clock }, own)
    this.#outflows.set(alarm.id, state)
    const told = [
      { status: "raised", subject: "window", found: raised },
      { status: "unknown", subject: "balance", found: unknown },
    ] as const
    return told.flatMap(({ status, subject, found }) =>
      found === null
        ? []
        : [this.#notice(alarm, status, subject, { kind: "outflow", block, found }, block.hash)],
    )
  }

  #notice(alarm: Alarm, status: "raised" | "unknown", subject: string, found: Found, hash: string) {
    const { chain } = this.#options
    const base = baseOf(chain, alarm, hash, subject)
    const round = (this.#rounds.get(base)?.withdrawn ?? 0) + 1
    return makeNotice(chain, alarm, base, status, round, found)
  }

  /**
   * Takes back the newest block and gives the withdrawals of what rang in it, the last first.
   *
   * @throws RangeError where it is not the newest block, or lies deeper than undoing was asked for
   */
  undo(height: number, hash: string): readonly AlarmNotice[] {
    const tip = this.#blocks.at(-1)
    if (tip === undefined || tip.height !== height || tip.hash !== hash)
      throw new RangeError(`block ${height} ${hash} is not the newest, which is ${tip?.height} ${tip?.hash}`)
    if (height <= this.#highest - this.#options.undoDepth)
      throw new RangeError(`block ${height} is more than ${this.#options.undoDepth} below ${this.#highest}`)
    for (const [id, state] of this.#outflows) this.#outflows.set(id, undoOutflow(state, height))
    this.#blocks = this.#blocks.slice(0, -1)
    for (const { base, round } of tip.rung) this.#rounds.set(base, { height, withdrawn: round })
    return tip.rung.map(withdraw).reverse()
  }

  #forget(): void {
    const { alarms, undoDepth } = this.#options
    const lowest = this.#highest - undoDepth + 1
    const earliest = earliestComing(this.#blocks, undoDepth)
    for (const alarm of alarms) {
      const state = this.#outflows.get(alarm.id)
      if (alarm.kind === "outflow" && state !== undefined)
        this.#outflows.set(alarm.id, forgetOutflow(alarm, state, lowest, earliest))
    }
    // What cannot be undone any more cannot come back either.
    for (const [base, { height }] of this.#rounds) if (height < lowest) this.#rounds.delete(base)
  }

  /** All that a later watch needs to go on; `watch-state.ts` makes JSON of it. */
  save(): WatchState {
    const outflows = this.#options.alarms.flatMap(alarm => {
      const state = this.#outflows.get(alarm.id)
      return state === undefined ? [] : [[alarm.id, { definition: definitionOf(alarm), state }] as const]
    })
    return {
      chain: this.#options.chain,
      highest: this.#highest,
      blocks: this.#blocks,
      rounds: new Map(this.#rounds),
      outflows: new Map(outflows),
    }
  }
}

const NOTHING: OwnMoves = { debits: [], credits: [] }
