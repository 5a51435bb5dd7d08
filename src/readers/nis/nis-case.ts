import type { CaseFile, CaseTransfer } from "../../casefile/case.ts"
import { checkNemAddress } from "../../chains/nem/address.ts"
import { concerned } from "../../chains/nem/concern.ts"
import type { Entry } from "../../chains/nem/entry.ts"
import { UNRECORDED } from "../../ledger/account-row.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { Problem } from "../../units/problem.ts"
import type { Listed } from "./account-lists.ts"
import { MAINNET_NAME } from "./answers.ts"
import { assign, type Candidate, candidateOf, isAlike } from "./case-matches.ts"
import { type NisSource, type NisSourceOptions, openNisSource } from "./nis-source.ts"

/** What became of one transfer of the case. */
export interface CaseMatch {
  readonly id: string
  /**
   * `replaced` by the chain's row `ref`; `not-found` on the chain; `unread`, not found in the part that was read of two
   * long histories; `ambiguous`, several rows could be it; `contradicted`, the transaction that it names moves something
   * else; `open`, the case itself leaves its receiver or its amount open, and the chain tells what the account paid.
   */
  readonly found: "replaced" | "not-found" | "unread" | "ambiguous" | "contradicted" | "open"
  /** `txid#n` of the chain's row; null unless `replaced`. */
  readonly ref: string | null
}

export interface NisCase {
  /** The node's record alone: no transfer of the case is in it, so that none counts twice. */
  readonly source: NisSource
  /** The thefts of the case, declared on the chain's rows; those of their transfers that are not `replaced` are not. */
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  /** Every transfer of the case, in its order. */
  readonly transfers: readonly CaseMatch[]
}

/**
 * Opens a node for a case of NEM and finds the case's transfers on the chain: by hash where a transfer has one, else by
 * sender, receiver, asset, amount and time in the history of its receiver (of its sender where that one has too many
 * transactions). A transfer that stays reported is in no figure of the trace: what is to be said of it is in
 * `transfers`.
 *
 * @throws RemoteFault, or Problem `address-checksum`, `remote-other-network`, `chain-data-malformed`
 */
export async function openNisCase(file: CaseFile, options: NisSourceOptions): Promise<NisCase> {
  if (file.chain !== "nem") {
    throw new Problem("remote-other-network", { expected: file.chain, found: MAINNET_NAME })
  }
  const assets = new Map(file.assets.map(asset => [asset.asset, asset]))
  const source = await openNisSource({ assetOf: name => assets.get(name), ...options })
  const matches = new Map<string, CaseMatch>()
  const groups = new Map<string, CaseTransfer[]>()
  for (const transfer of file.transfers.map(canonical)) {
    if (transfer.tx !== null) matches.set(transfer.id, await byHash(source, transfer, transfer.tx))
    else if (isOpen(transfer)) matches.set(transfer.id, { id: transfer.id, found: "open", ref: null })
    else getOrMake(groups, keyOf(transfer), () => []).push(transfer)
  }
  for (const group of groups.values()) {
    for (const match of await byLikeness(source, group)) matches.set(match.id, match)
  }
  const thefts = file.thefts.map(({ id, transfers }) => {
    const refs = transfers.map(transfer => matches.get(transfer)?.ref ?? null).filter(ref => ref !== null)
    return { id, refs: [...new Set(refs)] }
  })
  const transfers = file.transfers.map(({ id }) => matches.get(id)).filter(match => match !== undefined)
  return { source, thefts, transfers }
}

function canonical(transfer: CaseTransfer): CaseTransfer {
  const { from, to } = transfer
  const isAddress = (end: string | undefined): end is string => end !== undefined && end !== UNRECORDED
  return {
    ...transfer,
    ...(isAddress(from) ? { from: checkNemAddress(from) } : {}),
    ...(isAddress(to) ? { to: checkNemAddress(to) } : {}),
  }
}

function isOpen({ to, from, amount }: CaseTransfer): boolean {
  return to === UNRECORDED || amount === "remainder" || (to === undefined && from === undefined)
}

const keyOf = ({ from, to, asset, amount }: CaseTransfer): string => JSON.stringify([from, to, asset, amount])

async function byHash(source: NisSource, transfer: CaseTransfer, hash: string): Promise<CaseMatch> {
  const { id } = transfer
  const entry = await source.transaction(hash.toLowerCase())
  if (entry === null || entry.height > source.horizon.height) return { id, found: "not-found", ref: null }
  const { rows } = await source.rowsOf(entry)
  const alike = rows.filter(({ row }) => isOpen(transfer) || isAlike(transfer, row))
  const [only] = alike
  if (only === undefined) return { id, found: "contradicted", ref: null }
  if (alike.length > 1) return { id, found: "ambiguous", ref: null }
  return { id, found: "replaced", ref: only.row.ref }
}

/** Transfers that differ in time alone. */
async function byLikeness(source: NisSource, group: readonly CaseTransfer[]): Promise<CaseMatch[]> {
  const [first] = group
  if (first === undefined) return []
  const candidates: Candidate[] = []
  const { items, isAll } = await entriesBetween(source, first)
  for (const entry of items) {
    const { rows } = await source.rowsOf(entry)
    const alike = rows.filter(({ row }) => isAlike(first, row))
    candidates.push(...alike.map(({ row }) => candidateOf(row, entry)))
  }
  const assigned = assign(group, candidates)
  return group.map(({ id }, at) => {
    const candidate = assigned[at]
    if (candidate === undefined) return { id, found: "ambiguous", ref: null }
    if (candidate === null) return { id, found: isAll ? "not-found" : "unread", ref: null }
    return { id, found: "replaced", ref: candidate.row.ref }
  })
}

/** The transactions up to the horizon that concern both ends, oldest first: few of an account's have to be looked up. */
async function entriesBetween(source: NisSource, { from, to }: CaseTransfer): Promise<Listed<Entry>> {
  const ends = [to, from].filter(end => end !== undefined)
  let listed: Listed<Entry> = { items: [], isAll: true }
  for (const end of ends) {
    listed = await source.transfersOf(end)
    if (listed.isAll) break
  }
  const both = listed.items.filter(({ transaction, height }) => {
    const all = concerned(transaction)
    return height <= source.horizon.height && ends.every(other => all.has(other))
  })
  return { items: both.toReversed(), isAll: listed.isAll }
}
