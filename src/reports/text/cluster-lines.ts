import type {
  ChangeCandidate,
  ClusterLabel,
  ClusterSubject,
  DepositSaid,
  LeftOut,
  MemberLabel,
  Some,
} from "../../contracts/cluster.ts"
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

  deposit({ service, isWeak, assets, sweeps, cannotRuleOut }: DepositSaid): string[] {
    const say = this.#say
    return [
      isWeak ? say.depositWeak(service) : say.deposit(service),
      ...(assets === undefined ? [] : [`  ${say.depositAssets(assets.join(say.semicolon))}`]),
      ...this.list(say.sweeps(sweeps.count), sweeps, txid => [txid]).map(line => `  ${line}`),
      `  ${this.cannotRuleOut(cannotRuleOut)}`,
    ]
  }

  /** Labels of other members: those that are carried over, and those that are not. */
  ofMembers({
    reached,
    notCarried,
    actors,
  }: Pick<ClusterSubject["labels"], "reached" | "notCarried" | "actors">): string[] {
    const say = this.#say
    const told = (head: string, some: Some<MemberLabel>) =>
      some.count === 0 ? [] : this.list(head, some, one => this.labelWithPath(one))
    return [
      ...told(say.reached(reached.count), reached),
      ...(actors.length > 1 ? [say.disagree(actors.join(", "))] : []),
      ...told(say.notCarried(notCarried.count), notCarried),
    ]
  }

  label({ address, label, category, abuse, list, seen, sanction }: ClusterLabel): string {
    const say = this.#say
    const kind = [category ?? say.noCategory, ...(abuse === null ? [] : [say.abuse(abuse)])]
    const told = say.label(address, label, kind.join(say.semicolon), list, seen)
    return sanction ? `${say.sanction}${say.colon}${told}` : told
  }

  labelWithPath(label: MemberLabel): readonly string[] {
    const [first] = label.path
    if (first === undefined) return [this.label(label)]
    const steps = label.path.flatMap(({ txid, to }) => [txid, to])
    return [this.label(label), this.#say.by([first.from, ...steps].join(" - "))]
  }
}
