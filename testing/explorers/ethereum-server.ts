import { Loopback, type Said } from "./loopback.ts"

export type Json = { readonly [name: string]: unknown }

/** A call within a transaction, from a tracer: its place in the tree of calls is written "0.1.2". */
export interface ServedCall {
  readonly txid: string
  readonly path: string
  readonly type: string
  readonly from: string
  readonly to: string
  readonly value: bigint
  readonly failed: boolean
}

/** A block as a node tells it, with whole transactions and their receipts; of its calls in the order of execution. */
export interface ServedEthereumBlock {
  readonly block: Json
  readonly receipts: readonly Json[]
  readonly calls: readonly ServedCall[]
}

export interface EthereumServerOptions {
  readonly dialect: "etherscan" | "blockscout"
  /** An account's balance at the tip; token is null for ether. */
  readonly balanceOf: (account: string, token: string | null) => bigint
  readonly decimals?: number
}

const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"

/** Tells the blocks of a made-up or real node in the forms of Etherscan's or Blockscout's account API. */
export class EthereumServer extends Loopback {
  /** Changes a list's rows or a node's result, by the action asked for. */
  forge: (action: string, result: unknown, query: URLSearchParams) => unknown = (_, result) => result
  readonly #blocks: readonly ServedEthereumBlock[]
  readonly #options: EthereumServerOptions

  constructor(blocks: readonly ServedEthereumBlock[], options: EthereumServerOptions) {
    super("")
    this.#blocks = blocks
    this.#options = options
  }

