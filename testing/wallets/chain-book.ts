import {
  type Address,
  COIN,
  type Coin,
  type Doing,
  type Payment,
  type Purse,
  type StagedTransaction,
  sumOf,
} from "./coin.ts"

const SUBSIDY = 50 * COIN
export const MATURITY = 100

/** Keeps a chain that is being staged: checks each transaction, moves the coins, closes blocks. */
export class ChainBook {
  readonly #closed: StagedTransaction[] = []
  #open: StagedTransaction[] = []
  #fees = 0
  #addresses = 0
  #height = 1

  /** The block that is being filled. */
  get height(): number {
    return this.#height
  }

  /** In chain order, coinbases first in their blocks; without the block that is being filled. */
  get transactions(): readonly StagedTransaction[] {
    return this.#closed
  }

  /** Names are numbers in the order of making: they tell nothing of who holds what. */
  address(purse: Purse | null, kind: string, use: Address["use"] = "own"): Address {
    this.#addresses++
    return { name: `address ${this.#addresses}`, kind, purse, use }
  }

  /** What is left over is the fee. */
  add(doing: Doing, inputs: readonly Coin[], payments: readonly Payment[]): readonly Coin[] {
    const fee = sumOf(inputs) - payments.reduce((sum, [, value]) => sum + value, 0)
    if (inputs.length === 0 || fee < 0) throw new Error(`${doing}: ${inputs.length} inputs, fee ${fee}`)
    for (const coin of inputs) {
      if (coin.spendableAt > this.#height) throw new Error(`${doing}: spent too early`)
      if (coin.address.purse?.coins.delete(coin) !== true) throw new Error(`${doing}: spent twice`)
    }
    this.#fees += fee
    const outputs = payments.map(([address, value]) => put(address, value, this.#height))
    this.#open.push({ height: this.#height, doing, inputs, outputs })
    return outputs
  }

  /** Closes the block. */
  mine(to: Address): void {
    const height = this.#height
    const reward = put(to, SUBSIDY + this.#fees, height + MATURITY)
    this.#closed.push({ height, doing: "coinbase", inputs: [], outputs: [reward] }, ...this.#open)
    this.#open = []
    this.#fees = 0
    this.#height++
  }
}

function put(address: Address, value: number, spendableAt: number): Coin {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${address.name} is paid ${value}`)
  const coin = { address, value, spendableAt }
  address.purse?.coins.add(coin)
  return coin
}
