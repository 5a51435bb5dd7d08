import { keccak256 } from "viem"
import { privateKeyToAccount } from "viem/accounts"
import { getContractAddress, parseTransaction } from "viem/utils"
import { describe, expect, it } from "vitest"
import { decodeTransaction, type Transaction } from "../../../src/chains/ethereum/transaction.ts"
import { createdAddress, encodeTransaction, signerOf } from "../../../src/chains/ethereum/transaction-hash.ts"

const account = privateKeyToAccount(`0x${"12".repeat(32)}`)
const TO = `0x${"ab".repeat(20)}` as const
const STORAGE = `0x${"cd".repeat(32)}` as const

const accessList = [
  { address: TO, storageKeys: [STORAGE, STORAGE] },
  { address: TO, storageKeys: [] },
] as const
const dynamic = {
  chainId: 1,
  nonce: 7,
  gas: 90_000n,
  maxFeePerGas: 10n ** 11n,
  maxPriorityFeePerGas: 0n,
  to: TO,
}

const REQUESTS = {
  "legacy without a chain": {
    type: "legacy",
    nonce: 0,
    gas: 21_000n,
    gasPrice: 1n,
    to: TO,
    value: 10n ** 30n,
  },
  "legacy with its chain": { type: "legacy", chainId: 1, nonce: 300, gas: 21_000n, gasPrice: 5n, to: TO },
  "legacy of a chain with a large number": {
    type: "legacy",
    chainId: 11_155_111,
    nonce: 1,
    gas: 1n,
    gasPrice: 2n,
    to: TO,
  },
  "legacy that makes a contract": {
    type: "legacy",
    chainId: 1,
    nonce: 1,
    gas: 1n,
    gasPrice: 2n,
    data: "0x6000",
  },
  "EIP-2930": { type: "eip2930", chainId: 1, nonce: 127, gas: 128n, gasPrice: 2n, to: TO, accessList },
  "EIP-1559": { type: "eip1559", ...dynamic, value: 1n, data: "0x00", accessList },
  "EIP-1559 that makes a contract": { type: "eip1559", ...dynamic, to: undefined, data: "0x6000" },
  "EIP-4844": {
    type: "eip4844",
    ...dynamic,
    maxFeePerBlobGas: 3n,
    blobVersionedHashes: [`0x01${"ee".repeat(31)}`],
    accessList,
  },
  "EIP-7702": { type: "eip7702", ...dynamic, accessList, authorizationList: [] },
} as const

/** A signed transaction as a node would tell it: read back by viem, which has no part in our encoding. */
async function told(name: keyof typeof REQUESTS): Promise<{ raw: `0x${string}`; transaction: Transaction }> {
  const request: Record<string, unknown> = { ...REQUESTS[name] }
  if (name === "EIP-7702") {
    const authorization = { chainId: 0, address: TO, nonce: 9 }
    request.authorizationList = [await account.signAuthorization(authorization)]
  }
  const raw = (await account.signTransaction(
    request as Parameters<typeof account.signTransaction>[0],
  )) as `0x${string}`
  const parsed = parseTransaction(raw) as Record<string, unknown>
  const hex = (value: unknown): unknown => {
    if (typeof value === "bigint" || typeof value === "number") return `0x${value.toString(16)}`
    if (Array.isArray(value)) return value.map(hex)
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, hex(own)]))
  }
  const types = ["legacy", "eip2930", "eip1559", "eip4844", "eip7702"]
  const isLegacy = parsed.type === "legacy"
  const json = {
    nonce: "0x0",
    value: "0x0",
    // viem leaves out what is 0, and lists that are empty; a node tells them.
    accessList: isLegacy ? null : [],
    maxPriorityFeePerGas: "0x0",
    ...(hex(parsed) as object),
    hash: keccak256(raw),
    from: account.address,
    transactionIndex: "0x0",
    input: parsed.data ?? "0x",
    type: `0x${types.indexOf(parsed.type as string)}`,
    // viem gives legacy signatures both; nodes give typed ones v too, some of them as 27 and 28.
    v: isLegacy ? hex(parsed.v) : `0x${(27 + Number(parsed.yParity)).toString(16)}`,
    yParity: isLegacy ? undefined : hex(parsed.yParity),
  }
  return { raw, transaction: decodeTransaction(json, "transaction") }
}

const NAMES = Object.keys(REQUESTS) as (keyof typeof REQUESTS)[]

describe("a transaction's own bytes", () => {
  it.each(NAMES)("are those that viem signs: %s", async name => {
    const { raw, transaction } = await told(name)
    expect(encodeTransaction(transaction)).toBe(raw)
    expect(signerOf(transaction)).toBe(account.address.toLowerCase())
  })

  it.each(NAMES)(
    "are not known where a field is left out, or the type is newer than we are: %s",
    async name => {
      const { transaction } = await told(name)
      expect(encodeTransaction({ ...transaction, signature: null })).toBeNull()
      expect(signerOf({ ...transaction, signature: null })).toBeNull()
      expect(encodeTransaction({ ...transaction, type: 5 })).toBeNull()
      if (transaction.type > 0) expect(encodeTransaction({ ...transaction, accessList: null })).toBeNull()
    },
  )

  it("have another signer where a figure is changed, and none where the signature is none", async () => {
    const { transaction } = await told("EIP-1559")
    expect(signerOf({ ...transaction, value: 2n })).not.toBe(account.address.toLowerCase())
    const signature = { r: 0n, s: 0n, v: 0n }
    expect(signerOf({ ...transaction, signature })).toBeNull()
    expect(signerOf({ ...transaction, signature: { ...signature, r: 1n << 256n } })).toBeNull()
    expect(signerOf({ ...transaction, signature: { r: 1n, s: 1n, v: 9n } })).toBeNull()
  })
})

describe("a contract's address", () => {
  it.each([0n, 1n, 127n, 128n, 255n, 256n, 70_000n])("is viem's for nonce %s", nonce => {
    expect(createdAddress(TO, nonce)).toBe(getContractAddress({ from: TO, nonce }).toLowerCase())
  })
})
