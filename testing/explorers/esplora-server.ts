import { createHash } from "node:crypto"
import { hex } from "@scure/base"
import { decodeBlock } from "../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../src/chains/bitcoin/consensus.ts"
import { displayed } from "../../src/chains/bitcoin/hash.ts"
import { ownersOn } from "../../src/chains/bitcoin/owner.ts"
import type { Output, Transaction } from "../../src/chains/bitcoin/transaction.ts"
import { txidOf } from "../../src/chains/bitcoin/txid.ts"
import type { RawBlock } from "../../src/ports/blocks.ts"
import { GENESIS, type NetworkName } from "../../src/readers/esplora/genesis.ts"
import { Loopback, type Said } from "./loopback.ts"

export type Json = { [name: string]: unknown }

interface ServedTx {
  readonly txid: string
  readonly tx: Transaction
  readonly index: number
  readonly block: ServedBlock
}

interface ServedBlock {
  readonly height: number
  readonly hash: string
  readonly time: number
  readonly header: string
  readonly txs: ServedTx[]
}

export interface EsploraServerOptions {
  readonly network?: NetworkName
  /** Where the chain ends, if not with the last block. */
  readonly tip?: number | null
  /** mempool.space adds fields, and over a bare node writes "" where Blockstream's writes no address. */
  readonly dialect?: "blockstream" | "mempool"
}

const PAGE = 25
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
const sha256d = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes))

/** Tells blocks, from a made-up chain or a real node, in Esplora's own paths and forms. */
export class EsploraServer extends Loopback {
  /** Changes what is answered to a path, after it is made. */
  forge: (path: string, answer: Json) => Json = (_, answer) => answer
  forgeText: (path: string, answer: string) => string = (_, answer) => answer
  readonly #blocks: ServedBlock[] = []
  readonly #txs = new Map<string, ServedTx>()
  readonly #spenderOf = new Map<string, { txid: string; vin: number }>()
  readonly #network: NetworkName
  readonly #tip: number
  readonly #isMempool: boolean

  constructor(blocks: readonly RawBlock[], options: EsploraServerOptions = {}) {
    super("/api")
    this.#network = options.network ?? "regtest"
    this.#isMempool = options.dialect === "mempool"
    for (const block of blocks) this.#take(block)
    this.#tip = options.tip ?? blocks.at(-1)?.height ?? 0
  }

  #take({ height, bytes }: RawBlock): void {
    const { header, transactions } = decodeBlock(bytes, CONSENSUS[this.#network])
    const hash = displayed(sha256d(header.bytes))
    const block: ServedBlock = { height, hash, time: header.time, header: hex.encode(header.bytes), txs: [] }
    this.#blocks.push(block)
    for (const [index, tx] of transactions.entries()) {
      const txid = displayed(txidOf(tx, sha256d))
      block.txs.push({ txid, tx, index, block })
      this.#txs.set(txid, { txid, tx, index, block })
      for (const [vin, { prevTxid, prevVout }] of tx.inputs.entries()) {
        this.#spenderOf.set(`${displayed(prevTxid)}:${prevVout}`, { txid, vin })
      }
    }
  }

  /** Transactions that spend from these blocks alone, so that all of what they spend is known here. */
  chained(): string[] {
    const isKnown = ({ tx }: ServedTx) =>
      tx.inputs.every(({ prevTxid }) => this.#txs.has(displayed(prevTxid)))
    return [...this.#txs.values()].filter(isKnown).map(({ txid }) => txid)
  }

  protected answer(path: string): Said {
    const said = this.#answer(path.split("/").slice(1))
    if (said === null) return null
    if (typeof said === "string") return this.forgeText(path, said)
    return Array.isArray(said) ? said : this.forge(path, said as Json)
  }

  #answer([first, second = "", third, fourth]: readonly string[]): Said {
    if (first === "blocks") return `${this.#tip}`
    if (first === "block-height") {
      if (second === "0") return GENESIS[this.#network]
      return this.#blocks.find(({ height }) => `${height}` === second)?.hash ?? null
    }
    if (first === "block") return this.#answerBlock(second, third, fourth)
    const found = this.#txs.get(second)
    if (first !== "tx" || found === undefined) return null
    if (third === undefined) return { ...this.#json(found), status: statusOf(found.block) }
    if (third === "hex") return hex.encode(found.tx.bytes)
    if (third === "merkle-proof") return branchOf(found)
    if (third !== "outspend") return null
    const spender = this.#spenderOf.get(`${second}:${fourth}`)
    if (spender === undefined) return { spent: false }
    return { spent: true, ...spender, status: statusOf(this.#txs.get(spender.txid)?.block) }
  }

  #answerBlock(hash: string, third: string | undefined, start = "0"): Said {
    const block = this.#blocks.find(one => one.hash === hash)
    if (block === undefined) return null
    const { height, time, txs, header } = block
    if (third === "header") return header
    if (third === "txs") return txs.slice(Number(start), Number(start) + PAGE).map(tx => this.#json(tx))
    const extras = this.#isMempool ? { extras: { totalFees: 1 } } : {}
    return { id: hash, height, timestamp: time, tx_count: txs.length, ...extras }
  }

  #json({ txid, tx }: ServedTx): Json {
    const vin = tx.inputs.map(({ prevTxid, prevVout }) => {
      const from = displayed(prevTxid)
      const spent = this.#txs.get(from)?.tx.outputs[prevVout]
      const prevout = spent === undefined ? null : this.#output(spent)
      return { txid: from, vout: prevVout, is_coinbase: tx.isCoinbase, prevout }
    })
    return { txid, vin, vout: tx.outputs.map(output => this.#output(output)) }
  }

  #output({ value, script }: Output): Json {
    const owner = ownersOn(this.#network)(script)
    const address = owner === null || owner.includes(":") ? "" : owner
    const said = address === "" && !this.#isMempool ? {} : { scriptpubkey_address: address }
    return { scriptpubkey: hex.encode(script), ...said, value }
  }
}

function statusOf(block: ServedBlock | undefined): Json {
  if (block === undefined) return { confirmed: false }
  const { height, hash, time } = block
  return { confirmed: true, block_height: height, block_hash: hash, block_time: time }
}

function branchOf({ txid, index, block }: ServedTx): Json {
  let level = block.txs.map(one => hex.decode(one.txid).reverse())
  const merkle: string[] = []
  for (let place = index; level.length > 1; place >>= 1) {
    merkle.push(displayed(level[place ^ 1] ?? level[place] ?? hex.decode(txid)))
    level = level
      .filter((_, at) => at % 2 === 0)
      .map((left, at) => Uint8Array.from(sha256d(Buffer.concat([left, level[2 * at + 1] ?? left]))))
  }
  return { block_height: block.height, merkle, pos: index }
}
