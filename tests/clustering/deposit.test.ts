import { describe, expect, it } from "vitest"
import type { AccountMove } from "../../src/clustering/account-graph.ts"
import { depositAccountOf, VICTOR_BLOCKS, VICTOR_KEEP_WEI } from "../../src/clustering/deposit-account.ts"
import { depositOf } from "../../src/clustering/deposit-address.ts"
import { MadeChain, type MadePot } from "./made-chain.ts"

/** Owner 1 is given four outputs, 2 another; 90 is the exchange's, 91 another's, 50 a stranger. */
const GIVEN = {
  spends: [],
  pays: [...Array.from({ length: 4 }, (_, n): MadePot => [1, 100 + n]), [2, 500] as MadePot],
}
const serviceOf = (owner: number) => ({ 90: "exchange", 91: "other", 92: "exchange" })[owner] ?? null
const chainOf = (...spendings: [number[], MadePot[]][]) =>
  new MadeChain([GIVEN, ...spendings.map(([spends, pays]) => ({ spends, pays }))])

describe("an address is taken for a deposit address", () => {
  it("where all that it spent went to owners of one service, beside others' or alone", () => {
    const chain = chainOf(
      [[0, 4], [[90, 600]]],
      [
        [1, 2],
        [
          [92, 100],
          [90, 102],
        ],
      ],
    )
    expect(depositOf(chain, 1, serviceOf)).toEqual({
      service: "exchange",
      sweeps: [1, 2],
      waiting: 1,
      isWeak: false,
      doubts: ["only-customer"],
    })
  })

  it("with one sweep, weakly", () => {
    expect(depositOf(chainOf([[0, 1, 2], [[90, 300]]]), 1, serviceOf)).toMatchObject({
      sweeps: [1],
      waiting: 1,
      isWeak: true,
      doubts: ["only-customer", "few-sweeps"],
    })
  })
})

describe("an address is not taken for a deposit address", () => {
  const swept: [number[], MadePot[]] = [[0], [[90, 100]]]

  it("where it also pays elsewhere, pays two services, or takes change", () => {
    expect(depositOf(chainOf(swept, [[1], [[50, 100]]]), 1, serviceOf)).toBeNull()
    expect(depositOf(chainOf(swept, [[1], [[91, 100]]]), 1, serviceOf)).toBeNull()
    expect(
      depositOf(
        chainOf(swept, [
          [1],
          [
            [90, 50],
            [91, 50],
          ],
        ]),
        1,
        serviceOf,
      ),
    ).toBeNull()
    expect(
      depositOf(
        chainOf(swept, [
          [1],
          [
            [90, 50],
            [1, 50],
          ],
        ]),
        1,
        serviceOf,
      ),
    ).toBeNull()
  })

  it("where it never spent, has too many outputs, or is the service's by its own label", () => {
    expect(depositOf(chainOf(), 1, serviceOf)).toBeNull()
    expect(depositOf(chainOf(swept), 1, serviceOf, 3)).toBeNull()
    expect(depositOf(chainOf(swept), 1, serviceOf, 4)).not.toBeNull()
    expect(depositOf(chainOf(swept), 1, owner => (owner === 1 ? "exchange" : serviceOf(owner)))).toBeNull()
  })

  it("where its sweep burned all or went into an extension block", () => {
    expect(depositOf(chainOf([[0], [[70, 100, "burned"]]]), 1, serviceOf)).toBeNull()
    expect(
      depositOf(
        chainOf([
          [0],
          [
            [90, 50],
            [71, 50, "mweb"],
          ],
        ]),
        1,
        serviceOf,
      ),
    ).toBeNull()
  })
})

const ETHER = 10n ** 18n
type Move = [
  direction: "in" | "out",
  other: string | null,
  amount: bigint,
  height: number,
  asset?: string,
  fee?: boolean,
  tx?: number,
]

