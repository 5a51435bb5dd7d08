import type { Step } from "../ledger/step.ts"

/** A step with ten thousand inputs is asked for by each of them: it is made once, not ten thousand times. */
const MOST_KEPT = 4096

/** The steps made last, by position. */
export class StepCache {
  readonly #steps = new Map<number, Step>()

  get(position: number, make: () => Step): Step {
    const known = this.#steps.get(position)
    if (known !== undefined) return known
    if (this.#steps.size >= MOST_KEPT) this.#steps.clear()
    const step = make()
    this.#steps.set(position, step)
    return step
  }
}
