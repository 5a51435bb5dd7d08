import { type Label, type Lot, merged, sameLabel } from "./lot.ts"

/**
 * "Labels are numbered as they come into being in evaluation order (by step, then output, then lot; the coinbase
 * last in its block), untraced is 0." A label comes into being when a lot of a declared credit first bears it.
 */
export class LabelNumbers {
  readonly #labels: Label[] = [[]]

  /** Called for the lots of a declared credit in their order, once each has all its thefts. */
  note(label: Label): void {
    if (!this.#labels.some(known => sameLabel(known, label))) this.#labels.push(label)
  }

  #numberOf(label: Label): number {
    const number = this.#labels.findIndex(known => sameLabel(known, label))
    if (number < 0) throw new Error(`oracle: label [${label}] was never declared`)
    return number
  }

  /** One lot a label, in the order of their numbers. */
  table(lots: readonly Lot[]): Lot[] {
    return merged([...lots].sort((a, b) => this.#numberOf(a.label) - this.#numberOf(b.label)))
  }
}
