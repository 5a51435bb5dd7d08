import { describe, expect, it } from "vitest"
import { UnionFind } from "../../src/clustering/union-find.ts"
import { randomNumbers } from "./made-chain.ts"

describe("a union-find", () => {
  it("has the clusters of a naive search of the graph of its joins, and explains by edges of it alone", () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomNumbers(seed)
      const owners = 2 + random(30)
      const found = new UnionFind(owners)
      const edges: [number, number, number][] = []
      for (let tx = 0; tx < random(40); tx++) {
        const [a, b] = [random(owners), random(owners)]
        const wereTogether = reach(edges, a).has(b)
        expect(found.join(a, b, tx)).toBe(!wereTogether)
        // A join of what was together is no reason of its own.
        if (!wereTogether) edges.push([a, b, tx])
      }
      const isEdge = (a: number, b: number, tx: number) =>
        edges.some(([x, y, by]) => by === tx && ((x === a && y === b) || (x === b && y === a)))
      for (let a = 0; a < owners; a++) {
        const together = reach(edges, a)
        expect(found.sizeOf(a)).toBe(together.size)
        for (let b = 0; b < owners; b++) {
          expect(found.rootOf(a) === found.rootOf(b)).toBe(together.has(b))
          const chain = found.explain(a, b)
          expect(chain === null).toBe(!together.has(b))
          let at = a
          for (const { from, tx, to } of chain ?? []) {
            expect(from).toBe(at)
            expect(isEdge(from, to, tx)).toBe(true)
            at = to
          }
          if (chain !== null) expect(at).toBe(b)
        }
      }
    }
  })

  it("explains with the one path of the tree, the shortest there is", () => {
    const found = new UnionFind(6)
    for (const [a, b, tx] of [
      [0, 1, 10],
      [2, 3, 11],
      [1, 2, 12],
      [4, 3, 13],
    ] as const)
      found.join(a, b, tx)
    expect(found.explain(0, 4)).toEqual([
      { from: 0, tx: 10, to: 1 },
      { from: 1, tx: 12, to: 2 },
      { from: 2, tx: 11, to: 3 },
      { from: 3, tx: 13, to: 4 },
    ])
    expect(found.explain(2, 2)).toEqual([])
    expect(found.explain(0, 5)).toBeNull()
  })
})

function reach(edges: readonly (readonly [number, number, number])[], from: number): Set<number> {
  const seen = new Set([from])
  for (const at of seen) {
    for (const [a, b] of edges) {
      if (a === at) seen.add(b)
      if (b === at) seen.add(a)
    }
  }
  return seen
}
