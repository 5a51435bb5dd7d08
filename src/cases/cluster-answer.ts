import type { OwnerGraph } from "../clustering/owner-graph.ts"
import { CLUSTER_SCHEMA, type ClusterAnswer, type ClusterDocument } from "../contracts/cluster.ts"
import { Problem } from "../units/problem.ts"
import { toldOfAccount } from "./cluster-accounts.ts"
import type { ClusterBook } from "./cluster-of.ts"
import { ratesUsed } from "./cluster-rates.ts"
import { accountOfRef, ownersOfRef } from "./cluster-ref.ts"
import { toldOfOwner } from "./cluster-told.ts"
import { openLabelBook } from "./labels-open.ts"
import { openLedger } from "./open-ledger.ts"
import type { OpenedRecords } from "./records.ts"

/** Clusters that are looked up of one transaction: a coinjoin spends those of a hundred. */
const MOST_SUBJECTS = 8

export interface ClusterAsked {
  readonly refs: readonly string[]
  readonly ledger: string
  /** Null for the default folder, if it is there. */
  readonly labels: string | null
  readonly asOf: string | null
  /** Of each list, how many are told. */
  readonly most: number
}

/**
 * What `ashiato cluster` answers: all references, or none where one cannot be read or is not in the ledger.
 *
 * @throws Problem of the ledger, the labels, or the first reference that is wrong
 */
export async function clusterAnswer(asked: ClusterAsked): Promise<ClusterDocument> {
  const { refs, ledger, most } = asked
  const opened = await openLedger(ledger, null, null)
  const { source, chain } = opened
  const labels = await openLabelBook(asked.labels, asked.asOf)
  const book = labels === null ? null : { book: labels, chain: chain?.name ?? null }
  const answers =
    source.shape === "account"
      ? await ofAccounts(opened, refs, book, ledger, most)
      : await ofOwners(opened, refs, book, ledger, most)
  return {
    schema: CLUSTER_SCHEMA,
    chain: chain?.name ?? null,
    family: source.shape,
    horizon: source.horizon,
    labels: labels === null ? null : { asOf: labels.asOf, count: labels.count },
    answers,
    rates: ratesUsed(answers, chain?.name ?? null),
  }
}

async function ofOwners(
  { owners, chain }: OpenedRecords,
  refs: readonly string[],
  book: ClusterBook | null,
  ledger: string,
  most: number,
): Promise<readonly ClusterAnswer[]> {
  if (owners === undefined || chain === null) throw new Problem("ledger-without-owners")
  const graph = await owners()
  return refs
    .map(ref => ({ ref, ...ownersOfRef(graph, chain, ref, ledger) }))
    .map(({ ref, kind, owners: asked }) => ({ ref, kind, subjects: subjectsOf(graph, asked, book, most) }))
}

/** A cluster of several of these owners is told once. */
function subjectsOf(
  graph: OwnerGraph,
  owners: readonly number[],
  book: ClusterBook | null,
  most: number,
): ClusterAnswer["subjects"] {
  const told = new Set<number>()
  const shown: ClusterAnswer["subjects"]["shown"][number][] = []
  let count = 0
  for (const owner of owners) {
    if (told.has(owner)) continue
    count++
    if (shown.length === MOST_SUBJECTS) continue
    const subject = toldOfOwner(graph, owner, book, most)
    for (const member of subject.members) told.add(member)
    shown.push(subject.told)
  }
  return { count, shown }
}

async function ofAccounts(
  { accounts: open, chain, source }: OpenedRecords,
  refs: readonly string[],
  book: ClusterBook | null,
  ledger: string,
  most: number,
): Promise<readonly ClusterAnswer[]> {
  if (open === undefined) throw new Problem("ledger-without-owners")
  const accounts = await open()
  const tip = source.horizon.height ?? 0
  return refs
    .map(ref => ({ ref, account: accountOfRef(accounts, chain, ref, ledger) }))
    .map(({ ref, account }) => {
      const shown = [toldOfAccount(accounts, account, book, tip, most)]
      return { ref, kind: "address", subjects: { count: 1, shown } }
    })
}
