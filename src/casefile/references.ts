import { Problem, type Where } from "../units/problem.ts"
import type { CaseFile } from "./case.ts"

type Path = readonly (string | number)[]

/**
 * Checks that a case names only what it has, and each thing once.
 *
 * @param whereIs line and column of a path in the document
 * @throws Problem `case-reference`, `case-duplicate` or `case-remainder`
 */
export function checkReferences(file: CaseFile, whereIs: (path: Path) => Where): void {
  const sources = uniqueIds(file.sources, "sources", whereIs)
  const transfers = uniqueIds(file.transfers, "transfers", whereIs)
  const assets = new Set(file.assets.map(({ asset }) => asset))
  const known = (ids: ReadonlySet<string>, id: string, what: string, path: Path): void => {
    if (!ids.has(id)) throw new Problem("case-reference", { path: path.join("."), what, id }, whereIs(path))
  }
  for (const list of ["thefts", "bounds", "disagreements", "prices", "events"] as const) {
    uniqueIds(file[list], list, whereIs)
  }
  const cited = [
    "addresses",
    "services",
    "transfers",
    "thefts",
    "bounds",
    "prices",
    "events",
    "lookalikes",
  ] as const
  for (const list of cited) {
    for (const [index, item] of file[list].entries()) {
      for (const [at, id] of item.sources.entries())
        known(sources, id, "source", [list, index, "sources", at])
    }
  }
  for (const [index, { versions }] of file.disagreements.entries()) {
    for (const [at, version] of versions.entries()) {
      for (const [n, id] of version.sources.entries()) {
        known(sources, id, "source", ["disagreements", index, "versions", at, "sources", n])
      }
    }
  }
  for (const [index, theft] of file.thefts.entries()) {
    for (const [at, id] of theft.transfers.entries())
      known(transfers, id, "transfer", ["thefts", index, "transfers", at])
  }
  for (const [index, { id, asset, amount, from }] of file.transfers.entries()) {
    known(assets, asset, "asset", ["transfers", index, "asset"])
    if (amount === "remainder" && from === undefined) {
      throw new Problem("case-remainder", { id }, whereIs(["transfers", index]))
    }
  }
  for (const list of ["bounds", "prices"] as const) {
    for (const [index, { asset }] of file[list].entries())
      known(assets, asset, "asset", [list, index, "asset"])
  }
}

function uniqueIds(
  items: readonly { readonly id: string }[],
  list: string,
  whereIs: (path: Path) => Where,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [index, { id }] of items.entries()) {
    const path = [list, index, "id"]
    if (ids.has(id)) throw new Problem("case-duplicate", { path: path.join("."), id }, whereIs(path))
    ids.add(id)
  }
  return ids
}
