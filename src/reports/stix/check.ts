import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import { observableId } from "./stix-id.ts"

export interface StixFinding {
  readonly id: string
  readonly rule: StixRule
  readonly detail: string
}

/** `schema` is the published schemas' word; the others are rules that no schema of one object can hold. */
export type StixRule =
  | "schema"
  | "type-unknown"
  | "modified-before-created"
  | "seen-backwards"
  | "attributed-to-ends"
  | "dangling"
  | "id-twice"
  | "observable-id"
  | "number-inexact"

/** Published JSON schemas, each with its `$id`: OASIS's and those of extensions. */
export type StixSchemas = readonly Readonly<Record<string, unknown>>[]

type Loose = Readonly<Record<string, unknown>>

/** STIX 2.1, chapter 4: what may be attributed to what. */
const ATTRIBUTED_TO: Readonly<Record<string, readonly string[]>> = {
  campaign: ["intrusion-set", "threat-actor"],
  "intrusion-set": ["threat-actor"],
  "threat-actor": ["identity"],
  incident: ["campaign", "intrusion-set", "threat-actor"],
}

/** Observables whose id is a UUIDv5 of their value. */
const BY_VALUE = ["cryptocurrency-wallet", "cryptocurrency-transaction"]

/** @param elsewhere ids that may be referred to without being among the objects */
export type StixCheck = (objects: readonly Loose[], elsewhere?: ReadonlySet<string>) => readonly StixFinding[]

/**
 * A check of STIX 2.1 objects: one by one against the published schemas (a whole bundle cannot be: OASIS's bundle
 * schema refuses valid incidents, opinions and notes), and all together against rules of our own.
 */
export function stixCheck(schemas: StixSchemas): StixCheck {
  const validators = validatorsOf(schemas)
  return (objects, elsewhere = new Set()) => findingsOf(objects, elsewhere, validators)
}

type Validators = (type: string) => ValidateFunction | null

function findingsOf(
  objects: readonly Loose[],
  elsewhere: ReadonlySet<string>,
  validators: Validators,
): readonly StixFinding[] {
  const ids = new Set(objects.map(({ id }) => String(id)))
  const twice = new Set<string>()
  return objects.flatMap(object => {
    const id = String(object.id)
    const found: StixFinding[] = []
    const add = (rule: StixRule, detail: string) => found.push({ id, rule, detail })
    if (twice.has(id)) add("id-twice", id)
    twice.add(id)
    const validate = validators(String(object.type))
    if (validate === null) add("type-unknown", String(object.type))
    else if (!validate(object)) add("schema", errorText(validate))
    if (before(object.modified, object.created)) add("modified-before-created", String(object.modified))
    for (const [first, last] of SPANS)
      if (before(object[last], object[first])) add("seen-backwards", `${last} ${String(object[last])}`)
    if (!endsFit(object))
      add("attributed-to-ends", `${String(object.source_ref)} ${String(object.target_ref)}`)
    for (const ref of refsIn(object)) if (!ids.has(ref) && !elsewhere.has(ref)) add("dangling", ref)
    if (BY_VALUE.includes(String(object.type))) {
      const due = observableId(String(object.type), String(object.value))
      if (id !== due) add("observable-id", due)
    }
    for (const number of inexactIn(object)) add("number-inexact", String(number))
    return found
  })
}

const SPANS = [
  ["first_seen", "last_seen"],
  ["first_observed", "last_observed"],
  ["start_time", "stop_time"],
] as const

function before(a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return false
  return Date.parse(a) < Date.parse(b)
}

function endsFit({ relationship_type, source_ref, target_ref }: Loose): boolean {
  if (relationship_type !== "attributed-to") return true
  return (ATTRIBUTED_TO[typeOf(source_ref)] ?? []).includes(typeOf(target_ref))
}

const typeOf = (ref: unknown): string => String(ref).split("--")[0] ?? ""

/** Whatever a property that ends in _ref or _refs names, however deep it stands. */
function refsIn(value: unknown, name = ""): readonly string[] {
  if (typeof value === "string") return /_refs?$/.test(name) ? [value] : []
  if (Array.isArray(value)) return value.flatMap(item => refsIn(item, name))
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => refsIn(item, key))
}

/** A JSON number that is no whole number within 2^53 loses digits on the way. */
function inexactIn(value: unknown): readonly number[] {
  if (typeof value === "number") return Number.isSafeInteger(value) ? [] : [value]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap(inexactIn)
}

function errorText({ errors }: ValidateFunction): string {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`.trim()).join("; ")
}

/** Extensions name OASIS's schemas by another address than these call themselves; both are known here. */
const OASIS = "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/"
const OASIS_ALIAS = "https://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/master/"

function validatorsOf(schemas: StixSchemas): Validators {
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    // OASIS's patterns escape a hyphen outside a class, which the u flag forbids.
    unicodeRegExp: false,
  })
  const byType = new Map<string, Loose>()
  for (const schema of schemas) {
    const id = typeof schema.$id === "string" ? schema.$id : ""
    if (id !== "") ajv.addSchema(schema)
    if (id.startsWith(OASIS)) ajv.addSchema({ ...schema, $id: id.replace(OASIS, OASIS_ALIAS) })
    byType.set(/\/([a-z0-9-]+)\.json$/.exec(id)?.[1] ?? String(schema.title), schema)
  }
  const made = new Map<string, ValidateFunction>()
  return type => {
    const schema = byType.get(type)
    if (schema === undefined) return null
    const known = made.get(type)
    if (known !== undefined) return known
    const validate = typeof schema.$id === "string" ? ajv.getSchema(schema.$id) : ajv.compile(schema)
    if (validate === undefined) return null
    made.set(type, validate)
    return validate
  }
}
