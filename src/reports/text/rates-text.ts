import type { ClusterRate, RateSaid } from "../../contracts/cluster.ts"
import type { ClusterMessages } from "../../messages/cluster.en.ts"
import { percent, percentOfEnd } from "./percent.ts"

/** How often heuristics were right where the truth is known, for each chain family that was staged. */
export function ratesLines(rates: readonly ClusterRate[], say: ClusterMessages): string[] {
  const worlds = new Set(rates.map(rate => rate.worlds))
  return [...worlds].flatMap(name => {
    const own = rates.filter(rate => rate.worlds === name)
    const [first] = own
    return first === undefined ? [] : [title(name, first, say), ...own.map(rate => rateLine(rate, say))]
  })
}

/** What an answer with these rates is no proof of: a line for each kind of reading that it rests on. */
export function notProofLines(rates: readonly ClusterRate[], say: ClusterMessages): string[] {
  const kinds = new Set(rates.map(({ heuristic }) => readingOf(heuristic)))
  return [
    ...(kinds.has("cluster") ? [say.notProof] : []),
    ...(kinds.has("deposit") ? [say.notProofOfDeposit] : []),
    ...(kinds.has("likeness") ? [say.notProofOfLikeness] : []),
  ]
}

function readingOf(heuristic: string): "cluster" | "deposit" | "likeness" {
  if (heuristic.startsWith("look-alike")) return "likeness"
  return heuristic.startsWith("deposit") ? "deposit" : "cluster"
}

function title(worlds: string, { seeds }: ClusterRate, say: ClusterMessages): string {
  return seeds === null ? say.ratesOfList(worlds) : say.rates(worlds, ...seeds)
}

function rateLine({ heuristic, counted, precision, recall }: ClusterRate, say: ClusterMessages): string {
  return `- ${say.rate(heuristic, say.counted[counted], share(precision, say), share(recall, say))}`
}

function share(rate: RateSaid | null, say: ClusterMessages): string {
  if (rate === null) return say.notMeasured
  const { right, of, interval } = rate
  const [low = null, high = null] = interval === null ? [] : interval.map(percentOfEnd)
  return say.share(percent(right, of), right, of, low, high)
}
