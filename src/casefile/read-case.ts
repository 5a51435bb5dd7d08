import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js"
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser"
import { Problem, type Where } from "../units/problem.ts"
import type { CaseFile } from "./case.ts"
import { checkReferences } from "./references.ts"

/** Deeper than any case; a document nested deeper is refused before it can exhaust the stack. */
const MAX_DEPTH = 32

/** A document of the right form, and where its parts stand. */
export interface Document<T> {
  readonly document: T
  /** Line and column of a path in it. */
  readonly whereIs: (path: readonly (string | number)[]) => Where
}

/**
 * Reads a case document: its form against the schema, then its references against itself.
 *
 * @param schema the published `case.schema.json`
 * @throws Problem `json-malformed`, `json-expected`, `case-reference`, `case-duplicate` or `case-remainder`, with
 * line and column
 */
export function readCase(text: string, schema: object): CaseFile {
  const { document, whereIs } = readDocument<CaseFile>(text, schema)
  checkReferences(document, whereIs)
  return document
}

/**
 * Reads a JSON document whose form a published schema describes.
 *
 * @throws Problem `json-malformed` or `json-expected`, with line and column
 */
export function readDocument<T>(text: string, schema: object): Document<T> {
  const place = new Places(text)
  const errors: ParseError[] = []
  if (depthOf(text) > MAX_DEPTH)
    throw new Problem("json-malformed", { reason: `nested deeper than ${MAX_DEPTH}` })
  const tree = parseTree(text, errors, { disallowComments: true })
  const first = errors[0]
  if (first !== undefined || tree === undefined) {
    const reason = first === undefined ? "ValueExpected" : printParseErrorCode(first.error)
    throw new Problem("json-malformed", { reason }, place.of(first?.offset ?? 0))
  }
  refuseDuplicateKeys(tree, place)
  const document: unknown = JSON.parse(text)
  // The schema itself is checked, strictly, by a test: checking it here again would more than double the start-up.
  const validate = new Ajv2020({ strict: false, validateSchema: false, meta: false }).compile<T>(schema)
  if (!validate(document)) throw expectationOf(mostTelling(validate.errors ?? []), tree, place)
  return { document, whereIs: path => place.of(findNodeAtLocation(tree, [...path])?.offset ?? 0) }
}

/** Of the errors of alternatives, the one deepest in the document names what is wrong; the last is the summary. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length
  return errors.reduce<ErrorObject | undefined>(
    (best, error) => (best === undefined || depth(error) > depth(best) ? error : best),
    undefined,
  )
}

function expectationOf(error: ErrorObject | undefined, tree: Node, place: Places): Problem {
  if (error === undefined) return new Problem("json-expected", { path: "", keyword: "schema", value: "" })
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map(part => part.replaceAll("~1", "/").replaceAll("~0", "~"))
  const steps = path.map(part => (/^\d+$/.test(part) ? Number(part) : part))
  const extra = error.params.additionalProperty
  const found = findNodeAtLocation(tree, typeof extra === "string" ? [...steps, extra] : steps)
  const detail = { path: path.join("."), keyword: error.keyword, value: expectedValue(error) }
  return new Problem(
    "json-expected",
    detail,
    place.of(
      (found?.parent?.type === "property" && typeof extra === "string" ? found.parent : found)?.offset ?? 0,
    ),
  )
}

function expectedValue({ keyword, params }: ErrorObject): string {
  switch (keyword) {
    case "type":
      return String(params.type)
    case "required":
      return String(params.missingProperty)
    case "additionalProperties":
      return String(params.additionalProperty)
    case "enum":
      return params.allowedValues.join(" / ")
    case "const":
      return JSON.stringify(params.allowedValue)
    case "pattern":
      return String(params.pattern)
    default:
      return Object.values(params).map(String).join(" ")
  }
}

/** JSON.parse keeps the last of two equal keys and says nothing; a record must not lose one silently. */
function refuseDuplicateKeys(node: Node, place: Places): void {
  const names = new Set<string>()
  for (const child of node.children ?? []) {
    if (node.type === "object") {
      const name = String(child.children?.[0]?.value)
      const detail = { path: "", keyword: "duplicate", value: name }
      if (names.has(name)) throw new Problem("json-expected", detail, place.of(child.offset))
      names.add(name)
    }
    refuseDuplicateKeys(child, place)
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === "\\") at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === "{" || char === "[") deepest = Math.max(deepest, ++depth)
    else if (char === "}" || char === "]") depth--
  }
  return deepest
}

class Places {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  of(offset: number): Where {
    const before = this.#text.slice(0, offset)
    const line = before.split("\n").length
    return { line, column: offset - before.lastIndexOf("\n") }
  }
}
