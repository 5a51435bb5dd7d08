import type { BlockColumns } from "../../chains/bitcoin/block-columns.ts"
import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { bytesOfWords } from "../../chains/bitcoin/word-columns.ts"
import type { Tip } from "../../ports/blocks.ts"
import type { LedgerWriter } from "../../ports/ledger-writer.ts"
import type { OnProgress } from "../../ports/progress.ts"
import { Problem } from "../../units/problem.ts"
import { type Database, problemOf } from "./database.ts"
import { isPublishedUpTo } from "./published.ts"
import { GENERATION, type GenerationSize, RecentOutputs } from "./recent-outputs.ts"
import { appendBlocks, type FirstIds } from "./utxo-append.ts"
import { checkInputs } from "./utxo-check.ts"
import { publishGrown } from "./utxo-publish.ts"
import { createUtxoTables, type UtxoCounts, utxoCounts } from "./utxo-tables.ts"
import { lastUtxoBlocks, utxoHashAt, utxoTip } from "./utxo-tip.ts"

/** Ids are 32 bits wide; the highest stands for "none" in the columns. */
const MOST_IDS = 0xffff_ffff

/**
 * Inputs that are stored together. Looking up what is not recent reads the whole ledger once, so that there are
 * more of them the longer the ledger is; at most, so that they fit into memory.
 */
const LEAST_TOGETHER = 500_000
const MOST_TOGETHER = 4_000_000
const SHARE_TOGETHER = 64
/** A slow node's blocks are stored all the same: so much at most is read again after a kill. */
const LONGEST_WAIT_MS = 30_000

/** A chain of Bitcoin's family being written: block after block, each stored whole with all before it, or not at all. */
export class UtxoStore implements LedgerWriter<BlockColumns> {
  readonly #database: Database
  readonly #network: keyof typeof CONSENSUS
  #stored: UtxoCounts
  #written: UtxoCounts
  #tip: Tip | null
  #writtenTip: Tip | null
  /** What the blocks that were added since the last commit pay, as far as their inputs are looked up. */
  #fees: bigint[] = []
  readonly #recent: RecentOutputs
  #isWriting = false
  #from = ""
  #begun = 0

  private constructor(
    database: Database,
    network: keyof typeof CONSENSUS,
    stored: UtxoCounts,
    tip: Tip | null,
    recent: RecentOutputs,
  ) {
    this.#database = database
    this.#network = network
    this.#stored = stored
    this.#written = stored
    this.#tip = tip
    this.#writtenTip = tip
    this.#recent = recent
  }

  /**
   * @param threads what the database may use while blocks are decoded beside it; null for all there are. Where two
   *   threads share a core with the decoders, looking inputs up costs an eighth more than with one.
   * @param recent how much of the newest outputs is held in memory; the other inputs are looked up in the database
   */
  static async open(
    database: Database,
    network: keyof typeof CONSENSUS,
    threads: number | null = null,
    recent: GenerationSize = GENERATION,
  ): Promise<UtxoStore> {
    if (threads !== null) await database.run(`set threads = ${threads}`)
    await createUtxoTables(database)
    const stored = await utxoCounts(database)
    const outputs = new RecentOutputs(stored.outputs, recent)
    return new UtxoStore(database, network, stored, await utxoTip(database), outputs)
  }

  /** The last block that is stored; null for an empty ledger. */
  get tip(): Tip | null {
    return this.#tip
  }

  get counts(): UtxoCounts {
    return this.#stored
  }

