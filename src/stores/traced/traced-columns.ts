import type { StoppedAt } from "../../contracts/screen.ts"
import type { Asset } from "../../ledger/asset.ts"
import { GRADES, type Grade } from "../../ledger/grade.ts"
import { RULES, type RuleName } from "../../ledger/vocabulary.ts"
import { Problem } from "../../units/problem.ts"
import type { Time } from "../../units/time.ts"
import { bigOf } from "../account-ledger/number-writer.ts"
import { Texts } from "../account-ledger/texts.ts"
import type { Columns } from "../columns/columns.ts"
import type { Manifest } from "../columns/manifest.ts"
import { SortedIndex } from "../columns/sorted-index.ts"
import { RowsById } from "./row-lists.ts"
import { keyOf } from "./text-ids.ts"
import { KINDS, NO_HEIGHT, TRACED_LAYOUT } from "./traced-layout.ts"
import type { TracedCredit, TracedHolding, TracedSet } from "./traced-set.ts"

type TextName = "address" | "tx" | "pot" | "asset" | "time" | "stop"

/** A traced set read from its columns: a look-up costs what was asked for, not what there is. */
export class TracedColumns implements TracedSet {
  readonly thefts: readonly string[]
  readonly rules: readonly RuleName[]
  readonly horizon: TracedSet["horizon"]
  readonly doubts: number
  readonly #columns: Columns
  readonly #texts: Readonly<Record<TextName, Texts>>
  readonly #index: Readonly<Record<"address" | "tx" | "pot", SortedIndex>>
  readonly #byAddress: RowsById
  readonly #byTx: RowsById
  readonly #heldBy: RowsById

  /** @throws Problem `ledger-other-version` or `ledger-damaged` */
  constructor(columns: Columns) {
    const { extra, horizon } = columns.manifest
    if (extra.layout !== TRACED_LAYOUT) {
      throw new Problem("ledger-other-version", { found: String(extra.layout), expected: TRACED_LAYOUT })
    }
    this.thefts = textsOf(extra, "thefts")
    this.rules = textsOf(extra, "rules").map(ruleNamed)
    this.horizon = horizon
    this.doubts = typeof extra.doubts === "number" ? extra.doubts : 0
    this.#columns = columns
    const texts = (name: string) => new Texts(columns, name, null)
    this.#texts = {
      address: texts("address"),
      tx: texts("tx"),
      pot: texts("pot"),
      asset: texts("asset"),
      time: texts("time"),
      stop: texts("stop"),
    }
    const index = (name: string) =>
      new SortedIndex(columns.column(`${name}-key`), columns.column(`${name}-key-id`))
    this.#index = { address: index("address"), tx: index("tx"), pot: index("pot") }
    this.#byAddress = new RowsById(columns, "address")
    this.#byTx = new RowsById(columns, "tx")
    this.#heldBy = new RowsById(columns, "pot-held")
  }

  assets(): readonly string[] {
    return Array.from({ length: this.#texts.asset.count }, (_, n) => this.#asset(n + 1).asset)
  }

  close(): void {
    this.#columns.close()
  }

  rowsOfAddress(address: string): readonly number[] {
    return this.#idsOf("address", address).flatMap(id => this.#byAddress.of(id))
  }

  rowsOfTx(tx: string): readonly number[] {
    return this.#idsOf("tx", tx).flatMap(id => this.#byTx.of(id))
  }

  creditAt(row: number): TracedCredit {
    const height = this.#u32("height", row)
    const parent = this.#u32("parent", row)
    return {
      theft: this.#u32("theft", row),
      rule: atPlace(RULES, this.#u8("rule", row)),
      kind: atPlace(KINDS, this.#u8("kind", row)),
      grade: atPlace(GRADES, this.#u8("grade", row)),
      tx: this.#text("tx", this.#u32("row-tx", row)),
      height: height === NO_HEIGHT ? null : height,
      time: this.#time(this.#u32("row-time", row)),
      position: this.#columns.column("position").uint53(row),
      pot: this.#text("pot", this.#u32("row-pot", row)),
      address: this.#text("address", this.#u32("row-address", row)),
      asset: this.#asset(this.#u32("row-asset", row)),
      amount: this.#big("amount", row),
      traced: this.#big("traced", row),
      hops: this.#u32("hops", row),
      parent: parent === 0 ? null : parent - 1,
      stop: this.#stop(this.#u32("row-stop", row)),
    }
  }

  holdingsOf(pot: string): readonly TracedHolding[] {
    return this.#idsOf("pot", pot)
      .flatMap(id => this.#heldBy.of(id))
      .map(row => ({
        theft: this.#u32("held-theft", row),
        rule: atPlace(RULES, this.#u8("held-rule", row)),
        grade: atPlace(GRADES, this.#u8("held-grade", row)) as Grade,
        pot,
        asset: this.#asset(this.#u32("held-asset", row)),
        traced: this.#big("held-traced", row),
      }))
  }

  /** Different texts may share a key: the whole is compared. */
  #idsOf(of: "address" | "tx" | "pot", text: string): number[] {
    return this.#index[of].find(keyOf(text)).filter(id => this.#text(of, id) === text)
  }

  #text(of: TextName, id: number): string | null {
    return id === 0 ? null : this.#texts[of].at(id - 1)
  }

  #time(id: number): Time {
    const json = this.#text("time", id)
    return json === null ? null : JSON.parse(json)
  }

  #asset(id: number): Asset {
    return JSON.parse(this.#text("asset", id) ?? "null")
  }

  #stop(id: number): StoppedAt | null {
    const json = this.#text("stop", id)
    return json === null ? null : JSON.parse(json)
  }

  #u8(column: string, row: number): number {
    return this.#columns.column(column).u8(row)
  }

  #u32(column: string, row: number): number {
    return this.#columns.column(column).u32(row)
  }

  #big(column: string, row: number): bigint {
    return bigOf(this.#columns.column(column).bytes(row))
  }
}

function atPlace<T>(list: readonly T[], place: number): T {
  const found = list[place]
  if (found === undefined) throw new Problem("ledger-damaged", { reason: `traced: code ${place}` })
  return found
}

function textsOf(extra: Manifest["extra"], name: string): readonly string[] {
  const list = extra[name]
  if (Array.isArray(list) && list.every(one => typeof one === "string")) return list
  throw new Problem("ledger-damaged", { reason: `traced: ${name}` })
}

function ruleNamed(name: string): RuleName {
  const rule = RULES.find(known => known === name)
  if (rule === undefined) throw new Problem("ledger-damaged", { reason: `traced: rule ${name}` })
  return rule
}
