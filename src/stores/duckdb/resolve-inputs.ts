import type { BlockColumns } from "../../chains/bitcoin/block-columns.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { bytesOfWords } from "../../chains/bitcoin/word-columns.ts"
import { Problem, type ProblemCode } from "../../units/problem.ts"
import type { Halves, RecentOutputs, SpendFault } from "./recent-outputs.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/** What the inputs of some blocks spend, as far as it is recent; the others are for the database. */
export interface ResolvedInputs {
  /** Of transactions all of whose inputs are found, and which pay out no more than they take in. */
  readonly found: { readonly id: Uint32Array; readonly tx: Uint32Array; readonly spent: Uint32Array }
  /** All inputs of the other transactions. */
  readonly pending: {
    readonly id: Uint32Array
    readonly tx: Uint32Array
    readonly txid: readonly BigUint64Array[]
    readonly vout: Uint32Array
  }
  /** By block: the fees of the transactions found. */
  readonly fees: readonly bigint[]
}

const CODES: Readonly<Record<SpendFault, ProblemCode>> = {
  unknown: "block-spends-unknown",
  spent: "block-spends-spent",
  burned: "block-spends-burned",
}

/**
 * Goes through the transactions in their order: looks up what each spends, then adds what it makes.
 *
 * Amounts are below 2^53 and so is what a transaction takes in, since no more coins than that are ever made; a sum of
 * outputs that is too large to be exact is larger than any of those.
 *
 * @param kinds of the outputs' owners, as they are stored
 * @throws Problem `block-spends-unknown`, `block-spends-spent`, `block-spends-burned`, `block-makes-value`
 */
export function resolveInputs(
  columns: BlockColumns,
  kinds: Uint8Array,
  first: UtxoCounts,
  recent: RecentOutputs,
): ResolvedInputs {
  const { blocks, transactions, outputs, inputs } = columns
  const made = halvesOf(transactions.txid)
  const spent = halvesOf(inputs.txid)
  const values = halfColumn(outputs.value)
  const found = new Rows(inputs.vout.length)
  const pending = new Rows(inputs.vout.length)
  const fees: bigint[] = []
  let [tx, output, input] = [0, 0, 0]
  for (const [block, count] of blocks.transactions.entries()) {
    let blockFees = 0
    for (const end = tx + count; tx < end; tx++) {
      const inputEnd = input + (transactions.inputs[tx] as number)
      const outputCount = transactions.outputs[tx] as number
      let debits = 0
      let isFound = true
      const from = found.count
      for (; input < inputEnd; input++) {
        const vout = inputs.vout[input] as number
        const fate = recent.spend(spent, input, vout)
        if (typeof fate === "string") {
          const named = `${txidAt(inputs.txid, input)}:${vout}`
          throw faultOf(columns, CODES[fate], tx, block, { output: named })
        }
        isFound &&= fate
        debits += recent.value
        found.add(input, tx, recent.id)
      }
      if (isFound && found.count > from) {
        const credits = sumOf(values, output, outputCount)
        if (credits > debits) {
          const detail = { credits: `${credits}`, debits: `${debits}` }
          throw faultOf(columns, "block-makes-value", tx, block, detail)
        }
        blockFees += debits - credits
      } else {
        for (let at = from; at < found.count; at++) pending.add(found.a[at] as number, tx, 0)
        found.count = from
      }
      recent.add(made, tx, first.outputs + output, values, kinds, output, outputCount)
      output += outputCount
    }
    fees.push(BigInt(blockFees))
  }
  return {
    found: {
      id: shifted(found.a, found.count, first.inputs),
      tx: shifted(found.b, found.count, first.transactions),
      spent: found.c.subarray(0, found.count),
    },
    pending: {
      id: shifted(pending.a, pending.count, first.inputs),
      tx: shifted(pending.b, pending.count, first.transactions),
      txid: inputs.txid.map(word => picked(word, pending)),
      vout: Uint32Array.from(pending.a.subarray(0, pending.count), row => inputs.vout[row] as number),
    },
    fees,
  }
}

/** Rows of three numbers. */
class Rows {
  count = 0
  readonly a: Uint32Array
  readonly b: Uint32Array
  readonly c: Uint32Array

  constructor(most: number) {
    this.a = new Uint32Array(most)
    this.b = new Uint32Array(most)
    this.c = new Uint32Array(most)
  }

  add(a: number, b: number, c: number): void {
    this.a[this.count] = a
    this.b[this.count] = b
    this.c[this.count++] = c
  }
}

function halfColumn({ buffer, byteOffset, length }: BigUint64Array | BigInt64Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, 2 * length)
}

function halvesOf(words: readonly BigUint64Array[]): Halves {
  return words.map(halfColumn)
}

function sumOf(values: Uint32Array, first: number, count: number): number {
  let sum = 0
  for (let at = 2 * first; at < 2 * (first + count); at += 2) {
    sum += (values[at + 1] as number) * 2 ** 32 + (values[at] as number)
  }
  return sum
}

function shifted(values: Uint32Array, count: number, by: number): Uint32Array {
  const all = values.slice(0, count)
  for (let at = 0; at < count; at++) all[at] = (all[at] as number) + by
  return all
}

function picked(word: BigUint64Array, { a, count }: Rows): BigUint64Array {
  const some = new BigUint64Array(count)
  for (let at = 0; at < count; at++) some[at] = word[a[at] as number] as bigint
  return some
}

const txidAt = (words: readonly BigUint64Array[], row: number): string =>
  displayed(bytesOfWords(words.map(word => word[row] as bigint)))

function faultOf(
  { firstHeight, transactions }: BlockColumns,
  code: ProblemCode,
  tx: number,
  block: number,
  detail: Record<string, string>,
): Problem {
  return new Problem(code, { block: firstHeight + block, tx: txidAt(transactions.txid, tx), ...detail })
}
