import { createHash } from "node:crypto"
import type { OwnedPot, OwnedTransaction, OwnerGraph } from "../../src/clustering/owner-graph.ts"
import type { Address, Coin, StagedTransaction } from "./coin.ts"

const txidOf = (tx: number): string => createHash("sha256").update(`staged ${tx}`).digest("hex")

/** A staged chain as clustering asks for it: owners are numbered as they first appear, outputs as they were made. */
export class MemoryGraph implements OwnerGraph {
  readonly #transactions: OwnedTransaction[] = []
  readonly #addresses: Address[] = []
  readonly #numbers = new Map<Address, number>()
  readonly #byName = new Map<string, number>()
  readonly #outputsOf: number[][] = []
  readonly #makers: number[] = []
  readonly #spenders: (number | null)[] = []
  readonly #byTxid = new Map<string, number>()

  constructor(staged: readonly StagedTransaction[]) {
    const pots = new Map<Coin, OwnedPot>()
    for (const [tx, { height, inputs, outputs }] of staged.entries()) {
      this.#byTxid.set(txidOf(tx), tx)
      const spent = inputs.map(coin => {
        const pot = pots.get(coin)
        if (pot === undefined || this.#spenders[pot.output] !== null)
          throw new Error(`${tx} spends what is not`)
        this.#spenders[pot.output] = tx
        return pot
      })
      const made = outputs.map(coin => {
        const pot = this.#pot(coin, tx)
        pots.set(coin, pot)
        return pot
      })
      const isCoinbase = inputs.length === 0
      this.#transactions.push({ tx, height, isCoinbase, inputs: spent, outputs: made })
    }
  }

  #pot({ address, value }: Coin, tx: number): OwnedPot {
    const output = this.#makers.length
    const owner = this.#number(address)
    this.#makers.push(tx)
    this.#spenders.push(null)
    this.#outputsOf[owner]?.push(output)
    return { output, owner, value, kind: address.kind }
  }

  #number(address: Address): number {
    const known = this.#numbers.get(address)
    if (known !== undefined) return known
    const owner = this.#addresses.length
    this.#addresses.push(address)
    this.#numbers.set(address, owner)
    this.#byName.set(address.name, owner)
    this.#outputsOf.push([])
    return owner
  }

  get transactionCount(): number {
    return this.#transactions.length
  }

  get ownerCount(): number {
    return this.#addresses.length
  }

  /** What is true of an owner; a heuristic is never given it. */
  truth(owner: number): Address {
    return at(this.#addresses, owner)
  }

  ownerOf(address: string): number | null {
    return this.#byName.get(address) ?? null
  }

  addressOf(owner: number): string | null {
    const { purse, name } = this.truth(owner)
    return purse === null ? null : name
  }

  outputsOf(owner: number): Iterable<number> {
    return at(this.#outputsOf, owner)
  }

  outputCount(owner: number): number {
    return at(this.#outputsOf, owner).length
  }

  makerOf(output: number): number {
    return at(this.#makers, output)
  }

  spenderOf(output: number): number | null {
    return at(this.#spenders, output)
  }

  transaction(tx: number): OwnedTransaction {
    return at(this.#transactions, tx)
  }

  txid(tx: number): string {
    this.transaction(tx)
    return txidOf(tx)
  }

  transactionOf(txid: string): number | null {
    return this.#byTxid.get(txid) ?? null
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no ${index} among ${items.length}`)
  return item
}
