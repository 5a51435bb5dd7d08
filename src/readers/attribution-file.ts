import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import type { ActorsFile } from "../casefile/attribution-actors.ts"
import type { AttributionFile } from "../casefile/attribution-file.ts"
import type { Document } from "../casefile/read-case.ts"
import { Problem } from "../units/problem.ts"
import { bundledCases } from "./case-file.ts"
import { asProblem } from "./file-problem.ts"

const MAX_BYTES = 4 * 1024 * 1024
/** From `src/readers` and from `dist/readers` alike. */
const BUNDLED = new URL("../../cases/", import.meta.url)
const SCHEMA = new URL("../casefile/attribution.schema.json", import.meta.url)

type Check<T> = (document: T, whereIs: Document<T>["whereIs"]) => void

export interface LoadedAttribution {
  readonly file: AttributionFile
  /** What to call the file in messages and in the list of inputs. */
  readonly name: string
  readonly sha256: string
}

/**
 * Loads the attribution file of a bundled case by name, or any by path. A user's file is checked against the schema and
 * against itself; the bundled ones are held to both by a test, so that they cost no more than reading them.
 *
 * @throws Problem with file, line and column; `case-unknown` or `attribution-none` for a name that has none
 */
export async function loadAttribution(nameOrPath: string): Promise<LoadedAttribution> {
  if (!/[/\\]|\.json$/.test(nameOrPath)) {
    const known = bundledCases()
    if (!known.includes(nameOrPath))
      throw new Problem("case-unknown", { name: nameOrPath, known: known.join(", ") })
    const bundled = bundledAttribution(nameOrPath)
    if (bundled === null) throw new Problem("attribution-none", { name: nameOrPath })
    return bundled
  }
  try {
    const { text, sha256 } = contentOf(nameOrPath)
    const { checkAttribution } = await import("../casefile/attribution-check.ts")
    return { file: await checked(text, "file", checkAttribution), name: nameOrPath, sha256 }
  } catch (error) {
    throw asProblem(error, nameOrPath)
  }
}

/** The attribution file of a bundled case, or null where it has none. */
export function bundledAttribution(caseId: string): LoadedAttribution | null {
  const file = new URL(`${caseId}/attribution.json`, BUNDLED)
  if (!bundledCases().includes(caseId) || !existsSync(file)) return null
  const { text, sha256 } = contentOf(file)
  return { file: JSON.parse(text) as AttributionFile, name: `cases/${caseId}/attribution.json`, sha256 }
}

/** Who calls whom what; one file for all cases, held to its schema by a test. */
export function loadActors(): ActorsFile {
  return JSON.parse(contentOf(new URL("actors.json", BUNDLED)).text) as ActorsFile
}

/** @throws Problem of what is wrong in it, with line and column */
export async function checked<T>(text: string, what: "file" | "actors", check: Check<T>): Promise<T> {
  const { readDocument } = await import("../casefile/read-case.ts")
  try {
    const { document, whereIs } = readDocument<T>(text, schemaOf(what))
    check(document, whereIs)
    return document
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "json-expected") throw error
    throw new Problem(error.code, { ...error.detail, schema: "attribution.schema.json" }, error.where)
  }
}

function contentOf(file: URL | string): { readonly text: string; readonly sha256: string } {
  const bytes = readFileSync(file)
  if (bytes.length > MAX_BYTES) throw new Problem("file-unreadable", { reason: `> ${MAX_BYTES} bytes` })
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return { text, sha256: createHash("sha256").update(bytes).digest("hex") }
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}

export function schemaOf(what: "file" | "actors"): object {
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as { readonly $defs: object }
  return what === "file" ? schema : { $defs: schema.$defs, $ref: "#/$defs/actorsFile" }
}
