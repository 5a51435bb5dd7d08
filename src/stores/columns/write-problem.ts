import { Problem } from "../../units/problem.ts"

/** What the system says when a disk is full, read-only, failing or another's. */
const UNWRITABLE = new Set([
  "ENOSPC",
  "EDQUOT",
  "EFBIG",
  "EROFS",
  "EACCES",
  "EPERM",
  "EIO",
  "EMFILE",
  "ENFILE",
])

/** The system's code of an error, "ENOENT"; empty for what comes from elsewhere. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : ""
}

/** A refusal of the system to write as a problem `ledger-unwritable`; any other error as it is. */
export function asWriteProblem(error: unknown): unknown {
  const code = systemCode(error)
  return UNWRITABLE.has(code) ? new Problem("ledger-unwritable", { reason: code }) : error
}
