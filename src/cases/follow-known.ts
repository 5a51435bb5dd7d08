import { Problem } from "../units/problem.ts"
import type { FollowedLedger } from "./follow-ledger.ts"
import type { FollowedThefts } from "./follow-question.ts"

type Theft = FollowedThefts["thefts"][number]

/**
 * The thefts with the stolen credits that a ledger has, and the refs that it has not: a chain that is followed may come
 * to have them, or after a reorganisation have lost them.
 *
 * @param isThere of a theft with one credit; throws `ref-unknown` too where it is not
 * @throws Problem `ref-malformed`, `ref-ambiguous`
 */
export function knownSoFar(
  thefts: FollowedThefts["thefts"],
  isThere: (theft: Theft) => boolean,
): { readonly known: readonly Theft[]; readonly unknown: FollowedLedger["unknown"] } {
  const unknown: { theft: string; ref: string }[] = []
  const known = thefts.map(({ id, refs }) => ({
    id,
    refs: refs.filter(ref => {
      if (isKnown(() => isThere({ id, refs: [ref] }))) return true
      unknown.push({ theft: id, ref })
      return false
    }),
  }))
  return { known, unknown }
}

function isKnown(look: () => boolean): boolean {
  try {
    return look()
  } catch (error) {
    if (error instanceof Problem && error.code === "ref-unknown") return false
    throw error
  }
}