  /**
   * Adds the blocks after the last one. They are stored when `commit` says so, or when enough have come together.
   *
   * @param from where they come from, kept as provenance
   * @returns whether what was added is stored now
   * @throws Problem `remote-reorganised` where they do not follow, `block-...`, `ledger-full`, `ledger-unwritable`;
   *   what was not stored is forgotten then
   */
  async add(columns: BlockColumns, from: string): Promise<boolean> {
    try {
      this.#from = from
      const first = this.#firstIds(columns)
      if (!this.#isWriting) await this.#begin()
      this.#fees.push(...(await appendBlocks(this.#database, columns, first, this.#recent)))
      this.#count(columns)
      if (!this.#isEnough()) return false
    } catch (error) {
      await this.#forget()
      throw problemOf(error)
    }
    await this.commit()
    return true
  }

  async #begin(): Promise<void> {
    await this.#database.run("begin transaction")
    this.#begun = performance.now()
    this.#isWriting = true
  }

  #isEnough(): boolean {
    const share = Math.min(MOST_TOGETHER, this.#stored.inputs / SHARE_TOGETHER)
    const together = this.#written.inputs - this.#stored.inputs
    return together >= Math.max(LEAST_TOGETHER, share) || performance.now() - this.#begun > LONGEST_WAIT_MS
  }

  /** Checks what was added and stores it, all in one transaction of the database. */
  async commit(): Promise<void> {
    if (!this.#isWriting) return
    try {
      await checkInputs(this.#database, this.#stored, CONSENSUS[this.#network], this.#fees)
      await this.#database.run("insert into provenance values ($1, $2, $3, now()::timestamp)", [
        this.#stored.blocks,
        this.#written.blocks - 1,
        this.#from,
      ])
      await this.#database.run("commit")
    } catch (error) {
      await this.#forget()
      throw error
    }
    this.#isWriting = false
    this.#fees = []
    this.#stored = this.#written
    this.#tip = this.#writtenTip
  }

  /** Takes back the blocks above a height, as after a reorganisation of the chain. */
  async rollBackTo(height: number): Promise<void> {
    await this.#forget()
    const row = await this.#database.row("select first_transaction from blocks where height = $1", [
      height + 1,
    ])
    if (row === null) throw new Error(`utxo store: no block above ${height} to take back`)
    const transaction = Number(row[0])
    await this.#database.whole(async () => {
      await this.#database.run("delete from blocks where height > $1", [height])
      await this.#database.run("delete from transactions where id >= $1", [transaction])
      await this.#database.run("delete from outputs where tx >= $1", [transaction])
      await this.#database.run("delete from inputs where tx >= $1", [transaction])
      await this.#database.run("delete from overwritten where later >= $1", [transaction])
      await this.#database.run("delete from provenance where from_height > $1", [height])
      await this.#database.run("update provenance set to_height = $1 where to_height > $1", [height])
    })
    this.#stored = await utxoCounts(this.#database)
    this.#written = this.#stored
    this.#tip = await utxoTip(this.#database)
    this.#writtenTip = this.#tip
    this.#recent.clear(this.#stored.outputs)
  }

  hashAt(height: number): Promise<string | null> {
    return utxoHashAt(this.#database, height)
  }

  lastBlocks(count: number): Promise<readonly Tip[]> {
    return lastUtxoBlocks(this.#database, count)
  }

  get size(): number {
    return this.#stored.outputs
  }

  isPublished(): boolean {
    return isPublishedUpTo(this.#database.folder, this.#tip)
  }

  async publish(onProgress: OnProgress): Promise<void> {
    const [threads] = (await this.#database.row("select current_setting('threads')")) ?? []
    await this.#database.run("reset threads")
    try {
      await publishGrown(this.#database, onProgress)
    } finally {
      await this.#database.run(`set threads = ${Number(threads)}`)
    }
  }

  close(): void {
    this.#database.close()
  }

  async #forget(): Promise<void> {
    if (!this.#isWriting) return
    this.#isWriting = false
    this.#written = this.#stored
    this.#writtenTip = this.#tip
    this.#fees = []
    this.#recent.clear(this.#stored.outputs)
    await this.#database.rollBack()
  }

  #firstIds({ firstHeight, blocks, transactions, outputs, inputs }: BlockColumns): FirstIds {
    const first = this.#written
    if (firstHeight !== first.blocks) {
      throw new Error(`utxo store: expected the block at ${first.blocks}, got ${firstHeight}`)
    }
    let parent = this.#writtenTip?.hash ?? "0".repeat(64)
    for (let at = 0; at < blocks.time.length; at++) {
      if (hashAt(blocks.parent, at) !== parent) {
        throw new Problem("remote-reorganised", { height: firstHeight + at }, { file: this.#from })
      }
      parent = hashAt(blocks.hash, at)
    }
    for (const [what, ids] of [
      ["outputs", first.outputs + outputs.value.length],
      ["inputs", first.inputs + inputs.vout.length],
      ["transactions", first.transactions + transactions.outputs.length],
    ] as const) {
      if (ids > MOST_IDS) throw new Problem("ledger-full", { most: MOST_IDS, what })
    }
    return first
  }

  #count({ firstHeight, blocks, transactions, outputs, inputs }: BlockColumns): void {
    const before = this.#written
    const height = firstHeight + blocks.time.length - 1
    this.#written = {
      blocks: height + 1,
      transactions: before.transactions + transactions.outputs.length,
      outputs: before.outputs + outputs.value.length,
      inputs: before.inputs + inputs.vout.length,
    }
    this.#writtenTip = { height, hash: hashAt(blocks.hash, blocks.time.length - 1) }
  }
}

const hashAt = (words: readonly BigUint64Array[], at: number): string =>
  displayed(bytesOfWords(words.map(column => column[at] ?? 0n)))
