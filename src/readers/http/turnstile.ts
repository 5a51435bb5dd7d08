import type { Clock } from "./clock.ts"

/**
 * Lets requests through one by one: no two begin within `spacing` milliseconds, and no more than `atOnce` are under
 * way. Evenly spaced rather than so many a second in bursts: no window of a second holds more, wherever it begins.
 */
export class Turnstile {
  readonly #clock: Clock
  readonly #spacing: number
  readonly #atOnce: number
  readonly #waiting: (() => void)[] = []
  #inside = 0
  #nextStart = 0

  constructor(clock: Clock, perSecond: number, atOnce: number) {
    this.#clock = clock
    this.#spacing = 1000 / perSecond
    this.#atOnce = atOnce
  }

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside >= this.#atOnce) {
      await new Promise<void>(resolve => {
        this.#waiting.push(resolve)
      })
    } else this.#inside++
    try {
      await this.#untilMyTurn()
      return await work()
    } finally {
      // A place is handed on, not given up, where someone waits for it: nobody can slip in between.
      const next = this.#waiting.shift()
      if (next === undefined) this.#inside--
      else next()
    }
  }

  /** Lets nobody begin for so long. */
  hold(milliseconds: number): void {
    this.#nextStart = Math.max(this.#nextStart, this.#clock.now() + milliseconds)
  }

  async #untilMyTurn(): Promise<void> {
    const start = Math.max(this.#clock.now(), this.#nextStart)
    this.#nextStart = start + this.#spacing
    // A timer may fire a little early, and the next start is reckoned from this one.
    for (let left = start - this.#clock.now(); left > 0; left = start - this.#clock.now()) {
      await this.#clock.sleep(Math.ceil(left))
    }
  }
}
