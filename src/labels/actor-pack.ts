import type { LabelActor } from "../ports/label-actor.ts"
import { FIRST_DAY, isDay } from "../ports/label-book.ts"
import { dayFor, type LabelFileOptions, type LabelSink } from "./label-file.ts"
import { freeText, MOST_CONTEXT, malformed, nameText, tooEarly } from "./label-text.ts"
import type { YamlFields, YamlPack, YamlValue } from "./safe-yaml.ts"

/** Fields of GraphSense's ActorPack schema; those of an actor may stand in the header, for all of them. */
const HEADER_FIELDS = new Set(["title", "creator", "description", "is_public"])
const ACTOR_FIELDS = new Set([
  "id",
  "uri",
  "label",
  "lastmod",
  "categories",
  "jurisdictions",
  "context",
  "aliases",
])

/**
 * GraphSense's ActorPack: who is meant by the short names that tags give in `actor`. An entry without an id or a label, an
 * id that stands twice for different actors, and an alias that is another one's id refuse the file: which one is meant
 * could not be told.
 *
 * @throws Problem `labels-malformed`
 */
export function readActorPack({ header, items }: YamlPack, options: LabelFileOptions, sink: LabelSink): void {
  const head = new Fields(header, null)
  const title = head.name("title") ?? missing("title")
  const creator = head.name("creator") ?? missing("creator")
  const unknown = new Set<string>()
  noteUnknown(header, key => HEADER_FIELDS.has(key) || ACTOR_FIELDS.has(key), unknown)
  const entries = [...items].map(fields => new Fields(fields, header))
  const days = [head.day(), ...entries.map(entry => entry.day())].filter(day => day !== null)
  const whole = dayFor(options.seen ?? days.sort().at(-1) ?? null, options)
  const from = options.seen === null ? whole.from : "user"
  const list = options.list ?? title
  sink.begin({ form: "actorpack", list, creator, day: whole.day, dayFrom: from })
  const known = new Map<string, { readonly line: number; readonly words: string }>()
  const actors: LabelActor[] = []
  for (const entry of entries) {
    noteUnknown(entry.own, key => ACTOR_FIELDS.has(key), unknown)
    const actor = actorOf(entry, list, creator, options)
    const words = JSON.stringify(actor)
    const before = known.get(actor.id)
    if (before !== undefined && before.words !== words) {
      throw malformed(
        `the actor "${actor.id}" stands twice and differs; the other one is on line ${before.line}`,
        entry.own.line,
      )
    }
    known.set(actor.id, { line: entry.own.line, words })
    actors.push(actor)
  }
  checkAliases(actors, known)
  for (const actor of actors) sink.actor(actor)
  for (const key of unknown) sink.note(`unknown key "${key}" left out`)
}

function actorOf(
  entry: Fields,
  list: string,
  creator: string,
  { source, licence, ...options }: LabelFileOptions,
): LabelActor {
  const id = entry.name("id") ?? missing("id", entry.own.line)
  const { day, from } = dayFor(entry.day(), { source, licence, ...options })
  const aliases = [...entry.names("aliases"), ...aliasesIn(entry)]
  return {
    id,
    label: entry.name("label") ?? missing("label", entry.own.line),
    uri: entry.free("uri"),
    categories: entry.names("categories"),
    jurisdictions: entry.names("jurisdictions"),
    aliases: [...new Set(aliases)].filter(alias => alias !== id),
    context: contextOf(entry),
    source,
    licence,
    list,
    creator,
    seen: day,
    seenFrom: from,
    withdrawn: null,
  }
}

/** Two ids with one alias are another matter: the alias then says both. */
function checkAliases(
  actors: readonly LabelActor[],
  known: ReadonlyMap<string, { readonly line: number }>,
): void {
  for (const { id, aliases } of actors) {
    for (const alias of aliases) {
      const other = known.get(alias)
      if (other === undefined) continue
      const { line } = known.get(id) ?? other
      throw malformed(
        `the alias "${alias}" of "${id}" is the id of another actor, on line ${other.line}`,
        line,
      )
    }
  }
}

/** Newer packs have the aliases within the context. */
function aliasesIn(entry: Fields): readonly string[] {
  const context = entry.own.mappings.get("context")
  const aliases = context?.get("aliases") ?? []
  const list = typeof aliases === "string" ? [aliases] : aliases
  return list.map(text => nameText("aliases", text, entry.own.line)).filter(text => text !== "")
}

/** What is written as fields becomes JSON, each value the text that it is; what is written as a text stays it. */
function contextOf(entry: Fields): string | null {
  const { line, mappings } = entry.own
  const context = mappings.get("context")
  if (context === undefined) return entry.free("context")
  for (const value of context.values()) {
    for (const text of typeof value === "string" ? [value] : value) freeText("context", text, line)
  }
  const text = JSON.stringify(Object.fromEntries(context))
  if (text.length > MOST_CONTEXT) throw malformed(`context is longer than ${MOST_CONTEXT} characters`, line)
  return text
}

class Fields {
  readonly own: YamlFields
  readonly #header: YamlFields | null

  constructor(own: YamlFields, header: YamlFields | null) {
    this.own = own
    this.#header = header
  }

  name(field: string): string | null {
    const text = this.free(field)
    return text === null ? null : nameText(field, text, this.own.line)
  }

  free(field: string): string | null {
    const value = this.#value(field)
    if (value === null) return null
    if (typeof value !== "string") throw malformed(`${field} is a list`, this.own.line)
    return freeText(field, value, this.own.line)
  }

  names(field: string): readonly string[] {
    const value = this.#value(field) ?? []
    const list = typeof value === "string" ? [value] : value
    return list.map(text => nameText(field, text, this.own.line)).filter(text => text !== "")
  }

  /** `lastmod`, of which the day counts. */
  day(): string | null {
    const text = this.free("lastmod")
    if (text === null) return null
    if (!isDay(text.slice(0, 10))) throw malformed(`lastmod "${text}" is no date`, this.own.line)
    if (text.slice(0, 10) < FIRST_DAY) throw malformed(tooEarly("lastmod", text.slice(0, 10)), this.own.line)
    return text.slice(0, 10)
  }

  #value(field: string): YamlValue | null {
    const value = this.own.values.get(field) ?? this.#header?.values.get(field) ?? ""
    return value === "" || value === "~" || value === "null" ? null : value
  }
}

function noteUnknown(
  { values, mappings, line }: YamlFields,
  known: (key: string) => boolean,
  unknown: Set<string>,
): void {
  for (const key of [...values.keys(), ...mappings.keys()])
    if (!known(key)) unknown.add(nameText("a key", key, line))
}

function missing(field: string, line?: number): never {
  throw malformed(line === undefined ? `the pack has no ${field}` : `an actor has no ${field}`, line)
}
