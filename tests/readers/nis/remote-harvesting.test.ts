import { describe, expect, it } from "vitest"
import { HandChain } from "../../../testing/nis/hand-chain.ts"
import { answerTo, standingOf } from "./asking.ts"
import { rowsFrom, withNode } from "./with-node.ts"

/**
 * Hal lends his right to harvest to Rem in block 2. Rem signs the blocks 300 (too early, which no real chain has), 361
 * and 362, which hold one payment each.
 */
function lent(): { hand: HandChain; fees: { height: number; to: string }[] } {
  const hand = new HandChain()
  const { ann, bob, hal, rem } = hand
  hand.link(hal, rem, "activate")
  hand.seal()
  const paid = new Map([
    [300, rem],
    [361, rem],
    [362, hal],
  ])
  while (hand.chain.height < 362) {
    const receiver = paid.get(hand.chain.height + 1)
    if (receiver !== undefined) hand.pay(ann, bob, 100n, receiver)
    hand.seal(receiver === undefined ? hal : rem)
  }
  hand.mainOf = (signer, height) => (signer === rem.address && height === 362 ? hal.address : signer)
  hand.forwarded = address => (address === rem.address ? hal.address : address)
  const fees = [...paid].map(([height, { address }]) => ({ height, to: address }))
  return { hand, fees }
}

describe("the fees of blocks signed by a remote key", () => {
  const { hand, fees } = lent()
  const { hal, rem } = hand
  const feeIn = (at: number): string => {
    return `${hand.chain.books.rows.find(({ kind, height }) => kind === "fee" && height === at)?.txid}#0`
  }

  it("read in sequence: to the account behind it from 360 blocks after the link on", () =>
    withNode(hand.ledger, async ({ feed }) => {
      const rows = await rowsFrom(await feed(), 1, 362)
      const told = rows.filter(({ kind, from }) => kind === "fee" && from === hand.ann.address)
      expect(told.map(({ tx, to }) => ({ height: tx.height, to }))).toEqual(fees)
      expect(told.every(({ grade }) => grade === "chain")).toBe(true)
    }))

  it("read from the middle: the same, by the node's word and the remote account's own transactions", () =>
    withNode(hand.ledger, async ({ feed }) => {
      const blocks = await feed()
      for (const { height, to } of fees) {
        const rows = await rowsFrom(blocks, height, height)
        expect(rows.find(({ kind }) => kind === "fee")).toMatchObject({ to, grade: "reported" })
      }
    }))

  it("on demand: the account's balance has them, the remote account has its own", () =>
    withNode(hand.ledger, async ({ source }) => {
      const nis = await source()
      const last = await standingOf(nis, await answerTo(nis, feeIn(362)))
      // What it was given at first: the fee of its link came back to it.
      expect(last).toMatchObject({ before: 5_000n, doubts: [] })
      const remote = await standingOf(nis, await answerTo(nis, feeIn(361)))
      expect(remote).toMatchObject({ before: 10n, doubts: [] })
    }))

  it("a node that does not say for whom is told by the remote account's transactions", () =>
    withNode(hand.ledger, async ({ source, node }) => {
      node.mischief = (asked, response) => {
        if (!asked.startsWith("/account/get/forwarded")) return false
        response.writeHead(400).end("{}")
        return true
      }
      const nis = await source()
      // Its own importance transfers still tell.
      const found = await answerTo(nis, feeIn(362))
      expect(nis.potName(found.step.credits[0]?.to as number)).toBe(`${hal.address}/XEM`)
    }))

  it("a node that says it, of a key whose links it does not show: believed, in doubt", () =>
    withNode(hand.ledger, async ({ source, node }) => {
      const isRems = (asked: string) => asked.startsWith(`/account/transfers/all?address=${rem.address}`)
      node.forge = (asked, answer) => (isRems(asked) ? { data: [] } : answer)
      const nis = await source()
      const found = await answerTo(nis, feeIn(362))
      expect(nis.potName(found.step.credits[0]?.to as number)).toBe(`${hal.address}/XEM`)
      expect((await standingOf(nis, found)).doubts).toEqual(["record-unproven"])
    }))

  it("a node that says nothing and shows nothing: they stay with the signer, in doubt", () =>
    withNode(hand.ledger, async ({ source, node }) => {
      const isRems = (asked: string) => asked.startsWith(`/account/transfers/all?address=${rem.address}`)
      node.forge = (asked, answer) => (isRems(asked) ? { data: [] } : answer)
      node.mischief = (asked, response) => {
        if (!asked.startsWith("/account/get/forwarded")) return false
        response.writeHead(400).end("{}")
        return true
      }
      const nis = await source()
      const found = await answerTo(nis, feeIn(362))
      expect(nis.potName(found.step.credits[0]?.to as number)).toBe(`${rem.address}/XEM`)
      expect((await standingOf(nis, found)).doubts).toEqual(["record-unproven"])
    }))
})
