import type { Step } from "../ledger/step.ts"

/** The steps still to be evaluated, the earliest first: a binary heap by position. */
export class Agenda {
  readonly #heap: Step[] = []

  add(step: Step): void {
    const heap = this.#heap
    let at = heap.push(step) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as Step
      if (above.position <= step.position) break
      heap[at] = above
      at = parent
    }
    heap[at] = step
  }

  /** Removes and returns the earliest step, or undefined when there is none. */
  next(): Step | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right !== undefined && right.position < (heap[child] as Step).position) child++
      const below = heap[child] as Step
      if (below.position >= last.position) break
      heap[at] = below
      at = child
    }
    heap[at] = last
    return first
  }
}
