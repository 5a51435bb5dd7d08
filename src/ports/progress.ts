/** Told how far a long piece of work is: `done` of `total`, in the unit that `what` is counted in (bytes of a file). */
export type OnProgress = (what: string, done: number, total: number) => void
