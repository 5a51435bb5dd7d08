import { clustersOf, hasFindings } from "../../cases/screen-findings.ts"
import type { ClusterRate } from "../../contracts/cluster.ts"
import type {
  BadRef,
  LabelItem,
  LookAlikeItem,
  ScreenAnswer,
  ScreenCounts,
  ScreenHead,
} from "../../contracts/screen.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import type { ScreenMessages } from "../../messages/screen.en.ts"
import { screenMessages } from "../../messages/screen.ts"
import { textMessages } from "../../messages/text.ts"
import { notProofLines, ratesLines } from "./rates-text.ts"
import { indented, ScreenItems } from "./screen-items.ts"
import { ScreenOwners } from "./screen-owners-text.ts"
import { printable, widthOf } from "./table.ts"

/** Different things that could not be known, told at the end of a batch. */
const MOST_UNKNOWN = 30

/** A screening for a person: a block for each reference that something is known of, a line for each other. */
export class ScreenText {
  readonly #head: ScreenHead
  readonly #say: ScreenMessages
  readonly #items: ScreenItems
  readonly #owners: ScreenOwners
  readonly #language: Language
  readonly #isSingle: boolean
  readonly #width: number
  readonly #unknown = new Map<string, number>()
  #moreUnknown = 0
  #wasBlock = false
  #isFirst = true

