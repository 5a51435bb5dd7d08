import { existsSync } from "node:fs"
import { openColumns } from "../stores/columns/columns.ts"
import type { Manifest } from "../stores/columns/manifest.ts"
import { Problem } from "../units/problem.ts"

export interface LedgerEnd {
  readonly height: number
  readonly hash: string
  readonly time: string | null
}

export interface LedgerInfo {
  readonly schema: "ashiato/ledger/1"
  readonly folder: string
  readonly chain: string | null
  readonly shape: "utxo" | "account"
  /** What is stored; null where the ledger is empty or being written. */
  readonly horizon: LedgerEnd | null
  /** What readers see; null where nothing has been published. */
  readonly published: LedgerEnd | null
  readonly counts: Readonly<Record<string, number>>
  readonly provenance: readonly {
    readonly from: number
    readonly to: number
    readonly source: string
    readonly at: string
  }[]
  readonly gaps: readonly { readonly code: string; readonly detail: Readonly<Record<string, string>> }[]
  /** The process that is writing it, where one is: then all of this is of the published columns. */
  readonly writer: string | null
}

/** What a ledger says of itself. While it is being written its columns say it. */
export async function ledgerInfo(folder: string): Promise<LedgerInfo> {
  if (!existsSync(folder)) throw new Problem("ledger-missing", { folder })
  const columns = publishedInfo(folder)
  const { Database } = await import("../stores/duckdb/database.ts")
  try {
    const database = await Database.open(folder)
    try {
      const { storedInfo } = await import("../stores/duckdb/stored-info.ts")
      const stored = await storedInfo(database)
      return {
        schema: "ashiato/ledger/1",
        folder,
        ...database.identity,
        ...stored,
        published: columns?.published ?? null,
        writer: null,
      }
    } finally {
      database.close()
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "ledger-locked" || columns === null) throw error
    return { ...columns, horizon: null, writer: `${error.detail.holder}` }
  }
}

function publishedInfo(folder: string): LedgerInfo | null {
  try {
    const columns = openColumns(folder, 0)
    const { manifest } = columns
    columns.close()
    return infoOf(folder, manifest)
  } catch (error) {
    if (error instanceof Problem && error.code === "ledger-not-published") return null
    throw error
  }
}

function infoOf(folder: string, { chain, shape, horizon, columns, segments, extra }: Manifest): LedgerInfo {
  const { height, hash, time } = horizon
  const counts =
    shape === "utxo"
      ? UTXO_COUNTS.map((what): [string, number] => [
          what,
          (segments ?? []).reduce((sum, { holds }) => sum + (holds[what] ?? 0), 0),
        ])
      : Object.entries(ACCOUNT_COLUMNS).map(([what, name]): [string, number] => [
          what,
          columns.find(column => column.name === name)?.count ?? 0,
        ])
  return {
    schema: "ashiato/ledger/1",
    folder,
    chain: chain === "" ? null : chain,
    shape,
    horizon: null,
    published: height === null || hash === null ? null : { height, hash, time },
    counts: Object.fromEntries(counts),
    provenance: (extra.provenance ?? []) as LedgerInfo["provenance"],
    gaps: (extra.gaps ?? []) as LedgerInfo["gaps"],
    writer: null,
  }
}

const UTXO_COUNTS = ["blocks", "transactions", "outputs", "inputs"] as const

const ACCOUNT_COLUMNS = { rows: "row-amount", accounts: "account-key", pots: "pot-account" } as const
