import { GRADES } from "../../ledger/grade.ts"
import { RULES } from "../../ledger/vocabulary.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import { ColumnWriter } from "../columns/column-writer.ts"
import type { ColumnEntry } from "../columns/manifest.ts"
import { RowLists } from "./row-lists.ts"
import { TextIds } from "./text-ids.ts"
import { KINDS, NO_HEIGHT } from "./traced-layout.ts"
import type { TracedCredit, TracedHolding, TracedSink } from "./traced-set.ts"

/** Wide enough for 2^256 - 1, the widest amount of any ledger. */
const AMOUNT_BYTES = 32

/**
 * Writes a traced set into columns, row by row; of what it wrote it keeps the texts and three numbers a row. What
 * computed the set is none of its business: a trace, or a sweep over the whole ledger.
 */
export class TracedWriter implements TracedSink {
  readonly #open: (name: string, width: number) => ColumnWriter
  readonly #numbers: Readonly<Record<string, NumberWriter>>
  readonly #texts: Readonly<Record<"address" | "tx" | "pot" | "asset" | "time" | "stop", TextIds>>
  readonly #byAddress = new RowLists()
  readonly #byTx = new RowLists()
  readonly #heldBy = new RowLists()
  readonly #writers: ColumnWriter[] = []
  #rows = 0

  constructor(folder: string) {
    this.#open = (name, width) => {
      const writer = new ColumnWriter(folder, name, width)
      this.#writers.push(writer)
      return writer
    }
    const number = (name: string, width: number) => new NumberWriter(this.#open, name, width)
    this.#numbers = {
      theft: number("theft", 4),
      rule: number("rule", 1),
      kind: number("kind", 1),
      grade: number("grade", 1),
      height: number("height", 4),
      position: number("position", 8),
      amount: number("amount", AMOUNT_BYTES),
      traced: number("traced", AMOUNT_BYTES),
      hops: number("hops", 4),
      parent: number("parent", 4),
      address: number("row-address", 4),
      tx: number("row-tx", 4),
      pot: number("row-pot", 4),
      asset: number("row-asset", 4),
      time: number("row-time", 4),
      stop: number("row-stop", 4),
      heldTheft: number("held-theft", 4),
      heldRule: number("held-rule", 1),
      heldGrade: number("held-grade", 1),
      heldAsset: number("held-asset", 4),
      heldTraced: number("held-traced", AMOUNT_BYTES),
    }
    const texts = (name: string) => new TextIds(this.#open, name)
    this.#texts = {
      address: texts("address"),
      tx: texts("tx"),
      pot: texts("pot"),
      asset: texts("asset"),
      time: texts("time"),
      stop: texts("stop"),
    }
  }

  addCredit(credit: TracedCredit): number {
    const { address, tx, pot, asset, time, stop } = this.#texts
    const addressId = address.idOf(credit.address)
    const txId = tx.idOf(credit.tx)
    this.#push("theft", credit.theft)
    this.#push("rule", RULES.indexOf(credit.rule))
    this.#push("kind", KINDS.indexOf(credit.kind))
    this.#push("grade", GRADES.indexOf(credit.grade))
    this.#push("height", credit.height ?? NO_HEIGHT)
    this.#push("position", credit.position)
    this.#numbers.amount?.pushBig(credit.amount)
    this.#numbers.traced?.pushBig(credit.traced)
    this.#push("hops", credit.hops)
    this.#push("parent", credit.parent === null ? 0 : credit.parent + 1)
    this.#push("address", addressId)
    this.#push("tx", txId)
    this.#push("pot", pot.idOf(credit.pot))
    this.#push("asset", asset.idOf(JSON.stringify(credit.asset)))
    this.#push("time", time.idOf(credit.time === null ? null : JSON.stringify(credit.time)))
    this.#push("stop", stop.idOf(credit.stop === null ? null : JSON.stringify(credit.stop)))
    this.#byAddress.push(addressId)
    this.#byTx.push(txId)
    return this.#rows++
  }

  addHolding({ theft, rule, grade, pot, asset, traced }: TracedHolding): void {
    this.#push("heldTheft", theft)
    this.#push("heldRule", RULES.indexOf(rule))
    this.#push("heldGrade", GRADES.indexOf(grade))
    this.#push("heldAsset", this.#texts.asset.idOf(JSON.stringify(asset)))
    this.#numbers.heldTraced?.pushBig(traced)
    this.#heldBy.push(this.#texts.pot.idOf(pot))
  }

  /** Ends the columns: what the manifest lists. */
  close(): ColumnEntry[] {
    const { address, tx, pot, asset, time, stop } = this.#texts
    return [
      ...Object.values(this.#numbers).map(writer => writer.close()),
      ...this.#byAddress.write(this.#open, "address", address.count),
      ...this.#byTx.write(this.#open, "tx", tx.count),
      ...this.#heldBy.write(this.#open, "pot-held", pot.count),
      ...[address, tx, pot].flatMap(texts => texts.closeWithIndex()),
      ...[asset, time, stop].flatMap(texts => texts.close()),
    ]
  }

  /** Lets go of the files of a set that is not going to be. */
  abandon(): void {
    for (const writer of this.#writers) writer.abandon()
  }

  #push(column: string, value: number): void {
    this.#numbers[column]?.push(value)
  }
}
