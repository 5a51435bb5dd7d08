import { scryptSync } from "node:crypto"
import { describe, expect, it } from "vitest"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import { displayed } from "../../../src/chains/bitcoin/hash.ts"
import { blockHashOf, decodeHeader } from "../../../src/chains/bitcoin/header.ts"
import { checkProofOfWork, targetOf, workOf } from "../../../src/chains/bitcoin/proof-of-work.ts"
import { scryptWork } from "../../../src/chains/bitcoin/scrypt.ts"
import { subsidyAt } from "../../../src/chains/bitcoin/subsidy.ts"
import { blockFaultOf, fromHex, sha256d, WORK } from "./real-bytes.ts"

function uint32(value: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes.toString("hex")
}

const genesis = (root: string, ...numbers: number[]): Uint8Array =>
  fromHex(`01000000${"00".repeat(32)}${displayed(fromHex(root))}${numbers.map(uint32).join("")}`)

/** From the two `chainparams.cpp`: merkle root, time, bits, nonce; and the hash that they assert. */
const BITCOIN_ROOT = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
const LITECOIN_ROOT = "97ddfbbae6be97fd6cdf3e7ca13232a3afff2353e29badfab7f73011edd4ced9"
const GENESIS = [
  [
    "mainnet",
    genesis(BITCOIN_ROOT, 1231006505, 0x1d00ffff, 2083236893),
    "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
  ],
  [
    "testnet",
    genesis(BITCOIN_ROOT, 1296688602, 0x1d00ffff, 414098458),
    "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
  ],
  [
    "regtest",
    genesis(BITCOIN_ROOT, 1296688602, 0x207fffff, 2),
    "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
  ],
  [
    "litecoin",
    genesis(LITECOIN_ROOT, 1317972665, 0x1e0ffff0, 2084524493),
    "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
  ],
  [
    "litecoinRegtest",
    genesis(LITECOIN_ROOT, 1296688602, 0x207fffff, 0),
    "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
  ],
] as const

describe("proof of work", () => {
  it.each(GENESIS)(
    "holds for the first block of %s, and its hash is the published one",
    (name, bytes, hash) => {
      const header = decodeHeader(bytes)
      expect(displayed(blockHashOf(header, sha256d))).toBe(hash)
      expect(blockFaultOf(() => checkProofOfWork(header, CONSENSUS[name], WORK))).toBeNull()
    },
  )

  it.each(["mainnet", "litecoin"] as const)("fails on %s with another nonce", name => {
    const bytes = GENESIS.find(([network]) => network === name)?.[1].slice() as Uint8Array
    bytes.set([0, 0, 0, 0], 76)
    const reason = "proof of work does not meet its target"
    expect(blockFaultOf(() => checkProofOfWork(decodeHeader(bytes), CONSENSUS[name], WORK))).toBe(reason)
  })

  it("does not let a test network's block pass on mainnet, nor Bitcoin's on Litecoin", () => {
    const reason = "difficulty target out of range"
    const check = (block: string, name: keyof typeof CONSENSUS) => {
      const bytes = GENESIS.find(([network]) => network === block)?.[1] as Uint8Array
      return blockFaultOf(() => checkProofOfWork(decodeHeader(bytes), CONSENSUS[name], WORK))
    }
    expect(check("regtest", "mainnet")).toBe(reason)
    expect(check("litecoin", "mainnet")).toBe(reason)
    expect(check("mainnet", "litecoin")).toBe("proof of work does not meet its target")
  })

  it("hashes by scrypt as Node does", () => {
    for (const [, bytes] of GENESIS) {
      const ofNode = scryptSync(bytes, bytes, 32, { N: 1024, r: 1, p: 1 })
      expect(Buffer.from(scryptWork(bytes))).toEqual(ofNode)
    }
  })
})

describe("targets in compact form", () => {
  it.each([
    [0x01123456, 0x12n],
    [0x02008000, 0x80n],
    [0x02123456, 0x1234n],
    [0x03123456, 0x123456n],
    [0x04123456, 0x12345600n],
    [0x05009234, 0x92340000n],
    [0x1d00ffff, 0xffffn << 208n],
    [0x207fffff, 0x7fffffn << 232n],
    [0x2200007f, 0x7fn << 248n],
    [0x210000ff, 0xffn << 240n],
    [0x01003456, null],
    [0x00123456, null],
    [0x04923456, null],
    [0x01fedcba, null],
    [0x220000ff, 0xffn << 248n],
    [0x22000100, null],
    [0x23000001, null],
    [0xff123456, null],
    [0, null],
  ])("%i is %s", (bits, target) => {
    expect(targetOf(bits)).toBe(target)
  })

  it("refuses a header whose target is none or above the network's", () => {
    const [, , [, bytes]] = GENESIS
    for (const bits of [0, 0x04923456, 0xff123456, 0x2100ffff]) {
      const header = decodeHeader(
        Uint8Array.from([...bytes.subarray(0, 72), ...fromHex(uint32(bits)), 0, 0, 0, 0]),
      )
      const reason = "difficulty target out of range"
      expect(blockFaultOf(() => checkProofOfWork(header, CONSENSUS.regtest, WORK))).toBe(reason)
    }
  })

  it("counts the work of a block: 2^32 and a little at the least difficulty, none without target", () => {
    expect(workOf(0x1d00ffff)).toBe(0x100010001n)
    expect(workOf(0x207fffff)).toBe(2n)
    expect(workOf(0)).toBe(0n)
  })
})

describe("subsidies", () => {
  it.each([
    ["mainnet", 0, 5_000_000_000n],
    ["mainnet", 209_999, 5_000_000_000n],
    ["mainnet", 210_000, 2_500_000_000n],
    ["mainnet", 840_000, 312_500_000n],
    ["mainnet", 6_929_999, 1n],
    ["mainnet", 6_930_000, 0n],
    ["mainnet", 13_440_000, 0n],
    ["testnet", 210_000, 2_500_000_000n],
    ["regtest", 149, 5_000_000_000n],
    ["regtest", 150, 2_500_000_000n],
    ["litecoin", 839_999, 5_000_000_000n],
    ["litecoin", 2_383_206, 1_250_000_000n],
    ["litecoinRegtest", 300, 1_250_000_000n],
  ] as const)("%s at %i: %s", (name, height, subsidy) => {
    expect(subsidyAt(height, CONSENSUS[name])).toBe(subsidy)
  })

  it("sum to just under 21 and 84 million coins", () => {
    for (const [name, coins] of [
      ["mainnet", 21n],
      ["litecoin", 84n],
    ] as const) {
      const { halving } = CONSENSUS[name]
      let supply = 0n
      for (let era = 0; era < 70; era++) supply += BigInt(halving) * subsidyAt(era * halving, CONSENSUS[name])
      const most = coins * 10n ** 14n
      expect(supply < most && most - supply < 10n ** 8n).toBe(true)
    }
  })
})
