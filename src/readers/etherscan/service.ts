import { Problem } from "../../units/problem.ts"
import type { PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { askNode, type Dialect, type Parameters, queryOf } from "./dialect.ts"
import { balanceTextOf, isRefusal, type Redact, rowsOf } from "./envelope.ts"
import type { EtherscanOptions } from "./etherscan-options.ts"

const PAGE_ROWS = 1000
/** Etherscan answers no page beyond this row. */
const WINDOW = 10_000
/** An account with more rows is most likely a service's: it is not followed, and the user is told. */
const MOST_ROWS = 50_000
/**
 * Blocks above one after which it is taken to be final: two epochs, and then some. Lists are asked for in two parts: up
 * to a round height below that, which never changes and is kept, and from there on.
 */
const FINAL_DEPTH = 96
const ROUND = 50_000

type Bounds = Pick<EtherscanOptions, "finalDepth" | "pageRows" | "mostRows">
/** Where a row stands; every list has its rows in order of it. */
interface Listed {
  readonly height: number
}

/** Questions to a service of Etherscan's or Blockscout's kind, each by its path, and which answers can never change. */
export class Service {
  readonly tip: number
  readonly #client: PoliteClient
  readonly #dialect: Dialect
  readonly #redact: Redact
  readonly #finalDepth: number
  readonly #pageRows: number
  readonly #mostRows: number

  constructor(
    client: PoliteClient,
    dialect: Dialect,
    redact: Redact,
    tip: number,
    { finalDepth = FINAL_DEPTH, pageRows = PAGE_ROWS, mostRows = MOST_ROWS }: Bounds,
  ) {
    this.#client = client
    this.#dialect = dialect
    this.#redact = redact
    this.tip = tip
    this.#finalDepth = finalDepth
    this.#pageRows = pageRows
    this.#mostRows = mostRows
  }

  /** The service's address, without a key. */
  get href(): string {
    return this.#client.href
  }

  isFinal(height: number): boolean {
    return height + this.#finalDepth <= this.tip
  }

  /** What a node answers; null where it knows nothing. Kept where `heightOf` it is final. */
  node(method: string, params: Parameters, heightOf: (result: unknown) => number | null): Promise<unknown> {
    return askNode(this.#client, this.#dialect, this.#redact, method, params, result => {
      const height = result === null ? null : heightOf(result)
      return height !== null && this.isFinal(height)
    })
  }

  /**
   * All rows of a list of an account, from one height to another, both inclusive. Those that `read` makes null are left
   * out.
   *
   * @throws RemoteFault, Problem `account-too-busy` beyond 50,000 rows, or 10,000 in one block
   */
  async list<Row extends Listed>(
    parameters: Parameters,
    read: (value: unknown, asked: string, at: number) => Row | null,
    from = 0,
    to = this.tip,
  ): Promise<Row[]> {
    const round = Math.floor((this.tip - this.#finalDepth) / ROUND) * ROUND
    const rows: Row[] = []
    if (from < round && to > round) {
      await this.#part(parameters, read, from, round - 1, rows)
      await this.#part(parameters, read, round, to, rows)
    } else await this.#part(parameters, read, from, to, rows)
    return rows
  }

  async #part<Row extends Listed>(
    parameters: Parameters,
    read: (value: unknown, asked: string, at: number) => Row | null,
    from: number,
    to: number,
    rows: Row[],
  ): Promise<void> {
    let start = from
    let page = 1
    for (let count = 0; ; ) {
      const range = { startblock: start, endblock: to, page, offset: this.#pageRows, sort: "asc" }
      const path = this.#path({ module: "account", ...parameters, ...range })
      const found = await this.#rows(path, () => this.isFinal(to))
      const told = found.map((value, at) => ({
        height: heightOf(value, path, at),
        row: read(value, path, at),
      }))
      checkOrder(told, path, start, to)
      const last = told.at(-1)?.height ?? to
      // A full page may break off within its last block, which is then asked for from its beginning.
      const isLast = found.length < this.#pageRows
      const isWithinBlock = !isLast && last === start
      const whole = isLast || isWithinBlock ? told : told.filter(({ height }) => height < last)
      for (const { row } of whole) if (row !== null) rows.push(row)
      count += whole.length
      if (isLast) return
      if (count > this.#mostRows) throw tooBusy(parameters, this.#mostRows)
      if (isWithinBlock) page++
      else {
        start = last
        page = 1
      }
      if (page * this.#pageRows > WINDOW) throw tooBusy(parameters, WINDOW)
    }
  }

  /** All rows of a list that knows no range of heights, in whatever order the service has. */
  async pages<Row>(
    parameters: Parameters,
    read: (value: unknown, asked: string, at: number) => Row | null,
  ): Promise<Row[]> {
    const rows: Row[] = []
    for (let page = 1; ; page++) {
      const path = this.#path({ module: "account", ...parameters, page, offset: this.#pageRows })
      if (page * this.#pageRows > WINDOW) throw tooBusy(parameters, WINDOW)
      const found = await this.#rows(path, () => false)
      for (const [at, value] of found.entries()) {
        const row = read(value, path, at)
        if (row !== null) rows.push(row)
      }
      if (found.length < this.#pageRows) return rows
    }
  }

  /** The calls of one transaction, which a service lists in the order in which they were made. */
  async callsOf<Row>(
    txid: string,
    height: number,
    read: (value: unknown, asked: string, at: number) => Row | null,
  ): Promise<Row[]> {
    const path = this.#path({ module: "account", action: "txlistinternal", txhash: txid })
    const found = await this.#rows(path, () => this.isFinal(height))
    return found.map((value, at) => read(value, path, at)).filter(row => row !== null)
  }

  /** What an account holds now, by the service's own word. */
  async balance(account: string, token: string | null): Promise<bigint> {
    const which = token === null ? { action: "balance" } : { action: "tokenbalance", contractaddress: token }
    const path = this.#path({ module: "account", ...which, address: account, tag: "latest" })
    const text = await this.#client.get(
      path,
      body => balanceTextOf(body, path, this.#redact),
      () => false,
      isRefusal,
    )
    if (/^\d{1,78}$/.test(text)) return BigInt(text)
    throw new RemoteFault("nonsense", path, "result: not a balance")
  }

  #path(parameters: Parameters): string {
    return this.#dialect.lists + queryOf(parameters)
  }

  #rows(path: string, isFinal: () => boolean): Promise<unknown[]> {
    return this.#client.get(path, text => rowsOf(text, path, this.#redact), isFinal, isRefusal)
  }
}

function tooBusy({ address, action }: Parameters, rows: number): Problem {
  return new Problem("account-too-busy", { account: `${address}`, list: `${action}`, rows })
}

function heightOf(value: unknown, path: string, at: number): number {
  const text =
    typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>).blockNumber
      : null
  if (typeof text === "string" && /^\d{1,9}$/.test(text)) return Number(text)
  throw new RemoteFault("nonsense", path, `result[${at}].blockNumber: not a height`)
}

/** A service that passes over the range or the order asked for would have rows lost or told twice. */
function checkOrder(told: readonly Listed[], path: string, start: number, to: number): void {
  let before = start
  for (const [at, { height }] of told.entries()) {
    if (height < before || height > to) {
      throw new RemoteFault("nonsense", path, `result[${at}].blockNumber: ${height} out of order or range`)
    }
    before = height
  }
}
