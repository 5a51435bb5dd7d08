import type { Entry } from "../../chains/nem/entry.ts"
import { divisibilityOf, XEM } from "../../chains/nem/mosaic.ts"
import { instantOf } from "../../chains/nem/time.ts"
import type { Asset } from "../../ledger/asset.ts"
import type { PotId } from "../../ledger/step.ts"
import type { Notice, Source } from "../../ports/source.ts"
import type { Answer, Located, Need } from "../../tracing/need.ts"
import { Problem } from "../../units/problem.ts"
import { answerInTurn } from "../esplora/answer-in-turn.ts"
import { disagreement } from "../esplora/disagreement.ts"
import type { Listed } from "./account-lists.ts"
import { AccountShelf } from "./account-shelf.ts"
import type { CheckedBlock } from "./checked-block.ts"
import { Nis, type NisOptions } from "./nis.ts"
import { OutsideKnowledge } from "./outside-knowledge.ts"
import { type PlacedRow, type PlacedRows, placedNemesis, placedRows } from "./placed-rows.ts"
import { checkTransaction } from "./signature-checks.ts"

/** 25,000 transactions, and as many harvested blocks. */
const MOST_PAGES = 1_000

export interface NisSourceOptions extends NisOptions {
  /** Inclusive; null, and anything above it, is the node's last block at the time of asking. */
  readonly toHeight: number | null
  /**
   * Pages of 25 that are read of one account's transactions, and of its harvested blocks. Of an account with more, the
   * newest are taken: its balance before them is the least that they need, and that is told as a gap. Where value is
   * followed into what was not read, the answer is `remote-too-large`.
   */
  readonly mostPages?: number
  /** How a mosaic is written for people; else by its definition, as far as one was met. */
  readonly assetOf?: (name: string) => Asset | undefined
}

/**
 * Opens a NEM node (NIS), makes sure that it is of mainnet, and pins the block up to which all answers are true.
 *
 * @throws RemoteFault, or Problem `remote-other-network`
 */
export async function openNisSource(options: NisSourceOptions): Promise<NisSource> {
  const nis = await Nis.open(options)
  const height = Math.min(options.toHeight ?? nis.tip, nis.tip)
  return new NisSource(nis, await nis.block(height), options)
}

