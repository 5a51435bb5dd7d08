import { createHash } from "node:crypto"
import type { Chain } from "../chains/chain.ts"
import type { OwnerGraph } from "../clustering/owner-graph.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Source } from "../ports/source.ts"
import { sha256OfFile } from "../readers/file-sha256.ts"
import { readCurrent } from "../stores/columns/current.ts"
import { openTraced } from "../stores/traced/traced-folder.ts"
import { TRACED_LAYOUT } from "../stores/traced/traced-layout.ts"
import type { TracedSet } from "../stores/traced/traced-set.ts"
import { openLedger } from "./open-ledger.ts"
import type { LedgerAccounts } from "./records.ts"
import { rulesFor } from "./screen-rules.ts"
import { servicesOfChain } from "./services-stated.ts"

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
 * anew when the ledger has grown, the file or the rules are others; read from its columns every other time. Then the file
 * is hashed and not read, and nothing that traces is loaded.
 */
export async function openScreenedLedger(
  asked: LedgerAsked,
  onProgress: OnProgress,
): Promise<ScreenedLedger> {
  const { folder, theftsFile } = asked
  const { source, chain, inputs, owners, accounts } = await openLedger(folder, null, null)
  const set =
    theftsFile === null
      ? null
      : await tracedSet({ ...asked, theftsFile }, source.shape, chain, inputs[0]?.sha256 ?? "", onProgress)
  const graph = (await owners?.()) ?? null
  return { folder, chain, source, thefts: set?.thefts ?? [], set, graph, accounts: once(accounts ?? null) }
}

async function tracedSet(
  asked: LedgerAsked & { readonly theftsFile: string },
  shape: Source["shape"],
  chain: Chain | null,
  ledger: string,
  onProgress: OnProgress,
): Promise<TracedSet> {
  const { folder, theftsFile } = asked
  const rules = rulesFor(shape, asked.rules, asked.allRules)
  const stated = [...servicesOfChain(chain)].sort()
  const labels = asked.labels === null ? null : labelsKey(asked.labels)
  const idOf = (thefts: string) => ({
    question: hashOf(JSON.stringify({ layout: TRACED_LAYOUT, thefts, rules, stated, labels })),
    ledger: hashOf(ledger),
  })
  const kept = openTraced(folder, idOf(await sha256OfFile(theftsFile)))
  if (kept !== null) return kept
  const { traceFirst } = await import("./screen-first-trace.ts")
  return traceFirst({ folder, theftsFile, rules, book: asked.labels?.book ?? null, idOf }, onProgress)
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
