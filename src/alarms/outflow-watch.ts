import type { AlarmWindow, OutflowAlarm, OutflowFound } from "../contracts/alarm.ts"
import { netByTransaction, type OwnMoves } from "./net-moves.ts"
import { MOST_LISTED } from "./notice.ts"

/** What stands after a block. */
export interface OutflowStand {
  /** Of all addresses together; null where it is not known. */
  readonly balance: bigint | null
  /** What had left when it last rang; null where it is quiet. */
  readonly rang: bigint | null
  /** Whether it was said that the balance is not known. */
  readonly told: boolean
}

export interface OutflowRecord extends OutflowStand {
  readonly height: number
  readonly clock: number | null
  /** What left in this block: the sum over transactions in which more left than came. */
  readonly out: bigint
}

/** What is still needed, the oldest first, and what stood before it. */
export interface OutflowState {
  readonly before: OutflowStand
  readonly records: readonly OutflowRecord[]
}

export interface OutflowNews {
  readonly state: OutflowState
  readonly raised: OutflowFound | null
  readonly unknown: OutflowFound | null
}

export function startOutflow(balance: bigint | null): OutflowState {
  return { before: { balance, rang: null, told: false }, records: [] }
}

const standOf = ({ before, records }: OutflowState): OutflowStand => records.at(-1) ?? before

/**
 * Looks at one block. It rings where more than the limit left within the window that ends here, again whenever what
 * left has doubled since, and is quiet again once no more than the limit is in the window.
 */
export function outflowIn(
  alarm: OutflowAlarm,
  state: OutflowState,
  block: { readonly height: number; readonly clock: number | null },
  moves: OwnMoves,
): OutflowNews {
  const nets = netByTransaction(moves, alarm.asset)
  const leaving = [...nets].filter(([, net]) => net > 0n)
  const out = leaving.reduce((sum, [, net]) => sum + net, 0n)
  const change = [...nets.values()].reduce((sum, net) => sum + net, 0n)
  const stood = standOf(state)
  const balance = balanceAfter(stood.balance, change)
  const counted = state.records.filter(one => one.out > 0n && isWithin(alarm.window, one, block))
  const left = counted.reduce((sum, one) => sum + one.out, out)
  const isOver = exceeds(alarm, left, balance)
  // A loss of the balance is told anew.
  const wasTold = stood.told && !(balance === null && stood.balance !== null)
  const mustTell = isOver === null && out > 0n && !wasTold
  // Where no more than the limit is left of what it rang for, this is a new outflow, even if no block came in between.
  const since = exceeds(alarm, left - out, stood.balance) === true ? stood.rang : null
  const rings = isOver === true && (since === null || left >= 2n * since)
  const rang = isOver !== true ? null : rings ? left : since
  const stands: OutflowStand = { balance, rang, told: wasTold || mustTell }
  const heights = [...counted.map(({ height }) => height), ...(out > 0n ? [block.height] : [])]
  const found = (): OutflowFound => ({
    asset: alarm.asset,
    amount: `${left}`,
    limit: limitText(alarm),
    balance: balance === null ? null : `${balance}`,
    window: alarm.window,
    fromHeight: Math.min(...heights),
    toHeight: Math.max(...heights),
    transactions: leaving.slice(0, MOST_LISTED).map(([tx]) => tx),
    transactionsLeftOut: Math.max(0, leaving.length - MOST_LISTED),
  })
  const isSame = out === 0n && change === 0n && rang === stood.rang && stands.told === stood.told
  const records = isSame ? state.records : [...state.records, { ...block, ...stands, out }]
  return {
    state: { before: state.before, records },
    raised: rings ? found() : null,
    unknown: mustTell ? found() : null,
  }
}

/** Below zero the balance that it began with was wrong: from there on it is not known. */
function balanceAfter(balance: bigint | null, change: bigint): bigint | null {
  return balance === null || balance < change ? null : balance - change
}

/**
 * Block times may run backwards. Each pair of blocks is held against each other by its own times: what left in an
 * earlier block counts unless that block's time is more than the window before this one's. One block with a wrong clock
 * can hide what left before it while that block is the newest, and not from the next one.
 */
function isWithin(
  { seconds, blocks }: AlarmWindow,
  then: { readonly height: number; readonly clock: number | null },
  now: { readonly height: number; readonly clock: number | null },
): boolean {
  if (blocks !== null && then.height <= now.height - blocks) return false
  if (seconds === null || now.clock === null) return true
  // Before the first block that has a time, blocks count among themselves alone.
  return then.clock !== null && now.clock - then.clock <= seconds * 1000
}

/** Null where a share of an unknown balance is asked for. What could have left is what is there, and what left. */
function exceeds({ limit }: OutflowAlarm, left: bigint, balance: bigint | null): boolean | null {
  if ("amount" in limit) return left > limit.amount
  if (balance === null) return null
  const { parts, of } = limit.percent
  return left * of > parts * (balance + left)
}

function limitText({ limit }: OutflowAlarm): OutflowFound["limit"] {
  return "amount" in limit ? { amount: `${limit.amount}` } : { percent: limit.percent.text }
}

/** Takes back a block. */
export function undoOutflow({ before, records }: OutflowState, height: number): OutflowState {
  return { before, records: records.filter(one => one.height < height) }
}

/**
 * Lets go of what no window can hold any more, however many of the newest blocks are undone.
 *
 * @param lowest the lowest height that can still become the newest block's
 * @param earliest see `earliestComing`
 */
export function forgetOutflow(
  { window }: OutflowAlarm,
  state: OutflowState,
  lowest: number,
  earliest: number | null,
): OutflowState {
  const { seconds, blocks } = window
  const isGone = ({ height, clock }: OutflowRecord): boolean => {
    if (height >= lowest) return false
    if (blocks !== null && height <= lowest - blocks) return true
    if (seconds === null || earliest === null) return false
    return clock === null || earliest - clock > seconds * 1000
  }
  // Clocks that run backwards may leave one in the middle that is gone; it goes with those before it.
  const firstKept = state.records.findIndex(one => !isGone(one))
  const gone = firstKept === -1 ? state.records.length : firstKept
  const last = state.records[gone - 1]
  if (last === undefined) return state
  const { balance, rang, told } = last
  return { before: { balance, rang, told }, records: state.records.slice(gone) }
}
