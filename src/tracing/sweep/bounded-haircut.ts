import { dealtHere, HaircutSweep, type LayerStep } from "./haircut-sweep.ts"
import { PullSweep } from "./pull-sweep.ts"
import type { SweepBook } from "./sweep-book.ts"
import type { SweepChain } from "./sweep-chain.ts"
import type { SweepQuestion, SweepState } from "./sweep-question.ts"

/**
 * Above it a pass for each label is the wrong way. Labels are ordered lists of thefts, and each theft of coins in which
 * others are mixed already can double them; most of them then hold little, which `PullSweep` goes after and nothing else.
 */
export const MOST_LAYERS = 64

/** Haircut, label by label while labels are few; from the run on in which they become many, output by output. */
export class BoundedHaircut {
  readonly #question: SweepQuestion
  readonly #most: number
  #sweep: HaircutSweep | PullSweep

  /** @param isShared whether the layers are dealt in other threads */
  constructor(
    question: SweepQuestion,
    state: SweepState | null = null,
    most = MOST_LAYERS,
    isShared = false,
  ) {
    this.#question = question
    this.#most = most
    const layers = (state?.book.labels.length ?? 1) - 1
    this.#sweep =
      layers > most ? new PullSweep(question, state) : new HaircutSweep(question, state, most, isShared)
  }

  get book(): SweepBook {
    return this.#sweep.book
  }

  state(): SweepState {
    return this.#sweep.state()
  }

  run(chain: SweepChain): void {
    dealtHere(this.steps(chain))
  }

  /** As `HaircutSweep.steps`; none where it goes output by output. */
  *steps(chain: SweepChain): Generator<LayerStep, boolean> {
    const sweep = this.#sweep
    if (sweep instanceof PullSweep) {
      sweep.run(chain)
      return true
    }
    // A state is a copy of everything: only where it could be wanted.
    const before = this.#couldBeMany(chain) ? sweep.state() : null
    if (yield* sweep.steps(chain)) return true
    const pull = new PullSweep(this.#question, before)
    pull.run(chain)
    this.#sweep = pull
    return true
  }

  /** Of every label that there is, the untraced too, a declared credit can make one more. */
  #couldBeMany(chain: SweepChain): boolean {
    let labels = this.book.labels.count
    for (const { tx } of this.#question.declared) if (tx >= chain.txFrom && tx < chain.txEnd) labels *= 2
    return labels - 1 > this.#most
  }
}
