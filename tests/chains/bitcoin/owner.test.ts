import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkBitcoinAddress } from "../../../src/chains/bitcoin/address.ts"
import { NETWORKS } from "../../../src/chains/bitcoin/network.ts"
import { ownersOn } from "../../../src/chains/bitcoin/owner.ts"
import { templateOf } from "../../../src/chains/bitcoin/script.ts"
import { itHolds } from "../vectors.ts"
import { sized } from "./made-bytes.ts"
import { fromHex, sha256 } from "./real-bytes.ts"

type Network = keyof typeof NETWORKS
const ownerOf = (hex: string, network: Network = "mainnet") => ownersOn(network)(fromHex(hex))
const sha256Hex = (hex: string) => Buffer.from(sha256(fromHex(hex))).toString("hex")

const OPCODES: Readonly<Record<string, string>> = {
  OP_DUP: "76",
  OP_HASH160: "a9",
  OP_EQUALVERIFY: "88",
  OP_EQUAL: "87",
  OP_CHECKSIG: "ac",
  OP_CHECKMULTISIG: "ae",
  OP_RETURN: "6a",
  OP_TRUE: "51",
  OP_0: "00",
  OP_1: "51",
  OP_2: "52",
  OP_16: "60",
}
const assembled = (text: string) =>
  text
    .split(" ")
    .map(word => OPCODES[word] ?? sized(word))
    .join("")

interface Fixtures {
  readonly standard: readonly { network: string; script: string; base58check?: string; bech32?: string }[]
  readonly invalid: { readonly fromOutputScript: readonly { script: string }[] }
}

describe("published vectors", () => {
  itHolds("bitcoinjs: scripts and their addresses on four networks", "bitcoin/address.json", text => {
    const { standard } = JSON.parse(text) as Fixtures
    for (const { network, script, base58check, bech32 } of standard) {
      const name = (network === "bitcoin" ? "mainnet" : network) as Network
      expect(ownerOf(assembled(script), name)).toBe(base58check ?? bech32?.toLowerCase())
    }
    expect(standard).toHaveLength(16)
  })

  itHolds("bitcoinjs: scripts that have no address", "bitcoin/address.json", text => {
    const scripts = (JSON.parse(text) as Fixtures).invalid.fromOutputScript.map(({ script }) =>
      assembled(script),
    )
    expect(scripts.map(script => ownerOf(script))).toEqual([
      "p2pk:031f1e68f82112b373f0fe980b3a89d212d2b5c01fb51eb25acb8b4c4b4299ce95",
      `multisig:1-of-2:${sha256Hex(scripts[1] as string)}`,
      null,
      `script:${sha256Hex(scripts[3] as string)}`,
      `script:${sha256Hex(scripts[4] as string)}`,
    ])
  })

  itHolds("BIP350: witness programs and their addresses", "bitcoin/bip0350.txt", text => {
    const pairs = [...text.matchAll(/^\* <tt>(\S+)<\/tt>: <tt>([0-9a-f]+)<\/tt>$/gm)]
    expect(pairs).toHaveLength(8)
    for (const [, address, script] of pairs) {
      const network = /^tb1/i.test(address as string) ? "testnet" : "mainnet"
      expect(ownerOf(script as string, network)).toBe(address?.toLowerCase())
    }
  })
})

const KEY = `02${"5a".repeat(32)}`
const LONG_KEY = `04${"5a".repeat(64)}`
const multisig = (required: string, keys: readonly string[], count: string) =>
  `${required}${keys.map(sized).join("")}${count}ae`

