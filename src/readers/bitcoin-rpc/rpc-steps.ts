import { displayed } from "../../chains/bitcoin/hash.ts"
import { MWEB_OWNER } from "../../chains/bitcoin/mweb.ts"
import { type OwnerOf, ownersOn } from "../../chains/bitcoin/owner.ts"
import type { Transaction } from "../../chains/bitcoin/transaction.ts"
import type { Credit, Debit, Step } from "../../ledger/step.ts"
import { getOrMake } from "../../units/get-or-make.ts"
import { lastPositionOf, type Position, positionOf } from "../../units/position.ts"
import { parseInstant } from "../../units/time.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { NetworkName } from "./chain-info.ts"
import type { ChainView } from "./chain-view.ts"
import type { CheckedBlock } from "./checked-block.ts"
import { Pots } from "./pots.ts"
import type { Place } from "./spend-index.ts"
import { transactionAt } from "./spenders.ts"
import { type SpentValues, valuesOf } from "./spent-values.ts"

export interface StepWords {
  readonly network: NetworkName
  readonly asset: string
  /** Null takes what a coinbase claims above its block's fees. */
  readonly subsidyAt: ((height: number) => bigint) | null
}

/** Makes steps of a chain's transactions, each once. */
export class RpcSteps {
  readonly pots = new Pots()
  /** Whether Litecoin's extension block was paid or has paid. */
  metExtension = false
  readonly #view: ChainView
  readonly #values: SpentValues
  readonly #words: StepWords
  readonly #ownerOf: OwnerOf
  readonly #steps = new Map<Position, Promise<Step>>()

  constructor(view: ChainView, values: SpentValues, words: StepWords) {
    this.#view = view
    this.#values = values
    this.#words = words
    this.#ownerOf = ownersOn(words.network, NODE_HASHES.sha256)
  }

  /** @throws RemoteFault, or Problem `block-malformed` */
  at({ height, index }: Place): Promise<Step> {
    // The coinbase stands first in its block and is evaluated last.
    const position = index === 0 ? lastPositionOf(height) : positionOf(height, index)
    return getOrMake(this.#steps, position, async () => {
      const block = await this.#view.at(height)
      return index === 0 ? this.#coinbase(block, position) : this.#transfer(block, index, position)
    })
  }

  async #transfer(block: CheckedBlock, index: number, position: Position): Promise<Step> {
    const transaction = transactionAt(block, index)
    const values = await this.#values.of(transaction.inputs.map(({ prevTxid }) => displayed(prevTxid)))
    const debits = transaction.inputs.map(({ prevTxid, prevVout }): Debit => {
      const txid = displayed(prevTxid)
      const amount = amountOf(values, txid, prevVout)
      return { pot: this.pots.numberOf(txid, prevVout), asset: this.#words.asset, amount }
    })
    feeOf(transaction, values, block.txids[index] ?? "")
    const coinbase = lastPositionOf(block.height)
    return {
      ...this.#stepOf(block, index, position),
      shape: "utxo",
      kind: "transfer",
      debits,
      coinbase,
    }
  }

  /** The fee of each transaction of the block is a debit of its coinbase, so that what they all spend is asked for. */
  async #coinbase(block: CheckedBlock, position: Position): Promise<Step> {
    const own = new Map(block.transactions.map((transaction, at) => [block.txids[at] ?? "", transaction]))
    const payers = block.transactions.slice(1)
    const spent = payers.flatMap(({ inputs }) => inputs.map(({ prevTxid }) => displayed(prevTxid)))
    const values = new Map(await this.#values.of(spent.filter(txid => !own.has(txid))))
    for (const txid of spent) {
      const made = own.get(txid)
      if (made !== undefined) values.set(txid, valuesOf(made))
    }
    const fees = payers.flatMap((transaction, at) => {
      const amount = feeOf(transaction, values, block.txids[at + 1] ?? "")
      return amount > 0n ? [{ position: positionOf(block.height, at + 1), amount }] : []
    })
    const step = this.#stepOf(block, 0, position)
    const collected = sumOf(fees)
    const claimed = sumOf(step.credits)
    const subsidy =
      this.#words.subsidyAt === null ? max(claimed - collected, 0n) : this.#words.subsidyAt(block.height)
    if (claimed > subsidy + collected) {
      throw new RemoteFault("nonsense", `getblock ${block.hash} 0`, "the coinbase claims more than there is")
    }
    return { ...step, shape: "coinbase", kind: "reward", debits: [], subsidy, fees }
  }

  #stepOf(block: CheckedBlock, index: number, position: Position) {
    const { height, time } = block
    const { asset } = this.#words
    const txid = block.txids[index] ?? ""
    return {
      position,
      tx: { id: txid, height, time: parseInstant(String(time)) },
      credits: transactionAt(block, index).outputs.map(({ value, script }, vout): Credit => {
        const address = this.#ownerOf(script)
        if (address === MWEB_OWNER) this.metExtension = true
        const to = address === null ? "burned" : this.pots.make(txid, vout, height)
        return { to, asset, amount: BigInt(value), address }
      }),
      grade: "chain" as const,
      source: null,
    }
  }
}

function amountOf(values: ReadonlyMap<string, Float64Array>, txid: string, vout: number): bigint {
  const value = values.get(txid)?.[vout]
  if (value !== undefined) return BigInt(value)
  throw new RemoteFault("nonsense", `getrawtransaction ${txid}`, `no output ${vout}, which is spent`)
}

function feeOf(
  { inputs, outputs }: Transaction,
  values: ReadonlyMap<string, Float64Array>,
  txid: string,
): bigint {
  const debits = inputs.reduce((sum, { prevTxid, prevVout }) => {
    return sum + amountOf(values, displayed(prevTxid), prevVout)
  }, 0n)
  const fee = outputs.reduce((left, { value }) => left - BigInt(value), debits)
  if (fee >= 0n) return fee
  throw new RemoteFault("nonsense", `getrawtransaction ${txid}`, "more than the inputs bring")
}

function sumOf(items: readonly { readonly amount: bigint }[]): bigint {
  return items.reduce((sum, { amount }) => sum + amount, 0n)
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
