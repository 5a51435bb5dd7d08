import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { RuleName } from "../../ledger/vocabulary.ts"
import { openColumns } from "../columns/columns.ts"
import type { Manifest } from "../columns/manifest.ts"
import { publishColumns } from "../columns/publish.ts"
import { asWriteProblem, systemCode } from "../columns/write-problem.ts"
import { TracedColumns } from "./traced-columns.ts"
import { nameOf, TRACED_FOLDER, type TracedId } from "./traced-folder.ts"
import { TRACED_LAYOUT } from "./traced-layout.ts"
import type { TracedSink } from "./traced-set.ts"
import { TracedWriter } from "./traced-writer.ts"

const PART = /^part-(\d+)$/

export interface TracedFacts extends Pick<Manifest, "chain" | "shape" | "horizon"> {
  readonly thefts: readonly string[]
  readonly rules: readonly RuleName[]
  readonly doubts: number
}

/**
 * Makes a set and keeps it, in place of those of the same question over an earlier state of the ledger. It is built
 * beside the others and counts from one rename on: killed before it, nothing has changed. Two that make the same set at
 * the same time make it alike, and the first one stays.
 *
 * @param make fills the set, and says what it is of
 * @throws Problem `ledger-unwritable`
 */
export async function keepTraced(
  ledgerFolder: string,
  id: TracedId,
  make: (sink: TracedSink) => Promise<TracedFacts>,
): Promise<TracedColumns> {
  const all = join(ledgerFolder, TRACED_FOLDER)
  const part = join(all, `part-${process.pid}`)
  const kept = join(all, nameOf(id))
  try {
    mkdirSync(all, { recursive: true })
    clearParts(all)
    mkdirSync(part)
    await publishColumns(part, folder => written(folder, make))
    moveTo(part, kept)
    for (const name of readdirSync(all)) {
      if (name.startsWith(`${id.question}-`) && name !== nameOf(id)) remove(join(all, name))
    }
  } catch (error) {
    throw asWriteProblem(error)
  } finally {
    remove(part)
  }
  return new TracedColumns(openColumns(kept))
}

async function written(folder: string, make: (sink: TracedSink) => Promise<TracedFacts>): Promise<Manifest> {
  const writer = new TracedWriter(folder)
  try {
    const { chain, shape, horizon, thefts, rules, doubts } = await make(writer)
    const extra = { layout: TRACED_LAYOUT, thefts, rules, doubts }
    return { chain, shape, horizon, columns: writer.close(), extra }
  } finally {
    writer.abandon()
  }
}

function moveTo(part: string, kept: string): void {
  try {
    renameSync(part, kept)
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(systemCode(error)) || !existsSync(kept)) throw error
  }
}

/** Sets that a process left half built, which is no more. */
function clearParts(all: string): void {
  for (const name of readdirSync(all)) {
    const pid = Number(PART.exec(name)?.[1] ?? "0")
    if (pid !== 0 && (pid === process.pid || !isRunning(pid))) remove(join(all, name))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === "EPERM"
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
