import type { Hex } from "viem"
import { describe, expect, it } from "vitest"
import type { CallFrame, CallType } from "../../../src/chains/ethereum/call-frame.ts"
import { type MoveRules, movesOf } from "../../../src/chains/ethereum/moves.ts"
import { faultOf } from "./faults.ts"

const account = (digit: string): Hex => `0x${digit.repeat(40)}`
const [A, B, C, D] = ["a", "b", "c", "d"].map(account) as [Hex, Hex, Hex, Hex]
const PRODUCER = account("e")

/** `["CALL", A, B, 5n, [...calls]]`; a "!" after the type is a failure. */
type Told = readonly [
  type: string,
  from: Hex | null,
  to: Hex | null,
  value: bigint | null,
  calls?: readonly Told[],
]

function frame([type, from, to, value, calls = []]: Told): CallFrame {
  const failed = type.endsWith("!")
  return { type: type.replace("!", "") as CallType, from, to, value, failed, calls: calls.map(frame) }
}

const OLD: MoveRules = { destroysOnlyCreated: false, tip: { to: PRODUCER, amount: 9n } }
const NEW: MoveRules = { ...OLD, destroysOnlyCreated: true }
const NAMES = new Map([A, B, C, D, PRODUCER].map(address => [address, address.slice(-1)]))

const told = (top: Told, rules: MoveRules = NEW): string[] =>
  movesOf(frame(top), rules).moves.map(({ at, from, to, amount }) => {
    const place = at.replace(/0x([0-9a-f])\1{39}/, "$1")
    return `${place} ${NAMES.get(from)}>${to === null ? "" : NAMES.get(to)} ${amount}`
  })
const isComplete = (top: Told, rules: MoveRules = NEW): boolean => movesOf(frame(top), rules).complete

