import type { Column } from "./column.ts"

/** A column, and how many of its values count: the first ones. */
export interface Part {
  readonly column: Column
  readonly count: number
}

/** Columns one after the other as one; where there is only one, and all of it counts, that one itself. */
export function joinedColumn(name: string, width: number, parts: readonly Part[]): Column {
  const held = parts.filter(({ count }) => count > 0)
  for (const { column, count } of held) {
    if (column.width !== width || column.count < count) throw new Error(`column ${name}: parts do not fit`)
  }
  const [only] = held
  if (held.length === 1 && only !== undefined && only.column.count === only.count) return only.column
  return new JoinedColumn(name, width, held)
}

class JoinedColumn implements Column {
  readonly name: string
  readonly width: number
  readonly count: number
  readonly #columns: readonly Column[]
  /** The index after each part's last. */
  readonly #ends: readonly number[]

  constructor(name: string, width: number, parts: readonly Part[]) {
    this.name = name
    this.width = width
    this.#columns = parts.map(({ column }) => column)
    let end = 0
    this.#ends = parts.map(({ count }) => {
      end += count
      return end
    })
    this.count = end
  }

  /** There are a dozen parts at the most, and the first holds most of the values. */
  #partOf(index: number): number {
    if (!(index >= 0 && index < this.count && Number.isInteger(index))) {
      throw new Error(`column ${this.name}: ${index} is not within its ${this.count} values`)
    }
    let part = 0
    while (index >= (this.#ends[part] as number)) part++
    return part
  }

  #startOf(part: number): number {
    return part === 0 ? 0 : (this.#ends[part - 1] as number)
  }

  u8(index: number): number {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).u8(index - this.#startOf(part))
  }

  u32(index: number): number {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).u32(index - this.#startOf(part))
  }

  u64(index: number): bigint {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).u64(index - this.#startOf(part))
  }

  uint53(index: number): number {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).uint53(index - this.#startOf(part))
  }

  bytes(index: number): Uint8Array {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).bytes(index - this.#startOf(part))
  }

  compare(index: number, key: Uint8Array): number {
    const part = this.#partOf(index)
    return (this.#columns[part] as Column).compare(index - this.#startOf(part), key)
  }

  range(from: number, to: number): Uint8Array<ArrayBuffer> {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > this.count) {
      throw new Error(`column ${this.name}: ${from} to ${to} is not within its ${this.count} values`)
    }
    if (from === to) return new Uint8Array(0)
    const first = this.#partOf(from)
    if (to <= (this.#ends[first] as number)) {
      const start = this.#startOf(first)
      return (this.#columns[first] as Column).range(from - start, to - start)
    }
    const out = new Uint8Array((to - from) * this.width)
    for (let part = first, at = from; at < to; part++) {
      const start = this.#startOf(part)
      const end = Math.min(to, this.#ends[part] as number)
      out.set((this.#columns[part] as Column).range(at - start, end - start), (at - from) * this.width)
      at = end
    }
    return out
  }

  loadAll(): Uint8Array<ArrayBuffer> {
    return this.range(0, this.count)
  }
}
