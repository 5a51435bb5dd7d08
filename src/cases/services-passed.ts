import { getOrMake } from "../units/get-or-make.ts"
import type { ServiceBook } from "./services-book.ts"
import { serviceFor } from "./services-known.ts"

/** Names that are told; how many there are is told whatever it is. */
const MOST_NAMES = 8

interface Passed {
  readonly addresses: Set<string>
  readonly names: Set<string>
}

/** How many services traced value came to, and the first of their names. */
export interface PassedCount {
  readonly services: number
  readonly addresses: number
  readonly names: readonly string[]
}

/** The services that following went through, because it was asked to. */
export class PassedServices {
  readonly #book: ServiceBook
  readonly #all: Passed = { addresses: new Set(), names: new Set() }
  readonly #byAsset = new Map<string, Passed>()

  constructor(book: ServiceBook) {
    this.#book = book
  }

  /** Traced value went to this address. */
  note(address: string, asset: string): void {
    const own = getOrMake(this.#byAsset, asset, () => ({ addresses: new Set(), names: new Set() }))
    if (own.addresses.has(address)) return
    const service = serviceFor(this.#book.serviceAt(address), asset)
    if (service === null) return
    for (const { addresses, names } of [own, this.#all]) {
      addresses.add(address)
      names.add(service)
    }
  }

  get addresses(): number {
    return this.#all.addresses.size
  }

  /** Those that value of one asset came to. */
  of(asset: string): PassedCount {
    const { addresses, names } = this.#byAsset.get(asset) ?? { addresses: new Set(), names: new Set() }
    return { services: names.size, addresses: addresses.size, names: [...names].sort().slice(0, MOST_NAMES) }
  }

  /** What the gap's sentence needs. */
  detail(): Readonly<Record<string, string>> {
    const names = [...this.#all.names].sort()
    return {
      services: `${names.length}`,
      addresses: `${this.addresses}`,
      names: names.slice(0, MOST_NAMES).join(", "),
      more: names.length > MOST_NAMES ? "yes" : "no",
    }
  }
}
