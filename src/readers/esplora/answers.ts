import { Fields, isHash, listOf, parseJson } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { Branch } from "./merkle-branch.ts"
import { type ExplorerTx, MAX_UINT32, readTransaction } from "./transaction.ts"

/** Where a transaction is confirmed. */
export interface Confirmation {
  readonly height: number
  readonly hash: string
  /** Unix seconds. */
  readonly time: number
}

export interface Outspend {
  readonly txid: string
  readonly vin: number
  readonly confirmed: Confirmation | null
}

export interface ExplorerBlock extends Confirmation {
  readonly txCount: number
}

/** A position has room for 2^26 blocks: more than a thousand years of Bitcoin. */
const MAX_HEIGHT = 2 ** 26 - 1
/** A block of 4,000,000 weight units has no room for as many: the least transaction weighs 240. */
const MAX_TXS = 20_000
/** Levels of a tree over as many. */
const DEEPEST_TREE = 15

export function readHeight(text: string, asked: string): number {
  const height = /^\d{1,8}$/.test(text.trim()) ? Number(text) : Number.NaN
  if (height <= MAX_HEIGHT) return height
  throw new RemoteFault("nonsense", asked, "not a height")
}

export function readHash(text: string, asked: string): string {
  const hash = text.trim()
  if (isHash(hash)) return hash
  throw new RemoteFault("nonsense", asked, "not a hash")
}

export function readBlock(text: string, asked: string, hash: string): ExplorerBlock {
  const fields = new Fields(parseJson(text, asked), asked, "")
  if (fields.hash("id") !== hash) fields.fail("id", "another block")
  const height = fields.integer("height", MAX_HEIGHT)
  const time = fields.integer("timestamp", MAX_UINT32)
  const txCount = fields.integer("tx_count", MAX_TXS)
  if (txCount === 0) fields.fail("tx_count", "a block without transactions")
  return { hash, height, time, txCount }
}

export interface PlacedTx {
  readonly tx: ExplorerTx
  readonly confirmed: Confirmation | null
}

export function readTx(text: string, asked: string, txid: string): PlacedTx {
  const fields = new Fields(parseJson(text, asked), asked, "")
  const tx = readTransaction(fields)
  if (tx.txid !== txid) fields.fail("txid", "another transaction")
  return { tx, confirmed: confirmation(fields.object("status")) }
}

export function readTxs(text: string, asked: string, expected: number): ExplorerTx[] {
  const txs = listOf(parseJson(text, asked), asked, "", readTransaction)
  if (txs.length === expected) return txs
  throw new RemoteFault("nonsense", asked, `${txs.length} transactions where ${expected} are due`)
}

/** A transaction's place in its block and the proof of it, in Electrum's form. */
export function readBranch(text: string, asked: string, height: number): Branch {
  const fields = new Fields(parseJson(text, asked), asked, "")
  if (fields.integer("block_height", MAX_HEIGHT) !== height) fields.fail("block_height", "another block")
  const hashes = fields.texts("merkle")
  if (hashes.length > DEEPEST_TREE || !hashes.every(isHash)) fields.fail("merkle", "not hashes of a tree")
  return { index: fields.integer("pos", MAX_TXS - 1), hashes }
}

export function readOutspend(text: string, asked: string): Outspend | null {
  const fields = new Fields(parseJson(text, asked), asked, "")
  if (!fields.flag("spent")) return null
  const txid = fields.hash("txid")
  const vin = fields.integer("vin", MAX_UINT32)
  return { txid, vin, confirmed: confirmation(fields.object("status")) }
}

function confirmation(status: Fields): Confirmation | null {
  if (!status.flag("confirmed")) return null
  return {
    height: status.integer("block_height", MAX_HEIGHT),
    hash: status.hash("block_hash"),
    time: status.integer("block_time", MAX_UINT32),
  }
}
