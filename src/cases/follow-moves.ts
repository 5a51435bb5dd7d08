import type { Move, TracedPart } from "../ports/block-moves.ts"
import type { Columns } from "../stores/columns/columns.ts"
import type { OwnerTable } from "../stores/utxo-ledger/owner-table.ts"
import { TransactionTable } from "../stores/utxo-ledger/transaction-table.ts"
import { amountOf, type SweepChain } from "../tracing/sweep/sweep-chain.ts"
import type { BlockLots } from "./follow-lots.ts"

/** A block's debits and credits by name, with what each rule says is traced in them. */
export class MoveTeller {
  readonly #transactions: TransactionTable
  readonly #owners: OwnerTable
  readonly asset: string

  constructor(columns: Columns, owners: OwnerTable, asset: string) {
    this.#transactions = new TransactionTable(columns)
    this.#owners = owners
    this.asset = asset
  }

  /**
   * In the order of the chain.
   *
   * @param lots of each rule
   * @param tellAll also those in which nothing is traced
   */
  moves(
    chain: SweepChain,
    lots: readonly BlockLots[],
    tellAll: boolean,
  ): { readonly debits: Move[]; readonly credits: Move[] } {
    const { txFrom, txEnd, firstInput, inputFrom, spent, firstOutput } = chain
    const debits: Move[] = []
    const credits: Move[] = []
    for (let tx = txFrom; tx < txEnd; tx++) {
      const inputs = firstInput[tx - txFrom + 1] as number
      for (let input = firstInput[tx - txFrom] as number; input < inputs; input++) {
        const output = spent[input - inputFrom] as number
        const traced = lots.flatMap(({ taken }) => taken.get(output) ?? [])
        if (tellAll || traced.length > 0) debits.push(this.#move(chain, tx, output, traced))
      }
      const outputs = firstOutput[tx - txFrom + 1] as number
      for (let output = firstOutput[tx - txFrom] as number; output < outputs; output++) {
        const traced = lots.flatMap(({ made }) => made.get(output) ?? [])
        if (tellAll || traced.length > 0) credits.push(this.#move(chain, tx, output, traced))
      }
    }
    return { debits, credits }
  }

  #move(chain: SweepChain, tx: number, output: number, traced: readonly TracedPart[]): Move {
    const maker = this.#transactions.makerOf(output)
    return {
      tx: this.#transactions.txid(tx),
      pot: `${this.#transactions.txid(maker)}:${output - this.#transactions.outputsOf(maker).from}`,
      address: this.#owners.addressOf(output),
      asset: this.asset,
      amount: BigInt(amountOf(chain, output)),
      traced,
    }
  }
}