function accountOf(
  moves: Move[],
  tip = 100_000,
  mostMoves = 1000,
  tokensAreAnybodys = false,
  mayKeep = VICTOR_KEEP_WEI,
) {
  const made = moves.map(
    (
      [direction, counterparty, amount, height, asset = "ether", isFee = false, tx = height],
      position,
    ): AccountMove => ({
      position,
      tx,
      height,
      asset,
      amount,
      direction,
      isFee,
      counterparty,
    }),
  )
  const rule = {
    withinBlocks: VICTOR_BLOCKS,
    mayKeep: (asset: string) => (asset === "ether" ? mayKeep : 0n),
    tip,
    mostMoves,
    ...(tokensAreAnybodys ? { isAnybodys: (asset: string) => asset !== "ether" } : {}),
  }
  const services: Record<string, string> = { hot: "exchange", cold: "exchange", otherHot: "other" }
  return depositAccountOf({ movesOf: () => made }, "me", account => services[account] ?? null, rule)
}

describe("an account is taken for a deposit account", () => {
  it("where it forwards all, less the fee", () => {
    const fee: Move = ["out", null, 21_000n, 20, "ether", true]
    const moves: Move[] = [
      ["in", "a", ETHER, 10],
      fee,
      ["out", "hot", ETHER - 21_000n, 20],
      ["in", "b", 5n * ETHER, 30],
      ["out", "cold", 5n * ETHER, 40],
    ]
    expect(accountOf(moves)).toEqual({
      service: "exchange",
      sweeps: [2, 4],
      assets: ["ether"],
      isWeak: false,
      doubts: ["only-customer"],
    })
    expect(accountOf(moves.slice(0, 3))).toMatchObject({
      isWeak: true,
      doubts: ["only-customer", "few-sweeps"],
    })
  })

  it("where it keeps no more than the rule allows, or what came is young yet", () => {
    const moves = (kept: bigint): Move[] => [
      ["in", "a", ETHER, 10],
      ["out", "hot", ETHER - kept, 20],
    ]
    expect(accountOf(moves(VICTOR_KEEP_WEI))).not.toBeNull()
    expect(accountOf(moves(VICTOR_KEEP_WEI + 1n))).toBeNull()
    expect(accountOf(moves(ETHER / 2n), 10 + VICTOR_BLOCKS)).not.toBeNull()
    expect(accountOf(moves(ETHER / 2n), 11 + VICTOR_BLOCKS)).toBeNull()
  })

  it("where it forwards a token and the service itself sends ether for the fees, before the first sweep or after", () => {
    const moves: Move[] = [
      ["in", "a", 700n, 10, "token"],
      ["in", "hot", ETHER, 11],
      ["out", null, 21_000n, 12, "ether", true],
      ["out", "cold", 700n, 12, "token"],
      ["in", "hot", ETHER, 13],
      ["in", "a", 3n, 14, "token"],
      ["in", "a", ETHER, 15],
      ["out", "hot", 3n, 16, "token"],
      ["out", "hot", 2n * ETHER, 17],
    ]
    expect(accountOf(moves)).toMatchObject({
      service: "exchange",
      sweeps: [3, 7, 8],
      assets: ["token", "ether"],
    })
    expect(accountOf(moves.slice(0, 4))).toMatchObject({ assets: ["token"], isWeak: true })
  })
})

describe("an account is not taken for a deposit account", () => {
  it("where it forwards too late, to two services, or elsewhere too", () => {
    expect(
      accountOf([
        ["in", "a", ETHER, 10],
        ["out", "hot", ETHER, 10 + VICTOR_BLOCKS],
      ]),
    ).not.toBeNull()
    expect(
      accountOf([
        ["in", "a", ETHER, 10],
        ["out", "hot", ETHER, 11 + VICTOR_BLOCKS],
      ]),
    ).toBeNull()
    const first: Move[] = [
      ["in", "a", 2n * ETHER, 10],
      ["out", "hot", ETHER, 20],
    ]
    expect(accountOf([...first, ["out", "otherHot", ETHER, 30]])).toBeNull()
    expect(accountOf([...first, ["out", "b", ETHER, 30]])).toBeNull()
    expect(accountOf([...first, ["out", null, ETHER, 30]])).toBeNull()
  })

  it("where a token stays, or another service's ether does", () => {
    expect(
      accountOf([
        ["in", "a", ETHER, 10],
        ["in", "a", 1n, 10, "token"],
        ["out", "hot", ETHER, 20],
      ]),
    ).toBeNull()
    expect(
      accountOf([
        ["in", "otherHot", ETHER, 9],
        ["in", "a", 5n, 10, "token"],
        ["out", "hot", 5n, 20, "token"],
      ]),
    ).toBeNull()
  })

  it("where it never forwarded, has too many moves, or is a service's by its own label", () => {
    expect(accountOf([["in", "a", ETHER, 10]])).toBeNull()
    const moves: Move[] = [
      ["in", "a", ETHER, 10],
      ["out", "hot", ETHER, 20],
    ]
    expect(accountOf(moves, 100_000, 1)).toBeNull()
    expect(accountOf(moves, 100_000, 2)).not.toBeNull()
    const rule = { withinBlocks: 1, mayKeep: () => 0n, tip: 1, mostMoves: 9 }
    expect(depositAccountOf({ movesOf: () => [] }, "hot", () => "exchange", rule)).toBeNull()
  })
})

