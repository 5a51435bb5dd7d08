import type { LedgerFaultCode } from "../ledger/ledger-fault.ts"
import { many } from "./many.ts"

/** What was stored, from which height on, and up to which block it is true now; null where it holds none. */
export interface IngestedText {
  readonly from: number
  readonly after: { readonly height: number; readonly hash: string } | null
  readonly undone: number
  readonly interrupted: boolean
}

const faults: Readonly<Record<LedgerFaultCode, (at: string) => string>> = {
  order: at => `${at}: the numbering has holes or does not fit the blocks`,
  parent: at => `block ${at} does not name the block before it as its parent`,
  header: at => `block ${at}: its header does not have its hash`,
  work: at => `block ${at}: its proof of work does not meet its target`,
  "merkle-root": at => `block ${at}: its transactions are not those of its merkle root`,
  "spent-unknown": at => `input ${at} spends an output that is not before it`,
  "spent-twice": at => `output ${at} is spent twice`,
  "spent-burned": at => `input ${at} spends what nobody can spend`,
  "made-value": at => `${at} pays out more than it takes in`,
  link: at => `a link is broken: ${at}`,
  "columns-damaged": at => `columns: ${at}`,
  "columns-differ": at => `columns differ from the tables: ${at}`,
  "columns-behind": at =>
    `columns stand for an earlier block (${at}): run "ashiato ledger publish", then verify again`,
}

export const ledgerEn = {
  stopping: "Stopping: what is under way is stored first. Ctrl-C again stops at once; what was stored stays.",
  ingested: (folder: string, { after, from, undone, interrupted }: IngestedText): string => {
    if (after === null) return `Ledger ${folder}: empty.`
    const undo = undone > 0 ? `${many(undone, "block", "blocks")} taken back that the chain had left; ` : ""
    const stored =
      from > after.height ? "nothing new" : `blocks ${from} to ${after.height} stored and published`
    const cut = interrupted ? " (interrupted: run the same command again to go on)" : ""
    return `Ledger ${folder}: ${undo}${stored}; true up to height ${after.height}, ${after.hash}${cut}`
  },
  chain: "Chain",
  horizon: "True up to",
  published: "Published up to",
  notPublished: "not yet",
  height: (height: number, hash: string, time: string) => `height ${height}, ${hash} (${time})`,
  empty: "empty",
  counts: "Holds",
  rows: {
    blocks: "blocks",
    transactions: "transactions",
    outputs: "outputs",
    inputs: "inputs",
    rows: "transfers",
    accounts: "accounts",
    assets: "assets",
    pots: "pots",
  },
  from: "From",
  provenance: (from: number, to: number, source: string, at: string) =>
    `blocks ${from} to ${to}: ${source}, stored ${at}`,
  gaps: "What it lacks",
  noGaps: "no gaps are known",
  beingWritten: (holder: string) => `Being written by ${holder}: what follows is of the published columns.`,
  verified: (blocks: number, rows: number) =>
    `Holds together: ${blocks} blocks and ${rows} rows checked (parents, order, sums, no output spent twice, columns equal to the tables).`,
  broken: (count: number) => `Does not hold together: ${many(count, "fault", "faults")}.`,
  faults,
  publishedNow: (folder: string) => `Columns of ${folder} published.`,
}

export type LedgerMessages = typeof ledgerEn
