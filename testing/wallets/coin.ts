/** Whoever holds the keys, and what he has. Two purses of one holder never spend together. */
export interface Purse {
  readonly holder: number
  /** In the order in which they came. */
  readonly coins: Set<Coin>
}

export interface Address {
  readonly name: string
  /** How its script is written, as `OWNER_KINDS` of the ledger has it. */
  readonly kind: string
  /** Null: nobody can spend what is here. */
  readonly purse: Purse | null
  /** `deposit`: an exchange's, given to one customer. */
  readonly use: "own" | "deposit"
}

export interface Coin {
  readonly address: Address
  readonly value: number
  /** The first height at which it may be spent: a coinbase's is a hundred blocks on. */
  readonly spendableAt: number
}

/** What a transaction was made for. It is truth: no heuristic is told. */
export type Doing =
  | "coinbase"
  | "payment"
  | "consolidation"
  | "split"
  | "airdrop"
  | "peel"
  | "sweep"
  | "payout"
  | "hot-to-cold"
  | "cold-to-hot"
  | "tx0"
  | "payjoin"
  | JoinKind

export type JoinKind = "wasabi-1" | "wasabi-2" | "whirlpool" | "joinmarket"
export const JOIN_KINDS: readonly JoinKind[] = ["wasabi-1", "wasabi-2", "whirlpool", "joinmarket"]

export type Payment = readonly [Address, number]

export interface StagedTransaction {
  readonly height: number
  readonly doing: Doing
  /** None: a coinbase. */
  readonly inputs: readonly Coin[]
  readonly outputs: readonly Coin[]
}

/** Below this an output costs more than it is worth. */
export const DUST = 1_000
export const COIN = 100_000_000

export const sumOf = (coins: Iterable<Coin>): number => {
  let sum = 0
  for (const { value } of coins) sum += value
  return sum
}
