import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto"
import { sha512 } from "@noble/hashes/sha2.js"
import { keccak_512 } from "@noble/hashes/sha3.js"
import { describe, expect, it } from "vitest"
import { readTransaction } from "../../../src/chains/nem/read-transaction.ts"
import { unsoundSignatures } from "../../../src/chains/nem/signature.ts"
import { itReads, REAL, realTransactions } from "./data.ts"
import { ed25519Reference } from "./ed25519-reference.ts"
import { transfer } from "./made.ts"

/** PKCS#8's bytes before an Ed25519 seed. */
const PREFIX = Buffer.from("302e020100300506032b657004220420", "hex")

describe("the tests' own Ed25519", () => {
  it("with SHA-512 says what Node's says", () => {
    const reference = ed25519Reference(sha512)
    for (let at = 0; at < 24; at++) {
      const key = createPrivateKey({
        key: Buffer.concat([PREFIX, Buffer.alloc(32, at + 1)]),
        format: "der",
        type: "pkcs8",
      })
      const publicKey = createPublicKey(key)
      const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32)
      const message = Buffer.from(`message ${at}`)
      const signature = sign(null, message, key)
      // One in three is left whole; of the others a bit is turned, in the signature or in the message.
      if (at % 3 === 1) signature.writeUInt8(signature.readUInt8(at) ^ 1, at)
      if (at % 3 === 2) message.writeUInt8(message.readUInt8(0) ^ 1, 0)
      expect(reference(signature, message, raw)).toBe(verify(null, message, publicKey, signature))
    }
  })
})

describe("what is refused before the curve is looked at", () => {
  const transaction = readTransaction(transfer())
  const calls: unknown[] = []
  const anything = (): boolean => calls.push(0) > 0
  it.each([
    ["a scalar of 0", { signature: "01".repeat(32) + "00".repeat(32) }],
    ["a scalar not reduced", { signature: "01".repeat(32) + "ff".repeat(32) }],
    ["no signature", { signature: null }],
    ["a key of zeros", { signer: "00".repeat(32) }],
  ])("%s", (_name, own) => {
    expect(unsoundSignatures({ ...transaction, ...own }, anything)).toEqual(["transaction"])
    expect(calls).toEqual([])
  })

  it("what passes goes to the curve", () => {
    expect(unsoundSignatures(transaction, anything)).toEqual([])
  })
})

describe("a multisig", () => {
  itReads("each cosignature is looked at by itself", [REAL], bytes => {
    const verifyNem = ed25519Reference(keccak_512)
    const [first] = realTransactions(bytes).filter(({ read }) => read.kind === "multisig")
    if (first?.read.kind !== "multisig") throw new Error("no multisig")
    const cosignatures = first.read.cosignatures.map(each => ({ ...each, deadline: each.deadline + 1 }))
    expect(unsoundSignatures({ ...first.read, cosignatures }, verifyNem)).toEqual([
      "transaction.signatures[0]",
    ])
    const inner = { ...first.read.inner, fee: 0n }
    expect(unsoundSignatures({ ...first.read, inner }, verifyNem)).toEqual(["transaction"])
  })
})
