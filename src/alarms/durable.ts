import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { Problem } from "../units/problem.ts"

/** Writes beside its place, flushes, then moves it there: killed at any moment the old text stands, or the new one. */
export function replaceFile(file: string, text: string): void {
  telling(file, () => {
    const beside = `${file}.part`
    const handle = openSync(beside, "w", 0o600)
    try {
      writeAll(handle, Buffer.from(text))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, file)
    flushFolder(dirname(file))
  })
}

/** Null where there is no such file. */
export function readIfThere(file: string): string | null {
  return telling(file, () => {
    try {
      return readFileSync(file, "utf8")
    } catch (error) {
      if (codeOf(error) === "ENOENT") return null
      throw error
    }
  })
}

/** From this offset on. The system may write less than it is given. */
export function writeAll(handle: number, bytes: Uint8Array, offset = 0): void {
  let done = 0
  while (done < bytes.length) done += writeSync(handle, bytes, done, bytes.length - done, offset + done)
}

/** A new name in a folder is on disk only when the folder is. */
export function flushFolder(folder: string): void {
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** @throws Problem `alarm-unwritable` where the system refuses */
export function telling<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asAlarmProblem(error, file)
  }
}

export function asAlarmProblem(error: unknown, file: string): unknown {
  const code = codeOf(error)
  return /^E[A-Z0-9]+$/.test(code) ? new Problem("alarm-unwritable", { reason: code }, { file }) : error
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : ""
}