/** A transaction's id; with "#n" one of its rows. Upper case is no other name for it. */
const REF = /^([0-9a-f]{64})(?:#(0|[1-9]\d{0,4}))?$/

/**
 * NEM by a node's account API: only what the trace needs, each account read once, whole.
 *
 * Checked (grade `chain`): every hash and signature, that each transaction lies in the block that the node names, that
 * this block's harvester signed it, and that blocks met next to each other are linked. By the node's word alone: that
 * a block is of the best chain, for whom a remote key harvested, mosaics' definitions (grade `reported`); and that an
 * account's list is whole, which is a gap of every answer and is held against the balance that the node states.
 *
 * References: `txid#n`, the n-th row of the transaction counted from 0, its fees first; or a bare `txid` where exactly
 * one row is of kind transfer. Of a multisig both its own hash and its inner transaction's will do. What the chain begins
 * with is row 0 of the first block's hash.
 */
export class NisSource implements Source {
  readonly shape = "account"
  readonly horizon: Source["horizon"] & { readonly height: number }
  readonly #nis: Nis
  readonly #outside: OutsideKnowledge
  readonly #shelf: AccountShelf
  readonly #given: NisSourceOptions["assetOf"]
  readonly #entries = new Map<string, Entry>()

  /** Use `openNisSource`. */
  constructor(nis: Nis, horizon: CheckedBlock, { mostPages = MOST_PAGES, assetOf }: NisSourceOptions) {
    this.#nis = nis
    this.#outside = new OutsideKnowledge(nis, mostPages)
    this.#given = assetOf
    const { height, timeStamp } = horizon.block
    const limits = { horizon: height, mostPages }
    this.#shelf = new AccountShelf(nis, this.#outside, limits, name => this.assetOf(name))
    this.horizon = { height, hash: horizon.hash, time: instantOf(timeStamp) }
  }

  get notices(): readonly Notice[] {
    return [{ code: "record-unproven", asset: null, detail: { service: this.#nis.href } }]
  }

  potName(pot: PotId): string {
    return this.#shelf.potName(pot)
  }

  assetOf(name: string): Asset {
    const given = this.#given?.(name)
    if (given !== undefined) return given
    if (name === XEM) return { asset: XEM, unit: "micro-XEM", decimals: 6 }
    const definition = this.#outside.known(name)
    return { asset: name, unit: "part", decimals: definition === null ? 0 : divisibilityOf(definition) }
  }

  /** @throws RemoteFault, or Problem `ref-unknown`, `ref-ambiguous`, `chain-data-malformed`, `remote-...` */
  answer(needs: readonly Need[]): Promise<readonly Answer[]> {
    return answerInTurn(needs, need => this.#answer(need))
  }

  async #answer(need: Need): Promise<Answer> {
    switch (need.what) {
      case "theft":
        return { what: "theft", found: await this.#locate(need.ref) }
      case "account":
        return this.#shelf.standing(need.pot, need.at)
      case "movements":
        return this.#shelf.movements(need.pot, need.after)
      default:
        throw new Error(`nis: expected a need of an account chain, got "${need.what}"`)
    }
  }

  async #locate(ref: string): Promise<Located> {
    const [, txid, digits] = REF.exec(ref) ?? []
    if (txid === undefined) throw new Problem("ref-unknown", { ref })
    if (txid === this.#nis.genesis.hash && digits === "0") return this.#located(await this.#nemesis())
    const entry = this.#entries.get(txid) ?? (await this.#nis.transaction(txid))
    if (entry === null) throw new Problem("ref-unknown", { ref })
    checkTransaction(entry.transaction, entry.hash)
    const { rows } = await this.rowsOf(entry)
    const placed = digits === undefined ? onlyTransfer(rows, ref) : rows[Number(digits)]
    if (placed === undefined) throw new Problem("ref-unknown", { ref })
    if (entry.height > this.horizon.height) return { beyond: placed.row.asset }
    return this.#located(placed)
  }

  #located(placed: PlacedRow): Located {
    return { step: this.#shelf.recordOf([placed]).stepOf(placed.row.ref), credit: 0 }
  }

  async #nemesis(): Promise<PlacedRow> {
    return placedNemesis(await this.#nis.block(1), this.#nis.genesis)
  }

  /** An account's transactions as the node lists them, newest first; a reference to one of them needs no look-up. */
  async transfersOf(address: string): Promise<Listed<Entry>> {
    const listed = await this.#outside.transfersOf(address)
    for (const entry of listed.items) {
      this.#entries.set(entry.hash, entry)
      if (entry.innerHash !== null) this.#entries.set(entry.innerHash, entry)
    }
    return listed
  }

  /** Null where the node does not know the hash. */
  async transaction(hash: string): Promise<Entry | null> {
    const entry = await this.#nis.transaction(hash)
    if (entry !== null) checkTransaction(entry.transaction, entry.hash)
    return entry
  }

  /**
   * A transaction's rows, at its place in its block.
   *
   * @throws RemoteFault where it is not there
   */
  async rowsOf({ hash, height, transaction }: Entry): Promise<PlacedRows> {
    const checked = await this.#nis.block(height)
    const at = checked.transactions.findIndex(each => each.hash === hash)
    const found = checked.transactions[at]?.transaction
    if (found === undefined || found.signature !== transaction.signature) {
      throw disagreement(`/transaction/get?hash=${hash}`, `it is not in block ${height}`)
    }
    return placedRows(checked, at, this.#outside)
  }
}

function onlyTransfer(rows: readonly PlacedRow[], ref: string): PlacedRow | undefined {
  const transfers = rows.filter(({ row }) => row.kind === "transfer")
  if (transfers.length > 1) throw new Problem("ref-ambiguous", { ref })
  return transfers[0]
}
