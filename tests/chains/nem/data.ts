import { existsSync, readFileSync } from "node:fs"
import { it } from "vitest"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import type { Transaction } from "../../../src/chains/nem/transaction.ts"

/** Published data lie beside the project, not in it. */
const DATA = new URL("../../../../shared/data/nem/", import.meta.url)

export const REAL = "real-mainnet-transactions.json"
export const NEMESIS = "nemesis-mainnet.bin"
export const NEMESIS_DECODED = "nemesis-mainnet-decoded.json"

/** A test over published files, given as bytes. Where one is absent the test is skipped, and its name says why. */
export function itReads(name: string, files: readonly string[], test: (...contents: Buffer[]) => void): void {
  const absent = files.filter(file => !existsSync(new URL(file, DATA)))
  if (absent.length > 0) {
    it.skip(`${name} (skipped: ../shared/data/nem/${absent.join(", ")} absent)`, () => {})
    return
  }
  it(`${name} (${files.join(", ")})`, () => test(...files.map(file => readFileSync(new URL(file, DATA)))))
}

/** For what needs the data to make its cases; null where it is absent. */
export function dataOf(file: string): Buffer | null {
  const url = new URL(file, DATA)
  return existsSync(url) ? readFileSync(url) : null
}

export interface RealTransaction {
  readonly context: string
  readonly meta: { readonly hash?: { readonly data: string } }
  readonly transaction: unknown
  readonly derived: {
    readonly time_utc: string
    readonly signer_address: string
    readonly inner_signer_address?: string
    readonly computed_hash: string
    readonly computed_inner_hash?: string
    readonly xem_micro: number
    readonly cosignatures?: readonly { readonly address: string }[]
  }
}

export function realTransactions(bytes: Buffer): (RealTransaction & { readonly read: Transaction })[] {
  const records = JSON.parse(bytes.toString("utf8")) as RealTransaction[]
  return records.map(record => ({ ...record, read: readTransaction(record.transaction) }))
}
