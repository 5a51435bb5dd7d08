import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { UtxoLedger } from "../../../testing/oracle/question.ts"
import { type Block, blocksOf, type UtxoTx } from "../../../testing/oracle/utxo-blocks.ts"
import { hashOf } from "./as-bitcoin.ts"

/** Takes a request before the explorer answers it: true where it has answered in its own way. */
export type Mischief = (path: string, response: ServerResponse, request: IncomingMessage) => boolean

export type Json = { [name: string]: unknown }

const PAGE = 25

/** A loopback server that tells a ledger in Esplora's own paths and forms, and misbehaves when told to. */
export class Explorer {
  readonly asked: string[] = []
  readonly startedAt: number[] = []
  /** How many requests were under way at once at most. */
  mostAtOnce = 0
  mischief: Mischief = () => false
  /** Changes what is answered to a path, after it is made. */
  forge: (path: string, answer: Json) => Json = (_, answer) => answer
  #underWay = 0
  readonly #server: Server
  readonly #blocks: readonly Block[]
  readonly #txs = new Map<string, { tx: UtxoTx; index: number; block: Block }>()
  readonly #spenderOf = new Map<string, { txid: string; vin: number }>()
  readonly #tip: number

  constructor(ledger: UtxoLedger, tip: number | null = null) {
    this.#blocks = blocksOf(ledger)
    for (const block of this.#blocks) {
      for (const [index, tx] of txsOf(block).entries()) {
        this.#txs.set(tx.txid, { tx, index, block })
        for (const [vin, { spent_txid, spent_vout }] of tx.inputs.entries()) {
          this.#spenderOf.set(`${spent_txid}:${spent_vout}`, { txid: tx.txid, vin })
        }
      }
    }
    this.#tip = tip ?? this.#blocks.at(-1)?.height ?? 0
    this.#server = createServer((request, response) => this.#serve(request, response))
  }

  async open(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, "127.0.0.1", resolve)
    })
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "").replace(/^\/api/, "")
    this.asked.push(path)
    this.startedAt.push(performance.now())
    this.#underWay++
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay)
    response.on("close", () => {
      this.#underWay--
    })
    if (this.mischief(path, response, request)) return
    const answer = this.#answer(path.split("/").slice(1))
    if (answer === null) response.writeHead(404).end("Transaction not found")
    else if (typeof answer === "object") response.end(JSON.stringify(this.forge(path, answer as Json)))
    else response.end(String(answer))
  }

  #answer([first, second = "", third, fourth]: readonly string[]): unknown {
    if (first === "blocks") return this.#tip
    if (first === "block-height") return hashOf(`block ${second}`)
    if (first === "block") return this.#answerBlock(second, third, fourth)
    const found = this.#txs.get(second)
    if (found === undefined) return null
    if (third === undefined) return { ...this.#json(found.tx), status: this.#status(found.block) }
    if (third === "merkle-proof") return { block_height: found.block.height, merkle: [], pos: found.index }
    const spender = this.#spenderOf.get(`${second}:${fourth}`)
    if (spender === undefined) return { spent: false }
    return { spent: true, ...spender, status: this.#status(this.#txs.get(spender.txid)?.block) }
  }

  #answerBlock(hash: string, third: string | undefined, start = "0"): unknown {
    const block = this.#blocks.find(({ height }) => hashOf(`block ${height}`) === hash)
    if (block === undefined) return null
    const txs = txsOf(block)
    if (third === "txs") return txs.slice(Number(start), Number(start) + PAGE).map(tx => this.#json(tx))
    return { id: hash, height: block.height, timestamp: timeOf(block.height), tx_count: txs.length }
  }

  #status(block: Block | undefined): Json {
    if (block === undefined) return { confirmed: false }
    const { height } = block
    return {
      confirmed: true,
      block_height: height,
      block_hash: hashOf(`block ${height}`),
      block_time: timeOf(height),
    }
  }

  #json({ txid, inputs, outputs }: UtxoTx): Json {
    const vin = inputs.map(({ spent_txid, spent_vout }) => {
      const spent = this.#txs.get(spent_txid)?.tx.outputs.find(({ vout }) => vout === spent_vout)
      return {
        txid: spent_txid,
        vout: spent_vout,
        is_coinbase: false,
        prevout: { value: Number(spent?.value) },
      }
    })
    const nothing = { txid: "0".repeat(64), vout: 2 ** 32 - 1, is_coinbase: true, prevout: null }
    const vout = outputs.map(({ address, value }) => {
      const scriptpubkey_type = address === "op_return" ? "op_return" : "v0_p2wpkh"
      const owner = address === "" || address === "op_return" ? {} : { scriptpubkey_address: address }
      return { scriptpubkey_type, ...owner, value: Number(value) }
    })
    return { txid, vin: vin.length === 0 ? [nothing] : vin, vout }
  }
}

const txsOf = ({ coinbase, others }: Block): UtxoTx[] => (coinbase === null ? [] : [coinbase, ...others])
export const timeOf = (height: number): number => 1_500_000_000 + height * 600
