import { describe, expect, it } from "vitest"
import { BlockFault } from "../../../src/chains/bitcoin/block-fault.ts"
import { displayed } from "../../../src/chains/bitcoin/hash.ts"
import { decodeTransaction } from "../../../src/chains/bitcoin/transaction.ts"
import { txidOf, wtxidOf } from "../../../src/chains/bitcoin/txid.ts"
import { amount, COINBASE, COINBASE_INPUT, input, output, P2WPKH, sized, transaction } from "./made-bytes.ts"
import { blockFaultOf, fromHex, sha256d } from "./real-bytes.ts"

const BITCOIN = { mweb: false }
const LITECOIN = { mweb: true }
const decode = (hex: string, dialect = BITCOIN) => decodeTransaction(fromHex(hex), dialect)
const faultOf = (hex: string, dialect = BITCOIN) => blockFaultOf(() => decode(hex, dialect))

const PAID = output(1n, P2WPKH)
const WITNESS = `02${sized("30".repeat(71))}${sized("02".repeat(33))}`

describe("forms", () => {
  it("reads the plain form", () => {
    const inputs = [input("ab".repeat(32), "05000000"), input()]
    const outputs = [output(2_100_000_000_000_000n, P2WPKH), output(0n, "6a")]
    const read = decode(transaction({ inputs, outputs, lockTime: "ffffff7f" }))
    expect(read).toMatchObject({ version: 2, lockTime: 0x7fffffff, isCoinbase: false, hasWitness: false })
    expect(read.inputs[0]).toMatchObject({ prevVout: 5, sequence: 0xffffffff })
    expect(displayed(read.inputs[0]?.prevTxid as Uint8Array)).toBe("ab".repeat(32))
    expect(read.outputs.map(({ value, script }) => [value, script.length])).toEqual([
      [2_100_000_000_000_000, 22],
      [0, 1],
    ])
  })

  it("gives one txid to the plain form and to that with witnesses, and another wtxid", () => {
    const plain = transaction()
    const full = transaction({ flags: "0001", witness: WITNESS })
    const [a, b] = [decode(plain), decode(full)]
    expect(b.hasWitness).toBe(true)
    expect(txidOf(b, sha256d)).toEqual(txidOf(a, sha256d))
    expect(txidOf(a, sha256d)).toEqual(sha256d(fromHex(plain)))
    expect(wtxidOf(a, sha256d)).toEqual(txidOf(a, sha256d))
    expect(wtxidOf(b, sha256d)).toEqual(sha256d(fromHex(full)))
  })

  it("gives scripts as views of the bytes it was given", () => {
    const bytes = fromHex(transaction())
    const [first] = decodeTransaction(bytes, BITCOIN).outputs
    expect(first?.script.buffer).toBe(bytes.buffer)
  })

  it("reads bytes that lie within others", () => {
    const inner = fromHex(transaction())
    const outer = new Uint8Array(inner.length + 20)
    outer.set(inner, 7)
    const read = decodeTransaction(outer.subarray(7, 7 + inner.length), BITCOIN)
    expect(txidOf(read, sha256d)).toEqual(sha256d(inner))
  })

  it("knows a coinbase by its one empty reference", () => {
    expect(decode(COINBASE).isCoinbase).toBe(true)
    expect(decode(transaction({ inputs: [input("00".repeat(32))] })).isCoinbase).toBe(false)
    expect(decode(transaction({ inputs: [input("11".repeat(32), "ffffffff")] })).isCoinbase).toBe(false)
  })

  it("reads amounts exactly to 2^53 - 1", () => {
    const outputs = [output(2n ** 53n - 1n, P2WPKH)]
    expect(decode(transaction({ outputs })).outputs[0]?.value).toBe(Number.MAX_SAFE_INTEGER)
  })
})

/** An output count in a longer form than it needs: fd0100, fe01000000, ff0100000000000000. */
const longCount = (count: string) => `02000000${"01"}${input()}${count}${output(1n, "51")}00000000`

