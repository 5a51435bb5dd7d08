import { keccak_256 } from "@noble/hashes/sha3.js"
import { base32nopad } from "@scure/base"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkNemAddress } from "../../src/chains/nem/address.ts"
import { changed, faultOf } from "./faults.ts"
import { itHolds } from "./vectors.ts"

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

function addressOf(network: number, hash: Uint8Array): string {
  const body = Uint8Array.of(network, ...hash)
  return base32nopad.encode(Uint8Array.of(...body, ...keccak_256(body).subarray(0, 4)))
}

describe("published vectors", () => {
  itHolds("symbol/symbol: 300 accounts on three networks", "nem/vectors-address.json", text => {
    const accounts = JSON.parse(text) as Record<
      "address_Public" | "address_PublicTest" | "address_Mijin",
      string
    >[]
    expect(accounts).toHaveLength(300)
    for (const { address_Public, address_PublicTest, address_Mijin } of accounts) {
      expect(checkNemAddress(address_Public)).toBe(address_Public)
      expect(faultOf(checkNemAddress, address_PublicTest)).toBe("not of this network")
      expect(faultOf(checkNemAddress, address_Mijin)).toBe("not of this network")
    }
  })
})

const ADDRESS = addressOf(0x68, new Uint8Array(20).fill(0x2a))

describe("spellings", () => {
  it("strips hyphens and writes capitals", () => {
    expect(ADDRESS).toMatch(/^N[A-Z2-7]{39}$/)
    const grouped = ADDRESS.replace(/.{6}(?=.)/g, "$&-")
    expect(grouped).toHaveLength(46)
    expect(checkNemAddress(grouped)).toBe(ADDRESS)
    expect(checkNemAddress(grouped.toLowerCase())).toBe(ADDRESS)
  })

  it.each([
    ["", "wrong length"],
    [ADDRESS.slice(1), "wrong length"],
    [`${ADDRESS}A`, "wrong length"],
    ["-".repeat(40), "unexpected character"],
    ["-".repeat(400), "wrong length"],
    [` ${ADDRESS}`, "unexpected character"],
    [`${ADDRESS.slice(0, -1)}0`, "unexpected character"],
    [`${ADDRESS.slice(0, -1)}=`, "unexpected character"],
    [`${ADDRESS.slice(0, -1)}\u0131`, "unexpected character"],
  ])("%j: %s", (text, fault) => {
    expect(faultOf(checkNemAddress, text)).toBe(fault)
  })
})

describe("what the checksum promises", () => {
  it("one wrong character is refused, but for one chance in 2^32", () => {
    const hash = fc.uint8Array({ minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(hash, fc.nat(39), fc.nat(), (bytes, at, by) => {
        const address = addressOf(0x68, bytes)
        expect(checkNemAddress(address)).toBe(address)
        expect(faultOf(checkNemAddress, changed(address, at, by, BASE32))).not.toBeNull()
      }),
    )
  })
})
