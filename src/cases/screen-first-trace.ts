import type { RuleName } from "../ledger/vocabulary.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { OnProgress } from "../ports/progress.ts"
import { keepTraced } from "../stores/traced/keep-traced.ts"
import type { TracedColumns } from "../stores/traced/traced-columns.ts"
import type { TracedId } from "../stores/traced/traced-folder.ts"
import { openThefts } from "./open.ts"
import { lastOf } from "./screen-locate.ts"
import { stopFor } from "./screen-stop.ts"
import { traceInto } from "./screen-trace.ts"
import { openServices } from "./services-open.ts"

export interface FirstTrace {
  readonly folder: string
  readonly theftsFile: string
  readonly rules: readonly RuleName[]
  readonly book: LabelBook | null
  /** The id of a set of thefts whose file has this checksum. */
  readonly idOf: (theftsSha256: string) => TracedId
}

/** Traces the thefts of a file through a ledger, and keeps what came of it for every screening after this one. */
export async function traceFirst(asked: FirstTrace, onProgress: OnProgress): Promise<TracedColumns> {
  const { folder, theftsFile, rules, book, idOf } = asked
  const records = { kind: "ledger", folder } as const
  const opened = await openThefts({ records, chain: null, theftRefs: [], theftsFile }, null, null, onProgress)
  const { source, thefts, inputs } = opened
  const services = await openServices(opened, book)
  const stopAt = (address: string, asset: string) => stopFor(services.serviceAt(address), asset)
  // The file as it was read: it may have been written to since it was looked for.
  const read = inputs.find(({ name }) => name === theftsFile)?.sha256
  if (read === undefined) throw new Error(`${theftsFile} is not among what was read`)
  return keepTraced(folder, idOf(read), async sink => {
    const doubts = await traceInto(sink, { source, thefts, stopAt, rules }, onProgress)
    const { height, hash, time } = source.horizon
    const horizon = { height, hash, time: lastOf(time) }
    const names = thefts.map(({ id }) => id)
    return { chain: opened.chain ?? "", shape: source.shape, horizon, thefts: names, rules, doubts }
  })
}
