import type { ServiceBook } from "./services-book.ts"
import { serviceFor } from "./services-known.ts"

/** Names that the gap tells; how many there are is told whatever it is. */
const MOST_NAMES = 8

/** The services that following went through, because it was asked to. */
export class PassedServices {
  readonly #book: ServiceBook
  readonly #addresses = new Set<string>()
  readonly #names = new Set<string>()

  constructor(book: ServiceBook) {
    this.#book = book
  }

  /** Traced value went to this address and on. */
  note(address: string, asset: string): void {
    if (this.#addresses.has(address)) return
    const service = serviceFor(this.#book.serviceAt(address), asset)
    if (service === null) return
    this.#addresses.add(address)
    this.#names.add(service)
  }

  get addresses(): number {
    return this.#addresses.size
  }

  /** What the gap's sentence needs. */
  detail(): Readonly<Record<string, string>> {
    const names = [...this.#names].sort()
    return {
      services: `${names.length}`,
      addresses: `${this.addresses}`,
      names: names.slice(0, MOST_NAMES).join(", "),
      more: names.length > MOST_NAMES ? "yes" : "no",
    }
  }
}
