import type {
  LabelItem,
  LookAlikeItem,
  NamedItem,
  PathStep,
  PayerItem,
  StoppedAt,
  TracedItem,
} from "../../contracts/screen.ts"
import { CONSERVING_RULES, RULES, type RuleName } from "../../ledger/vocabulary.ts"
import type { Language } from "../../messages/language.ts"
import type { ScreenMessages } from "../../messages/screen.en.ts"
import { screenMessages } from "../../messages/screen.ts"
import { textMessages } from "../../messages/text.ts"
import { formatAmount } from "../../units/amount.ts"
import { printable } from "./table.ts"
import { timeText } from "./time-text.ts"

/** Steps of a path that a person is shown; the JSON has up to a hundred. */
const MOST_STEPS = 12

/** Each item of a screening in lines of text: the first says what it is, the others, indented, where from. */
export class ScreenItems {
  readonly #language: Language
  readonly #say: ScreenMessages

  constructor(language: Language) {
    this.#language = language
    this.#say = screenMessages(language)
  }

  /** @param side whether its address spent or received in what is screened; null where that is not asked */
  label(item: LabelItem, side: string | null = null): string[] {
    const say = this.#say
    const facts = [
      item.actor === null ? null : say.actor(item.actor),
      item.category === null ? null : say.category(item.category),
      item.abuse === null ? null : say.abuse(item.abuse),
      item.confidence === null ? null : say.confidence(item.confidence),
      say.network(item.network),
      item.checked ? null : say.unchecked,
      say.seen(item.seen, item.seenFrom),
      item.withdrawn === null ? null : say.withdrawnOn(item.withdrawn),
    ]
    const from = [
      item.source === null ? null : `${say.source}${say.colon}${item.source}`,
      item.licence === null ? null : say.licence(item.licence),
    ]
    return [
      this.labelLine(item, side),
      indented(this.#joined(facts)),
      ...from.filter(one => one !== null).map(one => indented(printable(one))),
      ...(item.note === null ? [] : [indented(printable(item.note))]),
    ]
  }

  labelLine({ label, list, address }: LabelItem, side: string | null = null): string {
    const where = side === null ? "" : ` (${side})`
    return printable(`${address} ${this.#say.labelledAs(label, list)}${where}`)
  }

  /** What a payer paid: a sum that is not more than this. */
  paid({ amounts, transactions }: PayerItem): string {
    const told = amounts.map(
      ({ asset, decimals, atMost }) => `${formatAmount(BigInt(atMost), decimals)} ${asset}`,
    )
    return printable(this.#say.paidAtMost(told.join(this.#say.comma), transactions))
  }

  named({ address, name, case: where, grade, sources }: NamedItem): string[] {
    const say = this.#say
    return [
      printable(`${address}${say.colon}${say.namedAs(name[this.#language], where)}`),
      indented(say.grade(textMessages(this.#language).grades[grade])),
      ...sources.map(({ title, url }) =>
        indented(printable(`${say.source}${say.colon}${title}${url === null ? "" : ` ${url}`}`)),
      ),
    ]
  }

  traced(item: TracedItem): string[] {
    const say = this.#say
    const { path, pathLeftOut, pathRule } = item
    const shown = path.slice(-MOST_STEPS)
    const leftOut = pathLeftOut + path.length - shown.length
    return [
      this.tracedLine(item),
      ...this.#arrived(item).map(indented),
      ...this.#held(item).map(indented),
      indented(
        this.#joined([
          say.hops(item.hops),
          say.grade(textMessages(this.#language).grades[item.grade]),
          say.upTo(this.#asOf(item)),
        ]),
      ),
      ...this.#byRule(item).map(indented),
      indented(`${say.path(pathRule)}${say.colon.trimEnd()}`),
      ...(leftOut > 0 ? [indented(indented(say.pathLeftOut(leftOut)))] : []),
      ...shown.map(step => indented(indented(this.#step(step, item)))),
    ]
  }

  tracedLine(item: TracedItem): string {
    const say = this.#say
    return printable(
      `${say.tracedOf(item.theft, item.in.name)}${say.colon}${say.received} ${this.#figure(item, "received")}`,
    )
  }

  /** As a reason for a verdict: that what arrived at a service may be there yet belongs to it. */
  tracedFact(item: TracedItem): string {
    const line = this.tracedLine(item)
    return item.stops.length === 0
      ? line
      : `${line}${this.#say.semicolon}${this.#say.atMostHeld(this.#figure(item, "arrived"))}`
  }

  /** @param isOwner whether it is an owner of what is screened, and not that itself */
  lookAlike(item: LookAlikeItem, isOwner = false): string[] {
    const say = this.#say
    const known = item.knownFrom
    const { what, imitates, symbol, head, tail } = item
    const first =
      what === "address"
        ? say.lookAlike.address(imitates, known)
        : what === "token"
          ? say.lookAlike.token(symbol ?? "", imitates, known)
          : say.lookAlike.transaction(symbol ?? "", imitates, known)
    const ends = head === null || tail === null || what !== "address" ? null : say.ends(head, tail)
    return [
      printable(isOwner ? `${item.of}${say.colon}${first}` : first),
      indented(
        this.#joined([
          ends,
          item.found === "recorded" ? say.recorded : say.resembles,
          say.grade(textMessages(this.#language).grades[item.grade]),
        ]),
      ),
      ...(item.oneIn === null ? [] : [indented(say.oneIn(BigInt(item.oneIn)))]),
      indented(item.carriesNothing ? say.carriesNothing : say.carriesSome),
      ...item.sources.map(({ title, url }) =>
        indented(printable(`${say.source}${say.colon}${title}${url === null ? "" : ` ${url}`}`)),
      ),
    ]
  }

  #held(item: TracedItem): string[] {
    const hasHeld = Object.values(item.rules).some(({ held }) => held !== null)
    return hasHeld ? [`${this.#say.held}${this.#say.colon}${this.#figure(item, "held")}`] : []
  }

  #arrived(item: TracedItem): string[] {
    const { arrived, arrivedNote, colon, semicolon, stopsLeftOut } = this.#say
    const { stops, stopsLeftOut: leftOut } = item
    if (stops.length === 0) return []
    return [
      `${arrived}${colon}${this.#figure(item, "arrived")}${semicolon}${arrivedNote}`,
      ...stops.map(stop => indented(printable(this.#stop(stop)))),
      ...(leftOut > 0 ? [indented(stopsLeftOut(leftOut))] : []),
    ]
  }

  #stop({ service, by, label, list, via }: StoppedAt): string {
    if (by === null) return service
    return `${service}${this.#say.colon}${this.#say.stop[by](list ?? "", label ?? "", via ?? "")}`
  }

  /** The range over the conserving rules, or each rule's word where fewer than two were asked. */
  #figure(item: TracedItem, of: "received" | "arrived" | "held"): string {
    const range = item.range?.[of]
    if (range === null || range === undefined) {
      const asked = item.rulesAsked.map(
        rule => `${rule} ${this.#amount(item, item.rules[rule]?.[of] ?? "0")}`,
      )
      return asked.join(this.#say.comma)
    }
    const { least, most } = range
    if (least === most) return this.#say.everyRule(this.#amount(item, most))
    return this.#say.range(this.#amount(item, least), this.#amount(item, most))
  }

  /** Told where the rules differ. */
  #byRule(item: TracedItem): string[] {
    const asked = RULES.filter(rule => item.rulesAsked.includes(rule))
    const told = asked.map(rule => ({ rule, text: this.#ofRule(item, rule) }))
    const conserving = told.filter(({ rule }) => CONSERVING_RULES.some(one => one === rule))
    if (new Set(conserving.map(({ text }) => text)).size <= 1 && item.range !== null) return []
    const note = asked.includes("poison") ? `${this.#say.semicolon}${this.#say.poisonApart}` : ""
    return [
      `${this.#say.rules}${note}${this.#say.colon.trimEnd()}`,
      ...told.map(({ rule, text }) => indented(`${rule}${this.#say.colon}${text}`)),
    ]
  }

  #ofRule(item: TracedItem, rule: RuleName): string {
    const own = item.rules[rule]
    const amount = (text: string | undefined) => this.#amount(item, text ?? "0")
    const hasHeld = Object.values(item.rules).some(({ held }) => held !== null)
    const held = hasHeld ? amount(own?.held ?? "0") : this.#say.notKnown
    return [amount(own?.received), amount(own?.arrived), held].join(this.#say.comma)
  }

  #amount({ asset, decimals }: TracedItem, amount: string): string {
    return `${formatAmount(BigInt(amount), decimals)} ${asset}`
  }

  #asOf({ in: { asOf } }: TracedItem): string {
    const time = timeText(asOf.time, this.#language)
    const height = asOf.height === null ? null : this.#say.height(asOf.height)
    return [height, time].filter(one => one !== null).join(this.#say.comma) || this.#say.notKnown
  }

  #step({ tx, time, address, pot, traced }: PathStep, item: TracedItem): string {
    const when = timeText(time, this.#language) ?? this.#say.notKnown
    return printable(
      `${when}  ${tx ?? this.#say.noHash}  ${this.#amount(item, traced)} -> ${address ?? pot ?? "-"}`,
    )
  }

  #joined(parts: readonly (string | null)[]): string {
    return printable(parts.filter(part => part !== null).join(this.#say.semicolon))
  }
}

export function indented(line: string): string {
  return `  ${line}`
}
