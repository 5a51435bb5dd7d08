import { describe, expect, it } from "vitest"
import { signedBytes } from "../../../src/chains/nem/binary.ts"
import { decodeTransaction } from "../../../src/chains/nem/decode.ts"
import { transactionHash } from "../../../src/chains/nem/hash.ts"
import { readMessage } from "../../../src/chains/nem/message.ts"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import { movementsOf } from "../../../src/chains/nem/steps.ts"
import { instantOf, timeStampOf } from "../../../src/chains/nem/time.ts"
import { faultOf } from "./faults.ts"
import {
  cosignature,
  creation,
  importanceTransfer,
  levy,
  modification,
  mosaicTransfer,
  multisig,
  namespace,
  OTHER,
  OTHER_ADDRESS,
  supply,
  transfer,
  V1,
  V2,
} from "./made.ts"

const { signature: _, ...unsigned } = transfer()
const innerHash = transactionHash(readTransaction(transfer()))

describe("every kind is read, written and read back", () => {
  it.each([
    ["transfer", transfer({ message: { type: 2, payload: "00ff" } })],
    ["transfer with mosaics", mosaicTransfer(1, [["shop:coin", 1]])],
    ["importance transfer", importanceTransfer()],
    ["modification", modification()],
    [
      "modification of the minimum alone",
      modification({ modifications: [], minCosignatories: { relativeChange: -2 } }),
    ],
    ["modification, version 1", { ...modification({ version: V1 }), minCosignatories: undefined }],
    ["namespace", namespace()],
    ["namespace below another", namespace({ parent: "shop.front" })],
    ["mosaic", creation()],
    ["mosaic with a levy", creation({ levy: levy(2, 10) })],
    ["supply", supply(2, 10)],
    ["multisig", multisig(transfer(), [cosignature(innerHash)])],
  ])("%s", (_name, json) => {
    const transaction = readTransaction(JSON.parse(JSON.stringify(json)))
    expect(decodeTransaction(signedBytes(transaction))).toEqual(transaction)
  })

  it("a message of no bytes is none, in the hash as well", () => {
    expect(readTransaction(transfer({ message: { type: 1, payload: "" } }))).toEqual(
      readTransaction(transfer()),
    )
  })

  it("the order of mosaics does not touch the hash", () => {
    const hash = (mosaics: [string, number][]) => transactionHash(readTransaction(mosaicTransfer(1, mosaics)))
    expect(
      hash([
        ["b:b", 1],
        ["a:a", 2],
      ]),
    ).toBe(
      hash([
        ["a:a", 2],
        ["b:b", 1],
      ]),
    )
  })
})

describe("lists of any length", () => {
  const many = Array.from({ length: 70_000 }, (_, at) => at)
  it("70,000 mosaics or 10,000 modifications take neither the stack nor the day", () => {
    const transaction = readTransaction(
      mosaicTransfer(
        1,
        many.map(at => [`a:${at}`, at]),
      ),
    )
    expect(movementsOf(transaction, () => null).movements).toHaveLength(many.length + 1)
    const modifications = many.slice(0, 10_000).map(at => ({
      modificationType: 1,
      cosignatoryAccount: at.toString(16).padStart(64, "0"),
    }))
    for (const each of [transaction, readTransaction(modification({ modifications }))]) {
      expect(decodeTransaction(signedBytes(each)).signer).toBe(each.signer)
    }
  })
})

