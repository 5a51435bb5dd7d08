import { hasFindings } from "../../cases/screen-findings.ts"
import type { BadRef, ScreenAnswer, ScreenCounts, ScreenHead } from "../../contracts/screen.ts"
import type { Language } from "../../messages/language.ts"
import type { ScreenMessages } from "../../messages/screen.en.ts"
import { screenMessages } from "../../messages/screen.ts"
import { textMessages } from "../../messages/text.ts"
import { indented, ScreenItems } from "./screen-items.ts"
import { printable, widthOf } from "./table.ts"

/** Different things that could not be known, told at the end of a batch. */
const MOST_UNKNOWN = 30

/** A screening for a person: a block for each reference that something is known of, a line for each other. */
export class ScreenText {
  readonly #head: ScreenHead
  readonly #say: ScreenMessages
  readonly #items: ScreenItems
  readonly #language: Language
  readonly #isSingle: boolean
  readonly #width: number
  readonly #unknown = new Map<string, number>()
  #wasBlock = false
  #isFirst = true

  constructor(head: ScreenHead, language: Language, isSingle: boolean, width: number) {
    this.#head = head
    this.#say = screenMessages(language)
    this.#items = new ScreenItems(language)
    this.#language = language
    this.#isSingle = isSingle
    this.#width = width
  }

  answer(answer: ScreenAnswer): string {
    if (!this.#isSingle) this.#note(answer)
    const isBlock = this.#isSingle || hasFindings(answer)
    const gap = !this.#isFirst && (isBlock || this.#wasBlock) ? "\n" : ""
    this.#isFirst = false
    this.#wasBlock = isBlock
    return `${gap}${isBlock ? this.#block(answer) : this.#line(answer)}`
  }

  end(bad: readonly BadRef[], counts: ScreenCounts): string {
    const say = this.#say
    const { screened, found, pass, review, refuse } = counts
    const batch = [say.counts(screened, found, bad.length === 0 ? 0 : counts.bad)]
    if (this.#head.policy !== null) batch.push(say.countsByVerdict(pass, review, refuse))
    const unknown = [...this.#unknown].map(
      ([text, count]) => `${say.ofSome(count, screened)}${printable(text)}`,
    )
    const told = [...section(say.unknown, unknown, text => [text]), "", ...batch, ""]
    const lines = this.#isSingle ? ["", ...this.#looked()] : [...told, ...this.#looked()]
    return `${lines.join("\n")}\n${say.noScore} ${textMessages(this.#language).nobodyAccused}\n`
  }

  /** What could not be known is mostly the same for all: it is told once, with how many it holds for. */
  #note({ unknown }: ScreenAnswer): void {
    for (const { text } of unknown) {
      const count = this.#unknown.get(text)
      if (count !== undefined || this.#unknown.size < MOST_UNKNOWN) this.#unknown.set(text, (count ?? 0) + 1)
    }
  }

  #line(answer: ScreenAnswer): string {
    const verdict = answer.verdict === null ? "" : `${this.#say.verdicts[answer.verdict.verdict]}  `
    return `${verdict}${printable(answer.ref)}  ${this.#say.clean}\n`
  }

  #block(answer: ScreenAnswer): string {
    const say = this.#say
    const items = this.#items
    const title = say.title(printable(answer.ref), say.kinds[answer.kind], chainsOf(answer) || say.noChain)
    const owners = answer.kind === "address" || answer.addresses.length === 0 ? [] : [this.#owners(answer)]
    const lines = [
      title,
      "=".repeat(Math.min(this.#width, widthOf(title))),
      ...this.#verdict(answer),
      ...owners,
      ...section(say.sanctions, answer.sanctions, one => items.label(one)),
      ...section(say.traced, answer.traced, one => items.traced(one)),
      ...section(say.labels, answer.labels, one => items.label(one)),
      ...section(say.lookAlikes, answer.lookAlikes, one => items.lookAlike(one)),
      ...section(say.named, answer.named, one => items.named(one)),
      ...section(say.withdrawn, answer.withdrawn, one => items.label(one)),
      ...this.#cluster(answer),
      ...(hasFindings(answer) ? [] : ["", say.nothing]),
      ...(this.#isSingle ? section(say.unknown, answer.unknown, ({ text }) => [printable(text)]) : []),
    ]
    return `${lines.join("\n")}\n`
  }

  #verdict({ verdict, ...answer }: ScreenAnswer): string[] {
    const say = this.#say
    const { policy } = this.#head
    if (verdict === null || policy === null) return [say.noVerdict]
    const name = printable(policy.name ?? policy.file)
    const by = verdict.rule === null ? say.byDefault(name) : say.byRule(printable(verdict.rule), name)
    const facts = verdict.facts.map(fact => `  ${say.because}${say.colon}${this.#fact(answer, fact)}`)
    return [`${say.verdicts[verdict.verdict]} ${by}`, ...facts]
  }

  /** The fact that a pointer names, in a line. */
  #fact(answer: Omit<ScreenAnswer, "verdict">, pointer: string): string {
    const items = this.#items
    const [, list, second, third] = pointer.split("/")
    const index = Number(list === "cluster" ? third : second)
    const through = list === "cluster" ? answer.cluster : null
    const key = through === null ? list : second
    const [labels, traced] =
      through === null ? [answer.labels, answer.traced] : [through.labels, through.traced]
    const inferred = through === null ? "" : ` (${this.#say.inferred})`
    const label = { sanctions: answer.sanctions, labels, withdrawn: answer.withdrawn }[key ?? ""]?.[index]
    if (label !== undefined) return `${items.labelLine(label)}${inferred}`
    const found = key === "traced" ? traced[index] : undefined
    if (found !== undefined) return `${items.tracedLine(found)}${inferred}`
    const imitation = key === "lookAlikes" ? answer.lookAlikes[index] : undefined
    if (imitation !== undefined) return items.lookAlike(imitation)[0] ?? pointer
    return answer.unknown[index]?.text ?? pointer
  }

  #owners({ addresses }: ScreenAnswer): string {
    const few = addresses.slice(0, 3).map(printable).join(", ")
    return this.#say.ownerIs(addresses.length > 3 ? `${few} ... (${addresses.length})` : few)
  }

  #cluster({ cluster }: ScreenAnswer): string[] {
    if (cluster === null || cluster.labels.length + cluster.traced.length === 0) return []
    const lines = [
      ...cluster.labels.flatMap(one => [...this.#items.label(one), indented(one.via.join(" - "))]),
      ...cluster.traced.flatMap(one => this.#items.traced(one)),
    ]
    return ["", this.#say.cluster(cluster.addresses), ...lines.map(indented)]
  }

  #looked(): string[] {
    const say = this.#say
    const { labels, ledger, cases, asOf } = this.#head
    const all = [
      labels === null ? null : say.lookedLabels(labels.count, labels.folder, asOf),
      ledger === null ? null : say.lookedLedger(ledger.folder, ledger.chain ?? "-", ledger.thefts.length),
      say.lookedCases(cases.join(", ")),
    ]
    return [`${say.looked}${say.colon}${printable(all.filter(one => one !== null).join(say.semicolon))}`]
  }
}

function section<T>(title: string, list: readonly T[], linesOf: (item: T) => readonly string[]): string[] {
  return list.length === 0 ? [] : ["", title, ...list.flatMap(linesOf).map(indented)]
}

function chainsOf({ forms }: ScreenAnswer): string {
  return [...new Set(forms.flatMap(({ chains }) => chains))].join(", ")
}
