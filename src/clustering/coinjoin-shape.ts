import type { OwnedTransaction } from "./owner-graph.ts"

/** Outputs that share one value. */
export interface EqualOutputs {
  readonly value: number
  readonly count: number
}

/** What the patterns of coinjoins look at, counted once. Outputs that nobody can spend are left out. */
export interface CoinjoinShape {
  /** What each owner put in, in smallest units; a sum of all can pass 2^53, one owner's does not on a real chain. */
  readonly paidIn: readonly number[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** Values of two outputs or more, each to an owner of its own; the most shared first, then the highest. */
  readonly equal: readonly EqualOutputs[]
}

/** Values that several outputs to different owners share: two outputs to one address hide nothing from each other. */
export function shapeOf({ inputs, outputs }: OwnedTransaction): CoinjoinShape {
  const paidIn = new Map<number, number>()
  for (const { owner, value } of inputs) paidIn.set(owner, (paidIn.get(owner) ?? 0) + value)
  const spendable = outputs.filter(({ kind, value }) => kind !== "burned" && value > 0)
  // Most values have one owner, for whom no set is made.
  const owners = new Map<number, number | Set<number>>()
  for (const { owner, value } of spendable) {
    const known = owners.get(value)
    if (known === undefined) owners.set(value, owner)
    else if (typeof known !== "number") known.add(owner)
    else if (known !== owner) owners.set(value, new Set([known, owner]))
  }
  const equal: EqualOutputs[] = []
  for (const [value, known] of owners) if (typeof known !== "number") equal.push({ value, count: known.size })
  equal.sort((a, b) => b.count - a.count || b.value - a.value)
  return {
    paidIn: [...paidIn.values()],
    inputs: inputs.map(({ value }) => value),
    outputs: spendable.map(({ value }) => value),
    equal,
  }
}

/**
 * An upper bound on how many parties can each have paid at least `value`: an owner that paid in as much is one party,
 * the others have to put theirs together. What one rich owner pays to many is no coinjoin by this alone.
 */
export function mostParties({ paidIn }: CoinjoinShape, value: number): number {
  let alone = 0
  let rest = 0
  for (const paid of paidIn) {
    if (paid >= value) alone++
    else rest += paid
  }
  return alone + Math.floor(rest / value)
}
