/** What is to happen at a height to come; in one height in the order in which it was put down. */
export class Agenda {
  readonly #due = new Map<number, (() => void)[]>()

  at(height: number, does: () => void): void {
    const known = this.#due.get(height)
    if (known === undefined) this.#due.set(height, [does])
    else known.push(does)
  }

  /** What is put down for this height while it runs is done too. */
  run(height: number): void {
    const due = this.#due.get(height) ?? []
    for (const does of due) does()
    this.#due.delete(height)
  }
}
