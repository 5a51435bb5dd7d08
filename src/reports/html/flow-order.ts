/** Between two slots of a column. */
const GAP = 14

/** A box or a lane on its way to a place in its column. */
export interface Slot {
  readonly key: string
  readonly column: number
  readonly labelHeight: number
  readonly isLane: boolean
  height: number
  room: number
  /** Middle of its room. */
  centre: number
}

/** A band from one column to the next. */
export interface Stretch {
  readonly from: Slot
  readonly to: Slot
  width: number
  amount: bigint
  readonly returns: boolean
}

/** Neighbours' average place, there and back, takes most crossings out; ties keep the order they came in. */
export function order(columns: readonly Slot[][], stretches: readonly Stretch[]): void {
  for (const column of columns) stack(column)
  for (let sweep = 0; sweep < 6; sweep++) {
    const forward = sweep % 2 === 0
    for (const column of forward ? columns : [...columns].reverse()) {
      const wished = new Map(column.map(slot => [slot, wish(slot, stretches, forward ? "from" : "to")]))
      column.sort((a, b) => (wished.get(a) as number) - (wished.get(b) as number))
      stack(column)
    }
  }
}

/** Where a slot would stand level with what it is joined to on one side, each by the width of its band. */
function wish(slot: Slot, stretches: readonly Stretch[], side: "from" | "to" | "both"): number {
  let [weight, sum] = [0, 0]
  for (const { from, to, width, returns } of stretches) {
    if (returns) continue
    const other = to === slot && side !== "to" ? from : from === slot && side !== "from" ? to : null
    if (other === null) continue
    weight += width
    sum += width * other.centre
  }
  return weight === 0 ? slot.centre : sum / weight
}

/** One under the other, around a common middle. */
function stack(column: readonly Slot[]): void {
  const total = column.reduce((sum, { room }) => sum + room + GAP, -GAP)
  let y = -total / 2
  for (const slot of column) {
    slot.centre = y + slot.room / 2
    y += slot.room + GAP
  }
}

/** Moves slots towards what they are joined to, keeping order and gaps. */
export function settle(columns: readonly Slot[][], stretches: readonly Stretch[]): void {
  for (let pass = 0; pass < 8; pass++) {
    const forward = pass % 2 === 0
    for (const column of forward ? columns : [...columns].reverse()) {
      for (const slot of column)
        slot.centre = wish(slot, stretches, pass > 5 ? "both" : forward ? "from" : "to")
      separate(column)
    }
  }
}

/** Pushes down whatever is too near the one above, then the whole column back by half of the most it was pushed. */
function separate(column: readonly Slot[]): void {
  let floor = Number.NEGATIVE_INFINITY
  let pushed = 0
  for (const slot of column) {
    const least = floor + slot.room / 2
    pushed = Math.max(pushed, least - slot.centre)
    slot.centre = Math.max(slot.centre, least)
    floor = slot.centre + slot.room / 2 + GAP
  }
  for (const slot of column) slot.centre -= pushed / 2
}
