/** What work is counted in. */
export type ProgressUnit = "bytes" | "blocks" | "rows" | "answers"

/** Told how far a long piece of work is: `done` of `total` (null where nobody knows), in bytes where no unit is named. `what` is a file, a folder or
 * an address: the work itself, so that one piece is told from the next. */
export type OnProgress = (what: string, done: number, total: number | null, unit?: ProgressUnit) => void
