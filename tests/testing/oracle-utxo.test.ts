import { describe, expect, test } from "vitest"
import { account, answer, ask, lotsOf, sumsOf, utxo } from "./hand.ts"

const coin = (...question: Parameters<typeof ask>) => answer(ask(...question), "coin")

describe("one transaction under each rule", () => {
  // s spends U5, T7 and U3 (T stolen), pays 4 and 6, and leaves a fee of 5 in a block without coinbase.
  const ledger = utxo(
    ["c", 1, 0, [], [5]],
    ["d", 2, 0, [], [7]],
    ["e", 3, 0, [], [3]],
    ["s", 4, 1, ["c:0", "d:0", "e:0"], [4, 6]],
  )
  const thefts = { T: ["d:0"] }

  test.each([
    // front to back: U4 | U1 T5 | fee T2 U3
    ["fifo", { "s:1": "U1 T5" }, { declared: 7, held: 5, fees: 2 }],
    // back to front: U3 T1 | T6 | fee U5
    ["lifo", { "s:0": "U3 T1", "s:1": "T6" }, { declared: 7, held: 7 }],
    // R = (8, 7). c=4 of 15: U floor(32/15)=2, T 4-2=2. c=6 of R=(6,5): U floor(36/11)=3, T 3. Fee (3, 2).
    ["haircut", { "s:0": "U2 T2", "s:1": "U3 T3" }, { declared: 7, held: 5, fees: 2 }],
    // U8 T7: U4 | U4 T2 | fee T5
    ["clean-first", { "s:1": "U4 T2" }, { declared: 7, held: 2, fees: 5 }],
    // T7 U8: T4 | T3 U3 | fee U5
    ["dirty-first", { "s:0": "T4", "s:1": "T3 U3" }, { declared: 7, held: 7 }],
    // the 6 first takes T6, the 4 takes T1 and is filled with U3
    ["tiho", { "s:0": "T1 U3", "s:1": "T6" }, { declared: 7, held: 7 }],
  ] as const)("%s", (rule, lots, total) => {
    const result = coin(ledger, thefts, rule)
    expect(lotsOf(result)).toEqual(lots)
    expect(sumsOf(result.total)).toEqual(total)
  })

  test("poison reaches both outputs whole", () => {
    const result = coin(ledger, thefts, "poison")
    expect(lotsOf(result)).toEqual({ "s:0": "T4", "s:1": "T6" })
    expect(result.total.held).toBe(10n)
  })

  test("flows: the theft, each traced credit, the fee last; `from` only the traced input", () => {
    const flows = coin(ledger, thefts, "haircut").flows.map(flow => [
      flow.kind,
      flow.from,
      flow.to,
      flow.traced,
    ])
    expect(flows).toEqual([
      ["theft", [], "d:0", 7n],
      ["transfer", ["d:0"], "s:0", 2n],
      ["transfer", ["d:0"], "s:1", 3n],
      ["fee", ["d:0"], null, 2n],
    ])
  })
})

test("tiho: of equal credits the lower index is first; what exceeds all credits is the fee's", () => {
  const ledger = utxo(["c", 1, 0, [], [9]], ["s", 2, 1, ["c:0"], [2, 3, 3]])
  // T9: 3 (index 1), 3 (index 2), 2, and T1 for the fee
  expect(sumsOf(coin(ledger, { T: ["c:0"] }, "tiho").total)).toEqual({ declared: 9, held: 8, fees: 1 })
  const half = utxo(["c", 1, 0, [], [4]], ["d", 2, 0, [], [5]], ["s", 3, 1, ["d:0", "c:0"], [2, 3, 3]])
  expect(lotsOf(coin(half, { T: ["c:0"] }, "tiho"))).toEqual({ "s:1": "T3", "s:2": "T1 U2" })
})

test("haircut: labels go by the order in which they came into being, not by name or input", () => {
  const ledger = utxo(
    ["c", 1, 0, [], [5]],
    ["d", 2, 0, [], [3]],
    ["e", 3, 0, [], [2]],
    ["s", 4, 1, ["d:0", "c:0", "e:0"], [5, 3, 2]],
  )
  // z is number 1, a is number 2: R = (2, 5, 3), c=5 of 10: P = 2, 7, 10 -> 1, 3, 5: U1 z2 a2.
  // R = (1, 3, 1), c=3 of 5: P = 1, 4, 5 -> 0, 2, 3: z2 a1. Left U1 z1.
  const result = coin(ledger, { a: ["d:0"], z: ["c:0"] }, "haircut")
  expect(lotsOf(result)).toEqual({ "s:0": "U1 z2 a2", "s:1": "z2 a1", "s:2": "U1 z1" })
})

