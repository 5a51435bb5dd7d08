import { describe, expect, test } from "vitest"
import { account, answer, ask, lotsOf, sumsOf } from "./hand.ts"

const gold = (...question: Parameters<typeof ask>) => answer(ask(...question), "gold")
const thefts = { T: ["b#0"] }

describe("one account under each rule", () => {
  // eve's queue is U5 T7 U3 when she pays bob 6.
  const ledger = account("a dan eve 5", "b mtg eve 7", "c fay eve 3", "d eve bob 6")

  test.each([
    ["fifo", { "bob/gold": "U5 T1", "eve/gold": "T6 U3" }],
    // from the back, in the order dealt
    ["lifo", { "bob/gold": "U3 T3", "eve/gold": "U5 T4" }],
    // R = (8, 7), c=6 of 15: U floor(48/15)=3, T 3
    ["haircut", { "bob/gold": "U3 T3", "eve/gold": "U5 T4" }],
    ["clean-first", { "eve/gold": "U2 T7" }],
    ["dirty-first", { "bob/gold": "T6", "eve/gold": "T1 U8" }],
    ["poison", { "bob/gold": "T6", "eve/gold": "T9" }],
  ] as const)("%s", (rule, lots) => {
    const result = ask(ledger, thefts, rule)
    expect(lotsOf(answer(result, "gold"))).toEqual(lots)
    expect(Object.fromEntries(result.openings)).toEqual({ "dan/gold": 5n, "mtg/gold": 7n, "fay/gold": 3n })
  })
})

test("the opening lot covers the lowest balance of all records, stands first, and is needed by no self-transfer", () => {
  // eve: +7, -9 (needs 2), +1, -4 (7-9+1-4 = -5): 5. Before the last payment: U5 T7 pays 9 = U5 T4.
  const rows = ["b mtg eve 7", "c eve bob 9", "d dan eve 1", "e eve eve 99"] as const
  const result = ask(account(...rows, ["f eve bob 4", { height: 2 }]), thefts, "fifo", { toHeight: 1 })
  expect(result.openings.get("eve/gold")).toBe(5n)
  expect(lotsOf(answer(result, "gold"))).toEqual({ "bob/gold": "U5 T4", "eve/gold": "T3 U1" })
})

test("poison ends when the balance is 0", () => {
  const rows = ["b mtg eve 7", "c eve bob 7", "d dan eve 2", "e eve cyd 2"] as const
  expect(lotsOf(gold(account(...rows), thefts, "poison"))).toEqual({ "bob/gold": "T7" })
})

test("burned, unrecorded, and fees under drop and follow", () => {
  const rows = [
    "b mtg eve 9",
    ["c eve pool 2", { kind: "fee" }],
    ["d eve - 1", { kind: "fee" }],
    "e eve - 3",
    "f eve ? 1",
  ] as const
  const drop = gold(account(...rows), thefts, "fifo")
  expect(sumsOf(drop.total)).toEqual({ declared: 9, held: 2, fees: 3, burned: 3, unrecorded: 1 })
  expect(drop.flows.map(flow => flow.kind)).toEqual(["theft", "fee", "fee", "burn", "unrecorded"])
  const follow = gold(account(...rows), thefts, "fifo", { fees: "follow" })
  expect(sumsOf(follow.total)).toEqual({ declared: 9, held: 4, burned: 4, unrecorded: 1 })
  expect(lotsOf(follow)).toEqual({ "eve/gold": "T2", "pool/gold": "T2" })
})

test("hops are forgotten by an account that holds nothing traced any more", () => {
  // eve 0, bob 1, cyd 2; eve pays all, then cyd pays her back at hop 3
  const ledger = account("b mtg eve 7", "c eve bob 7", "d bob cyd 7", "e cyd eve 7", "f eve fay 7")
  expect(sumsOf(gold(ledger, thefts, "fifo", { maxHops: 2 }).total)).toEqual({ declared: 7, notFollowed: 7 })
  expect(sumsOf(gold(ledger, thefts, "fifo", { maxHops: 3 }).total)).toEqual({ declared: 7, notFollowed: 7 })
  expect(sumsOf(gold(ledger, thefts, "fifo", { maxHops: 4 }).total)).toEqual({ declared: 7, held: 7 })
})

describe("exchanges", () => {
  test("the labels of what is given, in proportion, both ways", () => {
    // eve U5 T7 U3 gives 10: fifo U5 T5. 4 iron over 10 gold: P = 5, 10 -> 2, 4: U2 T2. The pool gets clean gold.
    const ledger = account(
      "a dan eve 5",
      "b mtg eve 7",
      "c fay eve 3",
      ["x eve pool 10", { exchange: "1" }],
      ["x pool eve 4 iron", { exchange: "1" }],
    )
    const result = ask(ledger, thefts, "fifo")
    expect(lotsOf(answer(result, "gold"))).toEqual({ "eve/gold": "T2 U3" })
    expect(lotsOf(answer(result, "iron"))).toEqual({ "eve/iron": "U2 T2" })
    expect(sumsOf(answer(result, "gold").total)).toEqual({ declared: 7, held: 2, exchanged: 5 })
    expect(sumsOf(answer(result, "iron").total)).toEqual({ exchangedIn: 2, held: 2 })
    expect(answer(result, "iron").flows).toMatchObject([
      { kind: "exchange", from: ["eve/gold"], to: "eve/iron" },
    ])
  })

  test("evaluated whole at the first row: all debits, then all credits, before rows in between", () => {
    const ledger = account("b mtg eve 6", ["x eve pool 6", { exchange: "1" }], "x eve bob 2 iron", [
      "x pool eve 3 iron",
      { exchange: "1" },
    ])
    const result = ask(ledger, thefts, "fifo")
    // eve has her 3 iron when she pays bob 2, so she needs no opening
    expect(Object.fromEntries(result.openings)).toEqual({ "mtg/gold": 6n, "pool/iron": 3n })
    expect(lotsOf(answer(result, "iron"))).toEqual({ "bob/iron": "T2", "eve/iron": "T1" })
  })

  test("several credits are one credit of their sum, divided by the same formula", () => {
    // U9 T1 for 5 + 5 iron: first U9 T1 of 10 iron; then c=5 of 10: U floor(45/10)=4, T1; the second is U5
    const ledger = account(
      "a dan eve 9",
      "b mtg eve 1",
      ["x eve pool 10", { exchange: "1" }],
      ["x pool eve 5 iron", { exchange: "1" }],
      ["x pool bob 5 iron", { exchange: "1" }],
    )
    expect(lotsOf(answer(ask(ledger, thefts, "fifo"), "iron"))).toEqual({ "eve/iron": "U4 T1" })
  })

  test("poison: any traced debit of one asset makes every credit of the other wholly traced", () => {
    const ledger = account(
      "a dan eve 9",
      "b mtg eve 1",
      ["x eve pool 1", { exchange: "1" }],
      ["x pool eve 5 iron", { exchange: "1" }],
    )
    const result = ask(ledger, thefts, "poison")
    expect(lotsOf(answer(result, "gold"))).toEqual({ "eve/gold": "T9" })
    expect(lotsOf(answer(result, "iron"))).toEqual({ "eve/iron": "T5" })
  })
})