  constructor(head: ScreenHead, language: Language, isSingle: boolean, width: number) {
    this.#head = head
    this.#say = screenMessages(language)
    this.#items = new ScreenItems(language)
    this.#owners = new ScreenOwners(language, this.#items)
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

  end(bad: readonly BadRef[], counts: ScreenCounts, rates: readonly ClusterRate[]): string {
    const say = this.#say
    const { screened, found, pass, review, refuse } = counts
    const batch = [say.counts(screened, found, bad.length === 0 ? 0 : counts.bad)]
    if (this.#head.policy !== null) batch.push(say.countsByVerdict(pass, review, refuse))
    const unknown = [...this.#unknown].map(
      ([text, count]) => `${say.ofSome(count, screened)}${printable(text)}`,
    )
    if (this.#moreUnknown > 0) unknown.push(say.moreUnknown(this.#moreUnknown))
    const told = [...section(say.unknown, unknown, text => [text]), "", ...batch, ""]
    const words = clusterMessages(this.#language)
    const measured =
      rates.length === 0 ? [] : [...ratesLines(rates, words), ...notProofLines(rates, words), ""]
    const lines = [...(this.#isSingle ? [""] : told), ...measured, ...this.#looked()]
    return `${lines.join("\n")}\n${say.noScore} ${textMessages(this.#language).nobodyAccused}\n`
  }

  /** What could not be known is mostly the same for all: it is told once, with how many it holds for. */
  #note({ unknown }: ScreenAnswer): void {
    for (const { text } of unknown) {
      const count = this.#unknown.get(text)
      if (count !== undefined || this.#unknown.size < MOST_UNKNOWN) this.#unknown.set(text, (count ?? 0) + 1)
      else this.#moreUnknown++
    }
  }

  #line(answer: ScreenAnswer): string {
    const verdict = answer.verdict === null ? "" : `${this.#say.verdicts[answer.verdict.verdict]}  `
    // Nothing found in what was never there is no clean bill.
    const isThere = answer.unknown.every(({ code, detail }) => {
      return code !== "not-in-ledger" && detail.why !== "not-in-ledger"
    })
    const but = isThere ? "" : `${this.#say.semicolon}${this.#say.notInLedger}`
    return `${verdict}${printable(answer.ref)}  ${this.#say.clean}${but}\n`
  }

  #block(answer: ScreenAnswer): string {
    const say = this.#say
    const items = this.#items
    const imitation = (one: LookAlikeItem) => this.#imitation(answer, one)
    const label = (one: LabelItem) => items.label(one, this.#owners.sideOf(answer, one.address))
    const title = say.title(printable(answer.ref), say.kinds[answer.kind], chainsOf(answer) || say.noChain)
    const lines = [
      title,
      "=".repeat(Math.min(this.#width, widthOf(title))),
      ...this.#verdict(answer),
      ...this.#owners.owners(answer),
      ...section(say.sanctions, answer.sanctions, label),
      ...section(say.traced, answer.traced, one => items.traced(one)),
      ...section(say.labels, answer.labels, label),
      ...section(say.lookAlikes, answer.lookAlikes, imitation),
      ...section(say.named, answer.named, one => items.named(one)),
      ...section(say.withdrawn, answer.withdrawn, label),
      ...this.#owners.deposit(answer, this.#language),
      ...this.#owners.payers(answer),
      ...this.#owners.clusters(answer),
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
    const { rule, side } = verdict
    const fired = rule === null ? say.byDefault(name) : say.byRule(printable(rule), name)
    const by = side === undefined ? fired : say.onSide[side](fired)
    const facts = verdict.facts.map(fact => `  ${say.because}${say.colon}${this.#fact(answer, fact)}`)
    return [`${say.verdicts[verdict.verdict]} ${by}`, ...facts]
  }

  /** The fact that a pointer names, in a line. */
  #fact(answer: Omit<ScreenAnswer, "verdict">, pointer: string): string {
    const items = this.#items
    const found = clustersOf(answer).find(({ path }) => pointer.startsWith(`${path}/`))
    const isCarried = !/\/(?:notCarried|heldBack)\//.test(pointer)
    const how = isCarried ? this.#say.inferred : this.#say.inferredBeyond
    const inferred = found === undefined ? "" : ` (${how})`
    const [list = "", index = ""] = pointer.split("/").slice(-2)
    const { labels, traced } = found?.cluster ?? answer
    const payer = /^\/paidBy\/found\/(\d+)\/(labels|withdrawn)\/(\d+)$/.exec(pointer)
    const paid = answer.paidBy?.found[Number(payer?.[1])]
    const said = payer?.[2] === "withdrawn" ? paid?.withdrawn : paid?.labels
    const paidLabel = said?.[Number(payer?.[3])]
    if (paid !== undefined && paidLabel !== undefined)
      return `${items.labelLine(paidLabel, this.#say.payer)}${this.#say.semicolon}${items.paid(paid)}`
    const at = /\/heldBack\/(\d+)\//.exec(pointer)?.[1]
    const beyond = at === undefined ? null : found?.cluster.heldBack[Number(at)]
    const { notCarried = [] } = found?.cluster ?? {}
    const lists = { sanctions: answer.sanctions, labels: beyond?.labels ?? labels, notCarried }
    const label = { ...lists, withdrawn: answer.withdrawn }[list]?.[Number(index)]
    const side = label === undefined ? null : this.#owners.sideOf(answer, label.address)
    if (label !== undefined) return `${items.labelLine(label, side)}${inferred}`
    const value = list === "traced" ? traced[Number(index)] : undefined
    if (value !== undefined) return `${items.tracedFact(value)}${inferred}`
    const imitation = list === "lookAlikes" ? answer.lookAlikes[Number(index)] : undefined
    if (imitation !== undefined) return this.#imitation(answer, imitation)[0] ?? pointer
    return answer.unknown[Number(index)]?.text ?? pointer
  }

  /** What an owner imitates begins with the owner; what is screened has been named. */
  #imitation({ owners, addresses }: Omit<ScreenAnswer, "verdict">, one: LookAlikeItem): string[] {
    return this.#items.lookAlike(one, owners !== null && addresses.includes(one.of))
  }

  #looked(): string[] {
    const say = this.#say
    const { labels, ledger, cases, asOf } = this.#head
    const all = [
      labels === null ? null : say.lookedLabels(labels.count, labels.folder, asOf, labels.newest),
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
