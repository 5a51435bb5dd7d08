import { describe, expect, it } from "vitest"
import { decodeBlock, decodeReceipts, type EthereumBlock } from "../../../src/chains/ethereum/block.ts"
import { type BlockRecord, rowsOf } from "../../../src/chains/ethereum/block-rows.ts"
import type { CallFrame } from "../../../src/chains/ethereum/call-frame.ts"
import { DAO_ACCOUNTS, DAO_REFUND } from "../../../src/chains/ethereum/dao.ts"
import type { Header } from "../../../src/chains/ethereum/header.ts"
import { NOTHING_PROVED, prove } from "../../../src/chains/ethereum/proof.ts"
import type { Receipt } from "../../../src/chains/ethereum/receipt.ts"
import type { Transaction } from "../../../src/chains/ethereum/transaction.ts"
import { HASH, MINER, receipts as receipts483920, TOKEN, block as told483920 } from "./block-483920.ts"
import { faultOf } from "./faults.ts"

const ETHER = 10n ** 18n
const block = decodeBlock(told483920(), "block")
const receipts = decodeReceipts(receipts483920(), block, "receipts")
const real: BlockRecord = {
  block,
  receipts,
  frames: null,
  uncles: [],
  proof: prove(block, receipts, []),
  chainId: 1,
  daoBalances: null,
}

const tell = (record: BlockRecord): string[] =>
  rowsOf(record).rows.map(({ ref, from, to, asset, amount, kind, grade }) => {
    const ends = `${from?.slice(2, 6) ?? ""}>${to?.slice(2, 6) ?? ""}`
    return `${ref.slice(0, 6)}${ref.slice(ref.indexOf("#"))} ${ends} ${amount} ${asset.slice(0, 7)} ${kind} ${grade}`
  })

/** The real block with its header, first transaction and receipt changed, and no other transaction. */
function made(
  header: Partial<Header>,
  transaction: Partial<Transaction> = {},
  receipt: Partial<Receipt> = {},
) {
  const [first] = block.transactions as [Transaction]
  const [own] = receipts as [Receipt]
  const changed: EthereumBlock = {
    ...block,
    header: { ...block.header, ...header },
    transactions: [{ ...first, value: 7n, ...transaction }],
  }
  const record: BlockRecord = {
    ...real,
    block: changed,
    receipts: [{ ...own, root: null, succeeded: true, logs: [], effectiveGasPrice: null, ...receipt }],
    proof: NOTHING_PROVED,
  }
  return record
}

describe("mainnet block 483920", () => {
  it("moves what it moved: fees wholly to its miner, values, tokens, and five ether made", () => {
    const gas = 50_000_000_000n
    const fee = (used: bigint) => `${gas * used} ETH fee chain`
    expect(tell(real)).toEqual([
      `0x04cb#fee 1b63>52bc ${fee(50_853n)}`,
      "0x04cb#log:0 1b63>ac4d 100000 erc20:0 transfer chain",
      `0xcea6#fee 9b22>52bc ${fee(50_853n)}`,
      "0xcea6#log:1 9b22>66f1 200000 erc20:0 transfer chain",
      `0x463d#fee 9df4>52bc ${fee(21_000n)}`,
      "0x463d#value 9df4>9e66 11000440000000000 ETH transfer chain",
      `0x0528#fee 2a65>52bc ${fee(21_000n)}`,
      "0x0528#value 2a65>743b 1530219620000000000 ETH transfer chain",
      "block:#reward >52bc 5000000000000000000 ETH reward chain",
    ])
    const [first] = rowsOf(real).rows
    expect(first?.tx).toEqual({
      id: "0x04cbcb236043d8fb7839e07bbc7f5eed692fb2ca55d897f1101eac3e3ad4fab8",
      height: 483_920,
      time: "2015-11-03T14:44:40Z",
    })
    expect(rowsOf(real).rows[1]?.asset).toBe(`erc20:${TOKEN}`)
    expect(rowsOf(real).rows.at(-1)?.ref).toBe("block:483920#reward")
  })

  it("lacks what its two calls may have called, since nobody traced them", () => {
    expect(rowsOf(real).lacks).toEqual([{ what: "internal calls" }])
  })
})

