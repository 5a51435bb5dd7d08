import { keccak_512 } from "@noble/hashes/sha3.js"
import { hexToBytes } from "@noble/hashes/utils.js"
import { describe, expect, it } from "vitest"
import { unsignedBytes } from "../../../src/chains/nem/binary.ts"
import { decodeBlock } from "../../../src/chains/nem/block-binary.ts"
import { isSignedBlock, unsoundSignatures } from "../../../src/chains/nem/signature.ts"
import { verifyNem } from "../../../src/readers/nis/nem-curve.ts"
import { keyOf, numberedKey } from "../../../testing/nis/keys.ts"
import { itReads, NEMESIS, REAL, realTransactions } from "../../chains/nem/data.ts"
import { ed25519Reference } from "../../chains/nem/ed25519-reference.ts"

const KEYS = "vectors-keys.json"

describe("Ed25519 with Keccak-512", () => {
  itReads("gives every published private key its public key", [KEYS], bytes => {
    const vectors = JSON.parse(bytes.toString("utf8")) as { privateKey: string; publicKey: string }[]
    expect(vectors).toHaveLength(300)
    for (const { privateKey, publicKey } of vectors) {
      expect(keyOf(privateKey).publicKey).toBe(publicKey.toLowerCase())
    }
  })

  itReads("verifies all 30 real transactions and each cosignature", [REAL], bytes => {
    const real = realTransactions(bytes)
    expect(real).toHaveLength(30)
    for (const { read } of real) expect(unsoundSignatures(read, verifyNem)).toEqual([])
  })

  itReads("verifies the first block and every 10th of its transactions", [NEMESIS], bytes => {
    const block = decodeBlock(bytes)
    expect(isSignedBlock(block, verifyNem)).toBe(true)
    const some = block.transactions.filter((_, at) => at % 10 === 0)
    expect(some.flatMap(each => unsoundSignatures(each, verifyNem))).toEqual([])
  })

  itReads("says of altered bytes, keys and signatures what RFC 8032 written out says", [REAL], bytes => {
    const reference = ed25519Reference(keccak_512)
    let refused = 0
    for (const [at, { read }] of realTransactions(bytes).slice(0, 12).entries()) {
      const signature = hexToBytes(read.signature ?? "")
      const message = unsignedBytes(read)
      const key = hexToBytes(read.signer)
      const altered = [signature, message, key][at % 3] as Uint8Array
      const place = (at * 7) % 30
      altered[place] = (altered[place] ?? 0) ^ (1 << (at % 8))
      const said = verifyNem(signature, message, key)
      expect(said).toBe(reference(signature, message, key))
      if (!said) refused++
    }
    expect(refused).toBe(12)
  })

  it("takes what it signed itself, and no other message", () => {
    const key = numberedKey(7)
    const message = Uint8Array.of(1, 2, 3)
    const signature = hexToBytes(key.sign(message))
    expect(verifyNem(signature, message, hexToBytes(key.publicKey))).toBe(true)
    expect(verifyNem(signature, Uint8Array.of(1, 2, 4), hexToBytes(key.publicKey))).toBe(false)
    expect(verifyNem(new Uint8Array(64), message, new Uint8Array(32))).toBe(false)
  })
})
