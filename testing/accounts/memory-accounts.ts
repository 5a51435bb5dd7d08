import type { AccountMove } from "../../src/clustering/account-graph.ts"
import type { AccountBook } from "./account-book.ts"

/** A staged account chain as deposit recognition asks a ledger for it. */
export class MemoryAccounts {
  readonly #book: AccountBook

  constructor(book: AccountBook) {
    this.#book = book
  }

  movesOf(account: string): readonly AccountMove[] {
    return this.#book.movesOf(account)
  }

  has(account: string): boolean {
    return this.movesOf(account).length > 0
  }

  stepCount(account: string): number {
    return this.movesOf(account).length
  }

  txidAt(position: number): string {
    return `staged tx ${this.#book.txAt(position)}`
  }
}
