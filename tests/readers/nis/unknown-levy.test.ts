import { describe, expect, it } from "vitest"
import { HandChain } from "../../../testing/nis/hand-chain.ts"
import { answerTo, standingOf } from "./asking.ts"
import { withNode } from "./with-node.ts"

/** Bob sends Cyd a mosaic that no block defines, as a node's list may show whose past is not read. */
const hand = new HandChain()
const { ann, bob, cyd } = hand
const mosaics = [{ mosaic: { namespace: "shop", name: "coin" }, quantity: 5n }]
const own = {
  kind: "transfer",
  version: 2,
  recipient: cyd.address,
  amount: 1_000_000n,
  message: null,
} as const
const hash = hand.put({ ...own, mosaics }, bob, [])
hand.seal()
const paid = hand.pay(ann, bob, 7n)
hand.seal()

describe("a mosaic whose definition is not known", () => {
  it("in sequence: its block says so of the asset", () =>
    withNode(hand.ledger, async ({ feed }) => {
      const blocks = []
      for await (const batch of (await feed()).blocks(1, 3)) blocks.push(...batch)
      const detail = { asset: "shop:coin", reason: "no definition of it is known" }
      expect(blocks.map(({ notices }) => notices)).toEqual([
        [],
        [{ code: "levy-unknown", asset: "shop:coin", detail }],
        [],
      ])
    }))

  it("on demand: every pot of its sender may have paid a levy, the receiver's of that mosaic is in doubt too", () =>
    withNode(hand.ledger, async ({ source }) => {
      const nis = await source()
      const received = await standingOf(nis, await answerTo(nis, hash))
      expect(received.doubts).toEqual(expect.arrayContaining(["levy-unknown"]))
      const sender = await standingOf(nis, await answerTo(nis, paid))
      expect(sender.doubts).toEqual(["levy-unknown"])
      expect(nis.assetOf("shop:coin")).toEqual({ asset: "shop:coin", unit: "part", decimals: 0 })
    }))
})
