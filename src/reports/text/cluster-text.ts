import type { ClusterAnswer, ClusterDocument, ClusterSubject, Some } from "../../contracts/cluster.ts"
import type { ClusterMessages } from "../../messages/cluster.en.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import { ClusterLines } from "./cluster-lines.ts"
import { notProofLines, ratesLines } from "./rates-text.ts"
import { printable } from "./table.ts"
import { timeText } from "./time-text.ts"

/** What is known of clusters, for a person. */
export function clusterText(document: ClusterDocument, language: Language): string {
  const say = clusterMessages(language)
  const { horizon, labels, answers, rates } = document
  const { height, hash, time } = horizon
  const lines = [
    ...answers.flatMap(answer => [...answerLines(answer, say), ""]),
    height === null ? say.noHorizon : say.horizon(height, hash ?? "-", timeText(time, language) ?? "-"),
    labels === null ? say.labelsAbsent : say.labelled(labels.count, labels.asOf),
    ...ratesLines(rates, say),
    ...(rates.length === 0 ? [say.notProof] : notProofLines(rates, say)),
  ]
  return `${lines.map(printable).join("\n")}\n`
}

function answerLines({ ref, kind, subjects }: ClusterAnswer, say: ClusterMessages): string[] {
  const left = subjects.count - subjects.shown.length
  return [
    say.title(ref, say.kinds[kind]),
    ...subjects.shown.flatMap(subject => ["", ...subjectLines(subject, ref, say)]),
    ...(left > 0 ? ["", say.moreSubjects(left)] : []),
  ]
}

function subjectLines(subject: ClusterSubject, ref: string, say: ClusterMessages): string[] {
  const lines = new ClusterLines(say)
  return [
    ...(subject.address === ref ? [] : [say.subject(subject.address)]),
    ...(subject.cluster === null ? [say.accounts] : clusterLines(subject.cluster, lines, say)),
    ...depositLines(subject, lines, say),
    ...(subject.depositUnknown === "no-labels" ? [] : labelLines(subject, lines, say)),
  ]
}

type Cluster = NonNullable<ClusterSubject["cluster"]>

function clusterLines(cluster: Cluster, lines: ClusterLines, say: ClusterMessages): string[] {
  const { members, cut, merges, leftOut, payjoins, changes, heldBack, cannotRuleOut } = cluster
  const list = <T>(head: (count: number) => string, some: Some<T>, tell: (one: T) => readonly string[]) =>
    some.count === 0 ? [] : lines.list(head(some.count), some, tell)
  const cannot = members.count > 1 ? [lines.cannotRuleOut(cannotRuleOut)] : []
  return [
    ...lines.list(say.members(members.count), members.count > 1 ? members : null, one => [one]),
    ...(cut === null ? [] : [say.cut[cut]]),
    ...list(say.merges, merges, ({ from, to, txid }) => [say.link(from, to, txid)]),
    ...cannot,
    ...list(say.leftOut, leftOut, one => lines.leftOut(one)),
    ...list(say.payjoins, payjoins, one => [one.txid, lines.cannotRuleOut(one.cannotRuleOut)]),
    ...list(say.heldBack, heldBack, one => {
      const [a, b] = one.addresses
      return [say.bridge[one.reason](one.txid, a, b, one.sizes, one.actors)]
    }),
    ...list(say.changes, changes, one => lines.change(one)),
  ]
}

function depositLines(subject: ClusterSubject, lines: ClusterLines, say: ClusterMessages): string[] {
  const { deposit, depositUnknown, labels } = subject
  if (depositUnknown !== null) return [say.depositUnknown[depositUnknown]]
  if (deposit === null) return labels.own.count > 0 ? [] : [say.noDeposit]
  return lines.deposit(deposit)
}

function labelLines(
  { labels, cluster }: ClusterSubject,
  lines: ClusterLines,
  say: ClusterMessages,
): string[] {
  const { own, reached, notCarried } = labels
  if (own.count + reached.count + notCarried.count === 0)
    return [cluster === null ? say.noLabels.account : say.noLabels.members]
  return [
    ...(own.count === 0 ? [] : lines.list(say.own(own.count), own, one => [lines.label(one)])),
    ...lines.ofMembers(labels),
  ]
}
