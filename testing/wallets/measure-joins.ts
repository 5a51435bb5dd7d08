import { coinjoinOf } from "../../src/clustering/coinjoin.ts"
import { COINJOIN_PATTERNS } from "../../src/clustering/coinjoin-finding.ts"
import { inputCheckOf } from "../../src/clustering/payjoin.ts"
import { type Doing, JOIN_KINDS } from "./coin.ts"
import { holdersOfInputs, type KnownWorld } from "./known-world.ts"
import { score, type Tallies, tallyOf } from "./tally.ts"

const isJoin = (doing: Doing): boolean => (JOIN_KINDS as readonly Doing[]).includes(doing)

/**
 * Counts transactions. `coinjoin`: any pattern on any kind of join. `coinjoin-<pattern>`: that pattern on that kind, so
 * that a join found by a neighbour's pattern is missed by one and too much for the other. No world has joins of which
 * only `equal-outputs` would be right: it is right on every join, and what it misses is not known.
 * `several-holders`: any pattern on any transaction whose inputs have several holders, payjoins too.
 * `unnecessary-input`: that warning on payjoins, among what co-spending merges.
 */
export function measureJoins({ seen }: KnownWorld): Tallies {
  const tallies: Tallies = new Map()
  tallyOf(tallies, "coinjoin-equal-outputs").falseNegatives = null
  for (const [tx, staged] of seen) {
    const found = coinjoinOf(tx)?.pattern ?? null
    const { doing } = staged
    score(tallyOf(tallies, "coinjoin"), found !== null, isJoin(doing))
    score(tallyOf(tallies, "several-holders"), found !== null, holdersOfInputs(staged).size > 1)
    for (const pattern of COINJOIN_PATTERNS) {
      const isSo = pattern === "equal-outputs" ? isJoin(doing) : doing === pattern
      score(tallyOf(tallies, `coinjoin-${pattern}`), found === pattern, isSo)
    }
    const check = found === null ? inputCheckOf(tx) : null
    score(tallyOf(tallies, "unnecessary-input"), check?.hasUnnecessaryInput === true, doing === "payjoin")
  }
  return tallies
}