describe("what a block's producer is given", () => {
  const rewardsAt = (header: Partial<Header>, chainId = 1) => {
    const { rows, lacks } = rowsOf({ ...made(header), chainId })
    const given = rows.filter(({ kind }) => kind === "reward").map(({ to, amount }) => [to, amount])
    return { given, isKnown: !lacks.some(({ what }) => what === "internal calls" || what === "token") }
  }

  it.each([
    [1, 5n],
    [4_369_999, 5n],
    [4_370_000, 3n],
    [7_279_999, 3n],
    [7_280_000, 2n],
    [15_537_393, 2n],
  ])("at height %i is %i ether", (number, ether) => {
    expect(rewardsAt({ number }).given).toEqual([[MINER, ether * ETHER]])
  })

  it("is nothing at the genesis, nor since the Merge", () => {
    expect(rewardsAt({ number: 0 }).given).toEqual([])
    expect(rewardsAt({ number: 15_537_394, difficulty: 0n }).given).toEqual([])
  })

  it("is not known on a chain whose rules we do not know", () => {
    const record = { ...made({}), chainId: 61 }
    expect(rowsOf(record).rows.filter(({ kind }) => kind === "reward")).toEqual([])
    expect(rowsOf(record).lacks).toContainEqual({ what: "proof" })
  })

  it("has an eighth less for each block that an uncle is late, and a 32nd more for each uncle", () => {
    const uncle = (distance: number, digit: string): Header => {
      return { ...block.header, number: 483_920 - distance, miner: `0x${digit.repeat(40)}` }
    }
    const uncles = [uncle(1, "a"), uncle(6, "b")]
    const record = { ...real, uncles, block: { ...block, uncles: [HASH, HASH] as const } }
    const rows = rowsOf({ ...record, proof: { ...real.proof, uncles: true } }).rows.slice(-3)
    expect(rows.map(({ ref, to, amount, grade }) => [ref, to, amount, grade])).toEqual([
      ["block:483920#uncle:0", `0x${"a".repeat(40)}`, (5n * ETHER * 7n) / 8n, "chain"],
      ["block:483920#uncle:1", `0x${"b".repeat(40)}`, (5n * ETHER * 2n) / 8n, "chain"],
      ["block:483920#reward", MINER, 5n * ETHER + (2n * 5n * ETHER) / 32n, "chain"],
    ])
    expect(rowsOf({ ...record, uncles: null }).lacks).toContainEqual({ what: "proof" })
  })

  it("comes with what its validators withdraw, told in gwei", () => {
    const withdrawals = [{ index: 1n, validatorIndex: 2n, address: MINER, amount: 3n }] as const
    const record = made({ difficulty: 0n, withdrawalsRoot: HASH })
    const rows = rowsOf({ ...record, block: { ...record.block, withdrawals } }).rows
    expect(rows.at(-1)).toMatchObject({
      ref: "block:483920#withdrawal:0",
      from: null,
      to: MINER,
      amount: 3_000_000_000n,
      kind: "reward",
      originUnknown: false,
    })
  })
})

describe("what a transaction pays", () => {
  const fees = (record: BlockRecord) =>
    rowsOf(record)
      .rows.filter(({ kind }) => kind === "fee")
      .map(({ ref, to, amount, grade }) => `${ref.slice(ref.indexOf("#"))} ${to} ${amount} ${grade}`)

  it("is shared since London: the tip to the producer, the base fee burned", () => {
    const dynamic = { type: 2, gasPrice: null, maxFeePerGas: 100n, maxPriorityFeePerGas: 3n }
    const receipt = { gasUsed: 21_000n, cumulativeGasUsed: 21_000n }
    const both = [`#fee ${MINER} 63000 reported`, "#basefee null 1470000 reported"]
    expect(fees(made({ baseFeePerGas: 70n }, dynamic, receipt))).toEqual(both)
    // No more than was offered.
    expect(fees(made({ baseFeePerGas: 99n }, dynamic, receipt))[0]).toBe(`#fee ${MINER} 21000 reported`)
    expect(fees(made({ baseFeePerGas: 100n }, dynamic, receipt))).toEqual(["#basefee null 2100000 reported"])
    expect(faultOf(() => fees(made({ baseFeePerGas: 101n }, dynamic, receipt)))).toBe(
      "transactions[0]: fee does not match",
    )
  })

  it("must be what its receipt says", () => {
    expect(faultOf(() => fees(made({}, {}, { effectiveGasPrice: 1n })))).toBe(
      "transactions[0].effectiveGasPrice: fee does not match",
    )
    expect(faultOf(() => fees(made({}, { gas: 1n })))).toBe("transactions[0]: fee does not match")
  })

  it("has what its blobs cost burned too", () => {
    const blobs = {
      type: 3,
      blobVersionedHashes: [HASH, HASH] as const,
      maxFeePerGas: 9n,
      maxPriorityFeePerGas: 0n,
    }
    const receipt = { gasUsed: 21_000n, blobGasUsed: 262_144n, blobGasPrice: 5n }
    const record = made({ baseFeePerGas: 9n }, blobs, receipt)
    expect(fees(record)).toEqual(["#basefee null 189000 reported", "#blobfee null 1310720 reported"])
    expect(
      rowsOf(made({ baseFeePerGas: 9n }, blobs, { ...receipt, blobGasPrice: null })).lacks,
    ).toContainEqual({
      what: "proof",
    })
    expect(faultOf(() => fees(made({ baseFeePerGas: 9n }, blobs, { ...receipt, blobGasUsed: 1n })))).toBe(
      "transactions[0].blobGasUsed: fee does not match",
    )
  })

  it("is all that a failed transaction moves", () => {
    const record = made({}, {}, { succeeded: false })
    expect(rowsOf(record).rows.map(({ kind }) => kind)).toEqual(["fee", "reward"])
    expect(rowsOf(record).lacks).toEqual([{ what: "proof" }])
  })

  it("is known of a type that we do not know by what the node says", () => {
    const later = { type: 9, gasPrice: null, maxFeePerGas: null, maxPriorityFeePerGas: null }
    expect(fees(made({}, later, { effectiveGasPrice: 2n, gasUsed: 10n }))).toEqual([
      `#fee ${MINER} 20 reported`,
    ])
    expect(faultOf(() => fees(made({}, later, {})))).toBe(
      "transactions[0].effectiveGasPrice: fee does not match",
    )
  })
})

