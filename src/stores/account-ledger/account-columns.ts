import { createHash } from "node:crypto"
import type { Grade } from "../../ledger/grade.ts"
import { isRecordHash } from "../../ledger/record-hash.ts"
import type { PotId, StepKind, Tx } from "../../ledger/step.ts"
import { type Instant, parseInstant, type Time } from "../../units/time.ts"
import type { Column } from "../columns/column.ts"
import type { Columns } from "../columns/columns.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import { type AccountLayout, layoutOf, type TextName } from "./account-layout.ts"
import {
  EXCHANGE_FLAG,
  GRADES,
  HAS_ID,
  KINDS,
  NONE,
  ORIGIN_UNKNOWN_FLAG,
  TIME_ORIGIN,
  TIME_SHIFT,
  TIME_TO_THE_MINUTE,
  TIME_TO_THE_SECOND,
} from "./codes.ts"
import { bigOf } from "./number-writer.ts"
import { firstAtLeast } from "./search.ts"
import { Texts } from "./texts.ts"

/** A row as the columns have it: pots instead of accounts and assets. */
export interface StoredRow {
  readonly id: number
  readonly tx: number
  /** NONE issues. */
  readonly from: number
  /** NONE burns, TO_UNRECORDED left to where nobody knows. */
  readonly to: number
  readonly amount: bigint
  readonly kind: StepKind
  readonly grade: Grade
  readonly originUnknown: boolean
  readonly isExchange: boolean
}

/** The published columns of an account chain, as what they stand for. */
export class AccountColumns {
  readonly layout: AccountLayout
  readonly rowCount: number
  readonly #columns: Columns
  readonly #row: Readonly<Record<"tx" | "from" | "to" | "amount" | "meta" | "suffix" | "source", Column>>
  readonly #tx: Readonly<Record<"height" | "row" | "time", Column>>
  readonly #txIndex: SortedIndex
  readonly #accountIndex: SortedIndex
  readonly #texts: Readonly<Record<TextName, Texts>>

