import { isDay } from "../ports/label-book.ts"
import type { CsvLine } from "./csv-lines.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { freeText, malformed, nameText } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { placed } from "./place.ts"

const REQUIRED = ["address", "network", "label"] as const
const OPTIONAL = [
  "actor",
  "category",
  "abuse",
  "confidence",
  "source",
  "licence",
  "note",
  "seen",
  "withdrawn",
] as const
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]

export const LABEL_COLUMNS: readonly string[] = [...REQUIRED, ...OPTIONAL]

/** Takes the rows of our own CSV one by one, so that a file of any length is read in bounded memory. */
export class LabelCsv {
  readonly #at: ReadonlyMap<string, number>
  readonly #width: number
  readonly #networks: Networks
  readonly #options: LabelFileOptions
  readonly #sink: LabelSink
  readonly #list: string

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
    const name = (column: Column) => orNull(nameText(column, text(column), line))
    const label = name("label")
    const code = name("network")
    if (label === null || code === null) {
      const reason = `no ${label === null ? "label" : "network"}`
      this.#sink.reject({ line, address: freeText("address", text("address"), line), network: code, reason })
      return
    }
    const where = placed(this.#networks, code, text("address"), line, this.#sink)
    if (where === null) return
    const { day, from } = dayFor(dayIn("seen", text("seen"), line), this.#options)
    const withdrawn = dayIn("withdrawn", text("withdrawn"), line)
    if (withdrawn !== null && withdrawn < day) {
      throw malformed(`withdrawn on ${withdrawn}, before it was seen on ${day}`, line)
    }
    this.#sink.label({
      ...where,
      label,
      actor: name("actor"),
      category: name("category"),
      abuse: name("abuse"),
      confidence: name("confidence"),
      definesCluster: null,
      source: orNull(freeText("source", text("source"), line)) ?? this.#options.source,
      licence: orNull(freeText("licence", text("licence"), line)) ?? this.#options.licence,
      note: orNull(freeText("note", text("note"), line)),
      list: this.#list,
      creator: null,
      seen: day,
      seenFrom: from,
      withdrawn,
    })
  }
}

function dayIn(column: string, text: string, line: number): string | null {
  if (text === "") return null
  if (!isDay(text)) throw malformed(`${column} "${text}" is no day of the form YYYY-MM-DD`, line)
  return text
}

function orNull(text: string): string | null {
  return text === "" ? null : text
}
