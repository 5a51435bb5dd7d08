import { describe, expect, it } from "vitest"
import type { CaseFile, CaseTransfer } from "../../../src/casefile/case.ts"
import { drive } from "../../../src/cases/drive.ts"
import { instantOf } from "../../../src/chains/nem/time.ts"
import { type NisCase, openNisCase } from "../../../src/readers/nis/nis-case.ts"
import type { NisSourceOptions } from "../../../src/readers/nis/nis-source.ts"
import { HandChain } from "../../../testing/nis/hand-chain.ts"
import { problemOf, QUICK, withNode } from "./with-node.ts"

/** Five equal payments from Ann to Bob, two minutes apart, and one other; Bob then pays Cyd and Ann. */
const hand = new HandChain()
const { ann, bob, cyd, hal } = hand
const times: string[] = []
const hashes: string[] = []
for (let at = 0; at < 5; at++) {
  times.push(instantOf(hand.chain.nextTime - 5))
  hashes.push(hand.pay(ann, bob, 1_000n, hal, 5))
  hand.seal()
  hand.seal()
}
const single = instantOf(hand.chain.nextTime)
const singleHash = hand.pay(ann, bob, 30n)
hand.seal()
hand.pay(bob, cyd, 1_002_000n)
hand.seal()
const minuteOf = (instant: string): string => `${instant.slice(0, 16)}Z`

const transfer = (own: Partial<CaseTransfer> & { readonly id: string }): CaseTransfer => ({
  tx: null,
  height: null,
  time: null,
  from: ann.address,
  to: bob.address,
  asset: "XEM",
  amount: "1000",
  grade: "reported",
  sources: ["S1"],
  ...own,
})

const text = { en: "x", ja: "x" }
const caseOf = (transfers: readonly CaseTransfer[], stolen = transfers.map(({ id }) => id)): CaseFile => ({
  schema: "ashiato/case/1",
  id: "made-up",
  title: text,
  summary: text,
  chain: "nem",
  assets: [{ asset: "XEM", unit: "micro-XEM", decimals: 6 }],
  horizon: { height: null, hash: null, time: null },
  sources: [{ id: "S1", title: "made up", url: null, published: null }],
  addresses: [],
  services: [],
  transfers,
  thefts: [
    { id: "theft", claim: text, claimant: text, transfers: stolen, grade: "reported", sources: ["S1"] },
  ],
  bounds: [],
  disagreements: [],
  prices: [],
  events: [],
  lookalikes: [],
})

function opened<Result>(
  file: CaseFile,
  work: (found: NisCase) => Promise<Result> | Result,
  more: Partial<NisSourceOptions> = {},
): Promise<Result> {
  return withNode(hand.ledger, async ({ node }) => {
    const { genesis } = hand.ledger
    return work(await openNisCase(file, { url: node.url, genesis, toHeight: null, ...QUICK, ...more }))
  })
}

const foundOf = ({ transfers }: NisCase) => transfers.map(({ id, found, ref }) => [id, found, ref])

