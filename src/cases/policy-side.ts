import type { Condition, Policy } from "../contracts/policy.ts"
import type { ClusterItem, OwnersCluster, ScreenAnswer } from "../contracts/screen.ts"
import type { Side } from "../ledger/screen-words.ts"

/** What is said of an owner, so that it is of a side; of traced value it is the side that received it. */
const OF_OWNERS = ["sanctioned", "label", "cluster", "lookAlike"] as const

/** Whether a side makes a difference to a condition: what came in is of who received, and no gap is of a side. */
export function hasSides(when: Condition): boolean {
  return OF_OWNERS.some(key => when[key] !== undefined)
}

/** Whether a policy asks who spent. */
export function asksWhoSpent({ rules }: Policy): boolean {
  return rules.some(({ when }) => when.side === "spent")
}

/** Which of an answer's facts a condition is about. */
export interface Sided {
  /** Null where it is about both sides, or there are none to tell apart. */
  readonly side: Side | null
  readonly hasOwner: (address: string) => boolean
  /** Of labels: theirs, or those of the text itself, which a list may know as an address. */
  readonly hasLabelled: (address: string) => boolean
  readonly hasCluster: (cluster: ClusterItem | OwnersCluster) => boolean
}

/** The same with the labels of the text itself: as of an address, they count for either side. */
export function withOwnLabels(sided: Sided, { owners }: Pick<ScreenAnswer, "owners">): Sided {
  if (owners === null) return sided
  const all = new Set([...owners.spent, ...owners.received])
  return { ...sided, hasLabelled: address => sided.hasLabelled(address) || !all.has(address) }
}

/**
 * An address by itself is on no side, and whoever it pays or is paid by is not asked: what is known of it counts for
 * either side. Who has an output has received it.
 */
export function sidedFacts({ side }: Condition, { owners }: Pick<ScreenAnswer, "owners">): Sided {
  if (side === undefined || owners === null) {
    return { side: null, hasOwner: () => true, hasLabelled: () => true, hasCluster: () => true }
  }
  const own = new Set(owners[side])
  return {
    side,
    hasOwner: address => own.has(address),
    hasLabelled: address => own.has(address),
    hasCluster: cluster => ("spent" in cluster ? cluster[side].length > 0 : side === "received"),
  }
}
