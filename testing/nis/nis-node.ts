import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { addressOfKey } from "../../src/chains/nem/account.ts"
import type { Block } from "../../src/chains/nem/block.ts"
import { concerned } from "../../src/chains/nem/concern.ts"
import { transactionHash } from "../../src/chains/nem/hash.ts"
import { assetOf } from "../../src/chains/nem/mosaic.ts"
import type { Transaction } from "../../src/chains/nem/transaction.ts"
import { blockJson, definitionJson, type Json, transactionJson } from "./json.ts"

/** Takes a request before the node answers it: true where it has answered in its own way. */
export type Mischief = (asked: string, response: ServerResponse, request: IncomingMessage) => boolean

/** What a node knows besides its blocks. */
export interface NodeKnowledge {
  /** Balances of now: account, then asset. */
  readonly balances: ReadonlyMap<string, ReadonlyMap<string, bigint>>
  /** In whose name a remote account (by address) harvested a block; itself where absent. */
  readonly mainOf: (signer: string, height: number) => string
  /** For whom a remote account harvests or last did. */
  readonly forwarded: (address: string) => string
}

interface Listed {
  readonly id: number
  readonly height: number
  readonly hash: string
  readonly innerHash: string | null
  readonly transaction: Transaction
  readonly accounts: ReadonlySet<string>
}

const PAGE = 25

/** A loopback server that tells blocks of NEM through NIS's own paths, in its pages, and misbehaves when told to. */
export class NisNode {
  /** The path asked, and what was posted to it. */
  readonly asked: string[] = []
  mischief: Mischief = () => false
  /** Changes what is answered, after it is made. */
  forge: (asked: string, answer: Json) => Json = (_, answer) => answer
  tip = 1
  readonly #server: Server
  #blocks: ReadonlyMap<number, Block> = new Map()
  readonly #knowledge: NodeKnowledge
  #listed: readonly Listed[] = []

  constructor(blocks: readonly Block[], knowledge: NodeKnowledge) {
    this.#knowledge = knowledge
    this.tell(blocks)
    this.#server = createServer((request, response) => this.#receive(request, response))
  }

  /** From now on these are the chain, as after a reorganisation. */
  tell(blocks: readonly Block[]): void {
    this.#blocks = new Map(blocks.map(block => [block.height, block]))
    this.tip = blocks.at(-1)?.height ?? 1
    // A node numbers its transactions as it stores them, with gaps.
    this.#listed = blocks
      .flatMap(({ height, transactions }) => transactions.map(transaction => ({ height, transaction })))
      .map(({ height, transaction }, at) => ({
        id: 1_000 + at * 3,
        height,
        hash: transactionHash(transaction),
        innerHash: transaction.kind === "multisig" ? transactionHash(transaction.inner) : null,
        transaction,
        accounts: concerned(transaction),
      }))
      .reverse()
  }

  async open(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, "127.0.0.1", resolve)
    })
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => this.#serve(request, response, Buffer.concat(chunks).toString("utf8")))
  }

  #serve(request: IncomingMessage, response: ServerResponse, body: string): void {
    const asked = `${request.url ?? ""}${body === "" ? "" : ` ${body}`}`
    this.asked.push(asked)
    if (this.mischief(asked, response, request)) return
    const url = new URL(request.url ?? "", "http://node")
    const answer =
      request.method === "POST"
        ? this.#block(url.pathname, body)
        : this.#answer(url.pathname, url.searchParams)
    if (typeof answer === "number") {
      const error = { timeStamp: 1, error: "Error", message: "not known here", status: answer }
      response.writeHead(answer).end(JSON.stringify(error))
      return
    }
    response.end(JSON.stringify(this.forge(asked, answer)))
  }

  #block(path: string, body: string): Json | number {
    if (path !== "/block/at/public") return 404
    const { height } = JSON.parse(body) as { height: number }
    const block = height <= this.tip ? this.#blocks.get(height) : undefined
    return block === undefined ? 404 : blockJson(block)
  }

  #answer(path: string, query: URLSearchParams): Json | number {
    const address = query.get("address") ?? ""
    const before = query.has("id") ? Number(query.get("id")) : Number.MAX_SAFE_INTEGER
    switch (path) {
      case "/chain/height":
        return { height: this.tip }
      case "/account/transfers/all":
        return { data: this.#transfers(address, before) }
      case "/account/harvests":
        return { data: this.#harvests(address, before) }
      case "/transaction/get": {
        const asked = query.get("hash")
        const found = this.#confirmed().find(({ hash, innerHash }) => hash === asked || innerHash === asked)
        return found === undefined ? 400 : entryJson(found)
      }
      case "/account/get":
        return { account: { address, balance: Number(this.#balanceOf(address, "XEM")) }, meta: {} }
      case "/account/get/forwarded":
        return { account: { address: this.#knowledge.forwarded(address), balance: 0 }, meta: {} }
      case "/account/mosaic/owned": {
        const owned = [...(this.#knowledge.balances.get(address) ?? [])]
        return {
          data: owned.map(([asset, quantity]) => ({ mosaicId: idOf(asset), quantity: Number(quantity) })),
        }
      }
      case "/mosaic/definition":
        return this.#definition(query.get("mosaicId") ?? "")
      default:
        return 404
    }
  }

  #confirmed(): readonly Listed[] {
    return this.#listed.filter(({ height }) => height <= this.tip)
  }

  #transfers(address: string, before: number): Json[] {
    const own = this.#confirmed().filter(({ id, accounts }) => id < before && accounts.has(address))
    return own.slice(0, PAGE).map(entryJson)
  }

  #harvests(address: string, before: number): Json[] {
    const own = [...this.#blocks.values()].filter(({ height, signer, network }) => {
      const by = addressOfKey(signer, network)
      const isOwn = by === address || this.#knowledge.mainOf(by, height) === address
      return isOwn && height <= this.tip && height + 10 < before
    })
    return own
      .toSorted((a, b) => b.height - a.height)
      .slice(0, PAGE)
      .map(({ height, timeStamp, transactions }) => {
        const totalFee = transactions.map(feesOf).reduce((sum, fee) => sum + fee, 0n)
        return { id: height + 10, height, timeStamp, totalFee: Number(totalFee), difficulty: 1 }
      })
  }

  #balanceOf(address: string, asset: string): bigint {
    return this.#knowledge.balances.get(address)?.get(asset) ?? 0n
  }

  #definition(mosaic: string): Json | number {
    for (const { transaction } of this.#confirmed()) {
      const inner = transaction.kind === "multisig" ? transaction.inner : transaction
      if (inner.kind !== "mosaic-definition" || assetOf(inner.definition.mosaic) !== mosaic) continue
      return definitionJson(inner.definition)
    }
    return 404
  }
}

function feesOf(transaction: Transaction): bigint {
  if (transaction.kind !== "multisig") return transaction.fee
  const { fee, inner, cosignatures } = transaction
  return cosignatures.reduce((sum, each) => sum + each.fee, fee + inner.fee)
}

function entryJson({ id, height, hash, innerHash, transaction }: Listed): Json {
  const inner = innerHash === null ? {} : { data: innerHash }
  return {
    meta: { id, height, hash: { data: hash }, innerHash: inner },
    transaction: transactionJson(transaction),
  }
}

function idOf(asset: string): Json {
  const [namespaceId, name] = asset === "XEM" ? ["nem", "xem"] : asset.split(":")
  return { namespaceId, name }
}
