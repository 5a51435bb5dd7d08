import { createHash } from "node:crypto"
import type { AccountRow } from "../ledger/account-row.ts"
import { recordHash } from "../ledger/record-hash.ts"
import type { AccountBlock, BlockFeed, Tip } from "../ports/blocks.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { type AddressCheck, readTransfers } from "./transfers-file.ts"

const ROWS_OF_A_BATCH = 20_000

/**
 * Reads a file of transfers to be stored: a block for each height that it names. In place of a hash each height has the SHA-256 of its rows and of all before
 * it: the same file stored twice changes nothing, and one that was added to goes on where it was.
 *
 * @throws Problem with file, line and column; `ingest-without-heights`
 */
export async function openTransfersFeed(
  file: string,
  checkAddress: AddressCheck,
  onProgress?: OnProgress,
): Promise<BlockFeed<AccountBlock>> {
  const { rows } = await readTransfers(file, checkAddress, onProgress)
  const blocks = blocksOf(rows, file)
  const first = blocks[0]
  const last = blocks.at(-1)
  if (first === undefined || last === undefined) throw new Problem("ingest-without-heights", {}, { file })
  return new Transfers(file, blocks, { height: last.height, hash: last.hash }, first.height)
}

function blocksOf(rows: readonly AccountRow[], file: string): AccountBlock[] {
  const blocks: AccountBlock[] = []
  let parent: string | null = null
  for (let at = 0; at < rows.length; ) {
    const { height } = (rows[at] as AccountRow).tx
    if (height === null) throw new Problem("ingest-without-heights", {}, { file })
    let end = at + 1
    while (end < rows.length && (rows[end] as AccountRow).tx.height === height) end++
    const own = rows.slice(at, end)
    const hash: string = recordHash(digest(parent, own))
    blocks.push({ height, hash, parent, time: timeOf(own), rows: own, notices: [] })
    parent = hash
    at = end
  }
  return blocks
}

function digest(parent: string | null, rows: readonly AccountRow[]): string {
  const text = JSON.stringify([parent, rows], (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  )
  return createHash("sha256").update(text).digest("hex")
}

/** Of the last row that has a time. */
function timeOf(rows: readonly AccountRow[]): number | null {
  const time = rows.findLast(({ tx }) => typeof tx.time === "string")?.tx.time
  return typeof time === "string" ? Math.floor(Date.parse(time) / 1000) : null
}

class Transfers implements BlockFeed<AccountBlock> {
  readonly from: string
  readonly tip: Tip
  readonly firstHeight: number
  readonly #blocks: readonly AccountBlock[]

  constructor(from: string, blocks: readonly AccountBlock[], tip: Tip, firstHeight: number) {
    this.from = from
    this.#blocks = blocks
    this.tip = tip
    this.firstHeight = firstHeight
  }

  async hashAt(height: number): Promise<string | null> {
    return this.#blocks.find(block => block.height === height)?.hash ?? null
  }

  async *blocks(fromHeight: number, toHeight: number): AsyncGenerator<readonly AccountBlock[]> {
    let batch: AccountBlock[] = []
    let rows = 0
    for (const block of this.#blocks) {
      if (block.height < fromHeight || block.height > toHeight) continue
      batch.push(block)
      rows += block.rows.length
      if (rows < ROWS_OF_A_BATCH) continue
      yield batch
      batch = []
      rows = 0
    }
    if (batch.length > 0) yield batch
  }

  async close(): Promise<void> {}
}
