import { greater } from "./extremes.ts"
import { order, type Slot, type Stretch, settle } from "./flow-order.ts"
import { type Band, drawn, round } from "./flow-ribbons.ts"

/**
 * Places boxes in columns and bands between them. Geometry only, and the same for the same input: no clock, no
 * random, no measuring of fonts. Bands that skip columns run in lanes of their own, so that none passes behind a box.
 */
export interface BoxIn {
  readonly key: string
  readonly column: number
  /** Room that its label takes, beside the box. */
  readonly labelHeight: number
}

export interface BandIn {
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

export interface Box {
  readonly key: string
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly bands: readonly Band[]
}

const MARGIN = 12
/** Height of everything that enters, when it is drawn to scale. */
const SCALE = 300
const LEAST_BAND = 1.6
const LEAST_BOX = 5

export function layout(boxes: readonly BoxIn[], bands: readonly BandIn[], pitch: number): Layout {
  const slots = new Map(boxes.map(box => [box.key, slotOf(box)]))
  const stretches = stretchesOf(bands, slots, boxes)
  const columns = columnsOf(slots)
  for (const slot of slots.values()) size(slot, stretches)
  order(columns, stretches)
  settle(columns, stretches)
  const all = [...slots.values()]
  const top = Math.min(...all.map(({ centre, room }) => centre - room / 2))
  for (const slot of all) slot.centre += MARGIN - top
  const height = Math.max(...all.map(({ centre, room }) => centre + room / 2)) + MARGIN
  const x = (column: number) => MARGIN + column * pitch
  return {
    width: x(columns.length),
    height: round(height),
    boxes: all.filter(({ isLane }) => !isLane).map(slot => boxOf(slot, x)),
    bands: drawn(stretches, x, pitch),
  }
}

function slotOf({ key, column, labelHeight }: BoxIn): Slot {
  return { key, column, labelHeight, isLane: false, height: 0, room: 0, centre: 0 }
}

/** Each band cut at every column it passes; bands to one end share a lane. */
function stretchesOf(
  bands: readonly BandIn[],
  slots: Map<string, Slot>,
  boxes: readonly BoxIn[],
): readonly Stretch[] {
  const entering = boxes.filter(({ column }) => column === 0).map(({ key }) => key)
  const sum = bands.reduce(
    (total, { from, amount }) => (entering.includes(from) ? total + amount : total),
    0n,
  )
  const most = bands.reduce((largest, { amount }) => greater(largest, amount), sum)
  const found = new Map<string, Stretch>()
  for (const { from, to, amount } of bands) {
    const [start, end] = [slots.get(from), slots.get(to)]
    if (start === undefined || end === undefined) continue
    const width = Math.max(LEAST_BAND, scaled(amount, most))
    let at = start
    for (let column = start.column + 1; column < end.column; column++) {
      const lane = laneOf(end, column, slots)
      extend(found, at, lane, width, amount)
      at = lane
    }
    extend(found, at, end, width, amount)
  }
  return [...found.values()]
}

/** Six digits of the ratio, by integers: an amount of wei is far beyond what a float holds. */
const scaled = (amount: bigint, most: bigint): number =>
  most === 0n ? 0 : (Number((amount * 1_000_000n) / most) / 1_000_000) * SCALE

function laneOf(end: Slot, column: number, slots: Map<string, Slot>): Slot {
  const key = `lane ${column} ${end.key}`
  const known = slots.get(key)
  if (known !== undefined) return known
  const lane = { key, column, labelHeight: 0, isLane: true, height: 0, room: 0, centre: 0 }
  slots.set(key, lane)
  return lane
}

function extend(found: Map<string, Stretch>, from: Slot, to: Slot, width: number, amount: bigint): void {
  const key = `${from.key}\0${to.key}`
  const known = found.get(key)
  if (known === undefined) found.set(key, { from, to, width, amount, returns: to.column <= from.column })
  else {
    known.width += width
    known.amount += amount
  }
}

function columnsOf(slots: ReadonlyMap<string, Slot>): readonly Slot[][] {
  const count = Math.max(0, ...[...slots.values()].map(({ column }) => column + 1))
  const columns: Slot[][] = Array.from({ length: count }, () => [])
  for (const slot of slots.values()) columns[slot.column]?.push(slot)
  return columns
}

function size(slot: Slot, stretches: readonly Stretch[]): void {
  const sum = (end: "from" | "to") =>
    stretches.reduce((total, one) => (one[end] === slot ? total + one.width : total), 0)
  slot.height = Math.max(slot.isLane ? 0 : LEAST_BOX, sum("from"), sum("to"))
  slot.room = Math.max(slot.height, slot.labelHeight)
}

function boxOf({ key, column, height, centre }: Slot, x: (column: number) => number): Box {
  return { key, x: x(column), y: round(centre - height / 2), height: round(height) }
}
