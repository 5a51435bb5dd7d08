import { FIRST_DAY, isDay } from "../ports/label-book.ts"
import type { CsvLine } from "./csv-lines.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { freeText, malformed, nameText, tooEarly } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { placed } from "./place.ts"

const REQUIRED = ["address", "network", "label"] as const
const OPTIONAL = [
  "actor",
  "category",
  "abuse",
  "confidence",
  "is_cluster_definer",
  "source",
  "licence",
  "note",
  "seen",
  "withdrawn",
] as const
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]

/** Of one column. */
const MOST_REMEMBERED = 10_000

export const LABEL_COLUMNS: readonly string[] = [...REQUIRED, ...OPTIONAL]

/** Takes the rows of our own CSV one by one, so that a file of any length is read in bounded memory. */
export class LabelCsv {
  readonly #at: ReadonlyMap<string, number>
  readonly #width: number
  readonly #networks: Networks
  readonly #options: LabelFileOptions
  readonly #sink: LabelSink
  readonly #list: string
  readonly #words = new Words()

  /** @throws Problem `labels-malformed` */
  constructor(
    header: readonly string[],
    fileName: string,
    networks: Networks,
    options: LabelFileOptions,
    sink: LabelSink,
  ) {
    this.#at = new Map(header.map((name, at) => [name, at]))
    this.#width = header.length
    for (const name of header) {
      if (!LABEL_COLUMNS.includes(name)) {
        throw malformed(`the column "${name}" is not known; the columns are ${LABEL_COLUMNS.join(",")}`)
      }
    }
    if (this.#at.size < header.length) throw malformed("a column stands twice")
    const missing = REQUIRED.find(name => !this.#at.has(name))
    if (missing !== undefined) throw malformed(`the column ${missing} is missing`)
    this.#networks = networks
    this.#options = options
    this.#sink = sink
    this.#list = options.list ?? nameText("the file's name", fileName)
    const { day, from } = dayFor(null, options)
    sink.begin({ form: "csv", list: this.#list, creator: null, day, dayFrom: from })
  }

  row({ fields, line }: CsvLine): void {
    if (fields.length !== this.#width) {
      throw malformed(`${this.#width} fields expected, ${fields.length} found`, line)
    }
    const text = (column: Column): string => fields[this.#at.get(column) ?? -1] ?? ""
    const name = (column: Column) => this.#words.of(column, text(column), line, nameText)
    const words = (column: Column) => this.#words.of(column, text(column), line, freeText)
    const label = name("label")
    const code = name("network")
    if (label === null || code === null) {
      const reason = `no ${label === null ? "label" : "network"}`
      this.#sink.reject({ line, address: freeText("address", text("address"), line), network: code, reason })
      return
    }
    const own = this.#words.of("seen", text("seen"), line, dayText)
    if (own !== null && own < FIRST_DAY) {
      const address = freeText("address", text("address"), line)
      this.#sink.reject({ line, address, network: code, reason: tooEarly("seen", own) })
      return
    }
    const where = placed(this.#networks, code, text("address"), line, this.#sink)
    if (where === null) return
    const { day, from } = dayFor(own, this.#options)
    const withdrawn = this.#words.of("withdrawn", text("withdrawn"), line, dayText)
    if (withdrawn !== null && withdrawn < day) {
      throw malformed(`withdrawn on ${withdrawn}, before it was seen on ${day}`, line)
    }
    const cluster = this.#words.of("is_cluster_definer", text("is_cluster_definer"), line, truthText)
    // Each field by itself: spread out of another object they would take several times as long as all the rest.
    this.#sink.label({
      address: where.address,
      network: where.network,
      checked: where.checked,
      label,
      actor: name("actor"),
      category: name("category"),
      abuse: name("abuse"),
      confidence: name("confidence"),
      definesCluster: cluster === null ? null : cluster === "true",
      source: words("source") ?? this.#options.source,
      licence: words("licence") ?? this.#options.licence,
      note: words("note"),
      list: this.#list,
      creator: null,
      seen: day,
      seenFrom: from,
      withdrawn,
    })
  }
}

type Reading = (field: string, text: string, line?: number) => string

/** Most columns repeat a few words: what was looked through once is remembered. */
class Words {
  readonly #known = new Map<string, Map<string, string>>()

  /** @returns null for an empty field */
  of(column: Column, text: string, line: number, read: Reading): string | null {
    if (text === "") return null
    let known = this.#known.get(column)
    if (known === undefined) {
      known = new Map()
      this.#known.set(column, known)
    }
    const before = known.get(text)
    if (before !== undefined) return before === "" ? null : before
    const found = read(column, text, line)
    if (known.size < MOST_REMEMBERED) known.set(text, found)
    return found === "" ? null : found
  }
}

function dayText(column: string, text: string, line?: number): string {
  if (!isDay(text)) throw malformed(`${column} "${text}" is no day of the form YYYY-MM-DD`, line)
  return text
}

function truthText(column: string, text: string, line?: number): string {
  const lower = text.toLowerCase()
  if (lower !== "true" && lower !== "false")
    throw malformed(`${column} is "${text}", not true or false`, line)
  return lower
}
