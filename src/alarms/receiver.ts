import type { Queued } from "./alarm-queue.ts"

/** Where notices go. */
export interface Receiver {
  /** Names it in the record of what was delivered; holds no key or password. */
  readonly id: string
  /** What it is called in figures: a webhook by its origin alone, since its path may be a secret. */
  readonly name: string
  /**
   * Resolves when the receiver has it.
   *
   * @throws DeliveryFault where it has not, or where that cannot be known
   */
  readonly deliver: (queued: Queued, signal: AbortSignal) => Promise<void>
}

/** Another try may succeed. */
export class DeliveryFault extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = "DeliveryFault"
  }
}
