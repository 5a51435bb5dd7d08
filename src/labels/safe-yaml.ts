import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml"
import { malformed } from "./label-text.ts"

/** Aliases in one file; a pack of addresses has use for a few at the most. */
const MOST_ALIASES = 100
const MOST_ITEMS_IN_A_FIELD = 100

/** A field: words, or a list of words. */
export type YamlValue = string | readonly string[]

/** One mapping of words, with the line on which each key stands. */
export interface YamlFields {
  readonly line: number
  readonly values: ReadonlyMap<string, YamlValue>
  /** Fields that are mappings of such values: of an actor, its context. */
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, YamlValue>>
}

export interface YamlPack {
  readonly header: YamlFields
  readonly items: Iterable<YamlFields>
}

/** Where a mapping may stand in a field. */
const MAPPED = { list: "actors", field: "context" }

/**
 * A YAML file that is a mapping whose fields are words or lists of words, but for one, a list of such mappings: the
 * shape of TagPacks and ActorPacks; an actor's context may be such a mapping too. Nothing else is understood, and so nothing else can do harm: an alias stands for
 * words or a list of words alone and so cannot multiply, tags other than YAML's own for text are refused, every scalar
 * stays the text that it is (no date, number or truth is guessed: 0x12 is an address).
 *
 * @throws Problem `labels-malformed`
 */
export function readYamlPack(text: string, listName: (keys: readonly string[]) => string | null) {
  const lines = new LineCounter()
  const document = parsed(text, lines)
  const root = document.contents
  if (!isMap(root)) throw malformed("not a YAML mapping")
  const keys = root.items.map(({ key }) => (isScalar(key) ? String(key.value) : ""))
  const name = listName(keys)
  if (name === null) throw malformed("neither a list of tags nor one of actors")
  const reader = new Reader(document, lines, name === MAPPED.list ? MAPPED.field : null)
  const header = reader.fields(root, name)
  const list = root.items.find(({ key }) => isScalar(key) && key.value === name)?.value
  if (!isSeq(list)) throw malformed(`${name} is no list`)
  return { name, header, items: reader.items(list, name) }
}

function parsed(text: string, lineCounter: LineCounter) {
  try {
    const document = parseDocument(text, {
      schema: "failsafe",
      lineCounter,
      prettyErrors: false,
      // Our own check below takes a set; the library's compares each key with each.
      uniqueKeys: false,
      strict: true,
    })
    const [error] = [...document.errors, ...document.warnings]
    if (error !== undefined) throw malformed(`YAML: ${error.code}`, lineCounter.linePos(error.pos[0]).line)
    return document
  } catch (error) {
    // Nesting so deep that the stack does not hold it.
    if (error instanceof RangeError) throw malformed("YAML: nested too deep")
    throw error
  }
}

type Document = ReturnType<typeof parseDocument>

class Reader {
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #mapped: string | null
  #aliases = 0

  constructor(document: Document, lines: LineCounter, mapped: string | null) {
    this.#document = document
    this.#lines = lines
    this.#mapped = mapped
  }

  *items(list: YAMLSeq, name: string): Generator<YamlFields, void, undefined> {
    for (const item of list.items) {
      if (!isMap(item)) throw malformed(`an entry of ${name} is no mapping`, this.#lineOf(item))
      yield this.fields(item, null)
    }
  }

  /** @param except the key whose value is read otherwise */
  fields(map: YAMLMap, except: string | null): YamlFields {
    const values = new Map<string, YamlValue>()
    const mappings = new Map<string, ReadonlyMap<string, YamlValue>>()
    const line = this.#lineOf(map)
    this.#checkTag(map, line)
    for (const { key, value } of map.items) {
      const at = this.#lineOf(key)
      if (!isScalar(key) || typeof key.value !== "string") throw malformed("a key is no text", at)
      this.#checkTag(key, at)
      if (values.has(key.value) || mappings.has(key.value))
        throw malformed(`the key "${key.value}" stands twice`, at)
      if (key.value === this.#mapped && isMap(value)) mappings.set(key.value, this.#words(value))
      else values.set(key.value, key.value === except ? "" : this.#value(key.value, value, at))
    }
    if (except !== null) values.delete(except)
    return { line, values, mappings }
  }

  /** One level only: what is nested deeper is refused by `#value`. */
  #words(map: YAMLMap): ReadonlyMap<string, YamlValue> {
    const { values, mappings, line } = this.fields(map, null)
    if (mappings.size > 0) throw malformed("a mapping stands within a mapping", line)
    return values
  }

  #value(key: string, node: unknown, line: number): YamlValue {
    if (node === null || node === undefined) return ""
    const target = this.#resolved(node, line)
    this.#checkTag(target, line)
    if (isScalar(target)) return typeof target.value === "string" ? target.value : ""
    if (!isSeq(target)) throw malformed(`"${key}" is neither text nor a list of texts`, line)
    if (target.items.length > MOST_ITEMS_IN_A_FIELD) {
      throw malformed(`"${key}" has more than ${MOST_ITEMS_IN_A_FIELD} entries`, line)
    }
    return target.items.map(item => {
      const one = this.#resolved(item, line)
      this.#checkTag(one, line)
      if (isScalar(one) && typeof one.value === "string") return one.value
      throw malformed(`an entry of "${key}" is no text`, line)
    })
  }

  #resolved(node: unknown, line: number): unknown {
    if (!isAlias(node)) return node
    this.#aliases++
    if (this.#aliases > MOST_ALIASES) throw malformed(`more than ${MOST_ALIASES} aliases`, line)
    const target = node.resolve(this.#document)
    if (target === undefined) throw malformed(`the alias *${node.source} stands for nothing`, line)
    return target
  }

  #checkTag(node: unknown, line: number): void {
    const tag = (node as Node | undefined)?.tag
    if (tag !== undefined && !/^tag:yaml\.org,2002:(?:str|map|seq)$/.test(tag)) {
      throw malformed(`the YAML tag ${tag} is not allowed`, line)
    }
  }

  #lineOf(node: unknown): number {
    const start = (node as Node | null | undefined)?.range?.[0]
    return start === undefined ? 0 : this.#lines.linePos(start).line
  }
}
