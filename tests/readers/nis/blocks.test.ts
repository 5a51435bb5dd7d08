import { describe, expect, it } from "vitest"
import { blockHash } from "../../../src/chains/nem/block-binary.ts"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import { HandChain } from "../../../testing/nis/hand-chain.ts"
import { rowsFrom, withNode } from "./with-node.ts"

/** 120 blocks; one payment in every tenth. */
const hand = new HandChain()
const { ann, bob } = hand
while (hand.chain.height < 120) {
  if (hand.chain.height % 10 === 0) hand.pay(ann, bob, BigInt(hand.chain.height))
  hand.seal()
}
const { ledger } = hand

describe("a node's blocks in order", () => {
  it("hashes, parents, times and rows, in batches", () =>
    withNode(ledger, async ({ feed, node }) => {
      const blocks = await feed()
      const last = ledger.blocks.at(-1)
      if (last === undefined) throw new Error("no blocks")
      expect(blocks.tip).toEqual({ height: 120, hash: blockHash(last) })
      expect(blocks.from).toBe(node.url)
      const batches: (readonly AccountBlock[])[] = []
      for await (const batch of blocks.blocks(1, 120)) batches.push(batch)
      expect(batches.map(batch => batch.length)).toEqual([100, 20])
      const all = batches.flat()
      expect(all.map(({ hash }) => hash)).toEqual(ledger.blocks.map(blockHash))
      expect(all.map(({ parent }) => parent)).toEqual([null, ...all.slice(0, -1).map(({ hash }) => hash)])
      expect(all[1]?.time).toBe(1_427_587_585 + (ledger.blocks[1]?.timeStamp ?? 0))
      expect(all.flatMap(({ rows }) => rows.map(({ ref }) => ref))).toEqual(
        ledger.rows.map(({ txid, n }) => `${txid}#${n}`),
      )
      expect(await blocks.hashAt(77)).toBe(all[76]?.hash)
      expect([await blocks.hashAt(0), await blocks.hashAt(121)]).toEqual([null, null])
      await blocks.close()
    }))

  it("going on where the last call ended, all is still known from the first block on; begun elsewhere, not", () =>
    withNode(ledger, async ({ feed }) => {
      const blocks = await feed()
      const grades = async (from: number, to: number) => {
        const rows = await rowsFrom(blocks, from, to)
        return [...new Set(rows.filter(({ kind }) => kind === "fee").map(({ grade }) => grade))]
      }
      expect(await grades(1, 12)).toEqual(["chain"])
      expect(await grades(13, 40)).toEqual(["chain"])
      expect(await grades(21, 40)).toEqual(["reported"])
      expect(await grades(61, 80)).toEqual(["reported"])
      expect(await grades(41, 60)).toEqual(["chain"])
    }))

  it("no more is read ahead than a few blocks", () =>
    withNode(ledger, async ({ feed, node }) => {
      const blocks = await feed()
      const asked = node.asked.length
      for await (const batch of blocks.blocks(1, 120)) {
        expect(batch).toHaveLength(100)
        break
      }
      expect(node.asked.length - asked).toBeLessThanOrEqual(110)
    }))
})
