import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import type { NETWORKS } from "../../chains/bitcoin/network.ts"
import { subsidyAt } from "../../chains/bitcoin/subsidy.ts"
import {
  BURNED,
  type Crossing,
  FIRST_SERVICE,
  FOLLOWED,
  type SweepChain,
  UNSPENT,
} from "../../tracing/sweep/sweep-chain.ts"
import type { Column } from "../columns/column.ts"
import { OwnerMarks } from "./owner-marks.ts"
import { type Spenders, spendersOf } from "./spenders.ts"
import type { PlainColumn } from "./utxo-layout.ts"
import type { UtxoSegments } from "./utxo-segments.ts"

/** Owners of so many outputs are read at a time: whose they are is only looked at in passing. */
const OWNERS_AT_A_TIME = 1 << 20

/**
 * The columns of a published ledger as runs of whole blocks, in arrays that threads can share. A run of all blocks is the
 * ledger in memory; runs of a few are the ledger streamed.
 */
export class SweepRuns {
  /** Blocks up to the horizon asked for. */
  readonly blocks: number
  readonly #network: keyof typeof NETWORKS
  readonly #column: (name: PlainColumn) => Column
  readonly #spenders: Spenders
  readonly #blockFirstTx: Uint32Array
  /** By owner: that its coins are burned, or at a service. */
  readonly #fateOf: ReadonlyMap<number, number>
  /** Transactions whose id a later coinbase took, with that coinbase (BIP30). */
  readonly #overwritten: ReadonlyMap<number, number>

