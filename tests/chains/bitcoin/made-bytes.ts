import { merkleRoot } from "../../../src/chains/bitcoin/merkle.ts"
import { decodeTransaction } from "../../../src/chains/bitcoin/transaction.ts"
import { txidOf } from "../../../src/chains/bitcoin/txid.ts"
import { fromHex, sha256d } from "./real-bytes.ts"

/** Blocks and transactions in hexadecimal, put together by hand so that any part can be made wrong. */
export interface Parts {
  version?: string
  flags?: string
  inputs?: readonly string[]
  outputs?: readonly string[]
  witness?: string
  mweb?: string
  lockTime?: string
}

const byte = (value: number): string => value.toString(16).padStart(2, "0")

export function amount(value: bigint): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes.toString("hex")
}

/** Below 253, as all lists here are. */
export const list = (items: readonly string[]): string => byte(items.length) + items.join("")
export const sized = (hex: string): string => byte(hex.length / 2) + hex

export const input = (txid = "11".repeat(32), vout = "00000000"): string => `${txid}${vout}00ffffffff`
export const COINBASE_INPUT = `${"00".repeat(32)}ffffffff${sized("51")}ffffffff`
export const output = (value: bigint, script: string): string => amount(value) + sized(script)

export const P2WPKH = `0014${"aa".repeat(20)}`

export function transaction(parts: Parts = {}): string {
  const { version = "02000000", flags = "", lockTime = "00000000", witness = "", mweb = "" } = parts
  const { inputs = [input()], outputs = [output(1000n, P2WPKH)] } = parts
  return version + flags + list(inputs) + list(outputs) + witness + mweb + lockTime
}

export const COINBASE = transaction({ inputs: [COINBASE_INPUT] })

/** A block of these transactions with its merkle root in order, and no work done. */
export function block(transactions: readonly string[], behind = ""): Uint8Array {
  const txids = transactions.map(hex => txidOf(decodeTransaction(fromHex(hex), { mweb: true }), sha256d))
  const root = Buffer.from(merkleRoot(txids, sha256d)).toString("hex")
  return unchecked(transactions, root, behind)
}

export function unchecked(transactions: readonly string[], root = "22".repeat(32), behind = ""): Uint8Array {
  return fromHex(`02000000${"33".repeat(32)}${root}00000000ffff7f2000000000${list(transactions)}${behind}`)
}
