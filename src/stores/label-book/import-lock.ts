import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { systemCode } from "../columns/write-problem.ts"

const LOCK_FILE = "import.lock"

/**
 * Holds a book for one importer. A lock whose process is no more is taken over; a process that happens to have the
 * number of a dead one keeps it locked, and the message names the file to remove.
 *
 * @returns lets go of it
 * @throws Problem `labels-locked`
 */
export function lockBook(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, LOCK_FILE)
  for (let tries = 0; tries < 3; tries++) {
    if (taken(lock)) return () => rmSync(lock, { force: true })
    const holder = holderOf(lock)
    if (holder === null) continue
    if (isRunning(holder)) throw new Problem("labels-locked", { holder: `process ${holder}, ${lock}` })
    moveStaleAway(lock, holder)
  }
  throw new Problem("labels-locked", { holder: lock })
}

/** Written whole beside it and linked under its name, so that nobody ever reads half a lock. */
function taken(lock: string): boolean {
  const mine = `${lock}-${process.pid}`
  writeFileSync(mine, `${process.pid}\n`)
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

function holderOf(lock: string): number | null {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10)
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null
    throw error
  }
}

/** Of two that find the same stale lock, one may have a new one by now: that is put back. */
function moveStaleAway(lock: string, holder: number): void {
  const aside = `${lock}-stale-${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (systemCode(error) === "ENOENT") return
    throw error
  }
  if (holderOf(aside) !== holder) {
    renameSync(aside, lock)
    throw new Problem("labels-locked", { holder: lock })
  }
  rmSync(aside, { force: true })
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === "EPERM"
  }
}
