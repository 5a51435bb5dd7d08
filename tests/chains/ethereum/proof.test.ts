import { describe, expect, it } from "vitest"
import { decodeBlock, decodeReceipts } from "../../../src/chains/ethereum/block.ts"
import { prove } from "../../../src/chains/ethereum/proof.ts"
import { EMPTY_ROOT, trieRoot } from "../../../src/chains/ethereum/trie-root.ts"
import { block, type Json, receipts } from "./block-483920.ts"
import { faultOf } from "./faults.ts"

const proofOf = (told: Json, toldReceipts: unknown = receipts()) => {
  const decoded = decodeBlock(told, "block")
  return prove(decoded, decodeReceipts(toldReceipts, decoded, "receipts"), [])
}

/** The block with one field of its header or of a transaction changed. */
function changed(place: string, value: unknown): Json {
  const told = block()
  const [, index, name] = /^transactions\.(\d)\.(\w+)$/.exec(place) ?? []
  if (name === undefined) told[place] = value
  else ((told.transactions as Json[])[Number(index)] as Json)[name] = value
  return told
}

const ALL = { header: true, transactions: true, receipts: true, withdrawals: true, uncles: true }
const OTHER = `0x${"ab".repeat(32)}`

describe("mainnet block 483920", () => {
  it("is proved: its hash, its transactions' hashes and senders, both roots, and that it has no uncles", () => {
    expect(proofOf(block())).toEqual(ALL)
  })

  it.each([
    ["stateRoot", OTHER, "block.hash: hash does not match"],
    ["mixHash", OTHER, "block.hash: hash does not match"],
    ["miner", `0x${"ab".repeat(20)}`, "block.hash: hash does not match"],
    ["timestamp", "0x5638c859", "block.hash: hash does not match"],
    ["difficulty", "0x6a351578183", "block.hash: hash does not match"],
    ["baseFeePerGas", "0x7", "block.hash: hash does not match"],
    ["transactions.2.value", "0x2714d78692b001", "transactions[2].hash: hash does not match"],
    ["transactions.2.to", `0x${"ab".repeat(20)}`, "transactions[2].hash: hash does not match"],
    ["transactions.2.hash", OTHER, "receipts: one for each transaction expected"],
    ["transactions.2.from", `0x${"ab".repeat(20)}`, "transactions[2].from: sender does not match"],
  ])("is refused with another %s", (place, value, fault) => {
    expect(faultOf(() => proofOf(changed(place, value)))).toBe(fault)
  })

  it("is refused with a root of other transactions or receipts, whatever hash it claims", () => {
    for (const root of ["transactionsRoot", "receiptsRoot"]) {
      // The header is not provable without its nonce, so that the root itself is looked at.
      const told = { ...changed(root, OTHER), nonce: null }
      expect(faultOf(() => proofOf(told))).toBe(`block.${root}: root does not match`)
    }
  })

  it("is refused with other receipts: an amount of a log, a topic, the gas, the state", () => {
    const forged = (change: (receipt: Json, log: Json) => void): string | null => {
      const told = receipts()
      const [receipt] = told as [Json]
      change(receipt, (receipt.logs as Json[])[0] as Json)
      return faultOf(() => proofOf(block(), told))
    }
    const refused = "block.receiptsRoot: root does not match"
    expect(
      forged((_, log) => {
        log.data = `0x${"186a1".padStart(64, "0")}`
      }),
    ).toBe(refused)
    expect(
      forged((_, log) => {
        ;(log.topics as string[])[2] = OTHER
      }),
    ).toBe(refused)
    expect(
      forged(receipt => {
        receipt.root = OTHER
      }),
    ).toBe(refused)
    expect(
      forged(receipt => {
        receipt.gasUsed = "0xc6a4"
      }),
    ).toBe("receipts[0].gasUsed: out of range")
    expect(
      forged((_, log) => {
        log.logIndex = "0x1"
      }),
    ).toBe("receipts[0].logs: out of order")
  })

  it("is not proved, and not refused, where a node leaves out what it takes", () => {
    expect(proofOf(changed("mixHash", null))).toEqual({ ...ALL, header: false })
    expect(proofOf(changed("transactions.1.r", null))).toEqual({ ...ALL, transactions: false })
    const without = receipts().map(receipt => ({ ...receipt, root: null }))
    expect(proofOf(block(), without)).toEqual({ ...ALL, receipts: false })
  })

  it("is not proved, and not refused, where a fork after ours adds to it", () => {
    const later = { ...changed("stateRoot", OTHER), blockAccessListHash: OTHER }
    expect(proofOf(later)).toEqual({ ...ALL, header: false })
    const told = receipts().map(receipt => ({
      ...receipt,
      type: receipt.transactionIndex === "0x3" ? "0x5" : "0x0",
    }))
    expect(proofOf(changed("transactions.3.type", "0x5"), told)).toEqual({
      ...ALL,
      transactions: false,
      receipts: false,
    })
  })

  it("has uncles that are not at hand, or are others", () => {
    const decoded = decodeBlock(block(), "block")
    const own = decodeReceipts(receipts(), decoded, "receipts")
    expect(prove(decoded, own, null)).toEqual({ ...ALL, uncles: false })
    expect(faultOf(() => prove(decoded, own, [decoded.header]))).toBe("block.sha3Uncles: hash does not match")
  })
})

describe("the root of a list", () => {
  it("of nothing is the one that empty blocks have", () => {
    expect(trieRoot([])).toBe("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421")
    expect(EMPTY_ROOT).toBe(trieRoot([]))
  })

  it("changes with each item, their order and their number, through all lengths at which keys grow", () => {
    const items = Array.from(
      { length: 300 },
      (_, at): `0x${string}` => `0x${at.toString(16).padStart(4, "0")}`,
    )
    const roots = [1, 2, 16, 17, 127, 128, 129, 130, 255, 256, 257, 300].map(n => trieRoot(items.slice(0, n)))
    const [first, second, ...rest] = items as [`0x${string}`, `0x${string}`, ...`0x${string}`[]]
    expect(new Set([...roots, trieRoot([second, first, ...rest])]).size).toBe(roots.length + 1)
  })
})
