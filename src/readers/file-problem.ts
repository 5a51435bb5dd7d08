import { Problem, type Where } from "../units/problem.ts"

/** A system or parser error as a problem of this file. */
export function asProblem(error: unknown, file: string): unknown {
  const where: Where = { file }
  if (error instanceof Problem) return error.at(where)
  if (!(error instanceof Error)) return error
  const code = "code" in error ? String(error.code) : ""
  if (code === "ENOENT") return new Problem("file-missing", {}, where)
  if (/^E[A-Z]+$/.test(code)) return new Problem("file-unreadable", { reason: code }, where)
  if (code.startsWith("CSV_")) {
    const line = "lines" in error && typeof error.lines === "number" ? error.lines : undefined
    return new Problem("csv-malformed", { reason: code }, line === undefined ? where : { ...where, line })
  }
  return error
}
