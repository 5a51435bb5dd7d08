import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { TextDecoder } from "node:util"
import type { Incident } from "../attribution/incident.ts"
import type { PublishedSum } from "../attribution/incident-sum.ts"
import { Problem } from "../units/problem.ts"
import { asProblem } from "./file-problem.ts"

/** From `src/readers` and from `dist/readers` alike. */
const BUNDLED = fileURLToPath(new URL("../../cases/incidents/", import.meta.url))
const SCHEMA = new URL("../casefile/incidents.schema.json", import.meta.url)
const MAX_BYTES = 4 * 1024 * 1024
const MAX_FILES = 1_000

export interface Register {
  /** By date, then by id. */
  readonly incidents: readonly Incident[]
  readonly sums: readonly PublishedSum[]
}

interface Readers {
  readonly incident: (text: string) => Incident
  readonly sum: (text: string, register: readonly Incident[]) => PublishedSum
}

/**
 * Reads a register: a folder of incidents, one a file, and published totals in its subfolder `sums`. The bundled one
 * is held to its schema and to itself by a test, so that it costs no more than reading it; another folder is checked.
 *
 * @throws Problem with the file
 */
export async function loadRegister(folder: string | null = null): Promise<Register> {
  const root = folder ?? BUNDLED
  const read = folder === null ? trusting() : await checking()
  const incidents = jsonFiles(root).map(path => readOne(path, read.incident))
  // A register need not have sums.
  const sumFiles = existsSync(join(root, "sums")) ? jsonFiles(join(root, "sums")) : []
  const sums = sumFiles.map(path => readOne(path, text => read.sum(text, incidents)))
  return {
    incidents: incidents.toSorted((a, b) => compare(a.date.value, b.date.value) || compare(a.id, b.id)),
    sums: sums.toSorted((a, b) => compare(a.id, b.id)),
  }
}

function trusting(): Readers {
  return { incident: text => JSON.parse(text) as Incident, sum: text => JSON.parse(text) as PublishedSum }
}

async function checking(): Promise<Readers> {
  const { readIncident, readPublishedSum } = await import("../casefile/incident-check.ts")
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as object
  const seen = new Set<string>()
  const once = <T extends Incident | PublishedSum>(one: T): T => {
    const key = `${one.schema} ${one.id}`
    if (seen.has(key)) throw new Problem("case-duplicate", { path: "id", id: one.id })
    seen.add(key)
    return one
  }
  return {
    incident: text => once(readIncident(text, schemaOf(schema, "incident"))),
    sum: (text, register) => once(readPublishedSum(text, schemaOf(schema, "sum"), register)),
  }
}

/** One kind of file of the published schema, so that a file of the other kind is refused where it does not belong. */
function schemaOf(schema: object, kind: "incident" | "sum"): object {
  const { $defs } = schema as { readonly $defs: object }
  return { $ref: `#/$defs/${kind}`, $defs }
}

function readOne<T>(path: string, read: (text: string) => T): T {
  try {
    const { size } = statSync(path)
    if (size > MAX_BYTES) throw new Problem("file-unreadable", { reason: `> ${MAX_BYTES} bytes` })
    return read(decoded(readFileSync(path)))
  } catch (error) {
    throw asProblem(error, path)
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}

function jsonFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith(".json"))
      .map(({ name }) => join(folder, name))
    if (names.length > MAX_FILES) throw new Problem("file-unreadable", { reason: `> ${MAX_FILES} files` })
    return names.sort()
  } catch (error) {
    throw asProblem(error, folder)
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