describe("what is refused", () => {
  it.each([
    ["nothing", "", "ends too early"],
    ["a byte too few", transaction().slice(0, -2), "ends too early"],
    ["a byte too many", `${transaction()}00`, "bytes left over"],
    ["no inputs", transaction({ inputs: [], outputs: [PAID, PAID] }), "unknown transaction flag"],
    ["no inputs and no outputs", transaction({ inputs: [], outputs: [] }), "transaction without inputs"],
    ["no inputs behind the marker", transaction({ flags: "0001", inputs: [] }), "transaction without inputs"],
    ["no outputs", transaction({ outputs: [] }), "transaction without outputs"],
    ["flag 0", transaction({ flags: "0000" }), "transaction without inputs"],
    ["flag 2", transaction({ flags: "0002" }), "unknown transaction flag"],
    ["flag 3", transaction({ flags: "0003", witness: WITNESS }), "unknown transaction flag"],
    ["the MWEB flag", transaction({ flags: "0008", mweb: "00" }), "unknown transaction flag"],
    ["empty witnesses", transaction({ flags: "0001", witness: "00" }), "witness flag without a witness"],
    [
      "a cut witness",
      transaction({ flags: "0001", witness: "0210" }),
      "count or length beyond the bytes there are",
    ],
    ["2^32 - 1 outputs", longCount("feffffffff"), "count or length beyond the bytes there are"],
    ["2^64 - 1 outputs", longCount("ffffffffffffffffff"), "count or length beyond the bytes there are"],
    ["a count in 3 bytes", longCount("fd0100"), "count or length not in its shortest form"],
    ["a count in 5 bytes", longCount("fe01000000"), "count or length not in its shortest form"],
    ["a count in 9 bytes", longCount("ff0100000000000000"), "count or length not in its shortest form"],
    ["252 in 3 bytes", longCount("fdfc00"), "count or length not in its shortest form"],
    ["2^53", transaction({ outputs: [output(2n ** 53n, "51")] }), "amount beyond any supply"],
    ["-1", transaction({ outputs: [output(2n ** 64n - 1n, "51")] }), "amount beyond any supply"],
    [
      "a script longer than the rest",
      transaction({ outputs: [`${amount(1n)}fdffff51`] }),
      "count or length beyond the bytes there are",
    ],
    [
      "an empty reference among inputs",
      transaction({ inputs: [input(), COINBASE_INPUT] }),
      "empty reference beside other inputs",
    ],
  ])("%s", (_, hex, reason) => {
    expect(faultOf(hex)).toBe(reason)
  })

  it("says at which byte", () => {
    expect(() => decode(transaction({ outputs: [output(2n ** 53n, "51")] }))).toThrow(
      new BlockFault("amount beyond any supply", 4 + 1 + 41 + 1),
    )
  })
})

/** Last in Litecoin's block 2,383,206: a node's JSON in vivita-base/nodejs-blockchain-api, data/ltc. */
const HOGEX =
  "02000000000801978aacc6a181255f9f00ae4976a343d6f819e248d1c04d921869325d29d09a9f0000000000ffffffff" +
  "012e975baeb8000000225820c05abd141ca8c2163e6444c7706df8985ef4d4ca0ad1ceb1f7dea34704f566400000000000"

describe("Litecoin's extension blocks", () => {
  it("reads a real HogEx, whose mark no txid covers", () => {
    const hogEx = decode(HOGEX, LITECOIN)
    const txid = "7c6751eb8c83391975d815342510a9950670b6cf694cd7f5feda08222c44cb87"
    expect(hogEx).toMatchObject({ isHogEx: true, hasWitness: false, isCoinbase: false })
    expect(hogEx.outputs.map(({ value }) => value)).toEqual([793_199_220_526])
    expect(displayed(txidOf(hogEx, sha256d))).toBe(txid)
    expect(displayed(wtxidOf(hogEx, sha256d))).toBe(txid)
    expect(faultOf(HOGEX)).toBe("unknown transaction flag")
  })

  it("leaves the mark out of a wtxid", () => {
    const marked = transaction({ flags: "0009", witness: WITNESS, mweb: "00" })
    const unmarked = transaction({ flags: "0001", witness: WITNESS })
    const bytes = Buffer.from(marked, "hex")
    const hogEx = decodeTransaction(bytes, LITECOIN)
    expect(wtxidOf(hogEx, sha256d)).toEqual(sha256d(fromHex(unmarked)))
    expect(txidOf(hogEx, sha256d)).toEqual(sha256d(fromHex(transaction())))
    expect(bytes.toString("hex")).toBe(marked)
  })

  it.each([
    ["a transaction body", transaction({ flags: "0008", mweb: "01" }), "MWEB transaction data in a block"],
    ["no mark behind the flag", transaction({ flags: "0008", lockTime: "000000" }), "ends too early"],
    ["flag 4", transaction({ flags: "0004" }), "unknown transaction flag"],
    ["no outputs", transaction({ flags: "0008", outputs: [], mweb: "00" }), "transaction without outputs"],
  ])("refuses %s", (_, hex, reason) => {
    expect(faultOf(hex, LITECOIN)).toBe(reason)
  })
})
