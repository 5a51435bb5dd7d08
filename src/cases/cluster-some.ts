import type { ClusterLabel, Some } from "../contracts/cluster.ts"
import type { Label } from "../ports/label-book.ts"
import { isSanction } from "./sanction.ts"

/** The first of a list, told, and how many there are. */
export function some<T, Told>(list: readonly T[], most: number, tell: (one: T) => Told): Some<Told> {
  return { count: list.length, shown: list.slice(0, most).map(tell) }
}

/** As `some`, sanctions before all others: a list that is cut short never hides one behind a harmless label. */
export function someLabels<T, Told>(
  list: readonly T[],
  most: number,
  labelOf: (one: T) => Label,
  tell: (one: T) => Told,
): Some<Told> {
  const sanctions = list.filter(one => isSanction(labelOf(one)))
  return some([...sanctions, ...list.filter(one => !isSanction(labelOf(one)))], most, tell)
}

/** A label as an answer about clusters tells it. */
export function clusterLabel(label: Label): ClusterLabel {
  const { address, network, actor, category, abuse, confidence, definesCluster, list, source, seen } = label
  return {
    address,
    network,
    label: label.label,
    actor,
    category,
    abuse,
    confidence,
    definesCluster,
    list,
    source,
    seen,
    sanction: isSanction(label),
  }
}
