import type { ScreenAnswer } from "../contracts/screen.ts"

/** Whether there is anything to tell of it: a label, traced value, an imitation, or the cluster's. */
export function hasFindings(answer: ScreenAnswer): boolean {
  const { sanctions, labels, withdrawn, named, traced, lookAlikes, cluster } = answer
  const own = [sanctions, labels, withdrawn, named, traced, lookAlikes]
  return (
    own.some(list => list.length > 0) ||
    (cluster !== null && cluster.labels.length + cluster.traced.length > 0)
  )
}