describe("what a transaction's calls moved", () => {
  it("is told in the order of execution, each at its place, its own value left out", () => {
    expect(
      told([
        "CALL",
        A,
        B,
        100n,
        [
          [
            "CALL",
            B,
            C,
            1n,
            [
              ["CALL", C, D, 2n],
              ["CALL", C, A, 3n],
            ],
          ],
          ["CREATE2", B, D, 4n],
          ["CALL", B, B, 5n],
          ["CALL", B, C, 0n],
        ],
      ]),
    ).toEqual(["call:0 b>c 1", "call:0.0 c>d 2", "call:0.1 c>a 3", "call:1 b>d 4", "call:2 b>b 5"])
  })

  it("is nothing where it was undone: what failed, and all below it", () => {
    expect(
      told([
        "CALL",
        A,
        B,
        1n,
        [
          ["CALL!", B, C, 1n, [["CALL", C, D, 1n]]],
          ["CALL", B, C, 2n],
        ],
      ]),
    ).toEqual(["call:1 b>c 2"])
    expect(told(["CALL!", A, B, 1n, [["CALL", B, C, 1n]]])).toEqual([])
    expect(told(["CALL", A, B, 1n, [["CREATE!", B, null, 1n]]])).toEqual([])
  })

  it("is nothing of a delegate, code or static call itself, but what they called", () => {
    expect(
      told([
        "CALL",
        A,
        B,
        1n,
        [
          ["DELEGATECALL", B, C, 1n, [["CALL", B, D, 2n]]],
          ["CALLCODE", B, C, 7n, [["CALL", B, D, 3n]]],
          ["STATICCALL", B, C, null, [["CALL", C, D, 0n]]],
        ],
      ]),
    ).toEqual(["call:0.0 b>d 2", "call:1.0 b>d 3"])
  })

  it("is the balance that a self-destruct leaves, under old rules and new", () => {
    const top: Told = ["CALL", A, B, 0n, [["SELFDESTRUCT", B, C, 50n]]]
    expect(told(top, OLD)).toEqual(["call:0 b>c 50"])
    expect(told(top, NEW)).toEqual(["call:0 b>c 50"])
  })

  it("is burned by a self-destruct in favour of itself before Cancun, and kept since", () => {
    const top: Told = ["CALL", A, B, 0n, [["SELFDESTRUCT", B, B, 50n]]]
    expect(told(top, OLD)).toEqual(["call:0 b> 50"])
    expect(told(top, NEW)).toEqual([])
    expect(isComplete(top)).toBe(true)
  })

  it("is burned since Cancun too where the contract was made in the same transaction", () => {
    const top: Told = ["CREATE", A, B, 0n, [["CREATE", B, C, 20n, [["SELFDESTRUCT", C, C, 20n]]]]]
    expect(told(top, NEW)).toEqual(["call:0 b>c 20", "call:0.0 c> 20"])
    expect(told(["CREATE", A, B, 8n, [["SELFDESTRUCT", B, B, 8n]]], NEW)).toEqual(["call:0 b> 8"])
  })

  it("is gone at the end where a destroyed contract got more: less what it sent on, and its tip with it", () => {
    const top: Told = [
      "CALL",
      A,
      B,
      0n,
      [
        ["CALL", B, C, 0n, [["SELFDESTRUCT", C, D, 10n]]],
        ["CALL", B, C, 7n],
        ["CALL", B, C, 0n, [["CALL", C, A, 3n]]],
      ],
    ]
    const moves = ["call:0.0 c>d 10", "call:1 b>c 7", "call:2.0 c>a 3"]
    expect(told(top, OLD)).toEqual([...moves, "destroyed:c c> 4"])
    expect(told(top, NEW)).toEqual(moves)
    expect(told(top, { ...OLD, tip: { to: C, amount: 9n } })).toEqual([...moves, "destroyed:c c> 13"])
    // Destroyed a second time it leaves what it had got.
    const again: Told = [
      "CALL",
      A,
      B,
      0n,
      [...(top[4] ?? []), ["CALL", B, C, 0n, [["SELFDESTRUCT", C, D, 4n]]]],
    ]
    expect(told(again, OLD)).toEqual([...moves, "call:3.0 c>d 4"])
  })

  it("is nothing of a self-destruct that was undone", () => {
    const top: Told = [
      "CALL",
      A,
      B,
      0n,
      [
        ["CALL!", B, C, 0n, [["SELFDESTRUCT", C, D, 10n]]],
        ["CALL", B, C, 7n],
      ],
    ]
    expect(told(top, OLD)).toEqual(["call:1 b>c 7"])
  })

  it("is not all known where an old tracer tells of a self-destruct only that it was", () => {
    const top: Told = [
      "CALL",
      A,
      B,
      0n,
      [
        ["SELFDESTRUCT", null, null, null],
        ["CALL", B, C, 1n],
      ],
    ]
    expect(told(top)).toEqual(["call:1 b>c 1"])
    expect(isComplete(top)).toBe(false)
  })

  it("is not told twice where revm's tracer takes the transfer before for a self-destruct that moved nothing", () => {
    const top: Told = ["CALL", A, B, 6n, [["SELFDESTRUCT", A, B, 6n]]]
    expect(told(top)).toEqual([])
    expect(isComplete(top)).toBe(true)
    const inner: Told = ["CALL", A, B, 6n, [["CALL", B, C, 2n, [["SELFDESTRUCT", B, C, 2n]]]]]
    expect(told(inner)).toEqual(["call:0 b>c 2"])
    // Anything else that a self-destruct says of another account is no sense at all.
    const odd: Told = ["CALL", A, B, 6n, [["SELFDESTRUCT", A, B, 7n]]]
    expect(told(odd)).toEqual([])
    expect(isComplete(odd)).toBe(false)
    // Code that runs in its caller's place destroys its caller.
    const borrowed: Told = ["CALL", A, B, 6n, [["DELEGATECALL", B, C, 6n, [["SELFDESTRUCT", B, D, 6n]]]]]
    expect(told(borrowed)).toEqual(["call:0.0 b>d 6"])
  })

  it("is refused where a call has no end", () => {
    expect(faultOf(() => told(["CALL", A, B, 0n, [["CALL", B, null, 1n]]]))).toBe(
      "call:0: trace does not match",
    )
    expect(faultOf(() => told(["CALL", A, B, 0n, [["CREATE", B, null, 1n]]]))).toBe(
      "call:0: trace does not match",
    )
  })
})
