import { ADDRESS_LENGTH, addressOfKey, MAINNET, networkOfAddress } from "../../src/chains/nem/account.ts"
import type { Dice } from "../generator/dice.ts"
import type { AccountChain } from "./account-chain.ts"
import { DustingPoisoner } from "./dusting-poisoner.ts"
import { type MosaicSize, nemTransferFee } from "./nem-fee.ts"

const XEM = "XEM"
const DOLLAR = "staged:usd"
const SHARE = "staged:coin"
const GIFT: MosaicSize = { supply: 12n, divisibility: 0 }
/** As much as any mosaic can have. */
const LARGEST: MosaicSize = { supply: 9_000_000_000n, divisibility: 6 }

const HEX = [..."0123456789abcdef"]
const BASE32 = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"]

/**
 * Ten days of blocks, a minute apart; less happens in a day than on Ethereum. An ether was worth about a thousand XEM in
 * January 2018. Most exchanges have one account for all and ask for a message: NEM's own guide for exchanges describes
 * that ("Integrating with an Exchange", nemproject.github.io/nem-docs), and its wallet has five in a list of those that do,
 * Binance, Poloniex, Bittrex, Spectrocoin and Zaif (NanoWallet, `exchanges.js`). How many customers each has is assumed.
 */
export const NEM: AccountChain = {
  name: "nem",
  worlds: "staged-nem-1",
  blockSeconds: 60,
  native: { asset: XEM, whole: 1_000_000_000n },
  dollar: { asset: DOLLAR, whole: 1_000_000n },
  share: { asset: SHARE, whole: 1_000n },
  size: { people: 300, blocks: 14_400, active: 0.3 },
  exchanges: [
    ["prompt", 10],
    ["thrice-daily", 8],
    ["daily", 6],
    ["collecting", 6],
    ["memo", 40],
    ["memo", 30],
  ],
  hasContracts: false,
  vanityTail: "AAAA",
  assetNamed: name => `${name}:gift`,
  feeOf: (_, { asset, amount, memo }) => nemTransferFee(mosaicOf(asset), amount, Buffer.byteLength(memo)),
  /** Of a key that nobody has: 32 bytes by chance, and the checksum that such a key's address has. */
  newAddress: dice => addressOfKey(Array.from({ length: 64 }, () => dice.pick(HEX)).join(""), MAINNET),
  addressWith: imitation,
  newPoisoner: (book, dice, holder) => new DustingPoisoner(book, dice, holder),
}

export function mosaicOf(asset: string): MosaicSize | null {
  if (asset === XEM) return null
  if (asset === SHARE) return { supply: 9_000_000n, divisibility: 3 }
  return asset.startsWith("spam-") ? GIFT : LARGEST
}

/**
 * Looks like an address and is none: its checksum never holds, so that nothing could be paid to it and nobody has its key.
 * One who poisons has to grind until key and checksum are right. Here that is left out; in a staged chain these send and
 * are paid as if they were accounts.
 */
function imitation(dice: Dice, head: string, tail: string): string {
  for (;;) {
    const length = ADDRESS_LENGTH - head.length - tail.length
    const address = `${head}${Array.from({ length }, () => dice.pick(BASE32)).join("")}${tail}`
    if (networkOfAddress(address) === null) return address
  }
}
