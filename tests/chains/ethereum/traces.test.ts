import { describe, expect, it } from "vitest"
import { decodeCallTraces } from "../../../src/chains/ethereum/call-frame.ts"
import { movesOf } from "../../../src/chains/ethereum/moves.ts"
import { decodeParityTraces } from "../../../src/chains/ethereum/parity-trace.ts"
import { faultOf } from "./faults.ts"

/** Mainnet block 1,011,973, as OpenEthereum told it to ethereum-etl (its tests' block_with_suicide). */
const HASH = "0x91acb43c5f141c393a189e091c190c9ffb20e4e8a502e4cc3087be9587bdbc89"
const OWNER = "0x83973747eec131bf9a08ac64fb1a518e891bdf4b"
const CONTRACT = "0x474faa5018639791952fae334e2911700ac7fe9b"
const SUICIDE = [
  {
    action: {
      callType: "call",
      from: OWNER,
      gas: "0x10c78",
      input: "0x41c0e1b5",
      to: CONTRACT,
      value: "0x0",
    },
    result: { gasUsed: "0xe8", output: "0x" },
    subtraces: 1,
    traceAddress: [],
    transactionHash: HASH,
    type: "call",
  },
  {
    action: { address: CONTRACT, balance: "0xb1a2bc2ec50000", refundAddress: OWNER },
    result: null,
    subtraces: 0,
    traceAddress: [0],
    transactionHash: HASH,
    type: "suicide",
  },
  {
    action: {
      author: "0x738db714c08b8a32a29e0e68af00215079aa9c5c",
      rewardType: "block",
      value: "0x4563918244f40000",
    },
    result: null,
    subtraces: 0,
    traceAddress: [],
    transactionHash: null,
    type: "reward",
  },
]
const RULES = { destroysOnlyCreated: false, tip: { to: OWNER, amount: 0n } } as const
const moved = { at: "call:0", from: CONTRACT, to: OWNER, amount: 50_000_000_000_000_000n }

const parity = (value: unknown, hashes: readonly string[] = [HASH]) =>
  decodeParityTraces(value, hashes as `0x${string}`[], "traces")
const geth = (value: unknown, hashes: readonly string[] = [HASH]) =>
  decodeCallTraces(value, hashes as `0x${string}`[], "traces")
const call = (more: object = {}) => ({ type: "CALL", from: OWNER, to: CONTRACT, value: "0x1", ...more })

describe("trace_block", () => {
  it("tells a real self-destruct of 0.05 ether", () => {
    const [top] = parity(SUICIDE)
    if (top === undefined) throw new Error("no trace")
    expect(movesOf(top, RULES)).toEqual({ moves: [moved], complete: true })
  })

  it("is refused where its places do not make a tree, or are not the block's", () => {
    const [top, suicide] = SUICIDE
    expect(faultOf(() => parity([suicide, top]))).toBe("traces[0]: out of order")
    expect(faultOf(() => parity([top, { ...suicide, traceAddress: [1] }]))).toBe("traces[1]: out of order")
    expect(faultOf(() => parity([top, suicide, suicide]))).toBe("traces[2]: out of order")
    expect(faultOf(() => parity([top, top]))).toBe("traces[1]: out of order")
    expect(faultOf(() => parity([]))).toBe("traces: one for each transaction expected")
    expect(faultOf(() => parity([top], [`0x${"00".repeat(32)}`]))).toBe("traces: of another transaction")
    expect(faultOf(() => parity({}))).toBe("traces: not a list")
    expect(faultOf(() => parity([{ ...top, type: "jump" }]))).toBe("traces[0].type: unknown kind of call")
    expect(faultOf(() => parity([{ ...top, traceAddress: ["0"] }]))).toBe(
      "traces[0].traceAddress[0]: not a quantity",
    )
  })
})

describe("debug_traceBlockByNumber with the callTracer", () => {
  it("tells the same self-destruct", () => {
    const calls = [
      { type: "SELFDESTRUCT", from: CONTRACT, to: OWNER, value: "0xb1a2bc2ec50000", input: "0x" },
    ]
    const [top] = geth([{ txHash: HASH, result: call({ value: "0x0", calls }) }])
    if (top === undefined) throw new Error("no trace")
    expect(movesOf(top, RULES)).toEqual({ moves: [moved], complete: true })
  })

  it("is understood without the transactions' hashes, as older nodes tell it", () => {
    expect(geth([{ result: call() }])).toEqual([
      { type: "CALL", from: OWNER, to: CONTRACT, value: 1n, failed: false, calls: [] },
    ])
  })

  it("is refused where it is of something else, or nonsense", () => {
    expect(faultOf(() => geth([{ txHash: `0x${"00".repeat(32)}`, result: call() }]))).toBe(
      "traces[0].txHash: of another transaction",
    )
    expect(faultOf(() => geth([{ txHash: HASH, error: "execution timeout" }]))).toBe(
      "traces[0].result: not traced",
    )
    expect(faultOf(() => geth([]))).toBe("traces: one for each transaction expected")
    expect(faultOf(() => geth([{ result: call({ type: "JUMP" }) }]))).toBe(
      "traces[0].result.type: unknown kind of call",
    )
    expect(faultOf(() => geth([{ result: call({ value: "1" }) }]))).toBe(
      "traces[0].result.value: not a quantity",
    )
    expect(faultOf(() => geth([{ result: call({ calls: {} }) }]))).toBe("traces[0].result.calls: not a list")
  })

  it("is refused where it is deeper than the EVM goes", () => {
    let deep = call()
    for (let depth = 0; depth < 2_000; depth++) deep = call({ calls: [deep] })
    expect(faultOf(() => geth([{ result: deep }]))).toMatch(/: out of range$/)
  })
})
