import type { LabelsThrough, LabelsWhyBeside } from "../../contracts/labels-why.ts"
import type { ClusterMessages } from "../../messages/cluster.en.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { LabelMessages } from "../../messages/labels.en.ts"
import { labelMessages } from "../../messages/labels.ts"
import type { Language } from "../../messages/language.ts"
import { ClusterLines } from "./cluster-lines.ts"
import { notProofLines, ratesLines } from "./rates-text.ts"
import { timeText } from "./time-text.ts"

/** What reaches an address through a ledger, and how often what that rests on was right. */
export function throughLines({ through, rates }: LabelsWhyBeside, language: Language): string[] {
  const say = labelMessages(language)
  const words = { ...clusterMessages(language), more: say.moreInCluster }
  return [
    ...(through === null ? [] : ["", say.through(through.ledger), ...saidOf(through, say, words, language)]),
    ...(rates.length === 0 ? [] : ["", ...ratesLines(rates, words), ...notProofLines(rates, words)]),
  ]
}

function saidOf(
  through: LabelsThrough,
  say: LabelMessages,
  words: ClusterMessages,
  language: Language,
): string[] {
  const { unknown, cluster, deposit, reached, notCarried, horizon } = through
  if (unknown !== null) return [say.throughUnknown[unknown]]
  const lines = new ClusterLines(words)
  const { height, hash, time } = horizon
  return [
    ...(cluster === null ? [words.accounts] : [words.members(cluster.addresses)]),
    ...(cluster === null || cluster.cut === null ? [] : [words.cut[cluster.cut]]),
    ...(cluster === null || cluster.addresses < 2 ? [] : [lines.cannotRuleOut(cluster.cannotRuleOut)]),
    ...(deposit === null ? [] : lines.deposit(deposit)),
    ...lines.ofMembers(through),
    ...(deposit === null && reached.count + notCarried.count === 0 ? [say.throughNothing] : []),
    height === null ? words.noHorizon : words.horizon(height, hash ?? "-", timeText(time, language) ?? "-"),
  ]
}
