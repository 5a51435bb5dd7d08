import { lstatSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { Problem } from "../units/problem.ts"

/**
 * Whole or not at all: a full disk or a kill must not leave half a page where an earlier report was. What is no
 * plain file (/dev/stdout, a link) is written to and never replaced.
 *
 * @throws Problem `report-unwritable`
 */
export function writeWhole(file: string, page: string): void {
  try {
    const known = lstatSync(file, { throwIfNoEntry: false })
    if (known !== undefined && !known.isFile()) {
      writeFileSync(file, page)
      return
    }
    const unfinished = `${file}.${process.pid}.unfinished`
    try {
      writeFileSync(unfinished, page)
      renameSync(unfinished, file)
    } finally {
      rmSync(unfinished, { force: true })
    }
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Problem("report-unwritable", { reason }, { file })
  }
}
