import { loadChain } from "../chains/chain.ts"
import type { Policy } from "../contracts/policy.ts"
import { SCREEN_SCHEMA, type ScreenHead } from "../contracts/screen.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { OnProgress } from "../ports/progress.ts"
import { dayOf } from "./labels-day.ts"
import { DEFAULT_LABELS, openLabelBook } from "./labels-open.ts"
import type { ScreenSetup } from "./screen.ts"
import { ScreenedCases } from "./screen-cases.ts"
import type { LedgerAsked, ScreenedLedger } from "./screen-ledger.ts"
import { RefReader } from "./screen-ref.ts"

export interface ScreenAsked {
  readonly chain: string | null
  readonly ledger: string | null
  readonly labels: string | null
  readonly theftsFile: string | null
  readonly caseName: string | null
  readonly rules: readonly RuleName[]
  readonly allRules: boolean
  readonly policyFile: string | null
  readonly asOf: string | null
}

export interface OpenedScreening {
  readonly setup: ScreenSetup
  readonly reader: RefReader
  readonly head: ScreenHead
}

/** Opens what is to be looked into; each part is loaded only where it is asked for. */
export async function openScreening(
  asked: ScreenAsked,
  unknownText: ScreenSetup["unknownText"],
  onProgress: OnProgress,
): Promise<OpenedScreening> {
  const stated = asked.chain === null ? null : await loadChain(asked.chain)
  const { policy, told } = await policyOf(asked.policyFile)
  const asOf = dayOf(asked.asOf)
  const book = await openLabelBook(asked.labels, asOf)
  const labels =
    book === null ? null : { book, folder: asked.labels ?? DEFAULT_LABELS, statedDay: asked.asOf }
  const ledger = await ledgerOf(asked, labels, onProgress)
  const cases = await ScreenedCases.open(asked.caseName, {
    rules: asked.rules,
    allRules: asked.allRules,
    book,
  })
  const clusters = await clustersIn(ledger, book)
  const isOpaque = stated === null && ledger !== null && ledger.chain === null
  const reader = new RefReader(stated, isOpaque, ledger?.source.shape === "account")
  const never = async (of: Policy) => {
    const { neverMatches } = await import("./policy-never.ts")
    return neverMatches(of, { book, ledger, cases })
  }
  const head: ScreenHead = {
    schema: SCREEN_SCHEMA,
    asOf,
    labels:
      labels === null
        ? null
        : { folder: labels.folder, count: labels.book.count, newest: labels.book.newest },
    ledger: ledger === null ? null : ledgerTold(ledger),
    cases: cases.names,
    policy: policy === null || told === null ? null : { ...told, neverMatches: await never(policy) },
  }
  const setup = { asOf, asOfStated: asked.asOf !== null, book, ledger, clusters, cases, policy, unknownText }
  return { setup, reader, head }
}

async function ledgerOf(
  asked: ScreenAsked,
  labels: LedgerAsked["labels"],
  onProgress: OnProgress,
): Promise<ScreenedLedger | null> {
  const { ledger: folder, theftsFile, rules, allRules } = asked
  if (folder === null) return null
  const { openScreenedLedger } = await import("./screen-ledger.ts")
  return openScreenedLedger({ folder, theftsFile, rules, allRules, labels }, onProgress)
}

async function clustersIn(ledger: ScreenedLedger | null, book: LabelBook | null) {
  if (ledger === null || ledger.graph === null) return null
  const { ScreenClusters } = await import("./screen-clusters.ts")
  return new ScreenClusters(ledger.graph, ledger, book)
}

function ledgerTold({ folder, chain, source, set, thefts }: ScreenedLedger): ScreenHead["ledger"] {
  return { folder, chain: chain?.name ?? null, horizon: (set ?? source).horizon, thefts }
}

async function policyOf(file: string | null) {
  if (file === null) return { policy: null, told: null }
  const { readPolicyFile } = await import("../readers/policy-file.ts")
  const { readPolicy } = await import("./policy-read.ts")
  const { document, sha256 } = await readPolicyFile(file)
  const policy = readPolicy(document, file)
  return { policy, told: { file, name: policy.name, sha256 } }
}