describe("the transfers of a case on the chain", () => {
  const window = { from: minuteOf(times[0] ?? ""), to: minuteOf(times[4] ?? "") }
  const five = [
    transfer({ id: "t1", time: minuteOf(times[0] ?? "") }),
    transfer({ id: "t2", time: window }),
    transfer({ id: "t3", time: window }),
    transfer({ id: "t4", time: window }),
    transfer({ id: "t5", time: minuteOf(times[4] ?? "") }),
  ]

  it("by ends, amount and time, several alike in their order", () =>
    opened(caseOf([...five, transfer({ id: "t6", amount: "30", time: single })]), found => {
      expect(foundOf(found)).toEqual([
        ...hashes.map((hash, at) => [`t${at + 1}`, "replaced", `${hash}#1`]),
        ["t6", "replaced", `${singleHash}#1`],
      ])
      expect(found.thefts).toEqual([{ id: "theft", refs: [...hashes, singleHash].map(hash => `${hash}#1`) }])
    }))

  it("nothing is guessed: three alike that could be any of five stay reported", () =>
    opened(caseOf(five.slice(1, 4)), found => {
      expect(foundOf(found)).toEqual(["t2", "t3", "t4"].map(id => [id, "ambiguous", null]))
      expect(found.thefts).toEqual([{ id: "theft", refs: [] }])
    }))

  it("by hash, a transfer that says something else is a contradiction", () => {
    const tx = hashes[0]?.toUpperCase() ?? ""
    const transfers = [
      transfer({ id: "right", tx }),
      transfer({ id: "wrong amount", tx, amount: "1001" }),
      transfer({ id: "wrong sender", tx, from: cyd.address }),
      transfer({ id: "nowhere", tx: "00".repeat(32) }),
    ]
    return opened(caseOf(transfers), found => {
      expect(foundOf(found)).toEqual([
        ["right", "replaced", `${hashes[0]}#1`],
        ["wrong amount", "contradicted", null],
        ["wrong sender", "contradicted", null],
        ["nowhere", "not-found", null],
      ])
    })
  })

  it("what is not there, not yet there, or left open by the case", () => {
    const transfers = [
      transfer({ id: "other amount", amount: "999" }),
      transfer({ id: "other time", amount: "30", time: "2015-04-01T00:00Z" }),
      transfer({ id: "later", from: bob.address, to: cyd.address, amount: "1002000" }),
      transfer({ id: "no receiver", to: "?" }),
      transfer({ id: "the rest", amount: "remainder" }),
      transfer({ id: "hyphens", amount: "30", to: bob.address.replace(/(.{6})/g, "$1-") }),
    ]
    const toHeight = 12
    return opened(
      caseOf(transfers),
      found => {
        expect(foundOf(found)).toEqual([
          ["other amount", "not-found", null],
          ["other time", "not-found", null],
          ["later", "not-found", null],
          ["no receiver", "open", null],
          ["the rest", "open", null],
          ["hyphens", "replaced", `${singleHash}#1`],
        ])
        expect(found.source.horizon.height).toBe(12)
      },
      { toHeight },
    )
  })

  it("two histories that are too long to be read: what was not found in them is not said to be absent", async () => {
    // More than a page of 25 for each.
    const long = new HandChain()
    for (let at = 0; at < 30; at++) {
      long.pay(long.ann, long.bob, BigInt(at))
      if (at % 10 === 9) long.seal()
    }
    await withNode(long.ledger, async ({ node }) => {
      const options = { url: node.url, genesis: long.ledger.genesis, toHeight: null, mostPages: 1, ...QUICK }
      const file = caseOf([transfer({ id: "old", amount: "1" }), transfer({ id: "new", amount: "29" })])
      const found = await openNisCase(file, options)
      expect(found.transfers.map(each => each.found)).toEqual(["unread", "replaced"])
    })
  })

  it("followed on: what the thief's account really paid, with the chain's own grade", () =>
    opened(caseOf(five), async ({ source, thefts }) => {
      const question = {
        rule: "lifo",
        thefts,
        fees: "drop",
        min: 0n,
        maxHops: null,
        serviceOf: () => null,
      } as const
      const findings = await drive(question, source, () => {})
      const figures = findings.figures.get("XEM")?.total
      expect(figures).toMatchObject({ declared: 5_000n, held: 5_000n, fees: 0n })
      const held = findings.held.map(({ pot, value, grade }) => [source.potName(pot), value, grade])
      // Bob had 1,000,000 and got 5,030; he paid 1,002,000 on and 10 as fee, the newest coins first.
      expect(held).toContainEqual([`${cyd.address}/XEM`, 1_002_000n, "chain"])
    }))

  it("an address that is none is refused", async () => {
    const file = caseOf([transfer({ id: "t", to: "NCOSIGIMCITYNRE7XUR77OREOYFLPAILCNUYLTPA" })])
    expect(await problemOf(opened(file, () => null))).toMatchObject({ code: "address-checksum" })
  })
})
