import { arrivalKey } from "../../cases/trace-case.ts"
import type { Arrival, AssetAnswer, Flow } from "../../contracts/trace.ts"
import type { Grade } from "../../ledger/grade.ts"
import { BUCKETS, type Bucket, CONSERVING_RULES } from "../../ledger/vocabulary.ts"
import type { Language } from "../../messages/language.ts"
import type { TextMessages } from "../../messages/text.en.ts"
import { textMessages } from "../../messages/text.ts"
import { formatAmount } from "../../units/amount.ts"
import { type RuleGroup, ruleGroups } from "./rule-groups.ts"
import { type Column, printable, tableText } from "./table.ts"
import { timeText } from "./time-text.ts"

/** Rows of a list printed for a person; JSON has them all. */
const MOST_ROWS = 24

/** One asset's answer: the identity by rule, holdings with their range, arrivals, flows if asked for. */
export function assetText(
  answer: AssetAnswer,
  grades: ReadonlyMap<string, Grade>,
  language: Language,
  width: number,
): string[] {
  const say = textMessages(language)
  const page = new AssetPage(answer, grades, language, say, width)
  return [
    say.whereItIs(answer.decimals === 0 ? say.amountsIn(answer.asset) : answer.asset),
    "",
    ...page.identity(),
    "",
    ...page.holdings(),
    "",
    ...page.arrivals(),
    ...page.flows(),
  ]
}

class AssetPage {
  readonly #answer: AssetAnswer
  readonly #grades: ReadonlyMap<string, Grade>
  readonly #language: Language
  readonly #say: TextMessages
  readonly #width: number
  readonly #groups: readonly RuleGroup[]

  constructor(
    answer: AssetAnswer,
    grades: ReadonlyMap<string, Grade>,
    language: Language,
    say: TextMessages,
    width: number,
  ) {
    this.#answer = answer
    this.#grades = grades
    this.#language = language
    this.#say = say
    this.#width = width
    this.#groups = ruleGroups(answer)
  }

