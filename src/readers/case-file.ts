import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { TextDecoder } from "node:util"
import type { CaseFile } from "../casefile/case.ts"
import { Problem } from "../units/problem.ts"
import { asProblem } from "./file-problem.ts"

const MAX_BYTES = 64 * 1024 * 1024
/** From `src/readers` and from `dist/readers` alike. */
const BUNDLED = new URL("../../cases/", import.meta.url)
const SCHEMA = new URL("../casefile/case.schema.json", import.meta.url)

export interface LoadedCase {
  readonly caseFile: CaseFile
  /** What to call the file in messages and in the list of inputs. */
  readonly name: string
  readonly sha256: string
}

/**
 * Loads a bundled case by name, or a case file by path: a name with a path separator or ending in .json is a path.
 * A user's file is checked against the schema and against itself; the bundled ones are held to both by a test, so
 * that they cost no more than reading them.
 *
 * @throws Problem with file, line and column
 */
export async function loadCase(nameOrPath: string): Promise<LoadedCase> {
  const isPath = /[/\\]|\.json$/.test(nameOrPath)
  const name = isPath ? nameOrPath : `cases/${nameOrPath}/case.json`
  if (!isPath && !bundledCases().includes(nameOrPath)) {
    throw new Problem("case-unknown", { name: nameOrPath, known: bundledCases().join(", ") })
  }
  try {
    const bytes = readFileSync(isPath ? nameOrPath : new URL(`${nameOrPath}/case.json`, BUNDLED))
    if (bytes.length > MAX_BYTES) throw new Problem("file-unreadable", { reason: `> ${MAX_BYTES} bytes` })
    const text = decode(bytes)
    const caseFile = isPath ? await checkedCase(text) : (JSON.parse(text) as CaseFile)
    return { caseFile, name, sha256: createHash("sha256").update(bytes).digest("hex") }
  } catch (error) {
    throw asProblem(error, name)
  }
}

async function checkedCase(text: string): Promise<CaseFile> {
  const { readCase } = await import("../casefile/read-case.ts")
  return readCase(text, JSON.parse(readFileSync(SCHEMA, "utf8")) as object)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}

export function bundledCases(): readonly string[] {
  return (
    readdirSync(fileURLToPath(BUNDLED), { withFileTypes: true })
      // The folder of labels beside them is no case.
      .filter(entry => entry.isDirectory() && existsSync(new URL(`${entry.name}/case.json`, BUNDLED)))
      .map(entry => entry.name)
      .sort()
  )
}
