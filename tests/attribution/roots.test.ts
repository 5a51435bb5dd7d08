import { describe, expect, it } from "vitest"
import { findRoots } from "../../src/attribution/roots.ts"
import { Problem } from "../../src/units/problem.ts"

const claim = (id: string, ...from: string[]) => ({
  id,
  derivedFrom: from.map(name => ({
    claim: name.replace("~", ""),
    extent: name.startsWith("~") ? ("part" as const) : ("whole" as const),
  })),
})

describe("where claims come from", () => {
  it("is followed through copies of copies to every root", () => {
    const roots = findRoots([claim("D", "C"), claim("C", "A", "B"), claim("B"), claim("A")])
    expect(roots.rootsOf("D")).toEqual(["A", "B"])
    expect([roots.isCopy("D"), roots.isCopy("A")]).toEqual([true, false])
  })

  it("ends at a claim derived in part, and goes on from it", () => {
    const roots = findRoots([claim("A"), claim("B", "~A"), claim("C", "B")])
    expect(roots.rootsOf("C")).toEqual(["B", "A"])
    expect(roots.isCopy("B")).toBe(false)
  })

  it("is cut where a derivation is taken not to hold", () => {
    const roots = findRoots([claim("A"), claim("B", "A"), claim("C", "B")], new Set(["B/A"]))
    expect(roots.rootsOf("C")).toEqual(["B"])
  })

  it.each([
    ["itself", [claim("A", "A")], "A < A"],
    [
      "itself through others",
      [claim("X"), claim("A", "X", "B"), claim("B", "C"), claim("C", "A")],
      "A < B < C < A",
    ],
  ])("is refused by name where a claim comes from %s", (_, claims, circle) => {
    const problem = caught(() => findRoots(claims))
    expect(problem.code).toBe("claim-circle")
    expect(problem.detail).toEqual({ id: "A", circle })
  })

  it("is found for a chain of fifty thousand copies", () => {
    const chain = Array.from({ length: 50_000 }, (_, at) =>
      at === 0 ? claim("0") : claim(`${at}`, `${at - 1}`),
    )
    expect(findRoots(chain.reverse()).rootsOf("49999")).toEqual(["0"])
  })
})

function caught(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error
  }
  throw new Error("nothing was refused")
}