describe("whether a transaction before Byzantium failed", () => {
  const outcome = (gas: bigint, gasUsed: bigint, frame: CallFrame | null = null) => {
    const record = made({}, { gas }, { succeeded: null, root: HASH, gasUsed })
    const { rows, lacks } = rowsOf({ ...record, frames: frame === null ? null : [frame] })
    const value = rows.find(({ ref }) => ref.endsWith("#value"))
    return [value?.grade ?? null, lacks.some(({ what }) => what === "internal calls")]
  }

  it("follows from the gas that it left, else from its trace, else is inferred of a plain transfer", () => {
    expect(outcome(50_000n, 30_000n)).toEqual(["reported", true])
    expect(outcome(21_000n, 21_000n)).toEqual(["inferred", false])
    expect(outcome(30_000n, 30_000n)).toEqual([null, true])
    const [{ from, to }] = block.transactions as [Transaction]
    const frame: CallFrame = { type: "CALL", from, to, value: 7n, failed: false, calls: [] }
    expect(outcome(30_000n, 30_000n, frame)).toEqual(["reported", false])
    expect(outcome(30_000n, 30_000n, { ...frame, failed: true })).toEqual([null, false])
  })

  it("is not taken from a trace of something else", () => {
    const [{ from, to }] = block.transactions as [Transaction]
    const frame: CallFrame = { type: "CALL", from, to, value: 7n, failed: false, calls: [] }
    const refused = "transactions[0]: trace does not match"
    expect(faultOf(() => outcome(1n << 20n, 30_000n, { ...frame, value: 8n }))).toBe(refused)
    expect(faultOf(() => outcome(1n << 20n, 30_000n, { ...frame, from: MINER }))).toBe(refused)
    expect(faultOf(() => outcome(1n << 20n, 30_000n, { ...frame, to: MINER }))).toBe(refused)
    expect(faultOf(() => rowsOf({ ...made({}), frames: [{ ...frame, failed: true }] }))).toBe(refused)
  })
})

describe("block 1920000", () => {
  it("moves the DAO's balances before its first transaction", () => {
    const [first, second] = DAO_ACCOUNTS as [`0x${string}`, `0x${string}`]
    const daoBalances = new Map([
      [first, 0n],
      [second, 5n],
    ])
    const { rows, lacks } = rowsOf({ ...made({ number: 1_920_000 }), daoBalances })
    expect(rows[0]).toMatchObject({
      ref: "block:1920000#dao:1",
      from: second,
      to: DAO_REFUND,
      amount: 5n,
      kind: "transfer",
      grade: "reported",
    })
    expect(rows[1]?.kind).toBe("fee")
    expect(lacks).toEqual([{ what: "internal calls" }, { what: "proof" }])
  })

  it("lacks them where nobody knows them, and other chains have none", () => {
    const proved = { header: true, transactions: true, receipts: true, withdrawals: true, uncles: true }
    const record = { ...made({ number: 1_920_000, difficulty: 0n }), proof: proved, frames: null }
    expect(rowsOf(record).lacks).toContainEqual({ what: "proof" })
    expect(rowsOf({ ...record, chainId: 61 }).lacks).toEqual([{ what: "internal calls" }])
  })

  it("has 116 accounts", () => {
    expect(new Set(DAO_ACCOUNTS).size).toBe(116)
    expect(DAO_ACCOUNTS.every(account => /^0x[0-9a-f]{40}$/.test(account))).toBe(true)
  })
})
