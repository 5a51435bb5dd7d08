import type { AccountMove } from "../../src/clustering/account-graph.ts"
import type { Dice } from "../generator/dice.ts"
import type { AccountChain } from "./account-chain.ts"

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
  /** What the payer wrote beside it, for the payee to know him by; empty for nothing. */
  readonly memo: string
}

export interface Endowment {
  readonly to: StagedAccount
  readonly asset: string
  readonly amount: bigint
}

/** Keeps an account chain that is being staged: moves value that is there, and charges fees in the chain's own coin. */
export class AccountBook {
  readonly chain: AccountChain
  readonly accounts: StagedAccount[] = []
  readonly transfers: StagedTransfer[] = []
  readonly endowments: Endowment[] = []
  height = 1
  readonly #dice: Dice
  readonly #balances = new Map<string, bigint>()
  readonly #moves = new Map<string, AccountMove[]>()
  readonly #txs: number[] = []
  #tx = 0

  constructor(dice: Dice, chain: AccountChain) {
    this.#dice = dice
    this.chain = chain
  }

  /** @param head the address's first characters, the network's with them, and its last: ground for, or copied */
  open(
    holder: number,
    use: AccountUse,
    { head = "", tail = "", imitates = null as StagedAccount | null } = {},
  ): StagedAccount {
    const { newAddress, addressWith } = this.chain
    const address = head === "" ? newAddress(this.#dice) : addressWith(this.#dice, head, tail)
    const account = { address, holder, use, imitates }
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

  /** What a payment costs; on some chains that depends on how much is paid, and on what is written beside it. */
  feeOf(asset: string, amount = 0n, memo = ""): bigint {
    return this.chain.feeOf(this.#dice, { asset, amount, memo })
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
    { memo = "", fee = this.feeOf(asset, amount, memo) } = {},
  ): boolean {
    const { native } = this.chain
    const needed = asset === native.asset ? amount + fee : fee
    if (amount <= 0n || this.balance(from, native.asset) < needed || this.balance(from, asset) < amount) {
      return false
    }
    this.#tx++
    this.#charge(from, fee)
    this.#move(from, to, asset, amount, { payer: from, fee, memo })
    return true
  }

  /** All there is of an asset, less the fee, which is that of all there is. */
  payAll(from: StagedAccount, to: StagedAccount, asset: string, memo = ""): boolean {
    const has = this.balance(from, asset)
    const fee = this.feeOf(asset, has, memo)
    return this.pay(from, to, asset, has - (asset === this.chain.native.asset ? fee : 0n), { fee, memo })
  }

  /** What a contract moves for somebody: rows of the transaction before, without a fee of their own. */
  andMove(from: StagedAccount, to: StagedAccount, asset: string, amount: bigint): void {
    this.#needContracts()
    if (amount <= 0n || this.balance(from, asset) < amount) return
    this.#move(from, to, asset, amount, { payer: null, fee: 0n, memo: "" })
  }

  /** A row that a contract wrote without asking the one it names as the sender, who has none of it or gives 0. */
  forge(payer: StagedAccount, from: StagedAccount, to: StagedAccount, asset: string, amount: bigint): void {
    this.#needContracts()
    const fee = this.feeOf(asset)
    if (this.balance(payer, this.chain.native.asset) < fee) return
    this.#tx++
    this.#charge(payer, fee)
    this.#move(from, to, asset, amount, { payer, fee, memo: "" })
  }

  #needContracts(): void {
    if (!this.chain.hasContracts) throw new Error(`on ${this.chain.name} only the signer sends`)
  }

  #charge(from: StagedAccount, fee: bigint): void {
    this.#debit(from, null, this.chain.native.asset, fee, true)
    this.#txs.push(this.#tx)
  }

  #move(
    from: StagedAccount,
    to: StagedAccount,
    asset: string,
    amount: bigint,
    paid: Pick<StagedTransfer, "payer" | "fee" | "memo">,
  ): void {
    this.#debit(from, to, asset, amount, false)
    this.#credit(to, from, asset, amount)
    this.#txs.push(this.#tx)
    this.transfers.push({ height: this.height, from, to, asset, amount, ...paid })
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
