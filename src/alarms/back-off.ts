import { setTimeout as sleepFor } from "node:timers/promises"

export interface BackOff {
  readonly firstMs: number
  readonly mostMs: number
  /** From 0 to below 1. */
  readonly random: () => number
  /** Ends early, without an error, when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export const BACK_OFF: BackOff = {
  firstMs: 1_000,
  mostMs: 300_000,
  random: Math.random,
  sleep: async (milliseconds, signal) => {
    try {
      await sleepFor(milliseconds, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}

/** Twice as long after each failure, up to the most; half of it by chance, so that many do not come back at once. */
export function waitAfter(failures: number, { firstMs, mostMs, random }: BackOff): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 40))
  return whole / 2 + (whole / 2) * random()
}
