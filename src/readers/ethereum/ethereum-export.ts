import { rowsOf } from "../../chains/ethereum/block-rows.ts"
import type { DaoBalances } from "../../chains/ethereum/dao.ts"
import { prove } from "../../chains/ethereum/proof.ts"
import { Rows } from "../../chains/ethereum/rows.ts"
import { isDaoFork } from "../../chains/ethereum/rules.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import type { AccountBlock, BlockFeed, Tip } from "../../ports/blocks.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { readBlock, readReceipts, readTraces, type SpecialTrace } from "./export-block.ts"
import { findExportFiles, TABLES, type Table } from "./export-files.ts"
import { ExportTable } from "./export-table.ts"
import { asProblemOf } from "./node-block.ts"
import { noticesOf } from "./notices.ts"

export interface EthereumExportOptions {
  /** With the files of ethereum-etl, CSV or JSON lines, whole or in parts. */
  readonly folder: string
  /** Ethereum's own is 1: an export does not say. */
  readonly chainId?: number
}

const MAINNET = 1
const BATCH_BYTES = 8 * 2 ** 20
const MOST_BLOCKS = 256

/**
 * Opens an export of ethereum-etl: blocks and transactions, with receipts (of their own, or in the transactions'
 * columns), logs and traces where they are there. From the lowest block to the highest before one is missing.
 *
 * An export leaves out signatures and a part of the header, so that nothing ties its rows to the chain: they are
 * `reported`, whatever its roots say. What can be recomputed of it (receipts and withdrawals against their roots) is.
 *
 * @throws Problem of a file or its form; `blocks-incomplete` where nothing is there
 */
export async function openEthereumExport(options: EthereumExportOptions): Promise<BlockFeed<AccountBlock>> {
  const { folder, chainId = MAINNET } = options
  const files = await findExportFiles(folder)
  const tables = new Map<Table, ExportTable>()
  for (const table of TABLES) {
    const paths = files.get(table) ?? []
    if (paths.length > 0) tables.set(table, await ExportTable.read(table, paths))
  }
  const blocks = tables.get("blocks")
  const heights = [...(blocks?.heights ?? [])].sort((a, b) => a - b)
  const lowest = heights[0]
  if (blocks === undefined || lowest === undefined) {
    throw new Problem("chain-data-malformed", { what: "the export", reason: "no blocks" }, { file: folder })
  }
  const end = heights.findIndex((height, at) => height !== lowest + at)
  const highest = (heights[end < 0 ? heights.length - 1 : end - 1] ?? lowest) as number
  const feed = new ExportFeed(folder, tables, chainId, lowest, highest)
  try {
    await feed.findTip()
  } catch (error) {
    await feed.close()
    throw error
  }
  return feed
}

class ExportFeed implements BlockFeed<AccountBlock> {
  readonly from: string
  tip: Tip
  readonly #tables: ReadonlyMap<Table, ExportTable>
  readonly #chainId: number
  readonly firstHeight: number

  constructor(
    from: string,
    tables: ReadonlyMap<Table, ExportTable>,
    chainId: number,
    lowest: number,
    highest: number,
  ) {
    this.from = from
    this.#tables = tables
    this.#chainId = chainId
    this.firstHeight = lowest
    this.tip = { height: highest, hash: "" }
  }

  async findTip(): Promise<void> {
    const { height } = this.tip
    this.tip = { height, hash: (await this.hashAt(height)) ?? "" }
  }

  async hashAt(height: number): Promise<string | null> {
    if (height < this.firstHeight || height > this.tip.height) return null
    const [row] = await this.#rowsAt("blocks", height)
    return row === undefined ? null : asProblemOf(`block ${height}`, this.from, () => row.hash("hash"))
  }

  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly AccountBlock[]> {
    const missing = fromHeight < this.firstHeight ? fromHeight : Math.max(fromHeight, this.tip.height + 1)
    if (missing <= toHeight) {
      const reason = `it has blocks ${this.firstHeight} to ${this.tip.height}`
      throw new Problem("chain-data-malformed", { what: `block ${missing}`, reason }, { file: this.from })
    }
    let previous: string | null = null
    let batch: AccountBlock[] = []
    let bytes = 0
    for (let height = fromHeight; height <= toHeight; height++) {
      const block = await asProblemOf(`block ${height}`, this.from, () => this.#blockAt(height))
      if (previous !== null && block.parent !== previous) {
        throw new Problem("remote-reorganised", { height }, { file: this.from })
      }
      previous = block.hash
      batch.push(block)
      for (const table of this.#tables.values()) bytes += table.sizeAt(height)
      if (bytes < BATCH_BYTES && batch.length < MOST_BLOCKS) continue
      yield batch
      batch = []
      bytes = 0
    }
    if (batch.length > 0) yield batch
  }

  async #blockAt(height: number): Promise<AccountBlock> {
    const [row, ...others] = await this.#rowsAt("blocks", height)
    if (row === undefined || others.length > 0) {
      const reason = "it is in the export more than once"
      throw new Problem("chain-data-malformed", { what: `block ${height}`, reason }, { file: this.from })
    }
    const transactions = await this.#rowsAt("transactions", height)
    const block = readBlock(row, transactions)
    const logs = this.#tables.has("logs") ? await this.#rowsAt("logs", height) : null
    const ownReceipts = this.#tables.has("receipts")
    const receiptRows = ownReceipts ? await this.#rowsAt("receipts", height) : transactions
    const receipts = readReceipts(block, receiptRows, ownReceipts ? "" : "receipt_", logs)
    const hasTraces = this.#tables.has("traces")
    const traced = hasTraces ? readTraces(block, await this.#rowsAt("traces", height)) : null
    const uncles = block.uncles === null ? null : []
    const proof = prove(block, receipts, uncles)
    const { rows, lacks } = rowsOf({
      block,
      receipts,
      frames: traced?.frames ?? (block.transactions.length === 0 ? [] : null),
      uncles,
      proof,
      chainId: this.#chainId,
      daoBalances: this.#daoBalances(height, traced?.special ?? []),
    })
    const { header } = block
    return {
      height,
      hash: header.hash,
      parent: height === 0 ? null : header.parentHash,
      time: header.timestamp,
      rows: [...genesisRows(height, header.timestamp, traced?.special ?? []), ...rows],
      notices: noticesOf(lacks, height, this.from),
    }
  }

  #daoBalances(height: number, special: readonly SpecialTrace[]): DaoBalances | null {
    const told = special.filter(({ type }) => type === "daofork")
    if (!isDaoFork(height, this.#chainId) || told.length === 0) return null
    return new Map(told.flatMap(({ from, amount }) => (from === null ? [] : [[from, amount]])))
  }

  #rowsAt(table: Table, height: number) {
    return this.#tables.get(table)?.rowsAt(height) ?? Promise.resolve([])
  }

  async close(): Promise<void> {
    for (const table of this.#tables.values()) await table.close()
  }
}

/** What accounts held when the chain began. */
function genesisRows(
  height: number,
  timestamp: number,
  special: readonly SpecialTrace[],
): readonly AccountRow[] {
  if (height !== 0) return []
  const rows = new Rows({ id: null, height, time: parseInstant(`${timestamp}`) }, "block:0")
  const told = special.filter(({ type }) => type === "genesis")
  for (const [at, { to, amount }] of told.entries()) {
    rows.add({ at: `genesis:${at}`, from: null, to, amount, kind: "issue", grade: "reported" })
  }
  return rows.rows
}
