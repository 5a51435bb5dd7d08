import type { ChangeCandidate, ClusterLabel, LeftOut, MemberLabel, Some } from "../../contracts/cluster.ts"
import type { ClusterMessages } from "../../messages/cluster.en.ts"

/** The parts of an answer about clusters, as lines. */
export class ClusterLines {
  readonly #say: ClusterMessages

  constructor(say: ClusterMessages) {
    this.#say = say
  }

  /** A head, what is shown of a list below it, and how much more there is; the head alone for null. */
  list<T>(head: string, some: Some<T> | null, tell: (one: T) => readonly string[]): string[] {
    if (some === null) return [head]
    const more = some.count - some.shown.length
    return [
      head,
      ...some.shown.flatMap(one => tell(one).map((line, n) => (n === 0 ? `- ${line}` : `    ${line}`))),
      ...(more > 0 ? [`- ${this.#say.more(more)}`] : []),
    ]
  }

  cannotRuleOut(codes: readonly string[]): string {
    const { doubts, cannotRuleOut, colon, semicolon } = this.#say
    const words: Readonly<Record<string, string>> = doubts
    return `${cannotRuleOut}${colon}${codes.map(code => words[code] ?? code).join(semicolon)}`
  }

  leftOut({ txid, pattern, anonymitySet, cannotRuleOut }: LeftOut): readonly string[] {
    const patterns: Readonly<Record<string, string>> = this.#say.patterns
    return [
      this.#say.coinjoin(txid, patterns[pattern] ?? pattern, anonymitySet),
      this.cannotRuleOut(cannotRuleOut),
    ]
  }

  change({ txid, agreed, votes }: ChangeCandidate): readonly string[] {
    const say = this.#say
    const words: Readonly<Record<string, string>> = say.heuristics
    return [
      `${txid}${say.colon}${agreed === null ? say.notAgreed : say.agreed(agreed)}`,
      ...votes.flatMap(({ heuristic, output, address, cannotRuleOut }) => [
        say.vote(output, address ?? "-", words[heuristic] ?? heuristic),
        `  ${this.cannotRuleOut(cannotRuleOut)}`,
      ]),
    ]
  }

  label({ address, label, category, list, seen }: ClusterLabel): string {
    return this.#say.label(address, label, category ?? this.#say.noCategory, list, seen)
  }

  labelWithPath(label: MemberLabel): readonly string[] {
    const [first] = label.path
    if (first === undefined) return [this.label(label)]
    const steps = label.path.flatMap(({ txid, to }) => [txid, to])
    return [this.label(label), this.#say.by([first.from, ...steps].join(" - "))]
  }
}
