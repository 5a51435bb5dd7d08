import { join } from "node:path"
import type { AlarmQueue } from "./alarm-queue.ts"
import { BACK_OFF, type BackOff, waitAfter } from "./back-off.ts"
import { Delivered } from "./delivered.ts"
import { DeliveryFault, type Receiver } from "./receiver.ts"

export interface ReceiverFigures {
  readonly name: string
  /** Since this delivery began. */
  readonly delivered: number
  readonly failures: number
  /** How many notices wait for it. */
  readonly waiting: number
  /** Why the last try failed; null once it has succeeded. */
  readonly lastFault: string | null
}

interface Counts {
  delivered: number
  failures: number
  lastFault: string | null
}

/**
 * Takes notices from a queue to its receivers: to each in order and by itself, so that one that is away holds up nobody
 * else; each again until it is taken. A notice counts as delivered once that is on disk: killed before, it goes out
 * again under the same key. In memory is one notice for each receiver.
 */
export class Delivery {
  readonly #queue: AlarmQueue
  readonly #receivers: readonly Receiver[]
  readonly #delivered: Delivered
  readonly #backOff: BackOff
  readonly #counts = new Map<string, Counts>()
  #waiting: (() => void)[] = []

  /**
   * To be made before anything is added to the queue.
   *
   * @param folder of the queue; what was delivered is kept there
   * @throws Problem `alarm-queue-damaged`, `alarm-unwritable`
   */
  constructor(
    folder: string,
    queue: AlarmQueue,
    receivers: readonly Receiver[],
    backOff: BackOff = BACK_OFF,
  ) {
    if (receivers.length === 0) throw new RangeError("no receiver")
    this.#queue = queue
    this.#receivers = receivers
    this.#backOff = backOff
    const ids = receivers.map(({ id }) => id)
    this.#delivered = new Delivered(join(folder, "delivered.json"), queue, ids)
    for (const id of ids) this.#counts.set(id, { delivered: 0, failures: 0, lastFault: null })
  }

  /**
   * Delivers until the signal aborts; then it resolves, within the time that a receiver has to answer.
   *
   * @throws Problem where the queue cannot be read or written any more
   */
  async run(signal: AbortSignal): Promise<void> {
    const stopped = new AbortController()
    const either = AbortSignal.any([signal, stopped.signal])
    const runs = this.#receivers.map(async receiver => {
      try {
        await this.#serve(receiver, either)
      } catch (error) {
        stopped.abort()
        throw error
      }
    })
    const ended = await Promise.allSettled(runs)
    for (const one of ended) if (one.status === "rejected") throw one.reason
  }

  async #serve(receiver: Receiver, signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const position = this.#delivered.of(receiver.id)
      const queued = this.#queue.read(position)
      if (queued === null) {
        await this.#queue.changed(position.number, signal)
        continue
      }
      const fault = await tryOnce(() => receiver.deliver(queued, signal))
      if (fault === null) {
        failures = 0
        this.#delivered.advance(receiver.id, queued.next)
        this.#queue.forget(this.#delivered.least)
        this.#count(receiver.id, null)
      } else if (!signal.aborted) {
        failures++
        this.#count(receiver.id, fault)
        await this.#backOff.sleep(waitAfter(failures, this.#backOff), signal)
      }
    }
  }

  #count(id: string, fault: string | null): void {
    const counts = this.#counts.get(id)
    if (counts === undefined) throw new RangeError(`no receiver ${id}`)
    counts.lastFault = fault
    if (fault !== null) counts.failures++
    else counts.delivered++
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Resolves when everybody has everything (true), or after this time (false). */
  async settled(milliseconds: number): Promise<boolean> {
    const end = performance.now() + milliseconds
    while (this.#delivered.least <= this.#queue.count) {
      const left = end - performance.now()
      if (left <= 0) return false
      const news = new Promise<void>(resolve => {
        this.#waiting.push(resolve)
      })
      const over = new AbortController()
      await Promise.race([news, BACK_OFF.sleep(Math.min(left, 1_000), over.signal)])
      over.abort()
    }
    return true
  }

  get figures(): readonly ReceiverFigures[] {
    return this.#receivers.map(({ id, name }) => {
      const { delivered = 0, failures = 0, lastFault = null } = this.#counts.get(id) ?? {}
      const waiting = this.#queue.count + 1 - this.#delivered.of(id).number
      return { name, delivered, failures, waiting, lastFault }
    })
  }
}

/** Null where it succeeded. Another error than a fault of the receiver is ours. */
async function tryOnce(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof DeliveryFault) return error.message
    throw error
  }
}
