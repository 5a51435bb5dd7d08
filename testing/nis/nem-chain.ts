import type { Block } from "../../src/chains/nem/block.ts"
import { blockHash } from "../../src/chains/nem/block-binary.ts"
import { transactionHash } from "../../src/chains/nem/hash.ts"
import type { Genesis } from "../../src/chains/nem/nemesis.ts"
import type { Transaction } from "../../src/chains/nem/transaction.ts"
import type { TransferRow } from "../oracle/rows.ts"
import type { Key } from "./keys.ts"
import { NemBooks } from "./nem-books.ts"
import { signed, signedBlock } from "./signing.ts"

const FIRST_TIME = 89_304_948
const isoOf = (timeStamp: number): string =>
  new Date((1_427_587_585 + timeStamp) * 1000).toISOString().replace(".000Z", "Z")

/** Makes a chain block by block: what is moved is entered in the books by hand, not read back from what is signed. */
export class NemChain {
  readonly books = new NemBooks()
  readonly blocks: Block[] = []
  readonly genesis: Genesis
  readonly #open: Transaction[] = []
  #previousHash: string

  /** Every account is given its part of the total by the first block's signer. */
  constructor(nemesis: Key, parts: readonly (readonly [Key, bigint])[]) {
    const stated = { timeStamp: 0, fee: 0n }
    const transactions = parts.map(([{ address }, amount]) =>
      signed(
        { kind: "transfer", version: 1, recipient: address, amount, message: null, mosaics: [] },
        nemesis,
        stated,
      ),
    )
    const previousHash = "00".repeat(32)
    const block = signedBlock({ height: 1, timeStamp: 0, previousHash, transactions }, nemesis)
    const hash = blockHash(block)
    const total = parts.reduce((sum, [, amount]) => sum + amount, 0n)
    this.genesis = { hash, total }
    this.#previousHash = hash
    this.blocks.push(block)
    const place = { height: 1, time: isoOf(0) }
    this.books.enter({ txid: hash, ...place }, [xem("", nemesis.address, total)])
    for (const [at, [{ address }, amount]] of parts.entries()) {
      const txid = transactionHash(transactions[at] as Transaction)
      this.books.enter({ txid, ...place }, [xem(nemesis.address, address, amount)])
    }
  }

  get height(): number {
    return this.blocks.length
  }

  get nextTime(): number {
    return FIRST_TIME + (this.height + 1) * 60
  }

  /** Puts a transaction into the block that is being made. Its fees go to "the harvester" until that is known. */
  put(transaction: Transaction, rows: readonly Moved[], receiver: Key): void {
    this.#open.push(transaction)
    const known = rows.map(row => (row.to === PRODUCER ? { ...row, to: receiver.address } : row))
    const place = { height: this.height + 1, time: isoOf(this.nextTime) }
    this.books.enter({ txid: transactionHash(transaction), ...place }, known)
  }

  /** Ends the block: all that was put since the last one. */
  seal(harvester: Key): Block {
    const own = { height: this.height + 1, timeStamp: this.nextTime, previousHash: this.#previousHash }
    const block = signedBlock({ ...own, transactions: this.#open.splice(0) }, harvester)
    this.#previousHash = blockHash(block)
    this.blocks.push(block)
    return block
  }
}

export type Moved = Pick<TransferRow, "from" | "to" | "asset" | "amount" | "kind">
export const PRODUCER = "the harvester"
const xem = (from: string, to: string, amount: bigint): Moved => ({ from, to, asset: "XEM", amount })
