import type { AccountChain } from "./account-chain.ts"
import { ForgingPoisoner } from "./forging-poisoner.ts"

export const ETHER = "ETH"
const DIGITS = "0123456789abcdef"
const LENGTH = 42

/** Six days of blocks, twelve seconds apart. */
export const ETHEREUM: AccountChain = {
  name: "ethereum",
  worlds: "staged-accounts-1",
  blockSeconds: 12,
  native: { asset: ETHER, whole: 10n ** 18n },
  dollar: { asset: "erc20:usd", whole: 10n ** 6n },
  share: { asset: "erc20:coin", whole: 10n ** 18n },
  size: { people: 300, blocks: 43_200, active: 0.09 },
  exchanges: [
    ["prompt", 35],
    ["thrice-daily", 25],
    ["daily", 15],
    ["collecting", 10],
    ["memo", 15],
  ],
  hasContracts: true,
  vanityTail: "0000",
  assetNamed: name => `erc20:${name}`,
  /** A token's transfer costs more gas, and prices rise and fall. */
  feeOf: (dice, { asset }) => {
    const gas = asset === ETHER ? 21_000n : 65_000n
    return gas * BigInt(dice.int(5_000_000_000, 40_000_000_000))
  },
  newAddress: dice => ETHEREUM.addressWith(dice, "0x", ""),
  addressWith: (dice, head, tail) => {
    const middle = Array.from({ length: LENGTH - head.length - tail.length }, () => dice.pick([...DIGITS]))
    return `${head}${middle.join("")}${tail}`
  },
  newPoisoner: (book, dice, holder) => new ForgingPoisoner(book, dice, holder),
}
