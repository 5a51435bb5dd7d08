import { Problem } from "../units/problem.ts"
import type { AlarmQueue, QueuePosition } from "./alarm-queue.ts"
import { readIfThere, replaceFile } from "./durable.ts"

/**
 * How far each receiver has got, on disk. Notices go out in order, so that one position says it all. A receiver that is
 * new to a queue begins with the next notice; the first ones of all begin at the beginning, so that what was queued
 * before they were first written down is not lost.
 */
export class Delivered {
  readonly #file: string
  readonly #positions = new Map<string, QueuePosition>()

  /** @throws Problem `alarm-queue-damaged`, `alarm-unwritable` */
  constructor(file: string, queue: AlarmQueue, receivers: readonly string[]) {
    this.#file = file
    const text = readIfThere(file)
    const known = text === null ? null : readPositions(text, file)
    for (const id of receivers) {
      const position = known === null ? queue.start : (known.get(id) ?? queue.end)
      // A position before what is kept can only be that of a folder put together by hand.
      if (position.number > queue.end.number || position.number < queue.start.number)
        throw new Problem("alarm-queue-damaged", { what: `${position.number}` }, { file })
      this.#positions.set(id, position)
    }
    this.#write()
  }

  of(id: string): QueuePosition {
    const position = this.#positions.get(id)
    if (position === undefined) throw new RangeError(`no receiver ${id}`)
    return position
  }

  /** On disk when it returns. @throws Problem `alarm-unwritable` */
  advance(id: string, position: QueuePosition): void {
    this.#positions.set(id, position)
    this.#write()
  }

  /** The number of the first notice that some receiver still lacks. */
  get least(): number {
    return Math.min(...[...this.#positions.values()].map(({ number }) => number))
  }

  #write(): void {
    replaceFile(this.#file, `${JSON.stringify(Object.fromEntries(this.#positions))}\n`)
  }
}

function readPositions(text: string, file: string): ReadonlyMap<string, QueuePosition> {
  const damaged = () => new Problem("alarm-queue-damaged", { what: "JSON" }, { file })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw damaged()
  }
  if (typeof read !== "object" || read === null) throw damaged()
  return new Map(
    Object.entries(read).map(([id, value]) => {
      if (!isPosition(value)) throw damaged()
      return [id, value]
    }),
  )
}

function isPosition(value: unknown): value is QueuePosition {
  if (typeof value !== "object" || value === null) return false
  const { number, file, offset } = value as Readonly<Record<string, unknown>>
  return [number, file, offset].every(one => typeof one === "number" && Number.isSafeInteger(one) && one >= 0)
}
