import { FIRST_DAY, isDay, type Label } from "../ports/label-book.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { freeText, malformed, nameText, tooEarly } from "./label-text.ts"
import type { Networks } from "./network.ts"
import { placed } from "./place.ts"
import type { YamlFields, YamlPack, YamlValue } from "./safe-yaml.ts"

/** Fields of GraphSense's TagPack schema, of the header alone and of a tag (or of the header, for all tags). */
const HEADER_FIELDS = new Set(["title", "creator", "description", "owner", "is_public"])
const TAG_FIELDS = new Set([
  "address",
  "tx_hash",
  "label",
  "source",
  "currency",
  "network",
  "context",
  "confidence",
  "is_cluster_definer",
  "created",
  "lastmod",
  "category",
  "abuse",
  "actor",
  "concepts",
  "tag_type",
])

/**
 * GraphSense's TagPack: a header whose fields each tag inherits, and tags that may say otherwise. Fields that the schema
 * does not have are named to the sink and left out.
 *
 * @throws Problem `labels-malformed`
 */
export function readTagPack(
  { header, items }: YamlPack,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
): void {
  const unknown = new Set<string>()
  const title = new Tag(header, null).name("title") ?? malformedHeader("title")
  const creator = new Tag(header, null).name("creator") ?? malformedHeader("creator")
  noteUnknown(header, key => HEADER_FIELDS.has(key) || TAG_FIELDS.has(key), unknown)
  const tags = [...items].map(fields => new Tag(fields, header))
  const said = [new Tag(header, null).day(), ...tags.map(tag => tag.day())].filter(day => day !== null)
  const days = said.filter(day => day >= FIRST_DAY)
  const own = days.reduce<string | null>(
    (latest, day) => (latest === null || day > latest ? day : latest),
    null,
  )
  // The list as a whole speaks for the day that the user states, the labels for their own.
  const whole = options.seen === null ? dayFor(own, options) : dayFor(null, options)
  sink.begin({ form: "tagpack", list: options.list ?? title, creator, day: whole.day, dayFrom: whole.from })
  for (const tag of tags) {
    noteUnknown(tag.own, key => TAG_FIELDS.has(key), unknown)
    takeTag(tag, options.list ?? title, creator, networks, options, sink)
  }
  for (const key of unknown) sink.note(`unknown key "${key}" left out`)
}

function takeTag(
  tag: Tag,
  list: string,
  creator: string,
  networks: Networks,
  options: LabelFileOptions,
  sink: LabelSink,
): void {
  const { line } = tag.own
  const address = tag.free("address") ?? ""
  const code = tag.name("network") ?? tag.name("currency")
  const label = tag.name("label")
  const missing = address === "" ? "address" : label === null ? "label" : code === null ? "currency" : null
  if (missing !== null || label === null || code === null) {
    const reason =
      tag.free("tx_hash") === null ? `no ${missing}` : "a tag of a transaction, not of an address"
    sink.reject({
      line,
      address: address === "" ? (tag.free("tx_hash") ?? "") : address,
      network: code,
      reason,
    })
    return
  }
  const own = tag.day()
  if (own !== null && own < FIRST_DAY) {
    sink.reject({ line, address, network: code, reason: tooEarly("lastmod", own) })
    return
  }
  const where = placed(networks, code, address, line, sink)
  if (where === null) return
  const { day, from } = dayFor(own, options)
  sink.label({
    address: where.address,
    network: where.network,
    checked: where.checked,
    label,
    actor: tag.name("actor"),
    category: tag.name("category") ?? tag.concepts()[0] ?? null,
    abuse: tag.name("abuse"),
    confidence: tag.name("confidence"),
    definesCluster: tag.truth("is_cluster_definer"),
    source: tag.free("source") ?? options.source,
    licence: options.licence,
    note: noteOf(tag),
    list,
    creator,
    seen: day,
    seenFrom: from,
    withdrawn: null,
  })
}

/** Concepts have no field of their own in a label; they stand before the context, as the writer reads them back. */
function noteOf(tag: Tag): Label["note"] {
  const context = tag.free("context")
  const concepts = tag.concepts()
  if (concepts.length === 0) return context
  return `concepts: ${concepts.join(", ")}${context === null ? "" : `; ${context}`}`
}

class Tag {
  readonly own: YamlFields
  readonly #header: YamlFields | null

  constructor(own: YamlFields, header: YamlFields | null) {
    this.own = own
    this.#header = header
  }

  name(field: string): string | null {
    const text = this.#text(field)
    return text === null ? null : nameText(field, text, this.own.line)
  }

  free(field: string): string | null {
    const text = this.#text(field)
    return text === null ? null : freeText(field, text, this.own.line)
  }

  concepts(): readonly string[] {
    const found = this.#value("concepts")
    const list = found === null ? [] : typeof found === "string" ? found.split(",") : found
    return list.map(text => nameText("concepts", text, this.own.line)).filter(text => text !== "")
  }

  truth(field: string): boolean | null {
    const text = this.#text(field)?.toLowerCase() ?? null
    if (text === null) return null
    if (text !== "true" && text !== "false")
      throw malformed(`${field} is "${text}", not true or false`, this.own.line)
    return text === "true"
  }

  /** `lastmod`, of which the day counts. */
  day(): string | null {
    const text = this.#text("lastmod")
    if (text === null) return null
    const day = text.slice(0, 10)
    if (!isDay(day)) throw malformed(`lastmod "${text}" is no date`, this.own.line)
    return day
  }

  #text(field: string): string | null {
    const value = this.#value(field)
    if (value === null || typeof value === "string") return value
    throw malformed(`${field} is a list`, this.own.line)
  }

  #value(field: string): YamlValue | null {
    const value = this.own.values.get(field) ?? this.#header?.values.get(field) ?? ""
    return value === "" || value === "~" || value === "null" ? null : value
  }
}

function noteUnknown(fields: YamlFields, known: (key: string) => boolean, unknown: Set<string>): void {
  for (const key of fields.values.keys()) if (!known(key)) unknown.add(nameText("a key", key, fields.line))
}

function malformedHeader(field: string): never {
  throw malformed(`the pack has no ${field}`)
}