  /** @throws Problem `ledger-other-version` where they are no account chain's */
  constructor(columns: Columns) {
    this.layout = layoutOf(columns.manifest)
    this.#columns = columns
    const of = (name: string): Column => columns.column(name)
    const text = (name: TextName): Texts => new Texts(columns, name, this.layout.forms[name])
    this.#row = {
      tx: of("row-tx"),
      from: of("row-from"),
      to: of("row-to"),
      amount: of("row-amount"),
      meta: of("row-meta"),
      suffix: of("row-suffix"),
      source: of("row-source"),
    }
    this.rowCount = this.#row.tx.count
    this.#tx = { height: of("tx-height"), row: of("tx-row"), time: of("tx-time") }
    this.#txIndex = new SortedIndex(of("tx-key"), of("tx-key-id"))
    this.#accountIndex = new SortedIndex(of("account-key"), of("account-key-id"))
    this.#texts = {
      "block-hash": text("block-hash"),
      "tx-id": text("tx-id"),
      "named-tx": text("named-tx"),
      "row-ref": text("row-ref"),
      source: text("source"),
      account: text("account"),
      asset: text("asset"),
      notice: text("notice"),
    }
  }

  column(name: string): Column {
    return this.#columns.column(name)
  }

  row(id: number): StoredRow {
    const meta = this.#row.meta.u8(id)
    const kind = KINDS[meta & 7]
    const grade = GRADES[(meta >> 3) & 3]
    if (kind === undefined || grade === undefined) throw new Error(`row ${id}: meta ${meta}`)
    return {
      id,
      tx: this.#row.tx.u32(id),
      from: this.#row.from.u32(id),
      to: this.#row.to.u32(id),
      amount: bigOf(this.#row.amount.bytes(id)),
      kind,
      grade,
      originUnknown: (meta & ORIGIN_UNKNOWN_FLAG) !== 0,
      isExchange: (meta & EXCHANGE_FLAG) !== 0,
    }
  }

  /** The source that a row names; null where it names none. */
  sourceOf(row: number): string | null {
    const source = this.#row.source.u32(row)
    return source === NONE ? null : this.#texts.source.at(source)
  }

  /** What a row's reference says after its transaction's own. */
  suffixOf(row: number): string {
    return this.#texts["row-ref"].at(this.#row.suffix.u32(row))
  }

  tx(id: number): Tx {
    const packed = this.#tx.time.uint53(id)
    return {
      id: packed & HAS_ID ? this.#texts["tx-id"].at(id) : null,
      height: this.#tx.height.u32(id),
      time: unpackedTime(packed),
    }
  }

  rowsOfTx(id: number): { readonly first: number; readonly end: number } {
    return { first: this.#tx.row.u32(id), end: this.#tx.row.u32(id + 1) }
  }

  /** What the references of a transaction's rows begin with. */
  beginningOf(tx: number): string {
    if (this.#tx.time.uint53(tx) & HAS_ID) return this.#texts["tx-id"].at(tx)
    const named = this.column("named-tx")
    return this.#texts["named-tx"].at(firstAtLeast(named, tx, 0, named.count))
  }

  /** The transactions whose rows' references begin so. */
  transactionsOf(beginning: string): readonly number[] {
    return this.#txIndex.find(keyOf(beginning)).filter(tx => this.beginningOf(tx) === beginning)
  }

  /** The account of this name; null where the ledger has none. */
  accountOf(name: string): number | null {
    return this.#accountIndex.find(keyOf(name)).find(id => this.#texts.account.at(id) === name) ?? null
  }

  accountName(pot: PotId): string {
    return this.#texts.account.at(this.column("pot-account").u32(pot))
  }

  assetName(pot: PotId): string {
    return this.#texts.asset.at(this.column("pot-asset").u32(pot))
  }

  /** What blocks lack, and the first block that does; in order of height. */
  *notices(): Iterable<{ readonly height: number; readonly json: string }> {
    const heights = this.column("notice-height")
    for (let at = 0; at < heights.count; at++)
      yield { height: heights.u32(at), json: this.#texts.notice.at(at) }
  }

  /** The place of the first block that is at a height or above it. */
  blockFrom(height: number): number {
    const heights = this.column("block-height")
    return firstAtLeast(heights, height, 0, heights.count)
  }

  /** The hash of the block at a place, or what stands for one where records are no chain's. */
  hashOf(place: number): string {
    return this.#texts["block-hash"].at(place)
  }

  /** A block by its height; null where the ledger has none there. */
  block(height: number): { readonly hash: string | null; readonly time: Time; readonly end: number } | null {
    const heights = this.column("block-height")
    // The last at or below it: a chain has one at each height, a record where something happened.
    const at = firstAtLeast(heights, height + 1, 0, heights.count) - 1
    if (at < 0) return null
    const hash = this.#texts["block-hash"].at(at)
    const end = this.column("block-row").u32(at + 1)
    // Records of no chain have blocks for storing alone: what is told of them is what their last row says.
    if (isRecordHash(hash)) return { hash: null, time: this.tx(this.row(end - 1).tx).time, end }
    return { hash, time: parseInstant(`${this.column("block-time").uint53(at)}`), end }
  }
}

/** The first bytes of a name's SHA-256 are its key. */
function keyOf(name: string): Uint8Array {
  return createHash("sha256").update(name, "utf8").digest()
}

function unpackedTime(packed: number): Instant | null {
  const form = packed % HAS_ID
  if (form !== TIME_TO_THE_SECOND && form !== TIME_TO_THE_MINUTE) return null
  const seconds = Math.floor(packed / TIME_SHIFT) - TIME_ORIGIN
  const iso = new Date(seconds * 1000).toISOString()
  return form === TIME_TO_THE_SECOND ? iso.replace(".000Z", "Z") : iso.replace(":00.000Z", "Z")
}
