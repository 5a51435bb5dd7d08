import type { ClusterLabel, Some } from "../contracts/cluster.ts"
import type { Label } from "../ports/label-book.ts"

/** The first of a list, told, and how many there are. */
export function some<T, Told>(list: readonly T[], most: number, tell: (one: T) => Told): Some<Told> {
  return { count: list.length, shown: list.slice(0, most).map(tell) }
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
  }
}