  get #isEtherscan(): boolean {
    return this.#options.dialect === "etherscan"
  }

  protected answer(path: string, body: string): Said {
    const url = new URL(path, "http://localhost")
    const query = url.searchParams
    if (!this.#isEtherscan && url.pathname === "/api/eth-rpc") {
      const { method, params } = JSON.parse(body) as { method: string; params: unknown[] }
      const known = new URLSearchParams({ tag: String(params[0] ?? ""), boolean: String(params[1] ?? "") })
      known.set("txhash", known.get("tag") ?? "")
      return { jsonrpc: "2.0", id: 0, result: this.forge(method, this.#node(method, known), known) }
    }
    if (url.pathname !== (this.#isEtherscan ? "/v2/api" : "/api")) return null
    const action = query.get("action") ?? ""
    if (query.get("module") === "proxy") {
      if (!this.#isEtherscan) return { message: "Unknown module", result: null, status: "0" }
      return { jsonrpc: "2.0", id: 1, result: this.forge(action, this.#node(action, query), query) }
    }
    if (action === "balance" || action === "tokenbalance") {
      const balance = this.#options.balanceOf(query.get("address") ?? "", query.get("contractaddress"))
      return { status: "1", message: "OK", result: String(this.forge(action, `${balance}`, query)) }
    }
    const rows = this.#list(action, query)
    if (rows === null) return { message: "Unknown action", result: null, status: "0" }
    const page = Number(query.get("page") ?? 1)
    const offset = Number(query.get("offset") ?? 10_000)
    const told = this.forge(action, rows.slice((page - 1) * offset, page * offset), query)
    if (!Array.isArray(told) || told.length > 0) return { status: "1", message: "OK", result: told as object }
    return { status: "0", message: "No transactions found", result: [] }
  }

  #node(method: string, query: URLSearchParams): unknown {
    if (method === "eth_blockNumber") return this.#blocks.at(-1)?.block.number
    if (method === "eth_getBlockByNumber") {
      const found = this.#blocks.find(({ block }) => block.number === query.get("tag"))?.block ?? null
      if (found === null || query.get("boolean") === "true") return found
      return { ...found, transactions: (found.transactions as Json[]).map(({ hash }) => hash) }
    }
    const txhash = query.get("txhash")
    const all = this.#blocks.flatMap(({ block, receipts }) =>
      method === "eth_getTransactionReceipt" ? receipts : (block.transactions as Json[]),
    )
    return all.find(one => (one.transactionHash ?? one.hash) === txhash) ?? null
  }

  #list(action: string, query: URLSearchParams): Json[] | null {
    const from = Number(query.get("startblock") ?? 0)
    const to = Number(query.get("endblock") ?? 2 ** 40)
    const within = this.#blocks.filter(
      ({ block }) => Number(block.number) >= from && Number(block.number) <= to,
    )
    const address = query.get("address")
    const token = query.get("contractaddress")
    const touches = (row: Json) =>
      address === null || [row.from, row.to, row.contractAddress].some(one => one === address)
    switch (action) {
      case "txlist":
        return within.flatMap(block => this.#transactions(block)).filter(touches)
      case "txlistinternal": {
        const txhash = query.get("txhash")
        const calls = within.flatMap(block => this.#calls(block, txhash === null))
        return txhash === null
          ? calls.filter(touches)
          : calls.filter(row => row.transactionHash === txhash).map(bare)
      }
      case "tokentx":
        return within
          .flatMap(block => this.#transfers(block))
          .filter(row => row.from === address || row.to === address)
          .filter(row => token === null || row.contractAddress === token)
      case "txsBeaconWithdrawal":
        return this.#isEtherscan ? within.flatMap(withdrawalsOf).filter(row => row.address === address) : null
      case "getminedblocks":
        return []
      default:
        return null
    }
  }

  #transactions({ block, receipts }: ServedEthereumBlock): Json[] {
    return (block.transactions as Json[]).map((tx, at) => {
      const receipt = receipts[at] ?? {}
      const failed = Number(receipt.status) === 0
      return {
        ...placeOf(block, tx),
        from: tx.from,
        to: tx.to ?? "",
        value: decimal(tx.value),
        gasPrice: decimal(receipt.effectiveGasPrice),
        gasUsed: decimal(receipt.gasUsed),
        contractAddress: receipt.contractAddress ?? "",
        isError: failed ? "1" : "0",
        txreceipt_status: failed ? "0" : "1",
        input: tx.input,
      }
    })
  }

  /** Etherscan names a call by its path, in the lists of accounts; Blockscout numbers them, the transaction being 0. */
  #calls({ block, calls }: ServedEthereumBlock, isOfAccount: boolean): Json[] {
    const counts = new Map<string, number>()
    return calls.map(({ txid, path, type, from, to, value, failed }) => {
      const index = (counts.get(txid) ?? 0) + 1
      counts.set(txid, index)
      const { hash, transactionIndex, ...place } = placeOf(block, { hash: txid })
      const name = this.#isEtherscan
        ? isOfAccount
          ? { hash, traceId: path.replaceAll(".", "_") }
          : {}
        : { index: `${index}`, callType: type === "call" ? "call" : "" }
      const created = type.startsWith("create")
      return {
        ...place,
        ...name,
        transactionHash: txid,
        from,
        to: created ? "" : to,
        contractAddress: created ? to : "",
        value: `${value}`,
        type,
        isError: failed ? "1" : "0",
        errCode: "",
      }
    })
  }

  #transfers({ block, receipts }: ServedEthereumBlock): Json[] {
    return receipts.flatMap(receipt =>
      (receipt.logs as Json[])
        .filter(({ topics }) => (topics as string[])[0] === TRANSFER && (topics as string[]).length === 3)
        .map(({ address, topics, data, logIndex }) => {
          const [, from = "", to = ""] = topics as string[]
          const index = this.#isEtherscan ? {} : { logIndex: decimal(logIndex) }
          return {
            ...placeOf(block, { hash: receipt.transactionHash, transactionIndex: receipt.transactionIndex }),
            ...index,
            from: `0x${from.slice(26)}`,
            to: `0x${to.slice(26)}`,
            contractAddress: address,
            value: decimal(data),
            tokenName: "Token. Max rate limit reached",
            tokenSymbol: "TKN",
            tokenDecimal: `${this.#options.decimals ?? 6}`,
          }
        }),
    )
  }
}

/** What a service leaves out where it lists the calls of one transaction. */
function bare({ transactionHash, ...row }: Json): Json {
  return "index" in row ? { ...row, transactionHash } : row
}

function placeOf(block: Json, { hash, transactionIndex }: Json): Json {
  return {
    blockNumber: decimal(block.number),
    timeStamp: decimal(block.timestamp),
    blockHash: block.hash,
    hash,
    transactionIndex: transactionIndex === undefined ? "" : decimal(transactionIndex),
  }
}

function withdrawalsOf({ block }: ServedEthereumBlock): Json[] {
  return ((block.withdrawals ?? []) as Json[]).map(({ index, validatorIndex, address, amount }) => ({
    withdrawalIndex: decimal(index),
    validatorIndex: decimal(validatorIndex),
    address,
    amount: decimal(amount),
    blockNumber: decimal(block.number),
    timestamp: decimal(block.timestamp),
  }))
}

function decimal(quantity: unknown): string {
  return BigInt(quantity as string).toString()
}
