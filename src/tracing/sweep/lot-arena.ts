import type { FlatLots } from "./flat-lots.ts"

const FIRST_ROOM = 1 << 12

/**
 * The lots of all traced pots, one pot after the other in two typed arrays. New ones are put at the end; what pots that
 * are gone have left is cleared away when the room is used up, which costs no more than what was put in since.
 */
export class LotArena {
  labels = new Uint32Array(FIRST_ROOM)
  amounts = new Float64Array(FIRST_ROOM)
  /** The first place that is free. */
  top = 0
  /** By pot: its output and where its lots are; a pot that is gone has none. */
  outputs = new Uint32Array(FIRST_ROOM)
  starts = new Uint32Array(FIRST_ROOM)
  ends = new Uint32Array(FIRST_ROOM)
  #pots = 0
  readonly #gone: number[] = []

  /** Room for so many more lots. */
  reserve(more: number): void {
    if (this.top + more <= this.labels.length) return
    let live = 0
    for (let pot = 0; pot < this.#pots; pot++)
      live += (this.ends[pot] as number) - (this.starts[pot] as number)
    const room = Math.max(this.labels.length, 2 * (live + more))
    const [labels, amounts] = [new Uint32Array(room), new Float64Array(room)]
    let top = 0
    for (let pot = 0; pot < this.#pots; pot++) {
      const [start, end] = [this.starts[pot] as number, this.ends[pot] as number]
      this.starts[pot] = top
      for (let at = start; at < end; at++) {
        labels[top] = this.labels[at] as number
        amounts[top++] = this.amounts[at] as number
      }
      this.ends[pot] = top
    }
    this.labels = labels
    this.amounts = amounts
    this.top = top
  }

  /** A pot of the lots between two places; its number. */
  keep(output: number, start: number, end: number): number {
    const pot = this.#gone.pop() ?? this.#pots++
    if (pot === this.outputs.length) this.#grow()
    this.outputs[pot] = output
    this.starts[pot] = start
    this.ends[pot] = end
    return pot
  }

  /** A pot of these lots; its number. */
  add(output: number, lots: FlatLots): number {
    this.reserve(lots.length / 2)
    const start = this.top
    for (let at = 0; at < lots.length; at += 2) {
      this.labels[this.top] = lots[at] as number
      this.amounts[this.top++] = lots[at + 1] as number
    }
    return this.keep(output, start, this.top)
  }

  drop(pot: number): void {
    this.starts[pot] = 0
    this.ends[pot] = 0
    this.#gone.push(pot)
  }

  /** Lots between two places, as the books take them. */
  lots(start: number, end: number): FlatLots {
    const lots: number[] = []
    for (let at = start; at < end; at++) lots.push(this.labels[at] as number, this.amounts[at] as number)
    return lots
  }

  /** The numbers of all pots that are there. */
  *pots(): Generator<number> {
    for (let pot = 0; pot < this.#pots; pot++) if (this.ends[pot] !== this.starts[pot]) yield pot
  }

  #grow(): void {
    const room = 2 * this.outputs.length
    this.outputs = grown(this.outputs, room)
    this.starts = grown(this.starts, room)
    this.ends = grown(this.ends, room)
  }
}

function grown(from: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(room)
  to.set(from)
  return to
}
