import type { RuleName } from "../ledger/vocabulary.ts"
import type { SweepTrail } from "../stores/sweeps/sweep-trail.ts"
import type { SweepLedger } from "../stores/utxo-ledger/sweep-ledger.ts"
import { PullSweep } from "../tracing/sweep/pull-sweep.ts"
import { openSweep } from "../tracing/sweep/sweep.ts"
import type { Declared, SweepChain } from "../tracing/sweep/sweep-chain.ts"
import { type BlockLots, type Spelling, sweepTelling } from "./follow-lots.ts"

/** Far behind, blocks are swept in runs of about so many transactions. */
const RUN_TRANSACTIONS = 2_000_000
/** As many blocks as a ledger takes back: one state is kept from before them. */
const WINDOW = 100

interface Stand {
  readonly height: number
  readonly hash: string
}

/** One rule's sweep kept at the block that was told last. */
export class FollowedRule {
  readonly rule: RuleName
  readonly #fees: "drop" | "follow"
  readonly #trail: SweepTrail
  #sweep: PullSweep | null = null
  #declared: readonly Declared[] = []
  #stand: Stand | null = null
  #saved = -1

  constructor(rule: RuleName, fees: "drop" | "follow", trail: SweepTrail) {
    this.rule = rule
    this.#fees = fees
    this.#trail = trail
  }

  /**
   * Brings the sweep to a block: from where it is, from the newest kept state before it, or from the beginning.
   *
   * @param upTo the ledger up to that block and no further
   * @param declared of the whole ledger
   * @returns the height of the kept state that it went on from; null where it began at the beginning, or had not to move
   * @throws Problem `ledger-damaged`
   */
  bringTo(
    upTo: SweepLedger,
    declaredUpTo: readonly Declared[],
    declared: readonly Declared[],
  ): number | null | "there" {
    const { horizon } = upTo
    if (horizon === null) throw new Error("follow: an empty ledger has no block to be brought to")
    if (this.#sweep !== null && this.#stand?.hash === horizon.hash) {
      if (JSON.stringify(declared) !== JSON.stringify(this.#declared))
        this.#open(this.#sweep.state(), declared)
      return "there"
    }
    const saved = this.#trail.newest(
      ({ height, hash }) => height <= horizon.height && upTo.hashAt(height) === hash,
    )
    const question = { rule: this.rule, fees: this.#fees, declared: declaredUpTo }
    const sweep = openSweep(question, saved?.state ?? null)
    const before = horizon.height - WINDOW
    for (const [start, end] of upTo.runs((saved?.horizon.height ?? -1) + 1, RUN_TRANSACTIONS)) {
      if (start <= before && before + 1 < end) {
        sweep.run(upTo.run(start, before + 1))
        this.#trail.save({ horizon: { height: before, hash: upTo.hashAt(before) }, state: sweep.state() })
        sweep.run(upTo.run(before + 1, end))
      } else sweep.run(upTo.run(start, end))
    }
    this.#open(sweep.state(), declared)
    this.#stand = horizon
    this.#saved = -1
    return saved?.horizon.height ?? null
  }

  #open(state: ReturnType<PullSweep["state"]>, declared: readonly Declared[]): void {
    this.#declared = declared
    this.#sweep = new PullSweep({ rule: this.rule, fees: this.#fees, declared }, state)
  }

  /** Sweeps the next block. */
  step(chain: SweepChain, stand: Stand, theftIds: readonly string[]): BlockLots {
    if (this.#sweep === null) throw new Error("follow: a rule is stepped before it stands anywhere")
    const spelling: Spelling = { rule: this.rule, theftIds }
    const lots = sweepTelling(this.#sweep, chain, this.#declared, spelling)
    this.#stand = stand
    return lots
  }

  /** Keeps where it stands, if that is not kept yet. */
  keep(isOnChain: (stand: Stand) => boolean): void {
    if (this.#sweep === null || this.#stand === null || this.#saved === this.#stand.height) return
    this.#trail.save({ horizon: this.#stand, state: this.#sweep.state() })
    this.#trail.thin(this.#stand.height, isOnChain)
    this.#saved = this.#stand.height
  }
}
