import type { ClusterColumns } from "../../src/clustering/cluster-columns.ts"
import type { OwnedPot, OwnedTransaction, OwnerGraph } from "../../src/clustering/owner-graph.ts"

/** Owner, value and, where it is not "p2wpkh", kind. */
export type MadePot = readonly [owner: number, value: number, kind?: string]

/** A transaction by itself, its inputs made of nothing. */
export function madeTransaction(inputs: readonly MadePot[], outputs: readonly MadePot[]): OwnedTransaction {
  let output = 0
  const potOf = ([owner, value, kind = "p2wpkh"]: MadePot): OwnedPot => ({
    output: output++,
    owner,
    value,
    kind,
  })
  return { tx: 7, height: 1, isCoinbase: false, inputs: inputs.map(potOf), outputs: outputs.map(potOf) }
}

/** What a made chain has: ids of outputs in, pots out. None in: a coinbase. */
export interface MadeSpending {
  readonly spends: readonly number[]
  readonly pays: readonly MadePot[]
}

/** A chain in memory, written for these tests alone. */
export class MadeChain implements OwnerGraph {
  readonly pots: OwnedPot[] = []
  readonly #transactions: OwnedTransaction[] = []
  readonly #makers: number[] = []
  readonly #spenders = new Map<number, number>()
  readonly ownerCount: number

  constructor(spendings: readonly MadeSpending[]) {
    let owners = 0
    for (const [tx, { spends, pays }] of spendings.entries()) {
      const inputs = spends.map(id => {
        const pot = this.pots[id]
        if (pot === undefined || this.#spenders.has(id)) throw new Error(`${tx} spends what is not: ${id}`)
        this.#spenders.set(id, tx)
        return pot
      })
      const outputs = pays.map(([owner, value, kind = "p2wpkh"]) => {
        owners = Math.max(owners, owner + 1)
        const pot = { output: this.pots.length, owner, value, kind }
        this.pots.push(pot)
        this.#makers.push(tx)
        return pot
      })
      this.#transactions.push({ tx, height: tx, isCoinbase: inputs.length === 0, inputs, outputs })
    }
    this.ownerCount = owners
    for (const pot of this.pots) this.#ofOwner(pot.owner).push(pot.output)
  }

  readonly #outputs = new Map<number, number[]>()

  #ofOwner(owner: number): number[] {
    const known = this.#outputs.get(owner)
    if (known !== undefined) return known
    const made: number[] = []
    this.#outputs.set(owner, made)
    return made
  }

  get transactionCount(): number {
    return this.#transactions.length
  }
  get transactions(): readonly OwnedTransaction[] {
    return this.#transactions
  }
  ownerOf = (address: string): number | null => (address === "" ? null : Number(address))
  addressOf = (owner: number): string => `${owner}`
  outputsOf = (owner: number): number[] => this.#ofOwner(owner)
  outputCount = (owner: number): number => this.#ofOwner(owner).length
  makerOf = (output: number): number => this.#makers[output] as number
  spenderOf = (output: number): number | null => this.#spenders.get(output) ?? null
  transaction = (tx: number): OwnedTransaction => this.#transactions[tx] as OwnedTransaction
  txid = (tx: number): string => `${tx}`
  transactionOf = (txid: string): number | null => Number(txid)
}

/** The same chain as columns. */
export function columnsOf(chain: MadeChain): ClusterColumns {
  const firstInput = [0]
  const firstOutput = [0]
  const spent: number[] = []
  const kinds = [...new Set(["p2wpkh", ...chain.pots.map(({ kind }) => kind)])]
  const ownerKind = new Uint8Array(chain.ownerCount)
  for (const { owner, kind } of chain.pots) ownerKind[owner] = kinds.indexOf(kind)
  let outputs = 0
  for (const tx of chain.transactions) {
    for (const { output } of tx.inputs) spent.push(output)
    outputs += tx.outputs.length
    firstInput.push(spent.length)
    firstOutput.push(outputs)
  }
  return {
    transactionCount: chain.transactionCount,
    ownerCount: chain.ownerCount,
    firstInput: Uint32Array.from(firstInput),
    firstOutput: Uint32Array.from(firstOutput),
    inputOutput: Uint32Array.from(spent),
    outputOwner: Uint32Array.from(chain.pots, ({ owner }) => owner),
    outputValue: Float64Array.from(chain.pots, ({ value }) => value),
    ownerKind,
    kinds,
    heightOf: tx => tx,
  }
}

/** Numbers of 32 bits that look random and are the same in every run (Steele, Lea and Flood's SplitMix, 32 bits). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) % below
  }
}

/** A chain of few owners who spend together now and then; some of its transactions are joins with outputs alike. */
export function randomChain(seed: number, owners: number, transactions: number): MadeChain {
  const random = randomNumbers(seed)
  const spendings: MadeSpending[] = []
  const unspent: number[] = []
  let outputs = 0
  const pay = (spends: readonly number[], pays: readonly MadePot[]) => {
    spendings.push({ spends, pays })
    for (const _ of pays) unspent.push(outputs++)
  }
  for (let n = 0; n < transactions; n++) {
    const isCoinbase = unspent.length < 8 || random(4) === 0
    const spends: number[] = []
    const wanted = isCoinbase ? 0 : 1 + random(random(6) === 0 ? 7 : 3)
    for (let k = 0; k < wanted && unspent.length > 0; k++) {
      spends.push(...unspent.splice(random(unspent.length), 1))
    }
    const alike = random(3) === 0
    const pays = Array.from({ length: 1 + random(6) }, (): MadePot => {
      const owner = random(owners)
      return [owner, alike ? 100_000 : 1 + random(1_000_000), owner % 17 === 16 ? "mweb" : "p2wpkh"]
    })
    pay(spends, pays)
  }
  return new MadeChain(spendings)
}
