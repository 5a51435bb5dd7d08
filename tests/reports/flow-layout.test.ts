import { describe, expect, it } from "vitest"
import type { AssetAnswer } from "../../src/contracts/trace.ts"
import { conservingOf } from "../../src/reports/html/context.ts"
import { flowGraph } from "../../src/reports/html/flow-graph.ts"
import { MOST_NODES, merged } from "../../src/reports/html/flow-merge.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { inputOf, type Payment, spreadOf, traceOf } from "./trace-of.ts"

const graphOf = (payments: readonly Payment[]) => {
  const answer = traceOf(payments).answers[0] as AssetAnswer
  const [rule] = conservingOf(answer)
  if (rule === undefined) throw new Error("no rule")
  return flowGraph(answer, rule[1], 0n, () => false)
}

interface Rectangle {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Boxes and labels as they stand in the page; a label's width as a browser's widest system font draws it. */
function drawnIn(page: string): {
  readonly view: Rectangle
  readonly boxes: Rectangle[]
  readonly labels: Rectangle[]
} {
  const svg = /<svg class="flow-svg"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? ""
  const [, width = "", height = ""] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const boxes = [
    ...svg.matchAll(/<rect [^>]*x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ]
  const labels = [...svg.matchAll(/<text class="(\w+)" x="(-?[\d.]+)" y="(-?[\d.]+)">([^<]*)</g)]
  return {
    view: { left: 0, top: 0, right: Number(width), bottom: Number(height) },
    boxes: boxes.map(([, x, y, w, h]) => ({
      left: Number(x),
      top: Number(y),
      right: Number(x) + Number(w),
      bottom: Number(y) + Number(h),
    })),
    labels: labels.map(([, kind, x, y, text = ""]) => {
      const size = kind === "name" ? 12 : 11
      const ems = [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? 1 : 0.62), 0)
      return {
        left: Number(x),
        right: Number(x) + ems * size,
        top: Number(y) - size * 0.8,
        bottom: Number(y) + size * 0.2,
      }
    }),
  }
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

describe.each([1, 5, 30, 200, 3000])("a drawing of %i flows", count => {
  it.each(["en", "ja"] as const)("%s: keeps labels apart and inside", language => {
    const { view, boxes, labels } = drawnIn(renderReport(inputOf(traceOf(spreadOf(count))), language))
    expect(boxes.length).toBeGreaterThanOrEqual(Math.min(count, 3))
    expect(boxes.length).toBeLessThanOrEqual(MOST_NODES)
    const all = [...boxes, ...labels]
    for (const one of all) {
      expect(one.left).toBeGreaterThanOrEqual(view.left)
      expect(one.right).toBeLessThanOrEqual(view.right)
      expect(one.top).toBeGreaterThanOrEqual(view.top)
      expect(one.bottom).toBeLessThanOrEqual(view.bottom)
    }
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1))
        expect(overlap(one, other), JSON.stringify([one, other])).toBe(false)
    }
  })
})

describe("the flow of coins", () => {
  it("loses nothing when small places are drawn together", () => {
    const graph = graphOf(spreadOf(400))
    const small = merged(graph)
    const heldIn = ({ nodes }: typeof graph) => nodes.find(({ name }) => name === "held")?.amount
    expect(heldIn(small)).toBe(10n ** 15n)
    expect(heldIn(graph)).toBe(10n ** 15n)
    expect(small.nodes.length).toBeLessThanOrEqual(MOST_NODES)
    expect(
      small.nodes.reduce((sum, { count, hop }) => sum + (hop === null || hop === 0 ? 0 : count), 0),
    ).toBe(400)
  })

  it("counts hops by the longest way, and takes what comes back for no hop", () => {
    const { nodes } = graphOf([
      { from: null, to: "a", amount: 100n },
      { from: "a", to: "b", amount: 60n },
      { from: "a", to: "c", amount: 40n },
      { from: "b", to: "c", amount: 10n },
      { from: "c", to: "a", amount: 5n },
    ])
    const hops = Object.fromEntries(nodes.map(({ name, hop }) => [name, hop]))
    expect(hops).toEqual({ theft: 0, "a/XEM": 1, "b/XEM": 2, "c/XEM": 3, held: null })
  })

  it("draws amounts that differ by eighteen digits", () => {
    const page = renderReport(
      inputOf(
        traceOf(
          [
            { from: null, to: "a", amount: 401_346_768_858_404_671_846_374n },
            { from: "a", to: "b", amount: 1n },
          ],
          { asset: "ETH", decimals: 18 },
        ),
      ),
      "en",
    )
    expect(page).toContain("401,346.768858404671846374 ETH</text>")
    expect(page).toContain("0.000000000000000001 ETH</text>")
    expect(drawnIn(page).boxes.every(({ top, bottom }) => bottom - top >= 5)).toBe(true)
  })
})