  identity(): string[] {
    const say = this.#say
    const { poison, ...conserving } = this.#answer.rules
    const shown = BUCKETS.filter(
      bucket =>
        bucket === "declared" ||
        bucket === "held" ||
        this.#groups.some(({ answer }) => answer.total[bucket] !== "0"),
    )
    const columns: Column[] = [{ head: "", align: "left" }, ...this.#ruleColumns()]
    const rows = shown.map(bucket => {
      const cells = this.#groups.map(({ answer }) => this.#amount(answer.total[bucket]))
      const reach =
        poison === undefined
          ? []
          : [bucket === "held" || bucket === "services" ? this.#amount(poison.reach[bucket]) : ""]
      return [`${this.#sign(bucket)} ${say.buckets[bucket]}`, ...cells, ...reach]
    })
    const lines = tableText(columns, [...rows, ...this.#theftRows()], this.#width)
    const agreed = CONSERVING_RULES.filter(rule => conserving[rule]?.reconciles)
    if (agreed.length > 0) lines.push("", say.reconciled(agreed))
    if (poison !== undefined) lines.push(say.poisonConservesNothing)
    return lines
  }

  #sign(bucket: Bucket): string {
    return bucket === "declared" ? " " : bucket === "exchangedIn" ? "+" : bucket === "held" ? "=" : "+"
  }

  /** With several thefts each has its own held and arrived, since a unit may count for more than one. */
  #theftRows(): string[][] {
    const ids = [...new Set(this.#groups.flatMap(({ answer }) => Object.keys(answer.byTheft)))]
    if (ids.length < 2) return []
    const poison = this.#answer.rules.poison
    const row = (id: string, bucket: "declared" | "held" | "services" | "collided", name: string) => [
      `  ${printable(id)}: ${name}`,
      ...this.#groups.map(({ answer }) => this.#amount(answer.byTheft[id]?.[bucket] ?? "0")),
      ...(poison === undefined
        ? []
        : [bucket === "declared" ? "" : this.#amount(poison.byTheft[id]?.[bucket] ?? "0")]),
    ]
    const say = this.#say
    return ids
      .slice(0, MOST_ROWS)
      .flatMap(id => [
        row(id, "declared", say.buckets.declared),
        row(id, "collided", say.collided),
        row(id, "held", say.buckets.held),
        row(id, "services", say.buckets.services),
      ])
  }

  #ruleColumns(): Column[] {
    const say = this.#say
    const heads = this.#groups.map(({ rules }) => {
      return this.#groups.length === 1 && rules.length >= 5 ? say.allConserving : say.rulesOf(rules)
    })
    if (this.#answer.rules.poison !== undefined) heads.push(`poison (${say.reach})`)
    return heads.map(head => ({ head, align: "right" }))
  }

  holdings(): string[] {
    const say = this.#say
    const { poison } = this.#answer.rules
    const lists = [
      ...this.#groups.map(({ answer }) => answer.holdings),
      ...(poison === undefined ? [] : [poison.holdings]),
    ]
    const byRule = lists.map(list => new Map(list.map(({ pot, traced }) => [pot, traced])))
    const range = this.#answer.range
    const pots = range?.map(({ pot }) => pot) ?? lists[0]?.map(({ pot }) => pot) ?? []
    if (pots.length === 0) return [say.noHoldings]
    const columns: Column[] = [
      { head: say.pot, align: "left" },
      ...(range === undefined ? [] : [{ head: say.range, align: "right" as const }]),
      ...this.#ruleColumns(),
      { head: say.grade, align: "left" },
    ]
    const rows = pots
      .slice(0, MOST_ROWS)
      .map((pot, at) => [
        printable(
          pot.endsWith(`/${this.#answer.asset}`) ? pot.slice(0, -this.#answer.asset.length - 1) : pot,
        ),
        ...(range === undefined ? [] : [this.#range(range[at])]),
        ...byRule.map(traced => this.#amount(traced.get(pot) ?? "0")),
        this.#grade(pot),
      ])
    return [say.holdings, ...tableText(columns, rows, this.#width), ...this.#more(pots.length)]
  }

  arrivals(): string[] {
    const say = this.#say
    const lists = this.#groups.map(({ answer }) => answer.arrivals)
    const key = ({ pot, tx, time }: Arrival) => arrivalKey(pot, { id: tx, time })
    const all = new Map<string, Arrival>()
    for (const arrival of lists.flat()) if (!all.has(key(arrival))) all.set(key(arrival), arrival)
    if (all.size === 0) return [say.noArrivals]
    const sums = lists.map(list => {
      const sum = new Map<string, bigint>()
      for (const arrival of list)
        sum.set(key(arrival), (sum.get(key(arrival)) ?? 0n) + BigInt(arrival.traced))
      return sum
    })
    const columns: Column[] = [
      { head: say.address, align: "left" },
      ...this.#ruleColumns().slice(0, this.#groups.length),
      { head: say.grade, align: "left" },
    ]
    const shown = [...all].slice(0, MOST_ROWS)
    const rows = shown.map(([id, { address }]) => [
      printable(address),
      ...sums.map(sum => this.#amount((sum.get(id) ?? 0n).toString())),
      this.#grade(id),
    ])
    const notes = shown.map(([, { service, tx, time }]) => {
      const when = timeText(time, this.#language) ?? say.unknown
      return printable(`${service}; ${when}; ${tx ?? say.noHash}`)
    })
    return [
      say.arrivals,
      ...this.#byService(lists),
      "",
      ...tableText(columns, rows, this.#width, notes),
      ...this.#more(all.size),
    ]
  }

  /** What each service got in all: one line, or one for each group of rules where they differ. */
  #byService(lists: readonly (readonly Arrival[])[]): string[] {
    const services = [...new Set(lists.flat().map(({ service }) => service))]
    return services.map(service => {
      const own = lists.map(list => list.filter(arrival => arrival.service === service))
      const sums = own.map(list => list.reduce((sum, { traced }) => sum + BigInt(traced), 0n))
      const figures = [...new Set(sums.map(sum => this.#amount(sum.toString())))].join(" / ")
      const most = Math.max(...own.map(list => list.length))
      return `  ${printable(service)}: ${figures} ${this.#answer.asset} (${this.#say.arrivalsAt(most)})`
    })
  }

  flows(): string[] {
    const say = this.#say
    return this.#groups.flatMap(({ rules, answer }) => {
      if (answer.flows.length === 0) return []
      const heads = [say.kind, say.transaction, say.time, say.from, say.to]
      const columns: Column[] = [
        ...heads.map((head): Column => ({ head, align: "left" })),
        { head: say.amount, align: "right" },
        { head: say.traced, align: "right" },
        { head: say.grade, align: "left" },
      ]
      const rows = answer.flows.map(flow => this.#flowRow(flow))
      const leftOut = answer.flowsLeftOut ? [say.flowsLeftOut(answer.flowsLeftOut)] : []
      return [
        "",
        `${say.flows}: ${say.rulesOf(rules)}`,
        ...tableText(columns, rows, Number.MAX_SAFE_INTEGER),
        ...leftOut,
      ]
    })
  }

  #flowRow({ kind, tx, time, from, to, amount, traced, grade }: Flow): string[] {
    const when = timeText(time, this.#language) ?? this.#say.unknown
    const ends = [from.join(" "), to ?? "-"].map(printable)
    return [
      kind,
      printable(tx ?? "-"),
      when,
      ...ends,
      this.#amount(amount),
      this.#amount(traced),
      this.#say.grades[grade],
    ]
  }

  #amount(text: string): string {
    return formatAmount(BigInt(text), this.#answer.decimals)
  }

  #range(entry: { least: string; most: string } | undefined): string {
    const { least, most } = entry ?? { least: "0", most: "0" }
    return least === most ? this.#amount(most) : `${this.#amount(least)} - ${this.#amount(most)}`
  }

  #grade(key: string): string {
    const grade = this.#grades.get(key)
    return grade === undefined ? "" : this.#say.grades[grade]
  }

  #more(count: number): string[] {
    return count > MOST_ROWS ? [this.#say.more(count - MOST_ROWS)] : []
  }
}
