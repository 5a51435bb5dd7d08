import { Fields } from "../../chains/ethereum/fields.ts"
import { decodeHeader, type Header } from "../../chains/ethereum/header.ts"
import { decodeReceipt } from "../../chains/ethereum/receipt.ts"
import { ETHER } from "../../chains/ethereum/rows.ts"
import { decodeTransaction } from "../../chains/ethereum/transaction.ts"
import { tellTransaction } from "../../chains/ethereum/transaction-rows.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { Problem } from "../../units/problem.ts"
import { parseInstant } from "../../units/time.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { type ListedCall, pathOf, readCall } from "./list-rows.ts"
import type { Service } from "./service.ts"
import { callRow, heightIn, type PlacedRow, placed, reading, type Told } from "./told.ts"

/** What a transaction costs that runs no code and carries no data. */
const GAS_OF_PLAIN_TRANSFER = 21_000n

/**
 * Transactions one by one, each asked for once: what it was, what became of it, its block, and what its calls moved.
 * All is the service's word: nothing is hashed.
 */
export class Transactions {
  readonly #service: Service
  /** Tokens whose events do not say what was moved, and how. */
  readonly tokenDoubts = new Map<string, string>()
  readonly #told = new Map<string, Promise<Told | null>>()
  readonly #calls = new Map<string, Promise<readonly ListedCall[]>>()
  readonly #paths = new Map<string, Promise<readonly (string | null)[]>>()
  readonly #headers = new Map<number, Promise<Header>>()

  constructor(service: Service) {
    this.#service = service
  }

  /** Null where the service does not know it, or it is in no block yet. */
  told(txid: string): Promise<Told | null> {
    return getOrMake(this.#told, txid, () => this.#tell(txid))
  }

  headerAt(height: number): Promise<Header> {
    return getOrMake(this.#headers, height, async () => {
      const asked = `eth_getBlockByNumber ${height}`
      const params = { tag: `0x${height.toString(16)}`, boolean: "false" }
      const header = reading(
        asked,
        decodeHeader,
        await this.#service.node("eth_getBlockByNumber", params, () => height),
      )
      if (header.number === height) return header
      throw new RemoteFault("nonsense", asked, `number: ${header.number}`)
    })
  }

  /**
   * A transaction's rows of ether or of tokens, in the order of execution.
   *
   * @throws RemoteFault "not-found" where the service knows it not
   */
  async rowsOf(txid: string, asset: string): Promise<readonly PlacedRow[]> {
    const told = await this.told(txid)
    if (told === null) throw new RemoteFault("not-found", `transaction ${txid}`)
    const rows = told.rows.filter(({ row }) => row.asset === asset)
    if (asset !== ETHER) return rows
    const calls = await this.#callsOf(told)
    return [...rows, ...calls.map((call, at) => placed(told, callRow(told, call, at)))]
  }

  /** The row that a reference names, by the part behind its "#"; null where there is none. */
  async find(txid: string, at: string): Promise<PlacedRow | null> {
    const told = await this.told(txid)
    if (told === null) return null
    if (!at.startsWith("call:")) return told.rows.find(({ row }) => row.ref === `${txid}#${at}`) ?? null
    const paths = await getOrMake(this.#paths, txid, () => this.#pathsOf(told))
    const index = paths.indexOf(pathOf(at.slice("call:".length)))
    const rows = index < 0 ? [] : await this.rowsOf(txid, ETHER)
    return rows.filter(({ row }) => row.ref.startsWith(`${txid}#call:`))[index] ?? null
  }

  async #tell(txid: string): Promise<Told | null> {
    const receiptAt = `eth_getTransactionReceipt ${txid}`
    const params = { txhash: txid }
    const answer = await this.#service.node("eth_getTransactionReceipt", params, value =>
      heightIn(value, receiptAt),
    )
    const height = answer === null ? null : heightIn(answer, receiptAt)
    if (height === null || height > this.#service.tip) return null
    const receipt = reading(receiptAt, decodeReceipt, answer)
    const transactionAt = `eth_getTransactionByHash ${txid}`
    const whole = await this.#service.node("eth_getTransactionByHash", params, () => height)
    const transaction = reading(transactionAt, decodeTransaction, whole)
    if (receipt.transactionHash !== txid || transaction.hash !== txid) {
      throw new RemoteFault("nonsense", transactionAt, "another transaction")
    }
    const header = await this.headerAt(height)
    for (const [asked, value] of [
      [receiptAt, answer],
      [transactionAt, whole],
    ] as const) {
      const hash = reading(asked, (one, path) => new Fields(one, path).hash("blockHash"), value)
      if (hash === header.hash) continue
      if (!this.#service.isFinal(height)) throw new Problem("remote-reorganised", { height })
      throw new RemoteFault(
        "nonsense",
        asked,
        `answers disagree: block ${height} is ${hash} and ${header.hash}`,
      )
    }
    const time = parseInstant(`${header.timestamp}`)
    const context = { header, transaction, receipt, frame: null, time }
    const { rows, lacks } = reading(receiptAt, () =>
      tellTransaction({ ...context, isProved: false, destroysOnlyCreated: false }),
    )
    for (const lack of lacks) {
      if (lack.what === "token") this.tokenDoubts.set(lack.token, lack.reason)
    }
    const told = { txid, header, transaction, receipt, rows: [] }
    return { ...told, rows: rows.map(row => placed(told, { ...row, grade: "reported" })) }
  }

  #callsOf({ txid, header, receipt }: Told): Promise<readonly ListedCall[]> {
    return getOrMake(this.#calls, txid, async () => {
      if (receipt.succeeded === false || receipt.gasUsed === GAS_OF_PLAIN_TRANSFER) return []
      const calls = await this.#service.callsOf(txid, header.number, readCall)
      if (calls.every(({ index }) => index !== null)) calls.sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
      return calls
    })
  }

  /**
   * Where each call of a transaction stands in the tree of its calls; null where the service does not say. Etherscan
   * says it only in the lists of accounts, where calls alike in all else stand in the same order.
   */
  async #pathsOf(told: Told): Promise<readonly (string | null)[]> {
    const calls = await this.#callsOf(told)
    const height = told.header.number
    const seen = new Map<string, string[]>()
    for (const account of new Set(calls.map(({ from }) => from))) {
      const list = { action: "txlistinternal", address: account }
      for (const call of await this.#service.list(list, readCall, height, height)) {
        const { txid, from, path } = call
        if (txid === told.txid && from === account && path !== null)
          getOrMake(seen, likeness(call), () => []).push(path)
      }
    }
    return calls.map(call => call.path ?? seen.get(likeness(call))?.shift() ?? null)
  }
}

function likeness({ from, to, value }: ListedCall): string {
  return `${from} ${to} ${value}`
}
