import type { OwnedTransaction, OwnerGraph } from "../clustering/owner-graph.ts"

/** What may be read of a ledger: outputs, inputs, transactions, each one read. */
export interface ReadLimits {
  /** For one address. */
  readonly each: number
  /** For all addresses of a trace together. */
  readonly all: number
}

/** Thrown by a graph where more would be read than was allowed; caught by who allowed it. */
export class ReadTooMuch extends Error {
  override readonly name = "ReadTooMuch"
}

/** A graph that counts what is read of it, so that a busy address costs no more than was meant. */
export class CountedGraph implements OwnerGraph {
  readonly #graph: OwnerGraph
  readonly #limits: ReadLimits
  #all = 0
  #each = 0

  constructor(graph: OwnerGraph, limits: ReadLimits) {
    this.#graph = graph
    this.#limits = limits
  }

  /** The count for one address begins. @throws ReadTooMuch where all together have read enough */
  begin(): void {
    this.#each = 0
    this.#count(0)
  }

  get transactionCount(): number {
    return this.#graph.transactionCount
  }

  get ownerCount(): number {
    return this.#graph.ownerCount
  }

  ownerOf(address: string): number | null {
    return this.#graph.ownerOf(address)
  }

  addressOf(owner: number): string | null {
    this.#count(1)
    return this.#graph.addressOf(owner)
  }

  *outputsOf(owner: number): Iterable<number> {
    for (const output of this.#graph.outputsOf(owner)) {
      this.#count(1)
      yield output
    }
  }

  outputCount(owner: number): number {
    return this.#graph.outputCount(owner)
  }

  makerOf(output: number): number {
    this.#count(1)
    return this.#graph.makerOf(output)
  }

  spenderOf(output: number): number | null {
    this.#count(1)
    return this.#graph.spenderOf(output)
  }

  transaction(tx: number): OwnedTransaction {
    const transaction = this.#graph.transaction(tx)
    this.#count(transaction.inputs.length + transaction.outputs.length)
    return transaction
  }

  txid(tx: number): string {
    return this.#graph.txid(tx)
  }

  transactionOf(txid: string): number | null {
    return this.#graph.transactionOf(txid)
  }

  #count(reads: number): void {
    this.#each += reads
    this.#all += reads
    if (this.#each > this.#limits.each || this.#all > this.#limits.all) throw new ReadTooMuch()
  }
}
