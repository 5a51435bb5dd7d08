import { coinjoinOf } from "./coinjoin.ts"
import type { CoinjoinFinding } from "./coinjoin-finding.ts"
import type { Doubt } from "./doubt.ts"
import type { OwnedPot, OwnedTransaction } from "./owner-graph.ts"

export const CHANGE_HEURISTICS = [
  "self-change",
  "one-time-address",
  "script-type",
  "optimal-change",
  "round-payment",
] as const
export type ChangeHeuristic = (typeof CHANGE_HEURISTICS)[number]

/** One heuristic's word on which output is change. */
export interface ChangeVote {
  readonly heuristic: ChangeHeuristic
  /** The output's id. */
  readonly output: number
  readonly doubts: readonly Doubt[]
}

export interface ChangeFinding {
  readonly votes: readonly ChangeVote[]
  /** The output that at least two heuristics name and none contradicts. Shown, never merged by default. */
  readonly consensus: number | null
}

/** Whether an output is the first that its owner ever had. */
export type FirstUse = (output: OwnedPot) => boolean

type Heuristic = (
  tx: OwnedTransaction,
  spendable: readonly OwnedPot[],
  isFirstUse: FirstUse,
) => OwnedPot | null

/** BlockSci's power-of-ten heuristic asks for six digits, 0.01 BTC. */
const ROUND = 1_000_000

const DOUBTS_OF: Readonly<Record<ChangeHeuristic, readonly Doubt[]>> = {
  "self-change": ["self-transfer"],
  "one-time-address": ["fresh-payee", "reused-change"],
  "script-type": ["same-wallet-kind", "upgraded-wallet"],
  "optimal-change": ["coin-selection", "payjoin"],
  "round-payment": ["round-in-other-money"],
}

const HEURISTICS: Readonly<Record<ChangeHeuristic, Heuristic>> = {
  "self-change": selfChange,
  "one-time-address": oneTimeAddress,
  "script-type": scriptType,
  "optimal-change": optimalChange,
  "round-payment": roundPayment,
}

/**
 * Which output may be the payer's change, heuristic by heuristic. No votes for a coinbase, a coinjoin, or where fewer
 * than two outputs can be spent. Lock time and signal of replacement are left out: a ledger's owners do not carry them.
 * A caller that has asked for coinjoins before passes on what it was told.
 * How much these err: Möser and Narayanan, "Resurrecting Address Clustering in Bitcoin", 2022.
 */
export function changeOf(
  tx: OwnedTransaction,
  isFirstUse: FirstUse,
  coinjoin: CoinjoinFinding | null = coinjoinOf(tx),
): ChangeFinding {
  const spendable = tx.outputs.filter(({ kind, value }) => kind !== "burned" && value > 0)
  if (tx.isCoinbase || tx.inputs.length === 0 || spendable.length < 2 || coinjoin !== null) {
    return { votes: [], consensus: null }
  }
  const votes: ChangeVote[] = []
  for (const heuristic of CHANGE_HEURISTICS) {
    const pot = HEURISTICS[heuristic](tx, spendable, isFirstUse)
    if (pot !== null) votes.push({ heuristic, output: pot.output, doubts: DOUBTS_OF[heuristic] })
  }
  const [first] = votes
  const agree = votes.length > 1 && votes.every(({ output }) => output === first?.output)
  return { votes, consensus: agree && first !== undefined ? first.output : null }
}

/** The one output for which something holds; null where it holds for none or several. */
function onlyOne(outputs: readonly OwnedPot[], holds: (output: OwnedPot) => boolean): OwnedPot | null {
  let found: OwnedPot | null = null
  for (const output of outputs) {
    if (!holds(output)) continue
    if (found !== null) return null
    found = output
  }
  return found
}

/** An output back to an owner of inputs (Meiklejohn and others 2013 call it a self-change address). */
function selfChange({ inputs }: OwnedTransaction, spendable: readonly OwnedPot[]): OwnedPot | null {
  const payers = new Set(inputs.map(({ owner }) => owner))
  return onlyOne(spendable, ({ owner }) => payers.has(owner))
}

/**
 * Meiklejohn and others 2013, heuristic 2, after the shadow addresses of Androulaki and others 2013: one output is its
 * address's first, no other is, and there is no self-change.
 */
function oneTimeAddress(
  { inputs }: OwnedTransaction,
  spendable: readonly OwnedPot[],
  isFirstUse: FirstUse,
): OwnedPot | null {
  const payers = new Set(inputs.map(({ owner }) => owner))
  if (spendable.some(({ owner }) => payers.has(owner))) return null
  return onlyOne(spendable, isFirstUse)
}

/** All inputs are of one kind of address, and one output is (Kalodner and others, BlockSci, 2020). */
function scriptType({ inputs }: OwnedTransaction, spendable: readonly OwnedPot[]): OwnedPot | null {
  const kind = inputs[0]?.kind
  if (inputs.some(input => input.kind !== kind)) return null
  return onlyOne(spendable, output => output.kind === kind)
}

/** One output is below every input: had it been the payment, an input would have been left out (BlockSci, 2020). */
function optimalChange({ inputs }: OwnedTransaction, spendable: readonly OwnedPot[]): OwnedPot | null {
  if (inputs.length < 2) return null
  let smallest = Number.POSITIVE_INFINITY
  for (const { value } of inputs) smallest = Math.min(smallest, value)
  return onlyOne(spendable, ({ value }) => value < smallest)
}

/** People pay round sums; what is left over is not round (BlockSci, 2020). */
function roundPayment(_: OwnedTransaction, spendable: readonly OwnedPot[]): OwnedPot | null {
  return onlyOne(spendable, ({ value }) => value % ROUND !== 0)
}
