import type { DuckDBValue } from "@duckdb/node-api"
import { type AccountRow, UNRECORDED } from "../../ledger/account-row.ts"
import type { Tx } from "../../ledger/step.ts"
import type { AccountBlock } from "../../ports/blocks.ts"
import type { Notice } from "../../ports/source.ts"
import { MAX_AMOUNT } from "../../units/amount.ts"
import { Problem } from "../../units/problem.ts"
import { millisecondsOf } from "../../units/time.ts"
import { GRADES, KINDS } from "./codes.ts"

/** The first ids that a batch may give out. */
export interface FirstIds {
  readonly transactions: number
  readonly rows: number
}

type Values = DuckDBValue[]

/** What rows share that one transaction has. */
interface OpenTransaction {
  readonly tx: Tx
  readonly ref: string
}

/** Blocks as the columns of the tables, in their order; accounts and assets still by name. */
export class BlockBatch {
  readonly blocks: readonly Values[] = lists(6)
  readonly transactions: readonly Values[] = lists(7)
  readonly notices: readonly Values[] = lists(5)
  /** Of `rows`, without the three columns that are names here. */
  readonly tx: Values = []
  readonly ref: Values = []
  readonly unrecorded: Values = []
  readonly amount: Values = []
  readonly kind: Values = []
  readonly exchange: Values = []
  readonly grade: Values = []
  readonly source: Values = []
  readonly originUnknown: Values = []
  readonly from: (string | null)[] = []
  readonly to: (string | null)[] = []
  readonly asset: string[] = []
  readonly #first: FirstIds
  #open: OpenTransaction | null = null

  constructor(first: FirstIds) {
    this.#first = first
  }

  get rowCount(): number {
    return this.asset.length
  }

  get transactionCount(): number {
    return (this.transactions[0] as Values).length
  }

  /** The batch's account names, each once, in the order of their first appearance. */
  accountNames(): string[] {
    const names = new Set<string>()
    for (const [at, from] of this.from.entries()) {
      if (from !== null) names.add(from)
      const to = this.to[at] as string | null
      if (to !== null) names.add(to)
    }
    return [...names]
  }

  /** @throws Problem `exchange-...`; Error where a row contradicts what rows promise */
  add(block: AccountBlock): void {
    const { height, hash, parent, time, rows, notices } = block
    push(this.blocks, [
      height,
      hash,
      parent,
      time === null ? null : BigInt(time),
      this.#nextTransaction(),
      this.#nextRow(),
    ])
    const exchanges = new Map<string, { first: number; tx: number; assets: Set<string> }>()
    this.#open = null
    for (const row of rows) {
      if (row.tx.height !== height) throw new Error(`block ${height}: row ${row.ref} is of ${row.tx.height}`)
      const tx = this.#transactionOf(row)
      const id = this.#nextRow()
      if (row.exchange === null) this.exchange.push(null)
      else {
        const known = exchanges.get(row.exchange) ?? { first: id, tx, assets: new Set() }
        if (known.tx !== tx) throw new Problem("exchange-across-transactions", { exchange: row.exchange })
        exchanges.set(row.exchange, known)
        known.assets.add(row.asset)
        this.exchange.push(known.first)
      }
      this.#addRow(row, tx)
    }
    for (const [exchange, { assets }] of exchanges) {
      if (assets.size === 1) throw new Problem("exchange-one-leg", { exchange })
      if (assets.size > 2) throw new Problem("exchange-assets", { exchange, assets: assets.size })
    }
    for (const notice of notices) push(this.notices, [height, ...storedNotice(notice)])
  }

  #nextRow(): number {
    return this.#first.rows + this.rowCount
  }

  #nextTransaction(): number {
    return this.#first.transactions + this.transactionCount
  }

  /** The id of the row's transaction, a new one where the row before it is of another. */
  #transactionOf({ tx, ref }: AccountRow): number {
    const begins = tx.id ?? beginningOf(ref)
    const open = this.#open
    const same = open !== null && open.ref === begins && open.tx.id === tx.id && open.tx.time === tx.time
    if (!same) {
      if (!ref.startsWith(begins)) throw new Error(`row ${ref}: no reference into transaction ${tx.id}`)
      const [time, toTheMinute] = storedTime(tx.time)
      const own = tx.id === null ? begins : null
      push(this.transactions, [
        this.#nextTransaction(),
        tx.height,
        this.#nextRow(),
        tx.id,
        own,
        time,
        toTheMinute,
      ])
      this.#open = { tx, ref: begins }
    }
    const rest = ref.slice(begins.length)
    // Whoever looks a reference up tries its beginnings up to each "#".
    if (!ref.startsWith(begins) || (rest !== "" && !rest.startsWith("#"))) {
      throw new Error(`row ${ref}: no reference into transaction ${tx.id}`)
    }
    this.ref.push(rest)
    return this.#nextTransaction() - 1
  }

  #addRow(row: AccountRow, tx: number): void {
    const { from, to, asset, amount, kind, grade, source, originUnknown } = row
    if (amount < 0n || amount > MAX_AMOUNT) throw new Error(`row ${row.ref}: amount ${amount}`)
    if (from === UNRECORDED || (from === null && (to === null || to === UNRECORDED))) {
      throw new Error(`row ${row.ref}: from nowhere`)
    }
    this.tx.push(tx)
    this.from.push(from)
    this.to.push(to === UNRECORDED ? null : to)
    this.unrecorded.push(to === UNRECORDED)
    this.asset.push(asset)
    this.amount.push(amount)
    this.kind.push(KINDS.indexOf(kind))
    this.grade.push(GRADES.indexOf(grade))
    this.source.push(source)
    this.originUnknown.push(originUnknown)
  }
}

function lists(count: number): Values[] {
  return Array.from({ length: count }, () => [])
}

function push(columns: readonly Values[], values: readonly DuckDBValue[]): void {
  for (const [at, value] of values.entries()) (columns[at] as Values).push(value)
}

/** Of a reference to what a block gives outside its transactions: "block:17173049" of "block:17173049#reward". */
function beginningOf(ref: string): string {
  const at = ref.lastIndexOf("#")
  return at === -1 ? ref : ref.slice(0, at)
}

function storedTime(time: Tx["time"]): [seconds: bigint | null, toTheMinute: boolean] {
  if (time === null) return [null, false]
  if (typeof time !== "string") throw new Error("a block's transaction has a time, not a window of time")
  return [BigInt(millisecondsOf(time) / 1000), time.length === "2018-01-25T15:02Z".length]
}

/** The same notice is always written alike. One that names the block it begins at is the same from any later one. */
function storedNotice({ code, asset, detail }: Notice): DuckDBValue[] {
  const sorted = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1))
  const written = (entries: typeof sorted): string =>
    JSON.stringify({ code, asset, detail: Object.fromEntries(entries) })
  return [code, asset, written(sorted.filter(([name]) => name !== "from")), written(sorted)]
}
