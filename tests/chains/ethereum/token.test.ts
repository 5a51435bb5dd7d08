import type { Hex } from "viem"
import { toEventSelector } from "viem/utils"
import { describe, expect, it } from "vitest"
import type { Log } from "../../../src/chains/ethereum/receipt.ts"
import { tokensOf } from "../../../src/chains/ethereum/token.ts"

const TRANSFER = toEventSelector("Transfer(address,address,uint256)")
const DEPOSIT = toEventSelector("Deposit(address,uint256)")
const WITHDRAWAL = toEventSelector("Withdrawal(address,uint256)")
const TOKEN: Hex = `0x${"70".repeat(20)}`
const [A, B, NOBODY] = ["a", "b", "0"].map((digit): Hex => `0x${digit.repeat(40)}`) as [Hex, Hex, Hex]
const MOST = (1n << 256n) - 1n

const word = (value: Hex | bigint): Hex =>
  `0x${(typeof value === "bigint" ? value.toString(16) : value.slice(2)).padStart(64, "0")}`
const log = (topics: readonly Hex[], data: Hex, index = 0): Log => ({ address: TOKEN, topics, data, index })
const transfer = (from: Hex, to: Hex, amount: bigint, index = 0): Log =>
  log([TRANSFER, word(from), word(to)], word(amount), index)

describe("a Transfer event", () => {
  it("is an amount, exact to 256 bits; from nobody it issues, to nobody it burns", () => {
    const logs = [transfer(A, B, MOST, 3), transfer(NOBODY, A, 1n, 4), transfer(B, NOBODY, 2n, 5)]
    expect(tokensOf(logs)).toEqual({
      transfers: [
        { token: TOKEN, from: A, to: B, amount: MOST, index: 3 },
        { token: TOKEN, from: null, to: A, amount: 1n, index: 4 },
        { token: TOKEN, from: B, to: null, amount: 2n, index: 5 },
      ],
      doubts: [],
    })
  })

  it("with a number as its fourth topic is a collectible's, and no amount", () => {
    expect(tokensOf([log([TRANSFER, word(A), word(B), word(7n)], "0x")])).toEqual({
      transfers: [],
      doubts: [],
    })
  })

  it.each([
    ["that indexes nothing", log([TRANSFER], `${word(A)}${word(B).slice(2)}${word(5n).slice(2)}`)],
    ["without an amount", log([TRANSFER, word(A), word(B)], "0x")],
    ["with more than an amount", log([TRANSFER, word(A), word(B)], `${word(5n)}00`)],
    ["from what is no account", log([TRANSFER, `0x1${word(A).slice(3)}`, word(B)], word(5n))],
  ])("%s is doubted", (_, odd) => {
    expect(tokensOf([odd])).toEqual({
      transfers: [],
      doubts: [{ token: TOKEN, reason: "transfers that are not of ERC-20's form" }],
    })
  })
})

describe("wrapped ether's own events", () => {
  const deposit = log([DEPOSIT, word(A)], word(5n))
  const withdrawal = log([WITHDRAWAL, word(A)], word(5n))
  const doubts = [{ token: TOKEN, reason: "deposits and withdrawals without transfers" }]

  it("make nothing, and are doubted", () => {
    expect(tokensOf([deposit])).toEqual({ transfers: [], doubts })
    expect(tokensOf([withdrawal])).toEqual({ transfers: [], doubts })
  })

  it("are not doubted where a transfer says the same", () => {
    expect(tokensOf([deposit, transfer(NOBODY, A, 5n)]).doubts).toEqual([])
    expect(tokensOf([withdrawal, transfer(A, NOBODY, 5n)]).doubts).toEqual([])
    expect(tokensOf([deposit, transfer(NOBODY, A, 6n)]).doubts).toEqual(doubts)
    expect(tokensOf([deposit, transfer(A, NOBODY, 5n)]).doubts).toEqual(doubts)
  })

  it("are no such events in any other form", () => {
    expect(tokensOf([log([DEPOSIT], word(5n)), log([WITHDRAWAL, word(A)], "0x"), log([], "0x")])).toEqual({
      transfers: [],
      doubts: [],
    })
  })
})
