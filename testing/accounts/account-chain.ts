import type { Dice } from "../generator/dice.ts"
import type { AccountBook } from "./account-book.ts"
import type { ServiceKind } from "./account-service.ts"
import type { Poisoner } from "./poisoner.ts"

export interface Coin {
  readonly asset: string
  /** What people count in, in smallest units: of the chain's own coin an ether, or what was worth about as much. */
  readonly whole: bigint
}

/** How many people there are, for how many blocks, and the share of these in which somebody acts. */
export interface Size {
  readonly people: number
  readonly blocks: number
  readonly active: number
}

/** A payment for which a fee is asked. */
export interface Asked {
  readonly asset: string
  readonly amount: bigint
  /** What is written beside it, where the chain has room for that. */
  readonly memo: string
}

/** Of which chain an economy is: all in which one account chain differs from the other. */
export interface AccountChain {
  /** As `--chain` names it. */
  readonly name: "ethereum" | "nem"
  /** The name under which figures measured on its worlds are told; changed whenever a world comes out otherwise. */
  readonly worlds: string
  readonly blockSeconds: number
  /** What fees are paid in. */
  readonly native: Coin
  /** Two that somebody issues: one worth a dollar, one of which there is less. */
  readonly dollar: Coin
  readonly share: Coin
  readonly size: Size
  /** Of a hundred customers so many go to each exchange. */
  readonly exchanges: readonly (readonly [kind: ServiceKind, customers: number])[]
  /** Whether there are contracts: a pool that swaps, one that passes on to it, and rows written in anybody's name. */
  readonly hasContracts: boolean
  /** The last characters that one who grinds accounts of his own would have. */
  readonly vanityTail: string
  /** What another asset is called that somebody issues. */
  readonly assetNamed: (name: string) => string
  /** What a payment costs, in smallest units of the chain's own coin. */
  readonly feeOf: (dice: Dice, asked: Asked) => bigint
  readonly newAddress: (dice: Dice) => string
  /** One that begins and ends as told; the first two characters are the network's. */
  readonly addressWith: (dice: Dice, head: string, tail: string) => string
  readonly newPoisoner: (book: AccountBook, dice: Dice, holder: number) => Poisoner
}

/** Durations are in seconds everywhere else. One block at least. */
export function blocksIn({ blockSeconds }: Pick<AccountChain, "blockSeconds">, seconds: number): number {
  return Math.max(1, Math.round(seconds / blockSeconds))
}

export const A_DAY = 86_400

export const assetsOf = ({ native, dollar, share }: AccountChain): readonly [string, string, string] => [
  native.asset,
  dollar.asset,
  share.asset,
]
