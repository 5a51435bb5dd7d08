/** A label's number; 0 is untraced. Numbers rise as labels come into being, which haircut's rounding rests on. */
export type Label = number
export const UNTRACED: Label = 0

/**
 * The labels of one run: each an ordered list of thefts, first theft first. Under poison a label is a set, so
 * lists are kept sorted and the order in which thefts touched a coin is not remembered.
 */
export class LabelTable {
  readonly #kind: "list" | "set"
  readonly #thefts: (readonly number[])[] = [[]]
  readonly #numberOf = new Map<string, Label>([["", UNTRACED]])

  constructor(kind: "list" | "set") {
    this.#kind = kind
  }

  /** The thefts that a label names, by their index in the question. */
  theftsOf(label: Label): readonly number[] {
    const thefts = this.#thefts[label]
    if (thefts === undefined)
      throw new RangeError(`label: expected one of ${this.#thefts.length}, got ${label}`)
    return thefts
  }

  /**
   * The label that names these thefts, first theft first. It comes into being here: of a credit declared in several
   * thefts only the label that its lots end up with has a number.
   */
  naming(thefts: readonly number[]): Label {
    const listed = this.#kind === "set" ? thefts.toSorted((a, b) => a - b) : thefts
    const key = listed.join(",")
    let label = this.#numberOf.get(key)
    if (label === undefined) {
      label = this.#thefts.push(listed) - 1
      this.#numberOf.set(key, label)
    }
    return label
  }

  get count(): number {
    return this.#thefts.length
  }

  /** Forgets all labels but the first so many: what made the others is undone. */
  keep(count: number): void {
    for (const thefts of this.#thefts.splice(count)) this.#numberOf.delete(thefts.join(","))
  }

  /** What every label names, by its number: for who saves them. */
  all(): readonly (readonly number[])[] {
    return this.#thefts
  }

  /** The set of all thefts of two labels (poison). */
  union(a: Label, b: Label): Label {
    if (a === b || b === UNTRACED) return a
    if (a === UNTRACED) return b
    return this.naming([...new Set([...this.theftsOf(a), ...this.theftsOf(b)])])
  }
}
