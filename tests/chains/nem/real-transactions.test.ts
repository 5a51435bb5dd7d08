import { keccak_512 } from "@noble/hashes/sha3.js"
import { describe, expect } from "vitest"
import { addressOfKey } from "../../../src/chains/nem/account.ts"
import { signedBytes } from "../../../src/chains/nem/binary.ts"
import { decodeTransaction } from "../../../src/chains/nem/decode.ts"
import { readEntry } from "../../../src/chains/nem/entry.ts"
import { transactionHash } from "../../../src/chains/nem/hash.ts"
import { readMessage } from "../../../src/chains/nem/message.ts"
import { unsoundSignatures } from "../../../src/chains/nem/signature.ts"
import { movementsOf } from "../../../src/chains/nem/steps.ts"
import { instantOf } from "../../../src/chains/nem/time.ts"
import type { Multisig, Transaction } from "../../../src/chains/nem/transaction.ts"
import { itReads, REAL, realTransactions } from "./data.ts"
import { ed25519Reference } from "./ed25519-reference.ts"
import { faultOf } from "./faults.ts"

const verify = ed25519Reference(keccak_512)

const multisigOf = (transaction: Transaction): Multisig => {
  if (transaction.kind !== "multisig") throw new Error("not a multisig")
  return transaction
}

describe("30 real mainnet transactions of 2015 to 2021", () => {
  itReads(
    "all are read; 19 published hashes are recomputed, 5 of them multisig with their inner hash",
    [REAL],
    bytes => {
      const all = realTransactions(bytes)
      expect(all).toHaveLength(30)
      for (const { read, derived } of all) expect(transactionHash(read)).toBe(derived.computed_hash)
      const published = all.filter(({ meta }) => meta.hash !== undefined)
      expect(published).toHaveLength(19)
      for (const { read, meta } of published) expect(transactionHash(read)).toBe(meta.hash?.data)
      const multisigs = all.filter(({ read }) => read.kind === "multisig")
      expect(multisigs).toHaveLength(5)
      for (const { read, derived } of multisigs) {
        expect(transactionHash(multisigOf(read).inner)).toBe(derived.computed_inner_hash)
      }
    },
  )

  itReads("as a node gives them, with their meta", [REAL], bytes => {
    const complete = realTransactions(bytes).filter(({ meta }) => meta.hash !== undefined)
    for (const { meta, transaction, derived } of complete) {
      const entry = readEntry({ meta, transaction })
      expect(entry.hash).toBe(derived.computed_hash)
      expect(entry.innerHash).toBe(derived.computed_inner_hash ?? null)
      const lie = { ...meta, hash: { data: "00".repeat(32) } }
      expect(faultOf(() => readEntry({ meta: lie, transaction }))).toBe(
        "entry.meta.hash: hash does not match",
      )
    }
  })

  itReads("30 signatures and 3 cosignatures hold, and fail for any other amount", [REAL], bytes => {
    let cosignatures = 0
    for (const { read } of realTransactions(bytes)) {
      expect(unsoundSignatures(read, verify)).toEqual([])
      expect(unsoundSignatures({ ...read, fee: read.fee + 1n }, verify)).toEqual(["transaction"])
      if (read.kind === "multisig") cosignatures += read.cosignatures.length
    }
    expect(cosignatures).toBe(3)
  })

  itReads("times, senders and cosigners", [REAL], bytes => {
    for (const { read, derived } of realTransactions(bytes)) {
      expect(instantOf(read.timeStamp)).toBe(derived.time_utc)
      expect(addressOfKey(read.signer, read.network)).toBe(derived.signer_address)
      if (read.kind !== "multisig") continue
      expect(addressOfKey(read.inner.signer, read.network)).toBe(derived.inner_signer_address)
      const cosigners = read.cosignatures.map(({ signer, network }) => ({
        address: addressOfKey(signer, network),
      }))
      expect(cosigners).toEqual(derived.cosignatures)
    }
  })

  itReads("the XEM that each moves: mosaics are multiplied, and none means none", [REAL], bytes => {
    for (const { read, derived, context } of realTransactions(bytes)) {
      const { movements } = movementsOf(read, () => undefined)
      const xem = movements.filter(({ asset, kind }) => asset === "XEM" && kind === "transfer")
      expect(
        xem.reduce((sum, { amount }) => sum + amount, 0n),
        context,
      ).toBe(BigInt(derived.xem_micro))
    }
  })

  itReads("the six with nem:xem among their mosaics", [REAL], bytes => {
    const six = realTransactions(bytes).filter(({ read }) => {
      const inner = read.kind === "multisig" ? read.inner : read
      return inner.kind === "transfer" && inner.mosaics.some(({ mosaic }) => mosaic.namespace === "nem")
    })
    const amounts = six.map(
      ({ read }) =>
        movementsOf(read, () => undefined).movements.find(({ note }) => note === "mosaic")?.amount,
    )
    expect(amounts).toEqual([2_000_000_000n, 2_000_000n, 0n, 5_123_456n, 10_000n, 0n])
  })

  itReads("of a multisig every fee is paid by the account that acts", [REAL], bytes => {
    const [first] = realTransactions(bytes).filter(({ read }) => read.kind === "multisig")
    if (first === undefined) throw new Error("no multisig")
    const payer = "NAGJG3QFWYZ37LMI7IQPSGQNYADGSJZGJRD2DIYA"
    const fee = { from: payer, to: "producer", asset: "XEM", kind: "fee" }
    expect(movementsOf(first.read, () => undefined)).toEqual({
      movements: [
        { ...fee, amount: 500_000n, note: "cosignature-fee" },
        { ...fee, amount: 100_000n, note: "inner-fee" },
        { ...fee, amount: 500_000n, note: "fee" },
        {
          from: payer,
          to: "NC64UFOWRO6AVMWFV2BFX2NT6W2GURK2EOX6FFMZ",
          asset: "XEM",
          amount: 868_000_000n,
          kind: "transfer",
          note: "amount",
        },
      ],
      unknown: [],
    })
  })

  itReads("messages: a deposit's customer number, raw bytes, text of several lines", [REAL], bytes => {
    const messages = realTransactions(bytes).map(({ read }) => {
      const inner = read.kind === "multisig" ? read.inner : read
      return inner.kind === "transfer" ? readMessage(inner.message) : null
    })
    expect(messages).toContainEqual({ kind: "text", text: "438496" })
    expect(messages).toContainEqual({ kind: "text", text: "Node rewards payout: round 2021-2024" })
    expect(messages).toContainEqual({
      kind: "hex",
      hex: "fe4e54590318b3ce5de42067de2af1da69bb082b6c05a425198f407a392cba3bdae5c3b686",
    })
    expect(messages.filter(message => message?.kind === "none").length).toBeGreaterThan(5)
  })

  itReads("written as a block holds them and read back, nothing is lost", [REAL], bytes => {
    for (const { read } of realTransactions(bytes)) {
      expect(decodeTransaction(signedBytes(read))).toEqual(read)
    }
  })
})
