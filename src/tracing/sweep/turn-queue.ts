/** Transactions waiting for their turn, the earliest first, each once: a binary heap of numbers. */
export class TurnQueue {
  readonly #heap: number[] = []
  readonly #waiting = new Set<number>()

  add(turn: number): void {
    if (this.#waiting.has(turn)) return
    this.#waiting.add(turn)
    const heap = this.#heap
    let at = heap.push(turn) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = heap[above] as number
      if (other <= turn) break
      heap[at] = other
      at = above
    }
    heap[at] = turn
  }

  /** The earliest that waits; undefined when none does. */
  next(): number | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined) return undefined
    this.#waiting.delete(first)
    if (heap.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && (heap[below + 1] as number) < (heap[below] as number)) below++
      const other = heap[below] as number
      if (other >= last) break
      heap[at] = other
      at = below
    }
    heap[at] = last
    return first
  }
}
