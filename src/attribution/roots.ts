import { Problem } from "../units/problem.ts"
import { type Claim, type Derivation, derivationId } from "./claim.ts"

/** For each claim the claims it goes back to; a root has only itself. */
export interface Roots {
  rootsOf(id: string): readonly string[]
  /** Whether it repeats others wholly, and so weighs nothing. */
  isCopy(id: string): boolean
}

type Origin = Pick<Claim, "id"> & { readonly derivedFrom: readonly Pick<Derivation, "claim" | "extent">[] }

/**
 * Follows `derivedFrom` to where each claim comes from. A claim derived in part is a root too.
 *
 * @param without derivations (see `derivationId`) taken not to hold
 * @throws Problem `claim-circle` where a claim is derived from itself, also by way of others
 */
export function findRoots(claims: readonly Origin[], without: ReadonlySet<string> = new Set()): Roots {
  const origins = new Map(claims.map(claim => [claim.id, claim]))
  const found = new Map<string, readonly string[]>()
  const standing = (id: string) =>
    (origins.get(id)?.derivedFrom ?? []).filter(({ claim }) => !without.has(derivationId(id, claim)))
  const isCopy = (id: string) => standing(id).some(({ extent }) => extent === "whole")
  for (const { id } of claims) visit(id)
  return { rootsOf: id => found.get(id) ?? [], isCopy }

  /** With a list in place of recursion: a chain of copies may be as long as the file. */
  function visit(start: string): void {
    const path: string[] = [start]
    const onPath = new Set(path)
    while (path.length > 0) {
      const id = path[path.length - 1] as string
      const next = standing(id).find(({ claim }) => !found.has(claim))?.claim
      if (next === undefined) {
        found.set(id, gathered(id))
        onPath.delete(id)
        path.pop()
      } else if (onPath.has(next)) {
        const circle = [...path.slice(path.indexOf(next)), next]
        throw new Problem("claim-circle", { id: next, circle: circle.join(" < ") })
      } else {
        path.push(next)
        onPath.add(next)
      }
    }
  }

  function gathered(id: string): readonly string[] {
    const roots = new Set<string>(isCopy(id) ? [] : [id])
    for (const { claim } of standing(id)) for (const root of found.get(claim) ?? []) roots.add(root)
    return [...roots]
  }
}
