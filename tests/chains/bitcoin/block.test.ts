import { describe, expect, it } from "vitest"
import { decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { BlockFault } from "../../../src/chains/bitcoin/block-fault.ts"
import { decodeHeader } from "../../../src/chains/bitcoin/header.ts"
import { merkleRoot } from "../../../src/chains/bitcoin/merkle.ts"
import { integratesExtension } from "../../../src/chains/bitcoin/mweb.ts"
import { block, COINBASE, input, output, P2WPKH, transaction, unchecked } from "./made-bytes.ts"
import { blockFaultOf, fromHex, sha256d } from "./real-bytes.ts"

const BITCOIN = { mweb: false }
const LITECOIN = { mweb: true }
const payments = (count: number) =>
  Array.from({ length: count }, (_, n) => transaction({ outputs: [output(BigInt(n), P2WPKH)] }))
const faultOf = (bytes: Uint8Array, dialect = BITCOIN) => blockFaultOf(() => decodeBlock(bytes, dialect))

describe("blocks", () => {
  it.each([0, 1, 2, 3, 6, 100])("reads a coinbase and %i payments, and verifies their txids", count => {
    const read = decodeBlock(block([COINBASE, ...payments(count)]), BITCOIN)
    expect(verifiedTxids(read, sha256d)).toHaveLength(count + 1)
    expect(read.header).toMatchObject({ version: 2, bits: 0x207fffff, nonce: 0 })
  })

  it.each([
    ["an empty file", new Uint8Array(0), "ends too early"],
    ["a header alone", unchecked([]).subarray(0, 80), "ends too early"],
    ["no transactions", unchecked([]), "block without transactions"],
    ["no coinbase", unchecked(payments(2)), "first transaction is not a coinbase"],
    ["a second coinbase", unchecked([COINBASE, COINBASE]), "coinbase out of place"],
    ["bytes behind it", unchecked([COINBASE], undefined, "00"), "bytes left over"],
    [
      "a broken transaction",
      unchecked([COINBASE, "ff".repeat(70)]),
      "count or length beyond the bytes there are",
    ],
  ])("refuses %s", (_, bytes, reason) => {
    expect(faultOf(bytes)).toBe(reason)
  })

  it("refuses a count of transactions that the bytes cannot hold, before it makes any", () => {
    const bytes = unchecked([COINBASE])
    bytes.set(fromHex("fefffffffff0"), 80)
    expect(faultOf(bytes)).toBe("count or length beyond the bytes there are")
  })

  it("refuses transactions that the header does not commit to", () => {
    const [first, second] = payments(2) as [string, string]
    const right = block([COINBASE, first, second])
    const exchanged = unchecked(
      [COINBASE, second, first],
      Buffer.from(right.subarray(36, 68)).toString("hex"),
    )
    expect(() => verifiedTxids(decodeBlock(exchanged, BITCOIN), sha256d)).toThrow(
      new BlockFault("merkle root does not match", 36),
    )
  })

  it("refuses transactions repeated at the end under an unchanged root (CVE-2012-2459)", () => {
    const six = [COINBASE, ...payments(5)]
    const root = Buffer.from(block(six).subarray(36, 68)).toString("hex")
    const repeated = unchecked([...six, ...six.slice(4)], root)
    const reason = "hashes paired with themselves"
    expect(blockFaultOf(() => verifiedTxids(decodeBlock(repeated, BITCOIN), sha256d))).toBe(reason)
  })
})

describe("merkle roots", () => {
  const leaf = (n: number) => sha256d(Uint8Array.of(n))
  const join = (a: Uint8Array, b: Uint8Array) => sha256d(Buffer.concat([a, b]))
  const [one, two, three] = [leaf(1), leaf(2), leaf(3)]

  it("is the txid of one, the pair of two, and takes the last of three twice", () => {
    expect(merkleRoot([one], sha256d)).toEqual(one)
    expect(merkleRoot([one, two], sha256d)).toEqual(join(one, two))
    expect(merkleRoot([one, two, three], sha256d)).toEqual(join(join(one, two), join(three, three)))
  })

  it("refuses none, and two equal ones that make a pair on any level", () => {
    expect(blockFaultOf(() => merkleRoot([], sha256d))).toBe("block without transactions")
    const paired = "hashes paired with themselves"
    expect(blockFaultOf(() => merkleRoot([one, one], sha256d))).toBe(paired)
    expect(blockFaultOf(() => merkleRoot([one, two, three, three], sha256d))).toBe(paired)
    expect(blockFaultOf(() => merkleRoot([one, two, one, two], sha256d))).toBe(paired)
    expect(blockFaultOf(() => merkleRoot([one, two, two], sha256d))).toBeNull()
  })
})

describe("headers", () => {
  it("reads one alone, of 80 bytes and no other length", () => {
    const bytes = unchecked([COINBASE]).subarray(0, 80)
    expect(decodeHeader(bytes).bytes).toEqual(bytes)
    expect(blockFaultOf(() => decodeHeader(bytes.subarray(1)))).toBe("ends too early")
    expect(blockFaultOf(() => decodeHeader(unchecked([])))).toBe("bytes left over")
  })
})

describe("Litecoin's extension blocks", () => {
  const balance = output(500n, `5820${"bb".repeat(32)}`)
  const pegOut = output(40n, P2WPKH)
  const parts = { inputs: [input(), input("44".repeat(32))], outputs: [balance, pegOut] }
  const hogEx = transaction({ ...parts, flags: "0008", mweb: "00" })

  it("keeps the bytes behind the HogEx, unread", () => {
    const read = decodeBlock(block([COINBASE, ...payments(2), hogEx], "01c0ffee"), LITECOIN)
    expect(read.extension).toEqual(fromHex("01c0ffee"))
    expect(verifiedTxids(read, sha256d)).toHaveLength(4)
    expect(read.transactions.map(integratesExtension)).toEqual([false, false, false, true])
  })

  it("knows a HogEx without its mark by its first output", () => {
    const read = decodeBlock(block([COINBASE, transaction(parts)]), LITECOIN)
    expect(read.extension).toBeNull()
    expect(read.transactions.map(integratesExtension)).toEqual([false, true])
  })

  it.each([
    ["a HogEx with no extension behind it", unchecked([COINBASE, hogEx]), "ends too early"],
    ["a HogEx that is not the last", unchecked([COINBASE, hogEx, ...payments(1)]), "HogEx out of place"],
    ["an extension without HogEx", unchecked([COINBASE], undefined, "01c0ffee"), "bytes left over"],
  ])("refuses %s", (_, bytes, reason) => {
    expect(faultOf(bytes, LITECOIN)).toBe(reason)
  })
})
