import { createHash } from "node:crypto"
import type { OpenSink } from "../account-ledger/column-sink.ts"
import { NumberWriter } from "../account-ledger/number-writer.ts"
import { TextWriter } from "../account-ledger/texts.ts"
import type { ColumnEntry } from "../columns/manifest.ts"

/** How much of a text's SHA-256 its key is. */
export const KEY_BYTES = 8

export function keyOf(text: string): Uint8Array {
  return createHash("sha256").update(text, "utf8").digest().subarray(0, KEY_BYTES)
}

/** Numbers for texts as they come, each text written once: 0 stands for none, the first is 1. */
export class TextIds {
  readonly #name: string
  readonly #open: OpenSink
  readonly #writer: TextWriter
  readonly #ids = new Map<string, number>()

  constructor(open: OpenSink, name: string) {
    this.#open = open
    this.#name = name
    this.#writer = new TextWriter(open, name, null)
  }

  get count(): number {
    return this.#ids.size
  }

  idOf(text: string | null): number {
    if (text === null) return 0
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    this.#writer.push(text)
    const id = this.#ids.size + 1
    this.#ids.set(text, id)
    return id
  }

  close(): ColumnEntry[] {
    return this.#writer.close()
  }

  /** The columns of a sorted index of the texts, besides the texts themselves. */
  closeWithIndex(): ColumnEntry[] {
    const keyed = [...this.#ids].map(([text, id]) => ({ id, key: keyOf(text) }))
    keyed.sort((a, b) => Buffer.compare(a.key, b.key) || a.id - b.id)
    const keys = this.#open(`${this.#name}-key`, KEY_BYTES)
    const ids = new NumberWriter(this.#open, `${this.#name}-key-id`, 4)
    for (const { key, id } of keyed) {
      keys.write(key)
      ids.push(id)
    }
    return [...this.close(), keys.close(), ids.close()]
  }
}
