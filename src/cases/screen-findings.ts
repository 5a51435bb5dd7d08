import type { ClusterItem, ScreenAnswer } from "../contracts/screen.ts"

/** Whether there is anything to tell of it: a label, traced value, an imitation, or a cluster's. */
export function hasFindings(answer: ScreenAnswer): boolean {
  const { sanctions, labels, withdrawn, named, traced, lookAlikes } = answer
  const own = [sanctions, labels, withdrawn, named, traced, lookAlikes]
  return (
    own.some(list => list.length > 0) ||
    answer.deposit !== null ||
    (answer.paidBy !== null && answer.paidBy.found.length > 0) ||
    clustersOf(answer).some(({ cluster }) => clusterHas(cluster))
  )
}

/** Whether anything is told of a cluster, be it that something was not carried over. */
export function clusterHas({ labels, traced, notCarried, withdrawn, heldBack }: ClusterItem): boolean {
  return [labels, traced, notCarried, withdrawn, heldBack].some(list => list.length > 0)
}

/** The clusters of an answer, whatever was screened, each with where it stands in it (a JSON pointer). */
export function clustersOf({ cluster, clusters }: Pick<ScreenAnswer, "cluster" | "clusters">): readonly {
  readonly path: string
  readonly cluster: ClusterItem
}[] {
  const one = cluster === null ? [] : [{ path: "/cluster", cluster }]
  return [...one, ...clusters.map((each, index) => ({ path: `/clusters/${index}`, cluster: each }))]
}
