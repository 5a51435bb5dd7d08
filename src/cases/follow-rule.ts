import type { RuleName } from "../ledger/vocabulary.ts"
import type { BlockAt } from "./follow-ledger.ts"

/** As many blocks as a ledger takes back: one state is kept from before them. */
const WINDOW = 100

interface Kept<State> {
  readonly horizon: BlockAt
  readonly state: State
}

/** Where a rule's states are kept: see `stores/sweeps/state-trail.ts`. */
export interface Trail<State> {
  newest(
    isOnChain: (horizon: BlockAt) => boolean,
    isOfUse: (kept: Kept<State>) => boolean,
  ): Kept<State> | null
  save(kept: Kept<State>): void
  thin(tip: number, isOnChain: (horizon: BlockAt) => boolean): void
}

/** How a ledger, as it is published now, is swept under one rule. */
export interface Sweeping<State, Sweep> {
  readonly trail: Trail<State>
  hashAt(height: number): string | null
  /** Whether a sweep of this ledger from its beginning would have come to a state of one of its blocks. */
  holds(state: State): boolean
  /** Whole runs of blocks: after a block, or from the first one on (null), to another. */
  sweep(after: { readonly height: number; readonly state: State } | null, height: number): State
  /** To go on from a state block by block. */
  open(state: State): Sweep
  /** What was opened in an earlier round, for this one; null where it is of no use there. */
  carry(sweep: Sweep): Sweep | null
  stateOf(sweep: Sweep): State
}

/** One rule's sweep kept at the block that was told last, over ledgers of whatever shape. */
export class FollowedRule<State, Sweep> {
  readonly rule: RuleName
  #sweep: Sweep | null = null
  #stand: BlockAt | null = null
  #saved = -1

  constructor(rule: RuleName) {
    this.rule = rule
  }

  /**
   * Brings the sweep to a block: from where it is, from the newest kept state before it, or from the beginning.
   *
   * @throws Problem `ledger-damaged`
   */
  bringTo(block: BlockAt, ledger: Sweeping<State, Sweep>): void {
    if (this.#sweep !== null && this.#stand?.hash === block.hash) {
      this.#sweep = ledger.carry(this.#sweep)
      if (this.#sweep !== null) return
    }
    this.#sweep = ledger.open(broughtTo(block, ledger))
    this.#stand = block
    this.#saved = -1
  }

  /** Sweeps the next block. */
  step<Told>(block: BlockAt, work: (sweep: Sweep) => Told): Told {
    if (this.#sweep === null) throw new Error("follow: a rule is stepped before it stands anywhere")
    const told = work(this.#sweep)
    this.#stand = block
    return told
  }

  /** Keeps where it stands, if that is not kept yet. */
  keep({ trail, hashAt, stateOf }: Sweeping<State, Sweep>): void {
    if (this.#sweep === null || this.#stand === null || this.#saved === this.#stand.height) return
    trail.save({ horizon: this.#stand, state: stateOf(this.#sweep) })
    trail.thin(this.#stand.height, ({ height, hash }) => hashAt(height) === hash)
    this.#saved = this.#stand.height
  }
}

function broughtTo<State>(block: BlockAt, ledger: Sweeping<State, unknown>): State {
  const kept = ledger.trail.newest(
    ({ height, hash }) => height <= block.height && ledger.hashAt(height) === hash,
    ({ state }) => ledger.holds(state),
  )
  let at = kept === null ? null : { height: kept.horizon.height, state: kept.state }
  const before = block.height - WINDOW
  const hash = ledger.hashAt(before)
  if (hash !== null && (at === null || at.height < before)) {
    at = { height: before, state: ledger.sweep(at, before) }
    ledger.trail.save({ horizon: { height: before, hash }, state: at.state })
  }
  return at !== null && at.height === block.height ? at.state : ledger.sweep(at, block.height)
}
