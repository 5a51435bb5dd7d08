import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Call {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

export type Json = Record<string, unknown>

/** Litecoin's regtest begins with this block; a real node said so, and `chainparams.cpp` asserts its hash. */
export const GENESIS_HASH = "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9"
const GENESIS = Buffer.from(
  "010000000000000000000000000000000000000000000000000000000000000000000000d9ced4ed1130f7b7faad9be25323ffafa33232a17c3edf6cfd97bee6bafbdd97dae5494dffff7f20000000000101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4804ffff001d0104404e592054696d65732030352f4f63742f32303131205374657665204a6f62732c204170706c65e280997320566973696f6e6172792c2044696573206174203536ffffffff0100f2052a010000004341040184710fa689ad5023690c80f3a49c8f13f8d45b8c857fbcbc8bc4a8e4d3eb4b10f4d4604fa08dce601aaf0f470216fe1b51850b4acf21b179c45070ac7b03a9ac00000000",
  "hex",
)

const sha256d = (bytes: Uint8Array): Buffer => {
  const once = createHash("sha256").update(bytes).digest()
  return createHash("sha256").update(once).digest()
}

const hashes = new WeakMap<Uint8Array, string>()

export function hashOf(block: Uint8Array): string {
  const known = hashes.get(block)
  if (known !== undefined) return known
  const hash = sha256d(block.subarray(0, 80)).reverse().toString("hex")
  hashes.set(block, hash)
  return hash
}

/** The next block on a branch: a header that points to the one before, and bytes that are nothing. */
export function blockAfter(before: Uint8Array, branch = "", size = 60): Buffer {
  const header = Buffer.alloc(80)
  Buffer.from(hashOf(before), "hex").reverse().copy(header, 4)
  createHash("sha256").update(branch).digest().copy(header, 36)
  return Buffer.concat([header, Buffer.alloc(size, 7)])
}

export function chainOf(length: number, sizeAt: (height: number) => number = () => 60): Buffer[] {
  const blocks: Buffer[] = [GENESIS]
  while (blocks.length < length) {
    blocks.push(blockAfter(blocks.at(-1) ?? GENESIS, "", sizeAt(blocks.length)))
  }
  return blocks
}

/** A loopback server with a node's own answers to three questions, which misbehaves when told to. */
export class FakeNode {
  /** The best chain, which a test may change. */
  blocks: Buffer[]
  chain = "regtest"
  genesis = GENESIS_HASH
  /** "user:password"; null lets everybody in. */
  credentials: string | null = null
  /** By txid, as an index of transactions has them: where they are, unless they wait to be confirmed. */
  readonly transactions = new Map<string, { hex: string; outputs: number; blockhash?: string }>()
  indexes: Json = { txindex: { synced: true, best_block_height: 0 } }
  readonly requests: Call[][] = []
  readonly seen: (string | undefined)[] = []
  /** Answers a request in its own way: true. */
  mischief: (calls: readonly Call[], response: ServerResponse) => boolean = () => false
  /** Changes one answer after it is made. */
  forge: (call: Call, answer: Json) => Json = (_, answer) => answer
  /** Answers the last question first. */
  reversed = false
  mostAtOnce = 0
  #underWay = 0
  /** A node keeps the blocks of branches that it has left. */
  readonly #all = new Map<string, Buffer>()
  readonly #server: Server

  constructor(blocks: Buffer[]) {
    this.blocks = blocks
    this.#server = createServer((request, response) => void this.#serve(request, response))
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

  get calls(): Call[] {
    return this.requests.flat()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay)
    response.on("close", () => {
      this.#underWay--
    })
    const { authorization } = request.headers
    this.seen.push(authorization)
    let text = ""
    for await (const chunk of request) text += String(chunk)
    const expected = this.credentials && `Basic ${Buffer.from(this.credentials).toString("base64")}`
    if (expected !== null && authorization !== expected) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="jsonrpc"' }).end()
      return
    }
    const calls = JSON.parse(text) as Call[]
    this.requests.push(calls)
    for (const block of this.blocks) this.#all.set(hashOf(block), block)
    if (this.mischief(calls, response)) return
    const answers = calls.map(call => this.forge(call, this.#answer(call)))
    response.end(JSON.stringify(this.reversed ? answers.reverse() : answers))
  }

  #answer({ id, method, params }: Call): Json {
    const good = (result: unknown): Json => ({ result, error: null, id })
    const bad = (code: number, message: string): Json => ({ result: null, error: { code, message }, id })
    const [which] = params
    const tip = this.blocks.length - 1
    if (method === "getblockchaininfo") {
      return good({ chain: this.chain, blocks: tip, headers: tip + 5, bestblockhash: this.#hashAt(tip) })
    }
    if (method === "getblockhash") {
      const hash = this.#hashAt(Number(which))
      return hash === null ? bad(-8, "Block height out of range") : good(hash)
    }
    if (method === "getblock") {
      const block = this.#all.get(String(which))
      return block === undefined ? bad(-5, "Block not found") : good(block.toString("hex"))
    }
    if (method === "getindexinfo") return good(this.indexes)
    if (method === "getrawtransaction") {
      const found = this.transactions.get(String(which))
      if (found === undefined) return bad(-5, "No such mempool or blockchain transaction.")
      const { hex, outputs, blockhash } = found
      const vout = Array.from({ length: outputs }, (_, n) => ({ n }))
      return good(params[1] === true ? { hex, vout, ...(blockhash === undefined ? {} : { blockhash }) } : hex)
    }
    if (method === "getblockheader") {
      const height = this.blocks.findIndex((_, at) => this.#hashAt(at) === which)
      return height < 0 ? bad(-5, "Block not found") : good({ height, hash: which })
    }
    return bad(-32601, "Method not found")
  }

  #hashAt(height: number): string | null {
    const block = this.blocks[height]
    if (block === undefined) return null
    return height === 0 ? this.genesis : hashOf(block)
  }
}
