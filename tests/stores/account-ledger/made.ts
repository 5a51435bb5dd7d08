import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api"
import { type AccountRow, isOriginUnknown, kindOf } from "../../../src/ledger/account-row.ts"
import type { Asset } from "../../../src/ledger/asset.ts"
import type { Grade } from "../../../src/ledger/grade.ts"
import type { StepKind, Tx } from "../../../src/ledger/step.ts"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import { publishAccountColumns } from "../../../src/stores/account-ledger/account-publish.ts"
import { storeAccountBlocks } from "../../../src/stores/account-ledger/account-store.ts"
import { createAccountTables } from "../../../src/stores/account-ledger/account-tables.ts"
import { parseInstant } from "../../../src/units/time.ts"
import { makeScenario, type Scenario } from "../../../testing/generator/scenario.ts"
import type { TransferRow } from "../../../testing/oracle/rows.ts"

const folders: string[] = []

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ashiato-account-"))
  folders.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A random account scenario in which every row has a height, as in blocks. */
export function scenarioWithHeights(seed: number): Scenario {
  const scenario = makeScenario(seed, "account")
  const { ledger } = scenario
  if (ledger.shape !== "account") throw new Error("not an account ledger")
  let height: number | null = null
  const heightless = ledger.rows.every(row => row.height === null)
  const rows = ledger.rows.map(row => {
    if (heightless) height = Number(row.txid.slice(2))
    else height = row.height ?? height
    return { ...row, height }
  })
  return { ...scenario, ledger: { ...ledger, rows } }
}

export function transfersOf({ ledger }: Scenario): readonly TransferRow[] {
  if (ledger.shape !== "account") throw new Error("not an account ledger")
  return ledger.rows
}

/** Rows as the reader of a transfers file makes them. */
export function accountRowsOf(transfers: readonly TransferRow[]): AccountRow[] {
  const txs = new Map<string, Tx>()
  return transfers.map(row => {
    const key = `${row.txid} ${row.time}`
    const tx = txs.get(key) ?? { id: row.txid, height: row.height, time: parseInstant(row.time) }
    txs.set(key, tx)
    const from = row.from === "" ? null : row.from
    const to = row.to === "" ? null : row.to
    const said = row.kind === undefined || row.kind === "" ? null : (row.kind as StepKind)
    const exchange = row.exchange === undefined || row.exchange === "" ? null : row.exchange
    const kind = kindOf(said, from, to, exchange !== null)
    return {
      tx,
      ref: `${row.txid}#${row.n}`,
      from,
      to,
      asset: row.asset,
      amount: row.amount,
      kind,
      exchange,
      grade: row.grade === undefined || row.grade === "" ? "reported" : (row.grade as Grade),
      source: null,
      originUnknown: isOriginUnknown(from, kind, tx.height),
    }
  })
}

/** One block for every height from the first row's to the last one's. */
export function blocksOf(rows: readonly AccountRow[], notices: AccountBlock["notices"] = []): AccountBlock[] {
  const heights = rows.map(({ tx }) => tx.height ?? 0)
  const [first, last] = [heights[0] ?? 0, heights.at(-1) ?? 0]
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const height = first + at
    return {
      height,
      hash: `hash ${height}`,
      parent: at === 0 ? null : `hash ${height - 1}`,
      time: 1_516_900_000 + height * 15,
      rows: rows.filter(({ tx }) => tx.height === height),
      notices,
    }
  })
}

export async function connect(file = ":memory:"): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(file, { threads: "2" })
  return instance.connect()
}

/** Stores blocks in batches of so many, each in a transaction. */
export async function storeAll(
  connection: DuckDBConnection,
  blocks: readonly AccountBlock[],
  batch = 1000,
): Promise<void> {
  for (let at = 0; at < blocks.length; at += batch) {
    await connection.run("begin transaction")
    try {
      await storeAccountBlocks(connection, blocks.slice(at, at + batch), { from: "made", at: 1_516_900_000 })
    } catch (error) {
      await connection.run("rollback")
      throw error
    }
    await connection.run("commit")
  }
}

/** A ledger of these blocks: the connection, and the folder of its published columns. */
export async function published(
  blocks: readonly AccountBlock[],
): Promise<{ connection: DuckDBConnection; folder: string }> {
  const connection = await connect()
  await createAccountTables(connection)
  await storeAll(connection, blocks)
  const folder = newFolder()
  await publishAccountColumns(connection, folder, { chain: "made" })
  return { connection, folder }
}

export const assetOf = (asset: string): Asset => ({ asset, unit: "unit", decimals: 0 })