  /**
   * @param stops owners whose coins nobody can spend, and others with the number of the service that they belong to
   * @param toHeight inclusive; null for the ledger's own horizon
   */
  constructor(
    segments: UtxoSegments,
    network: keyof typeof NETWORKS,
    stops: { readonly burned: readonly number[]; readonly services: ReadonlyMap<number, number> },
    toHeight: number | null,
    overwritten: ReadonlyMap<number, number>,
  ) {
    this.#network = network
    this.#column = name => segments.column(name)
    this.#spenders = spendersOf(segments)
    this.#fateOf = new Map([
      ...Array.from(stops.services, ([owner, service]): [number, number] => [owner, FIRST_SERVICE + service]),
      ...stops.burned.map((owner): [number, number] => [owner, BURNED]),
    ])
    this.#overwritten = overwritten
    const blocks = this.#column("block-time").count
    this.blocks = Math.min(blocks, (toHeight ?? blocks - 1) + 1)
    const first = this.#u32("block-first-tx", 0, this.blocks)
    const end =
      this.blocks < blocks ? this.#column("block-first-tx").u32(this.blocks) : this.#column("tx-id").count
    this.#blockFirstTx = shared(Uint32Array, this.blocks + 1)
    this.#blockFirstTx.set(first)
    this.#blockFirstTx[this.blocks] = end
  }

  /** The first transaction beyond a block. */
  endOf(block: number): number {
    return this.#blockFirstTx[block + 1] as number
  }

  amountOf(output: number): number {
    return this.#column("output-value").uint53(output)
  }

  /** Blocks from one to before another. */
  run(fromBlock: number, toBlock: number): SweepChain {
    const txFrom = this.#blockFirstTx[fromBlock] as number
    const txEnd = this.#blockFirstTx[toBlock] as number
    const [outputFrom, outputEnd] = this.#range("tx-first-output", "output-value", txFrom, txEnd)
    const [inputFrom, inputEnd] = this.#range("tx-first-input", "input-spent", txFrom, txEnd)
    const firstOutput = withEnd(this.#u32("tx-first-output", txFrom, txEnd), outputEnd)
    const firstInput = withEnd(this.#u32("tx-first-input", txFrom, txEnd), inputEnd)
    const value = this.#amounts(outputFrom, outputEnd)
    const spender = shared(Uint32Array, outputEnd - outputFrom)
    new Uint8Array(spender.buffer).set(this.#spenders.range(outputFrom, outputEnd))
    this.#unspendBeyond(spender)
    const spent = this.#u32("input-spent", inputFrom, inputEnd)
    const blockFirstTx = this.#blockFirstTx.subarray(fromBlock, toBlock + 1)
    const crossing = this.#crossing(txFrom, outputFrom, inputFrom, firstInput, spent)
    const fee = this.#fees(txFrom, txEnd, crossing, {
      outputFrom,
      firstOutput,
      value,
      inputFrom,
      firstInput,
      spent,
    })
    for (const first of blockFirstTx.subarray(0, -1)) fee[first - txFrom] = 0
    const fate = this.#fates(outputFrom, outputEnd, spender)
    for (let at = 0; at < fate.length; at++) if (fate[at] !== FOLLOWED) spender[at] = UNSPENT
    return {
      txFrom,
      txEnd,
      blockFirstTx,
      claimable: this.#claimable(fromBlock, blockFirstTx, fee),
      outputFrom,
      firstOutput,
      fee,
      value,
      spender,
      fate,
      inputFrom,
      firstInput,
      spent,
      crossing,
    }
  }

  #range(first: PlainColumn, of: PlainColumn, txFrom: number, txEnd: number): [from: number, end: number] {
    const column = this.#column(first)
    const at = (tx: number): number => (tx < column.count ? column.u32(tx) : this.#column(of).count)
    return [at(txFrom), at(txEnd)]
  }

  #u32(name: PlainColumn, from: number, end: number): Uint32Array {
    const out = shared(Uint32Array, end - from)
    new Uint8Array(out.buffer).set(this.#column(name).range(from, end))
    return out
  }

  /** Eight bytes each, as numbers: amounts are below 2^53. */
  #amounts(from: number, end: number): Float64Array {
    const halves = this.#column("output-value").range(from, end)
    const words = new Uint32Array(halves.buffer, halves.byteOffset, 2 * (end - from))
    const out = shared(Float64Array, end - from)
    for (let at = 0; at < out.length; at++) {
      out[at] = (words[2 * at + 1] as number) * 2 ** 32 + (words[2 * at] as number)
    }
    return out
  }

  #unspendBeyond(spender: Uint32Array): void {
    const end = this.#blockFirstTx[this.blocks] as number
    for (let at = 0; at < spender.length; at++) if ((spender[at] as number) >= end) spender[at] = UNSPENT
  }

  #fees(
    txFrom: number,
    txEnd: number,
    crossing: Crossing,
    run: Pick<SweepChain, "outputFrom" | "firstOutput" | "value" | "inputFrom" | "firstInput" | "spent">,
  ): Float64Array {
    const { outputFrom, firstOutput, value, inputFrom, firstInput, spent } = run
    const fee = shared(Float64Array, txEnd - txFrom)
    for (const [at, spender] of crossing.spenders.entries()) {
      fee[spender - txFrom] = (fee[spender - txFrom] as number) + (crossing.values[at] as number)
    }
    for (let at = 0; at < fee.length; at++) {
      let left = fee[at] as number
      const inputs = (firstInput[at + 1] as number) - inputFrom
      for (let input = (firstInput[at] as number) - inputFrom; input < inputs; input++) {
        const output = spent[input] as number
        if (output >= outputFrom) left += value[output - outputFrom] as number
      }
      const outputs = (firstOutput[at + 1] as number) - outputFrom
      for (let output = (firstOutput[at] as number) - outputFrom; output < outputs; output++) {
        left -= value[output] as number
      }
      fee[at] = left
    }
    return fee
  }

  /** What the run spends of earlier ones, sorted: an output and its spender in one number of 64 bits. */
  #crossing(
    txFrom: number,
    outputFrom: number,
    inputFrom: number,
    firstInput: Uint32Array,
    spent: Uint32Array,
  ): Crossing {
    let count = 0
    for (const output of spent) if (output < outputFrom) count++
    const keys = new BigUint64Array(count)
    let tx = 0
    let key = 0
    for (const [at, output] of spent.entries()) {
      while ((firstInput[tx + 1] as number) <= at + inputFrom) tx++
      if (output < outputFrom) keys[key++] = (BigInt(output) << 32n) | BigInt(txFrom + tx)
    }
    keys.sort()
    const outputs = shared(Uint32Array, count)
    const spenders = shared(Uint32Array, count)
    const values = shared(Float64Array, count)
    const words = new Uint32Array(keys.buffer)
    for (let at = 0; at < count; at++) {
      spenders[at] = words[2 * at] as number
      outputs[at] = words[2 * at + 1] as number
      values[at] = this.amountOf(outputs[at] as number)
    }
    return { outputs, spenders, values }
  }

  #claimable(fromBlock: number, blockFirstTx: Uint32Array, fee: Float64Array): Float64Array {
    const txFrom = blockFirstTx[0] as number
    const claimable = shared(Float64Array, blockFirstTx.length - 1)
    for (let block = 0; block < claimable.length; block++) {
      let sum = Number(subsidyAt(fromBlock + block, CONSENSUS[this.#network]))
      const end = (blockFirstTx[block + 1] as number) - txFrom
      for (let at = (blockFirstTx[block] as number) + 1 - txFrom; at < end; at++) sum += fee[at] as number
      claimable[block] = sum
    }
    return claimable
  }

  #fates(from: number, end: number, spender: Uint32Array): Uint16Array {
    const fate = shared(Uint16Array, end - from)
    if (this.#fateOf.size > 0) {
      const marks = new OwnerMarks(this.#fateOf.keys())
      for (let start = from; start < end; start += OWNERS_AT_A_TIME) {
        const stop = Math.min(end, start + OWNERS_AT_A_TIME)
        const bytes = this.#column("output-owner").range(start, stop)
        const owners = new Uint32Array(bytes.buffer, bytes.byteOffset, stop - start)
        for (const [at, owner] of owners.entries()) {
          if (marks.has(owner)) fate[start - from + at] = this.#fateOf.get(owner) ?? 0
        }
      }
    }
    for (const [tx, by] of this.#overwritten) {
      if (by >= (this.#blockFirstTx[this.blocks] as number)) continue
      const [first, last] = this.#range("tx-first-output", "output-value", tx, tx + 1)
      for (let output = Math.max(first, from); output < Math.min(last, end); output++) {
        if (spender[output - from] === UNSPENT) fate[output - from] = BURNED
      }
    }
    return fate
  }
}

function withEnd(values: Uint32Array, end: number): Uint32Array {
  const out = shared(Uint32Array, values.length + 1)
  out.set(values)
  out[values.length] = end
  return out
}

function shared<T extends Uint32Array | Float64Array | Uint16Array>(
  of: { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new of(new SharedArrayBuffer(length * of.BYTES_PER_ELEMENT))
}
