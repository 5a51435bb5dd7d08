import { bytesOfRows } from "../../chains/bitcoin/word-columns.ts"
import type { Column } from "../columns/column.ts"
import { type Spenders, spendersOf } from "../utxo-ledger/spenders.ts"
import { TxidIndex } from "../utxo-ledger/txid-index.ts"
import { UNSPENT } from "../utxo-ledger/utxo-layout.ts"
import type { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import type { Database } from "./database.ts"
import { streamColumns } from "./stream.ts"

/** A transaction by what its outputs are found with. */
export interface KnownTransaction {
  readonly id: number
  readonly firstOutput: number
  readonly outputs: number
}

/** Transactions by id and outputs by number: of the published segments in their columns, of later ones in memory. */
export class KnownOutputs {
  readonly #published: UtxoSegments
  readonly #index: TxidIndex
  readonly #spenders: Spenders
  readonly #firstOutput: Column
  readonly #value: Column
  readonly #owner: Column
  readonly #kind: Column
  readonly #recent = new Map<string, KnownTransaction[]>()
  readonly #recentValues: bigint[] = []
  readonly #recentKinds: number[] = []
  readonly #recentlySpent = new Set<number>()
  readonly #found = new Map<string, readonly KnownTransaction[]>()

  private constructor(published: UtxoSegments) {
    this.#published = published
    this.#index = new TxidIndex(published)
    this.#spenders = spendersOf(published)
    this.#firstOutput = published.column("tx-first-output")
    this.#value = published.column("output-value")
    this.#owner = published.column("output-owner")
    this.#kind = published.column("owner-kind")
  }

  /** @param published the segments that the tables go on from */
  static async read(database: Database, published: UtxoSegments): Promise<KnownOutputs> {
    const known = new KnownOutputs(published)
    const { transactions, outputs, inputs } = published.counts
    await streamColumns(
      database,
      `select t0, t1, t2, t3, id, first_output, outputs from transactions where id >= ${transactions}`,
      ([a, b, c, d, ids, firsts, counts], rows) => {
        const txids = bytesOfRows([a, b, c, d] as BigUint64Array[], rows)
        for (let at = 0; at < rows; at++) {
          const [id, firstOutput, outputs] = [Number(ids?.[at]), Number(firsts?.[at]), Number(counts?.[at])]
          const name = nameOf(txids.subarray(32 * at, 32 * at + 32))
          known.#recent.set(name, [...(known.#recent.get(name) ?? []), { id, firstOutput, outputs }])
        }
      },
    )
    await streamColumns(
      database,
      `select id, value, kind from outputs where id >= ${outputs}`,
      ([ids, values, kinds], rows) => {
        for (let at = 0; at < rows; at++) {
          const recent = Number(ids?.[at]) - outputs
          known.#recentValues[recent] = BigInt(values?.[at] ?? 0)
          known.#recentKinds[recent] = Number(kinds?.[at])
        }
      },
    )
    await streamColumns(database, `select spent from inputs where id >= ${inputs}`, ([spent], rows) => {
      for (let at = 0; at < rows; at++) known.#recentlySpent.add(Number(spent?.[at]))
    })
    return known
  }

  /**
   * Looks many ids up beforehand, in the order in which they lie: each chunk of a column is read once then, which is what
   * looking up costs.
   */
  lookUp(txids: readonly Uint8Array[]): void {
    const sorted = [...txids].sort((a, b) => Buffer.compare(a, b))
    const alike = sorted.flatMap((txid, at) => {
      const before = sorted[at - 1]
      if (before !== undefined && Buffer.compare(before, txid) === 0) return []
      return this.#index.alike(txid).map(tx => ({ txid, tx }))
    })
    const published = new Map<string, KnownTransaction[]>(txids.map(txid => [nameOf(txid), []]))
    for (const { txid, tx } of alike.sort((a, b) => a.tx - b.tx)) {
      if (this.#index.has(tx, txid)) published.get(nameOf(txid))?.push(this.#publishedAt(tx))
    }
    for (const [name, all] of published) {
      this.#found.set(name, [...all, ...(this.#recent.get(name) ?? [])])
    }
  }

  /** All that have this id; of two that were there at the same time the later has overwritten the earlier. */
  transactions(txid: Uint8Array): readonly KnownTransaction[] {
    const name = nameOf(txid)
    const known = this.#found.get(name)
    if (known !== undefined) return known
    const published = this.#index.find(txid).map(id => this.#publishedAt(id))
    const all = [...published, ...(this.#recent.get(name) ?? [])]
    this.#found.set(name, all)
    return all
  }

  #publishedAt(id: number): KnownTransaction {
    const { transactions, outputs } = this.#published.counts
    const firstOutput = this.#firstOutput.u32(id)
    const end = id + 1 < transactions ? this.#firstOutput.u32(id + 1) : outputs
    return { id, firstOutput, outputs: end - firstOutput }
  }

  valueOf(output: number): bigint {
    const recent = output - this.#published.counts.outputs
    return recent < 0 ? this.#value.u64(output) : (this.#recentValues[recent] as bigint)
  }

  /** The kind of its owner. */
  kindOf(output: number): number {
    const recent = output - this.#published.counts.outputs
    return recent < 0 ? this.#kind.u8(this.#owner.u32(output)) : (this.#recentKinds[recent] as number)
  }

  /** Whether an input that is stored spends it. */
  isSpent(output: number): boolean {
    if (this.#recentlySpent.has(output)) return true
    return output < this.#published.counts.outputs && this.#spenders.u32(output) !== UNSPENT
  }
}

const nameOf = (txid: Uint8Array): string =>
  Buffer.from(txid.buffer, txid.byteOffset, txid.length).toString("latin1")