describe("scripts without an address", () => {
  it.each([
    ["a key", `${sized(KEY)}ac`, `p2pk:${KEY}`],
    ["a long key", `${sized(LONG_KEY)}ac`, `p2pk:${LONG_KEY}`],
    ["a hybrid key", `${sized(`06${"5a".repeat(64)}`)}ac`, `p2pk:06${"5a".repeat(64)}`],
    ["1 of 1", multisig("51", [KEY], "51"), "multisig:1-of-1:"],
    ["2 of 3", multisig("52", [KEY, LONG_KEY, KEY], "53"), "multisig:2-of-3:"],
    ["16 of 16", multisig("60", Array(16).fill(KEY), "60"), "multisig:16-of-16:"],
    ["a key of no such form", `${sized(`05${"5a".repeat(32)}`)}ac`, "script:"],
    ["a long key's form on a short one", `${sized(`04${"5a".repeat(32)}`)}ac`, "script:"],
    ["3 of 2", multisig("53", [KEY, KEY], "52"), "script:"],
    ["0 of 1", multisig("00", [KEY], "51"), "script:"],
    ["2 of 3 with two keys", multisig("52", [KEY, KEY], "53"), "script:"],
    ["1 of 1 with a key too many", multisig("51", [KEY, KEY], "51"), "script:"],
    ["no script", "", "script:"],
    ["anyone may spend", "51", "script:"],
    ["a witness version 0 of another length", `0019${"00".repeat(25)}`, "script:"],
    ["a witness program of 1 byte", "510100", "script:"],
    ["a witness program of 41 bytes", `5129${"00".repeat(41)}`, "script:"],
    ["the hash of nothing", "76a90088ac", "script:"],
    ["10,000 bytes", "51".repeat(10_000), "script:"],
  ])("%s", (_, script, owner) => {
    expect(ownerOf(script)).toBe(owner.endsWith(":") ? owner + sha256Hex(script) : owner)
  })

  it.each([
    ["OP_RETURN alone", "6a"],
    ["OP_RETURN and data", "6a24aa21a9ed"],
    ["10,001 bytes", "51".repeat(10_001)],
    ["a push beyond the end", "4b51"],
    ["a push of which nothing is there", "5101"],
    ["a length beyond the end", "4d01"],
    ["a long push beyond the end", "4effffffff51"],
    ["a disabled opcode", "51637e6851"],
  ])("burns %s", (_, script) => {
    expect(ownerOf(script)).toBeNull()
  })

  it.each([
    ["a disabled opcode within a push", "017e"],
    ["OP_RETURN not at the front", "516a"],
    ["an empty long push", "4e00000000"],
    ["long pushes to the very end", "4c0151"],
    ["the same", "4d010051"],
  ])("does not call %s burned", (_, script) => {
    expect(ownerOf(script)).toBe(`script:${sha256Hex(script)}`)
  })

  it("is taken as it is where an address is expected, and in no other writing", () => {
    const owners = [
      ownerOf(`${sized(KEY)}ac`),
      ownerOf("51"),
      ownerOf(multisig("51", [KEY], "51")),
      "mweb:pool",
    ]
    const check = (text: string) => () => checkBitcoinAddress(text, NETWORKS.mainnet, "bitcoin")
    for (const owner of owners) {
      expect(check(owner as string)()).toBe(owner)
      expect(check(`${owner}0`)).toThrow("address-checksum")
      expect(check((owner as string).toUpperCase())).toThrow("address-checksum")
      expect(check((owner as string).slice(0, -1))).toThrow("address-checksum")
    }
  })
})

describe("Litecoin's extension block", () => {
  const [balance, pegIn] = [`5820${"bb".repeat(32)}`, `5920${"cc".repeat(32)}`]

  it("is one owner, whatever the block", () => {
    for (const network of ["litecoin", "litecoinRegtest"] as const) {
      expect([balance, pegIn].map(script => ownerOf(script, network))).toEqual(["mweb:pool", "mweb:pool"])
    }
  })

  it("is no owner on Bitcoin, nor with another length", () => {
    expect(ownerOf(balance)).toMatch(/^bc1g/)
    expect(ownerOf(pegIn)).toMatch(/^bc1f/)
    expect(ownerOf(`5814${"bb".repeat(20)}`, "litecoin")).toMatch(/^ltc1g/)
  })
})

describe("every network", () => {
  const hash = "2a".repeat(20)
  const scripts = [`76a914${hash}88ac`, `a914${hash}87`, `0014${hash}`, `0020${hash}${"2a".repeat(12)}`]
  scripts.push(`5120${hash}${"2a".repeat(12)}`, "51024e73")

  it.each(Object.entries(NETWORKS))("%s: an owner's address is in its canonical form", (name, network) => {
    for (const script of scripts) {
      const owner = ownerOf(script, name as Network) as string
      expect(checkBitcoinAddress(owner, network, name)).toBe(owner)
    }
  })

  it("any script at all has one owner or none, and two scripts have two", () => {
    const owner = ownersOn("mainnet")
    const key = fc.constantFrom(KEY, LONG_KEY).map(sized)
    const piece = fc.oneof(
      fc.constantFrom("76", "a9", "14", "87", "88", "ac", "ae", "00", "51", "52", "6a", "20", "7e", "4c"),
      key,
      fc.constant(`14${hash}`),
    )
    const script = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map(parts => fromHex(parts.join(""))),
      fc.uint8Array({ maxLength: 80 }),
    )
    fc.assert(
      fc.property(script, script, (a, b) => {
        if (Buffer.compare(a, b) === 0 || owner(a) === null) return
        expect(owner(a)).not.toBe(owner(b))
        expect((owner(a) as string).length).toBeLessThanOrEqual(135)
      }),
      { numRuns: 2000 },
    )
  })

  it("reads a script within other bytes", () => {
    const outer = fromHex(`ffff${scripts[0]}ffff`)
    expect(templateOf(outer.subarray(2, 27))).toMatchObject({ kind: "p2pkh" })
    expect(ownersOn("mainnet", sha256)(outer.subarray(2, 27))).toBe(ownerOf(scripts[0] as string))
  })
})
