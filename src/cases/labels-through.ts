import type { Chain } from "../chains/chain.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import type { ClusterSubject } from "../contracts/cluster.ts"
import type { LabelsThrough } from "../contracts/labels-why.ts"
import type { ThroughUnknown } from "../ledger/label-words.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { Problem } from "../units/problem.ts"
import { toldOfAccount } from "./cluster-accounts.ts"
import type { ClusterBook } from "./cluster-of.ts"
import { toldOfOwner } from "./cluster-told.ts"
import { depositHeuristicOn } from "./deposit-heuristic.ts"
import { openLedger } from "./open-ledger.ts"
import type { OpenedRecords } from "./records.ts"

/** Of each list, how many are told: `ashiato cluster --most` has them all. */
const MOST_TOLD = 20

/** What reaches an address through a ledger, and the measured heuristics that it rests on. */
export interface Through {
  readonly told: LabelsThrough
  readonly heuristics: readonly MeasuredHeuristic[]
}

/**
 * Labels of those that spend with an address, and whose deposit address it is, by a ledger.
 */
export async function throughLedger(address: string, ledger: string, labels: LabelBook): Promise<Through> {
  const opened = await openLedger(ledger, null, null)
  const { source, chain } = opened
  const book = { book: labels, chain: chain?.name ?? null }
  const form = formOn(chain, address)
  const found = form === null ? "other-chain" : await lookedUp(opened, form, book)
  const common = { ledger, chain: book.chain, horizon: source.horizon }
  if (typeof found === "string") return { told: { ...common, ...NOTHING, unknown: found }, heuristics: [] }
  const { subject, heuristics } = found
  const { cluster, deposit, labels: said } = subject
  const { reached, notCarried, actors } = said
  const members =
    cluster === null
      ? null
      : { addresses: cluster.members.count, cut: cluster.cut, cannotRuleOut: cluster.cannotRuleOut }
  const told = { ...common, unknown: null, cluster: members, reached, notCarried, actors, deposit }
  return { told, heuristics }
}

const NONE = { count: 0, shown: [] }
const NOTHING = { cluster: null, reached: NONE, notCarried: NONE, actors: [], deposit: null }

interface Found {
  readonly subject: ClusterSubject
  readonly heuristics: readonly MeasuredHeuristic[]
}

async function lookedUp(
  { owners, accounts, chain, source }: OpenedRecords,
  address: string,
  book: ClusterBook,
): Promise<Found | ThroughUnknown> {
  if (source.shape === "account") {
    const all = await accounts?.()
    if (all === undefined) throw new Problem("ledger-without-owners")
    if (!all.has(address)) return "not-in-ledger"
    const subject = toldOfAccount(all, address, book, source.horizon.height ?? 0, MOST_TOLD)
    if (subject.depositUnknown === "too-many-moves") return "too-many-moves"
    // That nothing was recognised rests on it as well.
    const isWeak = subject.deposit?.isWeak ?? false
    return { subject, heuristics: depositHeuristicOn("account", chain?.name ?? null, isWeak) }
  }
  const graph = await owners?.()
  if (graph === undefined) throw new Problem("ledger-without-owners")
  const owner = graph.ownerOf(address)
  if (owner === null) return "not-in-ledger"
  const { told: subject, heuristics } = toldOfOwner(graph, owner, book, MOST_TOLD)
  const { deposit } = subject
  const ofDeposit = deposit === null ? [] : depositHeuristicOn("utxo", book.chain, deposit.isWeak)
  return { subject, heuristics: [...heuristics, ...ofDeposit] }
}

/** As the ledger's chain writes it; null where it is none of its addresses. */
function formOn(chain: Chain | null, address: string): string | null {
  if (chain === null) return address
  try {
    return chain.checkAddress(address)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
