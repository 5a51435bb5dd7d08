import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import type { Declared, SweepChain } from "../../tracing/sweep/sweep-chain.ts"
import { Problem } from "../../units/problem.ts"
import type { Time } from "../../units/time.ts"
import type { Columns } from "../columns/columns.ts"
import { BlockTable } from "./block-table.ts"
import { overwrittenOf } from "./overwritten.ts"
import { OwnerTable } from "./owner-table.ts"
import { SweepRuns } from "./sweep-runs.ts"
import { TransactionTable } from "./transaction-table.ts"
import { UtxoSegments } from "./utxo-segments.ts"

const REF = /^([0-9a-f]{64}):(0|[1-9]\d{0,9})$/i

type Thefts = readonly { readonly id: string; readonly refs: readonly string[] }[]

/** A published ledger of Bitcoin's family as a sweep wants it, and the names of what it found. */
export class SweepLedger {
  readonly blocks: number
  /** Up to the horizon asked for. */
  readonly transactions: number
  readonly horizon: { readonly height: number; readonly hash: string } | null
  readonly #blocks: BlockTable
  readonly #transactions: TransactionTable
  readonly #owners: OwnerTable
  readonly #runs: SweepRuns
  readonly #services: ReadonlyMap<string, string>

  /**
   * @param services by address
   * @param toHeight inclusive; null for the ledger's own horizon
   */
  constructor(
    columns: Columns,
    network: keyof typeof NETWORKS,
    services: ReadonlyMap<string, string>,
    toHeight: number | null,
  ) {
    this.#blocks = new BlockTable(columns)
    this.#transactions = new TransactionTable(columns)
    this.#owners = new OwnerTable(columns, network)
    this.#services = services
    const owners = new Map<number, number>()
    const names = [...new Set(services.values())]
    for (const [address, service] of services) {
      const owner = this.#owners.ownerOf(address)
      if (owner !== null) owners.set(owner, names.indexOf(service))
    }
    const stops = { services: owners, burned: this.#owners.burned() }
    this.#runs = new SweepRuns(UtxoSegments.of(columns), network, stops, toHeight, overwrittenOf(columns))
    this.blocks = this.#runs.blocks
    this.transactions = this.blocks === 0 ? 0 : this.#runs.endOf(this.blocks - 1)
    this.horizon = this.blocks === 0 ? null : { height: this.blocks - 1, hash: this.hashAt(this.blocks - 1) }
  }

  get horizonTold(): { height: number | null; hash: string | null; time: Time } {
    if (this.horizon === null) return { height: null, hash: null, time: null }
    return { ...this.horizon, time: this.#blocks.timeAt(this.horizon.height) }
  }

  hashAt(height: number): string {
    return this.#blocks.hashAt(height)
  }

  /**
   * Every credit declared stolen, and the refs of those that are beyond the horizon.
   *
   * @throws Problem `ref-malformed`, `ref-unknown`
   */
  declared(thefts: Thefts): { declared: Declared[]; beyond: { theft: string; ref: string }[] } {
    const byOutput = new Map<number, { tx: number; thefts: number[] }>()
    const beyond: { theft: string; ref: string }[] = []
    for (const [theft, { id, refs }] of thefts.entries()) {
      for (const ref of refs) {
        const { tx, output } = this.#locate(ref)
        if (tx >= this.transactions) {
          beyond.push({ theft: id, ref })
          continue
        }
        const known = byOutput.get(output)
        if (known === undefined) byOutput.set(output, { tx, thefts: [theft] })
        else if (!known.thefts.includes(theft)) known.thefts.push(theft)
      }
    }
    return { declared: [...byOutput].map(([output, own]) => ({ output, ...own })), beyond }
  }

  /** What the credits of each theft are worth, those beyond the horizon not counted. */
  creditsOf(thefts: Thefts): { id: string; refs: readonly string[]; declared: string }[] {
    return thefts.map(({ id, refs }) => {
      const sum = refs.reduce((total, ref) => {
        const { tx, output } = this.#locate(ref)
        return tx < this.transactions ? total + this.#transactions.valueOf(output) : total
      }, 0n)
      return { id, refs, declared: `${sum}` }
    })
  }

  #locate(ref: string): { tx: number; output: number } {
    const [, txid, digits] = REF.exec(ref) ?? []
    if (txid === undefined) throw new Problem("ref-malformed", { ref, form: "txid:vout" })
    const all = this.#transactions.find(txid.toLowerCase())
    const tx = all.findLast(one => one < this.transactions) ?? all[0]
    if (tx === undefined) throw new Problem("ref-unknown", { ref })
    const { from, end } = this.#transactions.outputsOf(tx)
    if (Number(digits) >= end - from) throw new Problem("ref-unknown", { ref })
    return { tx, output: from + Number(digits) }
  }

  /** Runs of whole blocks of about so many transactions: the first block of each, and the first after it. */
  *runs(fromBlock: number, transactions: number): Generator<readonly [start: number, end: number]> {
    for (let start = fromBlock; start < this.blocks; ) {
      const first = start === 0 ? 0 : this.#runs.endOf(start - 1)
      let end = start + 1
      while (end < this.blocks && this.#runs.endOf(end) - first <= transactions) end++
      yield [start, end]
      start = end
    }
  }

  run(start: number, end: number): SweepChain {
    return this.#runs.run(start, end)
  }

  nameOf(output: number): string {
    const tx = this.#transactions.makerOf(output)
    return `${this.#transactions.txid(tx)}:${output - this.#transactions.outputsOf(tx).from}`
  }

  addressOf(output: number): string | null {
    return this.#owners.addressOf(output)
  }

  serviceOf(output: number): string {
    return this.#services.get(this.addressOf(output) ?? "") ?? ""
  }

  madeIn(output: number): { tx: string; time: Time } {
    const tx = this.#transactions.makerOf(output)
    return { tx: this.#transactions.txid(tx), time: this.#blocks.timeAt(this.#blocks.heightOf(tx)) }
  }
}
