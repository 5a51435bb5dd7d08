import type { LedgerFault } from "../../ledger/ledger-fault.ts"
import type { Columns } from "../columns/columns.ts"
import { mergedColumns, type ToldColumns } from "../utxo-ledger/merging/merge-segments.ts"
import type { Told } from "../utxo-ledger/merging/told.ts"
import { type UtxoColumn, WIDTHS } from "../utxo-ledger/utxo-layout.ts"
import { UtxoSegments } from "../utxo-ledger/utxo-segments.ts"
import type { Database } from "./database.ts"
import type { ColumnSink } from "./told-columns.ts"
import { tellColumns } from "./utxo-columns.ts"
import { utxoTip } from "./utxo-tip.ts"

/** A published column beside what the tables say it is; the first value that differs is remembered. */
class ComparedColumn implements ColumnSink {
  readonly #name: UtxoColumn
  readonly #there: PublishedGroup
  #at = 0
  #differs: number | null = null

  constructor(name: UtxoColumn, there: PublishedGroup) {
    this.#name = name
    this.#there = there
  }

  write(bytes: Uint8Array): void {
    if (this.#differs !== null) return
    const there = this.#there.take(this.#name, bytes.length)
    if (!Buffer.from(there).equals(bytes)) this.#differs = this.#at / this.#width
    this.#at += bytes.length
  }

  get #width(): number {
    return WIDTHS.get(this.#name) ?? 1
  }

  /** After the last byte: where it differs, or that it holds more than the tables. */
  *faults(): Generator<LedgerFault> {
    const hasMore = this.#differs === null && this.#there.take(this.#name, 1).length > 0
    const first = this.#differs ?? (hasMore ? this.#at / this.#width : null)
    if (first !== null) yield { code: "columns-differ", at: `${this.#name} ${first}` }
  }
}

/** Published columns that are told together, each in its order; what is not asked for yet waits. */
class PublishedGroup {
  readonly #told: Generator<Told>
  readonly #waiting: Map<UtxoColumn, Uint8Array[]>

  constructor({ names, tell }: ToldColumns) {
    this.#told = tell()
    this.#waiting = new Map(names.map(name => [name, []]))
  }

  /** The next bytes of one: so many, or fewer where there are no more. */
  take(name: UtxoColumn, length: number): Uint8Array {
    const waiting = this.#waiting.get(name) as Uint8Array[]
    const out = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const [first] = waiting
      if (first === undefined) {
        const { value, done } = this.#told.next()
        if (done === true) return out.subarray(0, filled)
        this.#waiting.get(value.name)?.push(value.bytes)
        continue
      }
      const part = first.subarray(0, length - filled)
      out.set(part, filled)
      filled += part.length
      if (part.length === first.length) waiting.shift()
      else waiting[0] = first.subarray(part.length)
    }
    return out
  }
}

/**
 * Holds every published column, all segments as one, to the tables; where they stand for an earlier block that is said, and
 * no more.
 *
 * @throws Problem `ledger-columns-old` where they were published before there were segments
 */
export async function compareUtxoColumns(
  database: Database,
  columns: Columns,
): Promise<readonly LedgerFault[]> {
  const ledger = UtxoSegments.of(columns)
  const tip = await utxoTip(database)
  const { height, hash } = columns.manifest.horizon
  if (height !== (tip?.height ?? null) || hash !== (tip?.hash ?? null)) {
    return [{ code: "columns-behind", at: `${height ?? "-"}` }]
  }
  const there = new Map<UtxoColumn, PublishedGroup>()
  for (const told of mergedColumns(ledger, ledger.all)) {
    const group = new PublishedGroup(told)
    for (const name of told.names) there.set(name, group)
  }
  const faults: LedgerFault[] = []
  await tellColumns(
    database,
    name => new ComparedColumn(name, there.get(name) as PublishedGroup),
    () => {},
    column => {
      faults.push(...column.faults())
    },
  )
  return faults
}
