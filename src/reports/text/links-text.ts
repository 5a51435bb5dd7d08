import type {
  LinkAmount,
  LinkFinding,
  LinkNothing,
  LinkPair,
  LinksDocument,
  LinkTransaction,
} from "../../contracts/links.ts"
import type { Pitfall } from "../../ledger/link-words.ts"
import { clusterMessages } from "../../messages/cluster.ts"
import type { Language } from "../../messages/language.ts"
import type { LinkMessages } from "../../messages/links.en.ts"
import { linkMessages } from "../../messages/links.ts"
import { formatAmount } from "../../units/amount.ts"
import { ratesLines } from "./rates-text.ts"
import { timeText } from "./time-text.ts"

/** Links for a terminal: each pair with its findings, strongest kind first, then what counts nothing, then the pitfalls. */
export function linksText(document: LinksDocument, language: Language): string {
  const say = linkMessages(language)
  const page = new LinksPage(document, say, language)
  return `${page.lines().join("\n")}\n`
}

class LinksPage {
  readonly #document: LinksDocument
  readonly #say: LinkMessages
  readonly #language: Language
  readonly #decimals: ReadonlyMap<string, number>

  constructor(document: LinksDocument, say: LinkMessages, language: Language) {
    this.#document = document
    this.#say = say
    this.#language = language
    this.#decimals = new Map(document.assets.map(({ asset, decimals }) => [asset, decimals]))
  }

  lines(): readonly string[] {
    const { thefts, pairs, rule, notLooked, gaps, movesLeftOut, rates } = this.#document
    const say = this.#say
    const gapLines = [
      ...gaps.map(({ text }) => text),
      ...notLooked.map(({ reason }) => say.notLooked[reason]),
      ...(movesLeftOut > 0 ? [say.movesLeftOut(movesLeftOut)] : []),
    ]
    const measured = ratesLines(rates, clusterMessages(this.#language))
    return [
      say.intro(thefts.length, rule),
      ...thefts.map(({ id, amounts }) => say.took(id, this.#coins(amounts))),
      ...(pairs.length === 0 ? [say.onlyOne] : []),
      ...pairs.flatMap(pair => ["", ...this.#pair(pair)]),
      ...(gapLines.length === 0 ? [] : ["", say.gaps, ...gapLines.map(line => `  ${line}`)]),
      ...(measured.length === 0 ? [] : ["", ...measured]),
    ]
  }

  #pair({ thefts, sameCoins, findings, countsNothing, ...leftOut }: LinkPair): readonly string[] {
    const say = this.#say
    const links = findings.some(({ kind }) => kind !== "timing" && kind !== "chain-order")
    const pitfalls = new Map<Pitfall, string>()
    for (const finding of findings) for (const { code, text } of finding.pitfalls) pitfalls.set(code, text)
    return [
      say.pair(...thefts),
      ...(sameCoins.length === 0 ? [] : [say.sameCoins(this.#coins(sameCoins))]),
      ...(links ? [] : [say.none]),
      ...findings.flatMap(finding => this.#finding(finding)),
      ...more(leftOut.findingsLeftOut, "  ", say),
      ...(countsNothing.length === 0 ? [] : [`  ${say.nothingHead}`]),
      ...countsNothing.flatMap(nothing => this.#nothing(nothing)),
      ...more(leftOut.countsNothingLeftOut, "    ", say),
      ...(pitfalls.size === 0 ? [] : [`  ${say.pitfallHead}`]),
      ...[...pitfalls.values()].map(text => `    - ${text}`),
    ]
  }

  #finding(finding: LinkFinding): readonly string[] {
    const say = this.#say
    const { kind, grade, hops, funded, hours, nearestSeconds, interleaved, pitfalls, heuristics } = finding
    const facts = [
      say.grade(grade),
      ...(hops === null ? [] : [say.hops(hops)]),
      ...(funded === undefined ? [] : [say.funded(funded)]),
      ...(nearestSeconds === undefined ? [] : [say.nearest(nearestSeconds)]),
      ...(interleaved === undefined ? [] : [say.interleaved(interleaved)]),
      ...(heuristics === undefined ? [] : [say.restsOn(heuristics.join(", "))]),
      `[${pitfalls.map(({ code }) => code).join(", ")}]`,
    ]
    return [
      `  ${say.kinds[kind]}`,
      ...(finding.alsoAt ?? []).map(address => `    ${address}`),
      ...this.#where(finding),
      `    ${facts.join("; ")}`,
      ...(hours ?? []).map(({ theft, byHour }) => `    ${theft}: ${byHour.join(" ")}`),
    ]
  }

  #nothing(nothing: LinkNothing): readonly string[] {
    const { heuristics, text } = nothing
    return [
      `    ${text}`,
      ...this.#where(nothing).map(line => `  ${line}`),
      ...(heuristics === undefined ? [] : [`      ${this.#say.restsOn(heuristics.join(", "))}`]),
    ]
  }

  #where({ place, service, transactions, transactionsLeftOut, amounts }: LinkNothing | LinkFinding) {
    const at = [...(place === null ? [] : [place]), ...(service === null ? [] : [`(${service})`])]
    return [
      ...(at.length === 0 ? [] : [`    ${at.join(" ")}`]),
      ...transactions.map(transaction => `    ${this.#transaction(transaction)}`),
      ...more(transactionsLeftOut, "    ", this.#say),
      ...(amounts.length === 0 ? [] : [`    ${this.#byTheft(amounts)}`]),
    ]
  }

  #transaction({ role, tx, height, time, thefts }: LinkTransaction): string {
    const when = timeText(time, this.#language)
    const parts = [
      `${this.#say.roles[role]}: ${tx ?? "?"}`,
      ...(height === null ? [] : [this.#say.height(height)]),
      ...(when === null ? [] : [when]),
      thefts.join(" + "),
    ]
    return parts.join(", ")
  }

  #byTheft(amounts: readonly LinkAmount[]): string {
    return amounts.map(({ theft, ...coins }) => `${theft} ${this.#coins([coins])}`).join("; ")
  }

  #coins(amounts: readonly { readonly asset: string; readonly amount: string }[]): string {
    const text = ({ asset, amount }: { asset: string; amount: string }) =>
      `${formatAmount(BigInt(amount), this.#decimals.get(asset) ?? 0)} ${asset}`
    return amounts.length === 0 ? "0" : amounts.map(text).join(", ")
  }
}

const more = (count: number, indent: string, say: LinkMessages): readonly string[] =>
  count === 0 ? [] : [`${indent}${say.leftOut(count)}`]
