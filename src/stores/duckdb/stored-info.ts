import { parseInstant } from "../../units/time.ts"
import { accountTip } from "../account-ledger/account-store.ts"
import { accountCounts, createAccountTables } from "../account-ledger/account-tables.ts"
import type { Database } from "./database.ts"
import { createUtxoTables, utxoCounts } from "./utxo-tables.ts"
import { utxoTip } from "./utxo-tip.ts"

export interface StoredInfo {
  readonly horizon: { readonly height: number; readonly hash: string; readonly time: string | null } | null
  readonly counts: Readonly<Record<string, number>>
  readonly provenance: readonly {
    readonly from: number
    readonly to: number
    readonly source: string
    readonly at: string
  }[]
  readonly gaps: readonly { readonly code: string; readonly detail: Readonly<Record<string, string>> }[]
}

/** What is stored, of a ledger of either shape. One whose first ingest was killed at once may have no tables yet. */
export async function storedInfo(database: Database): Promise<StoredInfo> {
  return database.identity.shape === "utxo" ? utxoInfo(database) : accountInfo(database)
}

async function accountInfo(database: Database): Promise<StoredInfo> {
  const { connection } = database
  await createAccountTables(connection)
  const tip = await accountTip(connection)
  const time =
    tip === null ? null : await database.row("select time from blocks where height = $1", [tip.height])
  const notices = await database.rows(
    "select code, min(json) from notices group by code, asset, same_as order by min(height) limit 100",
  )
  return {
    horizon: tip === null ? null : { ...tip, time: parseInstant(`${time?.[0] ?? ""}`) },
    counts: { ...(await accountCounts(connection)) },
    provenance: await provenanceOf(database),
    gaps: notices.map(([code, json]) => ({ code: `${code}`, detail: JSON.parse(`${json}`).detail })),
  }
}

async function utxoInfo(database: Database): Promise<StoredInfo> {
  await createUtxoTables(database)
  const tip = await utxoTip(database)
  const time =
    tip === null ? null : await database.row("select time from blocks where height = $1", [tip.height])
  return {
    horizon: tip === null ? null : { ...tip, time: parseInstant(`${time?.[0] ?? ""}`) },
    counts: { ...(await utxoCounts(database)) },
    provenance: await provenanceOf(database),
    gaps: await utxoGaps(database),
  }
}

/** What a ledger of Bitcoin's family cannot know: what happens within Litecoin's extension block. */
export async function utxoGaps(database: Database): Promise<StoredInfo["gaps"]> {
  const extension = await database.row("select 1 from outputs where kind = 7 limit 1")
  return extension === null ? [] : [{ code: "extension-block", detail: {} }]
}

/** Which blocks came from where, oldest first; runs stored one after the other from one source are one. */
export async function provenanceOf(database: Database): Promise<StoredInfo["provenance"]> {
  const rows = await database.rows(
    `select from_height, to_height, source, strftime(stored, '%Y-%m-%dT%H:%M:%SZ') from provenance
       order by from_height, to_height`,
  )
  const runs: StoredInfo["provenance"][number][] = []
  for (const [from, to, source, at] of rows) {
    const last = runs.at(-1)
    const run = { from: Number(from), to: Number(to), source: `${source}`, at: `${at}` }
    if (last !== undefined && last.source === run.source && last.to + 1 === run.from) {
      runs[runs.length - 1] = { ...run, from: last.from }
    } else runs.push(run)
  }
  return runs
}
