import { createHash } from "node:crypto"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Source } from "../ports/source.ts"
import { readCurrent } from "../stores/columns/current.ts"
import { keepTraced, openTraced, type TracedFacts, type TracedId } from "../stores/traced/traced-folder.ts"
import type { TracedSet } from "../stores/traced/traced-set.ts"
import type { LedgerAccounts } from "./records.ts"
import { lastOf } from "./screen-locate.ts"
import { rulesFor } from "./screen-rules.ts"
import { traceInto } from "./screen-trace.ts"
import { serviceFor } from "./services-known.ts"
import { openServices } from "./services-open.ts"

/** A ledger as screening looks at it. */
export interface ScreenedLedger {
  readonly folder: string
  /** Null where the ledger is of no chain: its addresses are taken as they are. */
  readonly chain: Chain | null
  readonly source: Source
  readonly thefts: readonly string[]
  /** Null where no thefts were named. */
  readonly set: TracedSet | null
  /** Who spends with whom; null where the ledger does not tell. */
  readonly graph: OwnerGraph | null
  /** Who gave and who got on accounts, opened where it is asked for; null on other chains. */
  readonly accounts: (() => Promise<LedgerAccounts>) | null
}

export interface LedgerAsked {
  readonly folder: string
  readonly theftsFile: string | null
  readonly rules: readonly RuleName[]
  readonly allRules: boolean
  /** Where following stops besides; null for none. */
  readonly labels: {
    readonly book: LabelBook
    readonly folder: string
    readonly statedDay: string | null
  } | null
}

/**
 * Opens a ledger by its columns. With a file of thefts its traced set is opened too: made by tracing the first time, and
 * anew when the ledger has grown, the thefts or the rules are others; read from its columns every other time.
 */
export async function openScreenedLedger(
  asked: LedgerAsked,
  onProgress: OnProgress,
): Promise<ScreenedLedger> {
  const { folder, theftsFile } = asked
  if (theftsFile === null) {
    const { openLedger } = await import("./open-ledger.ts")
    const { source, chain, owners, accounts } = await openLedger(folder, null, null)
    const graph = (await owners?.()) ?? null
    return { folder, chain, source, thefts: [], set: null, graph, accounts: once(accounts ?? null) }
  }
  const { openThefts } = await import("./open.ts")
  const records = { kind: "ledger", folder } as const
  const opened = await openThefts({ records, chain: null, theftRefs: [], theftsFile }, null, null, onProgress)
  const { source, thefts, stated, inputs } = opened
  const rules = rulesFor(source.shape, asked.rules, asked.allRules)
  const services = await openServices(opened, asked.labels?.book ?? null)
  const serviceOf = (address: string, asset: string) => serviceFor(services.serviceAt(address), asset)
  const labels = asked.labels === null ? null : labelsKey(asked.labels)
  const question = hashOf(JSON.stringify({ thefts, rules, stated: [...stated].sort(), labels }))
  const id: TracedId = { question, ledger: hashOf(inputs[0]?.sha256 ?? "") }
  const chain = opened.chain === null ? null : await loadChain(opened.chain)
  const make = async (sink: Parameters<typeof traceInto>[0]): Promise<TracedFacts> => {
    const doubts = await traceInto(sink, { source, thefts, serviceOf, rules })
    const { height, hash, time } = source.horizon
    const horizon = { height, hash, time: lastOf(time) }
    return {
      chain: opened.chain ?? "",
      shape: source.shape,
      horizon,
      thefts: thefts.map(one => one.id),
      rules,
      doubts,
    }
  }
  const set = openTraced(folder, id) ?? (await keepTraced(folder, id, make))
  const graph = (await opened.owners?.()) ?? null
  return { folder, chain, source, thefts: set.thefts, set, graph, accounts: once(opened.accounts) }
}

function once<T>(open: (() => Promise<T>) | null): (() => Promise<T>) | null {
  if (open === null) return null
  let opened: Promise<T> | null = null
  return () => {
    opened ??= open()
    return opened
  }
}

/** The checksum of what the label book says of itself stands for all labels; a day counts where the user named it. */
function labelsKey({ folder, statedDay }: NonNullable<LedgerAsked["labels"]>): unknown {
  return { crc: readCurrent(folder)?.crc ?? null, statedDay }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex").slice(0, 32)
}
