import { ETHER } from "../../chains/ethereum/rows.ts"
import type { AccountRow } from "../../ledger/account-row.ts"
import type { DoubtCode } from "../../ledger/gap.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { heightOf, type Position } from "../../units/position.ts"
import { parseInstant } from "../../units/time.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { type Entry, etherEntries, tokenEntries, tokenOf } from "./account-history.ts"
import type { Service } from "./service.ts"
import type { PlacedRow } from "./told.ts"
import type { Transactions } from "./transactions.ts"

export interface Account {
  readonly account: string
  readonly asset: string
}

interface History {
  readonly entries: readonly Entry[]
  readonly opening: bigint
  readonly doubts: readonly DoubtCode[]
}

export interface Standing {
  readonly before: bigint
  readonly opening: bigint
  readonly issued: bigint
  readonly doubts: readonly DoubtCode[]
}

/**
 * How accounts stood and what moved on them. The lists of an account tell its balances; each transaction is asked for
 * by itself only where its rows are wanted, and must then do to the account what the lists say.
 */
export class Accounts {
  readonly decimals = new Map<string, number>()
  readonly #service: Service
  readonly #transactions: Transactions
  readonly #horizon: number
  readonly #histories = new Map<string, Promise<History>>()

  constructor(service: Service, transactions: Transactions, horizon: number) {
    this.#service = service
    this.#transactions = transactions
    this.#horizon = horizon
  }

  /** Just before a position. */
  async standing(whose: Account, at: Position): Promise<Standing> {
    const { entries, opening, doubts } = await this.#history(whose)
    const height = heightOf(at)
    let before = opening
    let issued = 0n
    for (const entry of entries) {
      if (entry.height > height) break
      if (entry.height < height) {
        before += sumOf(entry.changes)
        issued += entry.issued
        continue
      }
      for (const { position, row } of await this.#rowsOf(whose, entry)) {
        if (position >= at) continue
        before += effectOf(whose.account, row)
        if (row.originUnknown && row.to === whose.account) issued += row.amount
      }
    }
    return { before, opening, issued, doubts }
  }

  /** What moved on it after a position, at least `least` rows where there are as many by the horizon. */
  async movements(
    whose: Account,
    after: Position,
    least: number,
  ): Promise<{ readonly rows: readonly PlacedRow[]; readonly more: boolean }> {
    const { entries } = await this.#history(whose)
    const from = heightOf(after)
    const rows: PlacedRow[] = []
    for (const entry of entries) {
      if (entry.height < from) continue
      if (entry.height > this.#horizon) break
      if (rows.length >= least) return { rows, more: true }
      for (const one of await this.#rowsOf(whose, entry)) if (one.position > after) rows.push(one)
    }
    return { rows, more: false }
  }

  #history(whose: Account): Promise<History> {
    return getOrMake(this.#histories, `${whose.account}/${whose.asset}`, () => this.#make(whose))
  }

  async #make({ account, asset }: Account): Promise<History> {
    const token = tokenOf(asset)
    const entries =
      token === null
        ? await etherEntries(this.#service, account)
        : await tokenEntries(this.#service, account, token, decimals => this.decimals.set(asset, decimals))
    const ordered = await this.#ordered(entries)
    let balance = 0n
    let lowest = 0n
    for (const { changes } of ordered) {
      for (const change of changes) {
        balance += change
        if (balance < lowest) lowest = balance
      }
    }
    const isSame = (await this.#service.balance(account, token)) === balance
    const doubt: DoubtCode = token === null ? "record-unproven" : "token-does-not-add-up"
    return { entries: ordered, opening: -lowest, doubts: isSame ? [] : [doubt] }
  }

  /** A block's transactions by their places in it, which are asked for where a list has left them out and it matters. */
  async #ordered(entries: readonly Entry[]): Promise<Entry[]> {
    const inBlock = new Map<number, number>()
    for (const { height } of entries) inBlock.set(height, (inBlock.get(height) ?? 0) + 1)
    const indexed: { readonly entry: Entry; readonly index: number }[] = []
    for (const entry of entries) {
      const { height, txid } = entry
      const isAlone = txid !== null && entry.index === null && inBlock.get(height) === 1
      const index = isAlone ? 0 : await this.#indexOf(entry)
      indexed.push({ entry, index })
    }
    indexed.sort((a, b) => a.entry.height - b.entry.height || a.index - b.index)
    return indexed.map(({ entry }) => entry)
  }

  async #indexOf({ txid, index, reward, height }: Entry): Promise<number> {
    if (txid === null) return reward === null ? -1 : Number.MAX_SAFE_INTEGER
    if (index !== null) return index
    const told = await this.#transactions.told(txid)
    if (told?.header.number === height) return told.transaction.index
    throw new RemoteFault("nonsense", `transaction ${txid}`, `not in block ${height}, where a list has it`)
  }

  /** The rows of an entry that move something on the account, in their order. */
  async #rowsOf(whose: Account, entry: Entry): Promise<readonly PlacedRow[]> {
    const { txid, height, reward } = entry
    if (reward !== null) return [{ position: reward.position, row: rewardRow(whose.account, entry) }]
    if (txid === null) return []
    const rows = await this.#transactions.rowsOf(txid, whose.asset)
    const own = rows.filter(({ row }) => isOwn(whose.account, row))
    // What blobs cost is in no list.
    const told = sumOf(
      own.map(({ row }) => (row.ref.endsWith("#blobfee") ? 0n : effectOf(whose.account, row))),
    )
    const listed = sumOf(entry.changes)
    if (told === listed && rows.every(({ row }) => row.tx.height === height)) return own
    const said = `answers disagree: ${whose.account} ${told} by its transaction, ${listed} by its list`
    throw new RemoteFault("nonsense", `transaction ${txid}`, said)
  }
}

/** The tip that a block's producer gets is in no list of his: it comes to him with the payer's step only. */
function isOwn(account: string, { from, to, kind }: AccountRow): boolean {
  return from !== to && (from === account || (to === account && kind !== "fee"))
}

function effectOf(account: string, { from, amount }: AccountRow): bigint {
  return from === account ? -amount : amount
}

function rewardRow(account: string, { height, reward }: Entry): AccountRow {
  const time = reward === null || reward.time === 0 ? null : parseInstant(`${reward.time}`)
  const amount = reward?.amount ?? 0n
  const what = { from: null, to: account, asset: ETHER, amount, kind: "reward", grade: "reported" } as const
  const ref = `block:${height}#reward`
  return { tx: { id: null, height, time }, ref, ...what, exchange: null, source: null, originUnknown: false }
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
