import type { Doubt } from "./doubt.ts"
import type { OwnedTransaction } from "./owner-graph.ts"

/** What the sizes of inputs say about a transaction of two outputs and at least two owners of inputs. */
export interface InputCheck {
  /** UIH1: the smaller output is below every input, as change of a sparing wallet is. */
  readonly changeIsSmaller: boolean
  /** UIH2: either output could have been paid without the smallest input, which a sparing wallet would have left out. */
  readonly hasUnnecessaryInput: boolean
  readonly doubts: readonly Doubt[]
}

/**
 * The unnecessary-input heuristics (Ghesmati, Kern, Judmayer, Stifter, Weippl, "Unnecessary Input Heuristics and
 * PayJoin Transactions", 2021): in a payjoin the payee adds an input that the payment did not need. A warning beside a
 * merge and no reason to refuse it: many wallets pick inputs they do not need, and a payjoin can be made to pass.
 *
 * Null where the check does not apply.
 */
export function inputCheckOf({ isCoinbase, inputs, outputs }: OwnedTransaction): InputCheck | null {
  if (isCoinbase || inputs.length < 2 || outputs.length !== 2) return null
  const [first] = inputs
  if (inputs.every(({ owner }) => owner === first?.owner)) return null
  let paid = 0
  let smallestIn = Number.POSITIVE_INFINITY
  for (const { value } of inputs) {
    paid += value
    smallestIn = Math.min(smallestIn, value)
  }
  const [a, b] = outputs.map(({ value }) => value) as [number, number]
  const fee = paid - a - b
  const changeIsSmaller = Math.min(a, b) < smallestIn
  const hasUnnecessaryInput = paid - smallestIn >= Math.max(a, b) + fee
  return {
    changeIsSmaller,
    hasUnnecessaryInput,
    doubts: hasUnnecessaryInput ? ["payjoin", "coin-selection"] : ["payjoin"],
  }
}