describe("what anybody can send to an account, or write of it", () => {
  const fee = (height: number): Move => ["out", null, 21_000n, height, "ether", true]
  const swept: Move[] = [
    ["in", "a", ETHER, 10],
    fee(20),
    ["out", "hot", ETHER - 21_000n, 20],
    ["in", "a", ETHER, 30],
    fee(40),
    ["out", "hot", ETHER - 21_000n, 40],
  ]
  const judged = (...more: Move[]) => accountOf([...swept, ...more], 100_000, 1000, true)
  const plain = { service: "exchange", assets: ["ether"], isWeak: false, doubts: ["only-customer"] }

  it("does not hide a deposit account: a token that came once, for which it is told as a doubt", () => {
    expect(judged()).toMatchObject(plain)
    expect(judged(["in", "x", 700n, 50, "spam"])).toMatchObject({
      ...plain,
      doubts: ["only-customer", "kept-tokens"],
    })
    expect(judged(["in", "x", 700n, 50, "spam"], ["in", "y", 7n, 51, "more"])).not.toBeNull()
    // Paid in it again, he keeps it.
    expect(judged(["in", "x", 700n, 50, "token"], ["in", "x", 1n, 60, "token"])).toBeNull()
    // Ether cannot be sent about for nothing, and it is passed on here: it must all be.
    expect(judged(["in", "x", ETHER, 50])).toBeNull()
  })

  it("hides it by the chain's own coin where only tokens are passed on and none of the coin may stay, as on NEM", () => {
    const ofToken: Move[] = [
      ["in", "a", 700n, 10, "token"],
      ["out", "hot", 700n, 20, "token"],
      ["in", "x", 1n, 30],
    ]
    expect(accountOf(ofToken, 100_000, 1000, true)).not.toBeNull()
    expect(accountOf(ofToken, 100_000, 1000, true, 0n)).toBeNull()
  })

  it("does not hide it by a move of a token that it never had, which another paid for", () => {
    expect(judged(["out", "thief", 700n, 50, "fake"])).toMatchObject(plain)
    // Paid for by itself, it is its own doing; so is a token that it had.
    expect(judged(fee(50), ["out", "thief", 700n, 50, "fake"])).toBeNull()
    expect(judged(["in", "x", 700n, 45, "fake"], ["out", "thief", 700n, 50, "fake"])).toBeNull()
    expect(judged(["out", "thief", 700n, 50])).toBeNull()
  })

  it("does not hide it by dust: a hundredth of an asset may be late or stay", () => {
    const dusted = (dust: bigint): Move[] => [
      ["in", "a", 990n, 10, "token"],
      ["out", "hot", 990n, 20, "token"],
      ["in", "x", dust, 30, "token"],
      ["out", "hot", dust, 31 + VICTOR_BLOCKS, "token"],
    ]
    expect(accountOf(dusted(10n))).not.toBeNull()
    expect(accountOf(dusted(11n))).toBeNull()
    expect(accountOf(dusted(10n).slice(0, 3))).toMatchObject({ isWeak: true })
    expect(accountOf(dusted(11n).slice(0, 3))).toBeNull()
  })
})
