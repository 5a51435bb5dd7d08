import type { Label } from "../ports/label-book.ts"
import { isSameOwner } from "./services-labelled.ts"

/** Actors by one spelling each: lists write the same one differently. */
export class ClusterActors {
  readonly #known: string[] = []
  readonly #spelling = new Map<string, string>()

  /** The first spelling met of this actor. */
  nameOf(actor: string): string {
    const before = this.#spelling.get(actor)
    if (before !== undefined) return before
    const same = this.#known.find(known => isSameOwner(known, actor))
    if (same === undefined) this.#known.push(actor)
    this.#spelling.set(actor, same ?? actor)
    return same ?? actor
  }

  /** The different actors that labels name. */
  namedBy(labels: readonly Label[]): readonly string[] {
    const names = labels.flatMap(({ actor }) => (actor === null ? [] : [this.nameOf(actor)]))
    return [...new Set(names)]
  }
}
