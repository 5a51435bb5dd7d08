import { CHANGE_HEURISTICS, changeOf, type FirstUse } from "../../src/clustering/change.ts"
import { holdersOfInputs, type KnownWorld } from "./known-world.ts"
import { score, type Tallies, tallyOf } from "./tally.ts"

/**
 * Counts outputs of transactions with two or more that can be spent. Change is what goes back to the holder of all
 * inputs: none where the inputs have several holders, more than one where somebody splits his coins.
 */
export function measureChange({ graph, seen, holders }: KnownWorld): Tallies {
  const tallies: Tallies = new Map()
  const isFirstUse: FirstUse = ({ owner, output }) => firstOf(graph.outputsOf(owner)) === output
  for (const [tx, staged] of seen) {
    const spendable = tx.outputs.filter(({ kind, value }) => kind !== "burned" && value > 0)
    if (tx.isCoinbase || spendable.length < 2) continue
    const payers = holdersOfInputs(staged)
    const { votes, consensus } = changeOf(tx, isFirstUse)
    for (const { output, owner } of spendable) {
      const isSo = payers.size === 1 && payers.has(holders[owner] ?? null)
      for (const heuristic of CHANGE_HEURISTICS) {
        const said = votes.some(vote => vote.heuristic === heuristic && vote.output === output)
        score(tallyOf(tallies, `change-${heuristic}`), said, isSo)
      }
      score(tallyOf(tallies, "change-consensus"), consensus === output, isSo)
    }
  }
  return tallies
}

function firstOf(outputs: Iterable<number>): number | null {
  for (const output of outputs) return output
  return null
}
