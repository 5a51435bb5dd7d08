import { createHash } from "node:crypto"
import type { Block } from "../../src/chains/nem/block.ts"
import { blockHash } from "../../src/chains/nem/block-binary.ts"
import { transactionHash } from "../../src/chains/nem/hash.ts"
import type { MosaicId } from "../../src/chains/nem/mosaic.ts"
import type { Inner, Transaction } from "../../src/chains/nem/transaction.ts"
import { getOrMake } from "../../src/units/get-or-make.ts"
import type { StagedAccount, StagedTransfer } from "../accounts/account-book.ts"
import type { AccountWorld } from "../accounts/account-economy.ts"
import { mosaicOf } from "../accounts/nem-accounts.ts"
import { type Key, keyOf } from "./keys.ts"
import { type Own, signed, signedBlock } from "./signing.ts"

/** What a node's chain has of a staged world. */
export interface SignedWorld {
  readonly blocks: readonly Block[]
  readonly addressOf: (account: StagedAccount) => string
  /** Of each transfer that was signed, by its place in the world's. */
  readonly txs: ReadonlyMap<number, string>
}

const FIRST_TIME = 200_000_000
const A_MINUTE = 60
const WHOLE = 1_000_000n
const keyNamed = (name: string): Key => keyOf(createHash("sha256").update(`staged ${name}`).digest("hex"))

/** Of what has no key: it has a checksum that does not hold, so that nothing can be paid to it or signed for it. */
export const isUnsigned = ({ population }: AccountWorld, account: StagedAccount): boolean =>
  account.use === "forged" || population.vanity.includes(account)

/**
 * A staged world of NEM as signed blocks, everybody with a key of its own, one block higher than in the world because the
 * first is the chain's own. Before the story begins a founder pays out what everybody has; a mosaic's maker makes it.
 */
export function signWorld(
  world: AccountWorld,
  first: { readonly block: Block; readonly hash: string },
): SignedWorld {
  const { book, blocks: last } = world
  const founder = keyNamed("founder")
  const keys = new Map(book.accounts.map(account => [account, keyNamed(account.address)]))
  const keyFor = (account: StagedAccount): Key => {
    const key = keys.get(account)
    if (key === undefined) throw new Error(`${account.address} is not of this world`)
    return key
  }
  let made = 0
  // Another second for each, so that no two are the same.
  const sign = (own: Own<Inner>, key: Key, fee: bigint) =>
    signed(own, key, { timeStamp: FIRST_TIME + made++, fee })
  const open: Transaction[] = []
  const mosaics = new Set<string>()
  for (const { to, asset, amount } of book.endowments) {
    const isOwn = asset.startsWith("fake-") || asset.startsWith("spam-")
    if (asset !== "XEM" && !mosaics.has(asset)) {
      mosaics.add(asset)
      open.push(
        sign(creationOf(asset, isOwn ? keyFor(to) : founder, founder), isOwn ? keyFor(to) : founder, 0n),
      )
    }
    if (!isOwn) open.push(sign(paymentOf({ asset, amount, memo: "" }, keyFor(to)), founder, 0n))
  }
  const byHeight = new Map<number, [number, StagedTransfer][]>()
  for (const one of book.transfers.entries()) getOrMake(byHeight, one[1].height, () => []).push(one)
  const txs = new Map<number, string>()
  const blocks = [first.block]
  let previousHash = first.hash
  for (let height = 1; height <= last; height++) {
    for (const [at, transfer] of byHeight.get(height) ?? []) {
      const { from, to, fee } = transfer
      if (isUnsigned(world, from) || isUnsigned(world, to)) continue
      const transaction = sign(paymentOf(transfer, keyFor(to)), keyFor(from), fee)
      txs.set(at, transactionHash(transaction))
      open.push(transaction)
    }
    const timeStamp = FIRST_TIME + made + height * A_MINUTE
    const own = { height: height + 1, timeStamp, previousHash, transactions: open.splice(0) }
    const block = signedBlock(own, founder)
    previousHash = blockHash(block)
    blocks.push(block)
  }
  return { blocks, txs, addressOf: account => keyFor(account).address }
}

const idOf = (asset: string): MosaicId => {
  const [namespace = "", name = ""] = asset.split(":")
  return { namespace, name }
}

/** Where there are mosaics, the amount says how many times they are sent. */
function paymentOf(
  { asset, amount, memo }: Pick<StagedTransfer, "asset" | "amount" | "memo">,
  to: Key,
): Own<Inner> {
  const payload = Buffer.from(memo).toString("hex")
  const message = memo === "" ? null : ({ kind: "plain", payload } as const)
  const own = { kind: "transfer", recipient: to.address, message } as const
  if (asset === "XEM") return { ...own, version: 1, amount, mosaics: [] }
  return { ...own, version: 2, amount: WHOLE, mosaics: [{ mosaic: idOf(asset), quantity: amount }] }
}

/** All there can be of it, to its maker. What making it costs is left out, as it is in the world. */
function creationOf(asset: string, maker: Key, sink: Key): Own<Inner> {
  const size = mosaicOf(asset)
  if (size === null) throw new Error("XEM is nobody's to make")
  const properties = [
    { name: "divisibility", value: `${size.divisibility}` },
    { name: "initialSupply", value: `${size.supply}` },
    { name: "supplyMutable", value: "false" },
    { name: "transferable", value: "true" },
  ]
  const mosaic = {
    creator: maker.publicKey,
    mosaic: idOf(asset),
    description: "staged",
    properties,
    levy: null,
  }
  return { kind: "mosaic-definition", version: 1, definition: mosaic, sink: sink.address, creationFee: 0n }
}
