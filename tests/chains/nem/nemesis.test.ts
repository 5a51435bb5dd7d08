import { keccak_512 } from "@noble/hashes/sha3.js"
import { hexToBytes } from "@noble/hashes/utils.js"
import { describe, expect } from "vitest"
import { blockHash, decodeBlock, signedBlockBytes } from "../../../src/chains/nem/block-binary.ts"
import { NEMESIS_HASH, NEMESIS_TOTAL, nemesisIssue } from "../../../src/chains/nem/nemesis.ts"
import { readBlock } from "../../../src/chains/nem/read-block.ts"
import { isSignedBlock, unsoundSignatures } from "../../../src/chains/nem/signature.ts"
import { movementsOf } from "../../../src/chains/nem/steps.ts"
import { itReads, NEMESIS, NEMESIS_DECODED } from "./data.ts"
import { ed25519Reference } from "./ed25519-reference.ts"
import { faultOf } from "./faults.ts"

const verify = ed25519Reference(keccak_512)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

interface Decoded {
  readonly prevBlockHash: string
  readonly transactions: readonly { readonly type: number; readonly raw?: string }[]
}

describe("the first block of mainnet", () => {
  itReads(
    "1,347 transfers of 9,000,000,240 XEM in all, 6 multisig modifications, 240 XEM of fees",
    [NEMESIS],
    bytes => {
      const block = decodeBlock(bytes)
      expect(block).toMatchObject({ kind: "nemesis", height: 1, network: 0x68, version: 1, timeStamp: 0 })
      const kinds = block.transactions.map(({ kind }) => kind)
      expect(kinds.filter(kind => kind === "transfer")).toHaveLength(1_347)
      expect(kinds.filter(kind => kind === "multisig-modification")).toHaveLength(6)
      expect(kinds).toHaveLength(1_353)
      const movements = block.transactions.flatMap(each => movementsOf(each, () => null).movements)
      const amounts = (kind: string) =>
        movements.filter(each => each.kind === kind).map(({ amount }) => amount)
      expect(sum(amounts("transfer"))).toBe(9_000_000_240_000_000n)
      expect(sum(amounts("fee"))).toBe(240_000_000n)
      const issue = nemesisIssue(block)
      expect(issue).toMatchObject({
        from: null,
        to: "NANEMOABLAGR72AZ2RV3V4ZHDCXW25XQ73O7OBT5",
        amount: NEMESIS_TOTAL,
      })
      expect(movements.filter(({ kind }) => kind === "transfer").every(({ from }) => from === issue.to)).toBe(
        true,
      )
    },
  )

  itReads("has the hash that the second block names, and the bytes it was read from", [NEMESIS], bytes => {
    const block = decodeBlock(bytes)
    expect(blockHash(block)).toBe(NEMESIS_HASH)
    expect(Buffer.from(signedBlockBytes(block)).equals(bytes)).toBe(true)
    const shorter = { ...block, transactions: block.transactions.slice(1) }
    expect(faultOf(() => nemesisIssue(shorter))).toBe("block: hash does not match")
  })

  itReads("says what an independent reading of it says", [NEMESIS, NEMESIS_DECODED], (bytes, text) => {
    const decoded = JSON.parse(String(text)) as Decoded
    const transactions = decoded.transactions.map(({ raw, ...rest }) =>
      raw === undefined ? rest : { ...rest, modifications: modificationsOf(hexToBytes(raw)) },
    )
    const { signerAddress, ...block } = {
      signerAddress: null,
      ...decoded,
      prevBlockHash: { data: decoded.prevBlockHash },
      transactions,
    }
    expect(readBlock(block)).toEqual(decodeBlock(bytes))
  })

  itReads("is signed, and so is every 50th of its transactions and the multisig ones", [NEMESIS], bytes => {
    const block = decodeBlock(bytes)
    expect(isSignedBlock(block, verify)).toBe(true)
    expect(isSignedBlock({ ...block, timeStamp: 1 }, verify)).toBe(false)
    const some = block.transactions.filter(({ kind }, at) => at % 50 === 0 || kind !== "transfer")
    expect(some.flatMap(each => unsoundSignatures(each, verify))).toEqual([])
  })

  itReads("is refused with a byte missing, a byte over, or none", [NEMESIS], bytes => {
    expect(faultOf(() => decodeBlock(bytes.subarray(0, -1)))).toBe("block: ends too early")
    expect(faultOf(() => decodeBlock(Buffer.concat([bytes, Buffer.of(0)])))).toBe("block: bytes left over")
    expect(faultOf(() => decodeBlock(new Uint8Array()))).toBe("block: ends too early")
  })
})

/** The independent reading leaves the modifications as their bytes: a count, then 44 bytes each, the key last. */
function modificationsOf(raw: Uint8Array): object[] {
  const hex = Buffer.from(raw).toString("hex").slice(8)
  return (hex.match(/.{88}/g) ?? []).map(each => ({
    modificationType: Number(each.slice(9, 10)),
    cosignatoryAccount: each.slice(24),
  }))
}