describe("what is not understood is refused, and the place named", () => {
  const broken = { ...transfer(), amount: undefined }
  const cosigned = (own: object) =>
    multisig(transfer(), [cosignature(innerHash, own as Record<string, unknown>)])
  it.each<[string, unknown]>([
    ["transaction: not an object", null],
    ["transaction: not an object", []],
    ["transaction.type: missing field", {}],
    ["transaction.type: not an integer", transfer({ type: "257" })],
    ["transaction.type: unknown type", transfer({ type: 258 })],
    ["transaction.type: not allowed here", cosignature(innerHash)],
    ["transaction.version: unknown version", transfer({ version: 0x68000003 })],
    ["transaction.version: unknown version", namespace({ version: V2 })],
    ["transaction.version: not of this network", transfer({ version: -1744830463 })],
    ["transaction.amount: missing field", JSON.parse(JSON.stringify(broken))],
    ["transaction.amount: not an integer", transfer({ amount: 1.5 })],
    ["transaction.amount: not an integer", transfer({ amount: "1000000" })],
    ["transaction.amount: not an integer", transfer({ amount: 2 ** 53 })],
    ["transaction.amount: out of range", transfer({ amount: -1 })],
    ["transaction.timeStamp: out of range", transfer({ timeStamp: 2 ** 31 })],
    ["transaction.gift: unknown field", transfer({ gift: 1 })],
    ["transaction.__proto__: unknown field", JSON.parse('{"__proto__":1,"type":257}')],
    ["transaction.mosaics: not allowed here", transfer({ mosaics: [] })],
    ["transaction.mosaics: not a list", transfer({ version: V2, mosaics: {} })],
    ["transaction.mosaics[0].mosaicId: bad name", mosaicTransfer(1, [["Shop:coin", 1]])],
    [
      "transaction.mosaics[1]: twice",
      mosaicTransfer(1, [
        ["a:a", 1],
        ["a:a", 1],
      ]),
    ],
    ["transaction.signer: wrong length", transfer({ signer: "00" })],
    ["transaction.signer: not hexadecimal", transfer({ signer: "x".repeat(64) })],
    ["transaction.recipient: bad address", transfer({ recipient: OTHER_ADDRESS.replace("NC", "ND") })],
    [
      "transaction.recipient: not of this network",
      transfer({ recipient: "TDD2CT6LQLIYQ56KIXI3ENTM6EK3D44P5KZPFMK2" }),
    ],
    ["transaction.message.type: out of range", transfer({ message: { type: 3, payload: "00" } })],
    ["transaction.message.payload: not hexadecimal", transfer({ message: { type: 1, payload: "0" } })],
    ["transaction.minCosignatories: not allowed here", modification({ version: V1 })],
    ["transaction.newPart: bad name", namespace({ newPart: "a.b" })],
    ["transaction.parent: bad name", namespace({ parent: "a.b.c.d" })],
    ["transaction.mosaicDefinition.creator: not the signer", creation({ creator: OTHER })],
    ["transaction.mosaicDefinition.description: not text", creation({ description: "\ud800" })],
    ["transaction.mosaicDefinition.levy.type: out of range", creation({ levy: { ...levy(1, 1), type: 3 } })],
    ["transaction.otherTrans.type: not allowed here", multisig(multisig(transfer()))],
    ["transaction.otherTrans.signature: unknown field", { ...multisig({}), otherTrans: transfer() }],
    ["transaction.signatures[0].type: not allowed here", multisig(transfer(), [transfer()])],
    [
      "transaction.signatures[0].otherHash: of another transaction",
      multisig(transfer(), [cosignature("00".repeat(32))]),
    ],
    ["transaction.signatures[0].otherAccount: of another account", cosigned({ otherAccount: OTHER_ADDRESS })],
    ["transaction.signatures[0].signer: twice", cosigned({ signer: OTHER })],
    ["transaction.signature: missing field", unsigned],
  ])("%s", (fault, json) => {
    expect(faultOf(() => readTransaction(json))).toBe(fault)
  })
})

describe("the network's clock", () => {
  it("00:02:13 JST on 26 January 2018 is 89304948", () => {
    expect(instantOf(89_304_948)).toBe("2018-01-25T15:02:13Z")
    expect(timeStampOf("2018-01-25T15:02:13Z")).toBe(89_304_948)
  })

  it("begins at 2015-03-29T00:06:25Z", () => {
    expect(instantOf(0)).toBe("2015-03-29T00:06:25Z")
    expect(faultOf(() => timeStampOf("2015-03-29T00:06:24Z"))).toBe("instant: out of range")
    expect(faultOf(() => timeStampOf("2018-01-25T15:02Z"))).toBe("instant: out of range")
    expect(faultOf(() => instantOf(-1))).toBe("timeStamp: out of range")
  })
})

describe("messages", () => {
  const plain = (payload: string) => readMessage({ kind: "plain", payload })
  it("text, raw bytes, bytes that are no text, encrypted, none", () => {
    expect(plain("e697a5e69cac")).toEqual({ kind: "text", text: "日本" })
    expect(plain("fe0102")).toEqual({ kind: "hex", hex: "fe0102" })
    expect(plain("c3")).toEqual({ kind: "hex", hex: "c3" })
    expect(plain("efbbbf41")).toEqual({ kind: "text", text: "\ufeffA" })
    expect(readMessage({ kind: "encrypted", payload: "41" })).toEqual({ kind: "encrypted" })
    expect(readMessage(null)).toEqual({ kind: "none" })
  })
})
