import type { AccountMove } from "../../src/clustering/account-graph.ts"
import type { Dice } from "../generator/dice.ts"

/** `intake`: what a service holds besides, and nobody would know it by. `forged`: made to look like another's. */
export type AccountUse = "own" | "hot" | "gas" | "cold" | "deposit" | "intake" | "contract" | "forged"

export interface StagedAccount {
  readonly address: string
  /** Whose it is. It is truth: no heuristic is told. */
  readonly holder: number
  readonly use: AccountUse
  /** What it was made to look like. */
  readonly imitates: StagedAccount | null
}

/** One row of the chain. */
export interface StagedTransfer {
  readonly height: number
  readonly from: StagedAccount
  readonly to: StagedAccount
  readonly asset: string
  readonly amount: bigint
  /** Who pays for the transaction, and what; nobody where it is a later row of the one before. */
  readonly payer: StagedAccount | null
  readonly fee: bigint
}

export interface Endowment {
  readonly to: StagedAccount
  readonly asset: string
  readonly amount: bigint
}

export const ETHER = "ETH"
export const WEI = 10n ** 18n
const DIGITS = "0123456789abcdef"

/** Keeps an account chain that is being staged: moves value that is there, and charges fees in ether. */
export class AccountBook {
  readonly accounts: StagedAccount[] = []
  readonly transfers: StagedTransfer[] = []
  readonly endowments: Endowment[] = []
  height = 1
  readonly #dice: Dice
  readonly #balances = new Map<string, bigint>()
  readonly #moves = new Map<string, AccountMove[]>()
  readonly #txs: number[] = []
  #tx = 0

  constructor(dice: Dice) {
    this.#dice = dice
  }

  /** @param head the address's first digits, and its last: ground for, or copied; the rest are random */
  open(
    holder: number,
    use: AccountUse,
    { head = "", tail = "", imitates = null as StagedAccount | null } = {},
  ): StagedAccount {
    const middle = Array.from({ length: 40 - head.length - tail.length }, () => this.#dice.pick([...DIGITS]))
    const account = { address: `0x${head}${middle.join("")}${tail}`, holder, use, imitates }
    this.accounts.push(account)
    return account
  }

  balance({ address }: StagedAccount, asset: string): bigint {
    return this.#balances.get(`${address} ${asset}`) ?? 0n
  }

  movesOf(address: string): readonly AccountMove[] {
    return this.#moves.get(address) ?? []
  }

  /** The transaction of a row, by its number. */
  txAt(position: number): number {
    const tx = this.#txs[position]
    if (tx === undefined) throw new Error(`there is no row ${position}`)
    return tx
  }

  /** Out of nothing: what somebody had before the story begins. */
  endow(to: StagedAccount, asset: string, amount: bigint): void {
    this.#tx++
    this.#credit(to, null, asset, amount)
    this.#txs.push(this.#tx)
    this.endowments.push({ to, asset, amount })
  }

  /** In wei, of a transfer; a token's costs more. Prices rise and fall. */
  feeOf(asset: string): bigint {
    const gas = asset === ETHER ? 21_000n : 65_000n
    return gas * BigInt(this.#dice.int(5_000_000_000, 40_000_000_000))
  }

  /**
   * One transaction with one row behind its fee. False, and nothing moved, where there is too little.
   *
   * @param fee what the sender pays; less than that he cannot send
   */
  pay(
    from: StagedAccount,
    to: StagedAccount,
    asset: string,
    amount: bigint,
    fee = this.feeOf(asset),
  ): boolean {
    const needed = asset === ETHER ? amount + fee : fee
    if (amount <= 0n || this.balance(from, ETHER) < needed || this.balance(from, asset) < amount) return false
    this.#tx++
    this.#charge(from, fee)
    this.#move(from, to, asset, amount, from, fee)
    return true
  }

  /** All there is of an asset, less the fee. */
  payAll(from: StagedAccount, to: StagedAccount, asset: string): boolean {
    const fee = this.feeOf(asset)
    return this.pay(from, to, asset, this.balance(from, asset) - (asset === ETHER ? fee : 0n), fee)
  }

  /** What a contract moves for somebody: rows of the transaction before, without a fee of their own. */
  andMove(from: StagedAccount, to: StagedAccount, asset: string, amount: bigint): void {
    if (amount <= 0n || this.balance(from, asset) < amount) return
    this.#move(from, to, asset, amount, null, 0n)
  }

  /** A row that a contract wrote without asking the one it names as the sender, who has none of it or gives 0. */
  forge(payer: StagedAccount, from: StagedAccount, to: StagedAccount, asset: string, amount: bigint): void {
    const fee = this.feeOf(asset)
    if (this.balance(payer, ETHER) < fee) return
    this.#tx++
    this.#charge(payer, fee)
    this.#move(from, to, asset, amount, payer, fee)
  }

  #charge(from: StagedAccount, fee: bigint): void {
    this.#debit(from, null, ETHER, fee, true)
    this.#txs.push(this.#tx)
  }

  #move(
    from: StagedAccount,
    to: StagedAccount,
    asset: string,
    amount: bigint,
    payer: StagedAccount | null,
    fee: bigint,
  ): void {
    this.#debit(from, to, asset, amount, false)
    this.#credit(to, from, asset, amount)
    this.#txs.push(this.#tx)
    this.transfers.push({ height: this.height, from, to, asset, amount, payer, fee })
  }

  #debit(from: StagedAccount, to: StagedAccount | null, asset: string, amount: bigint, isFee: boolean): void {
    this.#balances.set(`${from.address} ${asset}`, this.balance(from, asset) - amount)
    this.#note(from, to, asset, amount, "out", isFee)
  }

  #credit(to: StagedAccount, from: StagedAccount | null, asset: string, amount: bigint): void {
    this.#balances.set(`${to.address} ${asset}`, this.balance(to, asset) + amount)
    this.#note(to, from, asset, amount, "in", false)
  }

  #note(
    { address }: StagedAccount,
    other: StagedAccount | null,
    asset: string,
    amount: bigint,
    direction: "in" | "out",
    isFee: boolean,
  ): void {
    const counterparty = other?.address ?? null
    const move = {
      position: this.#txs.length,
      tx: this.#tx,
      height: this.height,
      asset,
      amount,
      direction,
      isFee,
      counterparty,
    }
    const known = this.#moves.get(address)
    if (known === undefined) this.#moves.set(address, [move])
    else known.push(move)
  }
}
