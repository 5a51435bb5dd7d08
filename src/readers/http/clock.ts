import { setTimeout as sleepFor } from "node:timers/promises"

/** The time and the waiting for it, so that a test need not wait. */
export interface Clock {
  /** Milliseconds since 1970; never runs backwards. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
}

export const SYSTEM_CLOCK: Clock = {
  // Not `Date.now`: where the machine's clock is set back by an hour, a request would wait for an hour.
  now: () => performance.timeOrigin + performance.now(),
  sleep: async milliseconds => {
    await sleepFor(milliseconds)
  },
}
