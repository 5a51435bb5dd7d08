import { getOrMake } from "../../units/get-or-make.ts"
import type { Slot, Stretch } from "./flow-order.ts"

export const BOX_WIDTH = 12

/** A band, or one stretch of it; stretches in one lane are drawn as one. */
export interface Band {
  readonly from: string
  readonly to: string
  readonly width: number
  readonly path: string
  readonly returns: boolean
  readonly amount: bigint
}

/** Bands leave and enter a side in the order of their other ends, so that they do not cross at the box. */
export function drawn(
  stretches: readonly Stretch[],
  x: (column: number) => number,
  pitch: number,
): readonly Band[] {
  const starts = ports(stretches, "from", "to")
  const ends = ports(stretches, "to", "from")
  return stretches.map(stretch => {
    const { from, to, width, returns, amount } = stretch
    const start = { x: x(from.column) + (from.isLane ? 0 : BOX_WIDTH), y: starts.get(stretch) as number }
    const end = { x: x(to.column), y: ends.get(stretch) as number }
    const bend = returns ? pitch * 0.3 : (end.x - start.x) / 2
    return {
      from: from.key,
      to: to.key,
      width: round(width),
      path: ribbon(start, end, bend, width),
      returns,
      amount,
    }
  })
}

/** Of the same thickness everywhere, measured upright: a thick stroke would bulge where it bends. */
function ribbon(start: Point, end: Point, bend: number, width: number): string {
  const half = width / 2
  const point = (x: number, y: number): string => `${round(x)} ${round(y)}`
  const curve = (a: Point, b: Point, reach: number, side: number): string =>
    `C${point(a.x + reach, a.y + side)} ${point(b.x - reach, b.y + side)} ${point(b.x, b.y + side)}`
  const [there, back] = [curve(start, end, bend, -half), curve(end, start, -bend, half)]
  return `M${point(start.x, start.y - half)}${there}L${point(end.x, end.y + half)}${back}Z`
}

interface Point {
  readonly x: number
  readonly y: number
}

function ports(
  stretches: readonly Stretch[],
  end: "from" | "to",
  other: "from" | "to",
): ReadonlyMap<Stretch, number> {
  const at = new Map<Stretch, number>()
  const bySlot = new Map<Slot, Stretch[]>()
  for (const stretch of stretches) getOrMake(bySlot, stretch[end], () => []).push(stretch)
  for (const [slot, own] of bySlot) {
    own.sort((a, b) => a[other].centre - b[other].centre)
    let y = slot.centre - own.reduce((sum, { width }) => sum + width, 0) / 2
    for (const stretch of own) {
      at.set(stretch, y + stretch.width / 2)
      y += stretch.width
    }
  }
  return at
}

/** Tenths of a pixel: more digits say nothing. */
export const round = (value: number): number => Math.round(value * 10) / 10