describe("the coinbase under follow", () => {
  // x pays a fee of T2, y one of U1; the coinbase stands first in the block and is evaluated last.
  const block = (...claims: readonly number[]) =>
    utxo(
      ["c", 1, 0, [], [6]],
      ["d", 2, 0, [], [4]],
      ["cb", 3, 0, [], claims],
      ["x", 3, 1, ["c:0"], [4]],
      ["y", 3, 2, ["d:0"], [3]],
    )
  const thefts = { T: ["c:0"] }

  test("subsidy, then the fees", () => {
    // subsidy 9 - 3 = 6, pool U6 T2 U1: cb:0 = U6 T1, cb:1 = T1 U1
    const result = coin(block(7, 2), thefts, "fifo", { fees: "follow" })
    expect(lotsOf(result)).toEqual({ "cb:0": "U6 T1", "cb:1": "T1 U1", "x:0": "T4" })
    expect(sumsOf(result.total)).toEqual({ declared: 6, held: 6 })
    expect(result.flows.at(-1)).toMatchObject({
      kind: "reward",
      from: ["c:0"],
      to: "cb:1",
      amount: 2n,
      traced: 1n,
    })
  })

  test("what it does not claim is burned", () => {
    // no subsidy, pool T2 U1, from the back: cb:0 = U1 T1, T1 burned
    const result = coin(block(2), thefts, "lifo", { fees: "follow" })
    expect(lotsOf(result)).toEqual({ "cb:0": "U1 T1", "x:0": "T4" })
    expect(sumsOf(result.total)).toEqual({ declared: 6, held: 5, burned: 1 })
  })

  test("a traced fee poisons all of it; dropped fees none of it", () => {
    expect(lotsOf(coin(block(7, 2), thefts, "poison", { fees: "follow" }))).toEqual({
      "cb:0": "T7",
      "cb:1": "T2",
      "x:0": "T4",
    })
    expect(lotsOf(coin(block(7, 2), thefts, "poison"))).toEqual({ "x:0": "T4" })
    expect(sumsOf(coin(block(7, 2), thefts, "fifo").total)).toEqual({ declared: 6, held: 4, fees: 2 })
  })

  test("its outputs are one hop from what paid the fee", () => {
    const one = coin(block(7, 2), thefts, "fifo", { fees: "follow", maxHops: 1 })
    expect(one.total.notFollowed).toBe(0n)
    const none = coin(block(7, 2), thefts, "fifo", { fees: "follow", maxHops: 0 })
    expect(sumsOf(none.total)).toEqual({ declared: 6, notFollowed: 6 })
  })
})

test("a theft of stolen coins: total once, byTheft for each, collided what was traced before", () => {
  const ledger = utxo(["c", 1, 0, [], [6]], ["d", 2, 0, [], [4]], ["s", 3, 1, ["c:0", "d:0"], [8, 2]])
  // A: s:0 = A6 U2, declared in B: A+B6 B2; s:1 = U2
  const result = coin(ledger, { A: ["c:0"], B: ["s:0"] }, "fifo")
  expect(lotsOf(result)).toEqual({ "s:0": "A+B6 B2" })
  expect(sumsOf(result.total)).toEqual({ declared: 8, held: 8 })
  expect(sumsOf(result.byTheft.get("A") ?? {})).toEqual({ declared: 6, held: 6 })
  expect(sumsOf(result.byTheft.get("B") ?? {})).toEqual({ declared: 8, held: 8, collided: 6 })
})

test("a theft of coins of the same theft adds only what was not its own", () => {
  const ledger = utxo(["c", 1, 0, [], [6]], ["d", 2, 0, [], [4]], ["s", 3, 1, ["c:0", "d:0"], [8, 2]])
  const result = coin(ledger, { A: ["c:0", "s:0"] }, "fifo")
  expect(lotsOf(result)).toEqual({ "s:0": "A8" })
  expect(sumsOf(result.byTheft.get("A") ?? {})).toEqual({ declared: 8, held: 8, collided: 6 })
})

test("service, --min and --max-hops are checked in this order, and their coins go on untraced", () => {
  const ledger = utxo(["c", 1, 0, [], [9]], ["s", 2, 1, ["c:0"], [5, 3, 1]], ["u", 3, 1, ["s:0", "s:1"], [8]])
  const thefts = { T: ["c:0"] }
  // s:1 arrives; s:2 (1) is below 2; s:0 (5) goes on and, with U3, is u:0 = T5 U3
  const options = { min: 2n, services: new Map([["s-1", "shop"]]) }
  const result = coin(ledger, thefts, "fifo", options)
  expect(sumsOf(result.total)).toEqual({ declared: 9, held: 5, services: 3, belowThreshold: 1 })
  expect(lotsOf(result)).toEqual({ "u:0": "T5 U3" })
  expect(result.arrivals).toMatchObject([{ tx: "s", pot: "s:1", service: "shop", traced: 3n }])
  const near = coin(ledger, thefts, "fifo", { ...options, maxHops: 1 })
  expect(sumsOf(near.total)).toEqual({ declared: 9, services: 3, belowThreshold: 1, notFollowed: 5 })
  // the declared credit itself is never too small
  expect(coin(ledger, thefts, "fifo", { min: 10n }).total.belowThreshold).toBe(9n)
  expect(coin(ledger, thefts, "fifo", { min: 10n, toHeight: 1 }).total.held).toBe(9n)
})

test("tiho is refused on an account ledger", () => {
  expect(() => ask(account("a x y 1"), { T: ["a#0"] }, "tiho")).toThrow("UTXO")
})
