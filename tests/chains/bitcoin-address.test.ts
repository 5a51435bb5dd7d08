import { sha256 } from "@noble/hashes/sha2.js"
import { bech32, bech32m, createBase58check } from "@scure/base"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkBitcoinAddress } from "../../src/chains/bitcoin/address.ts"
import { type BitcoinNetwork, NETWORKS } from "../../src/chains/bitcoin/network.ts"
import { changed, faultOf } from "./faults.ts"
import { itHolds } from "./vectors.ts"

const base58check = createBase58check(sha256)
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
const checkOn = (network: BitcoinNetwork) => (text: string) => checkBitcoinAddress(text, network, "test")
const networkOf = (address: string) => (/^tb1/i.test(address) ? NETWORKS.testnet : NETWORKS.mainnet)

/** The list under a heading of a BIP, from "* <tt>address</tt>: remark". */
function listAfter(text: string, heading: string): (readonly [address: string, remark: string])[] {
  const after = text.slice(text.indexOf(heading)).split(/\n\n+/)
  const list = after.find(paragraph => paragraph.includes("* <tt>")) ?? ""
  return [...list.matchAll(/^\* <tt>(\S+)<\/tt>: (.*)$/gm)].map(match => [match[1] ?? "", match[2] ?? ""])
}
const VALID = "The following list gives valid segwit"
const INVALID = "The following list gives invalid segwit"

describe("published vectors", () => {
  itHolds("BIP350 accepts its valid segregated witness addresses", "bitcoin/bip0350.txt", text => {
    const valid = listAfter(text, VALID)
    expect(valid).toHaveLength(8)
    for (const [address] of valid) expect(checkOn(networkOf(address))(address)).toBe(address.toLowerCase())
  })

  itHolds("BIP350 refuses its invalid ones for its reasons", "bitcoin/bip0350.txt", text => {
    const faults = listAfter(text, INVALID).map(([address, why]) => [
      why,
      faultOf(checkOn(networkOf(address)), address),
    ])
    expect(faults).toEqual([
      ["Invalid human-readable part", "not of this network"],
      ["Invalid checksum (Bech32 instead of Bech32m)", "wrong checksum form for its witness version"],
      ["Invalid checksum (Bech32 instead of Bech32m)", "wrong checksum form for its witness version"],
      ["Invalid checksum (Bech32 instead of Bech32m)", "wrong checksum form for its witness version"],
      ["Invalid checksum (Bech32m instead of Bech32)", "wrong checksum form for its witness version"],
      ["Invalid checksum (Bech32m instead of Bech32)", "wrong checksum form for its witness version"],
      ["Invalid character in checksum", "unexpected character"],
      ["Invalid witness version", "no such witness version"],
      ["Invalid program length (1 byte)", "witness program of a wrong length"],
      ["Invalid program length (41 bytes)", "witness program of a wrong length"],
      ["Invalid program length for witness version 0 (per BIP141)", "witness program of a wrong length"],
      ["Mixed case", "upper and lower case mixed"],
      ["zero padding of more than 4 bits", "wrong padding"],
      ["Non-zero padding in 8-to-5 conversion", "wrong padding"],
      ["Empty data section", "wrong length"],
    ])
  })

  itHolds(
    "BIP173: version 0 stands, later versions in bech32 were withdrawn",
    "bitcoin/bip0173.txt",
    text => {
      const valid = listAfter(text, VALID)
      expect(valid).toHaveLength(6)
      for (const [address, script] of valid) {
        const fault = script.startsWith("<tt>00") ? null : "wrong checksum form for its witness version"
        expect(faultOf(checkOn(networkOf(address)), address), address).toBe(fault)
      }
    },
  )

  itHolds("BIP173 refuses its invalid addresses", "bitcoin/bip0173.txt", text => {
    const invalid = listAfter(text, INVALID)
    expect(invalid).toHaveLength(10)
    for (const [address] of invalid)
      expect(faultOf(checkOn(networkOf(address)), address), address).not.toBeNull()
  })

  itHolds("bitcoinjs: base58 and bech32 of four networks", "bitcoin/address.json", text => {
    const { standard, invalid } = JSON.parse(text) as AddressFixtures
    const networks = { ...NETWORKS, bitcoin: NETWORKS.mainnet } as Record<string, BitcoinNetwork>
    expect(standard).toHaveLength(16)
    for (const { network, base58check, bech32 } of standard) {
      const check = checkOn(networks[network] as BitcoinNetwork)
      if (base58check !== undefined) expect(check(base58check)).toBe(base58check)
      if (bech32 !== undefined) expect(check(bech32)).toBe(bech32.toLowerCase())
    }
    const refused = [...invalid.bech32, ...invalid.fromBase58Check, ...invalid.toOutputScript]
    expect(refused).toHaveLength(31)
    for (const { address, network } of refused) {
      const hrp = network?.bech32 ?? NETWORKS.mainnet.hrp
      expect(faultOf(checkOn({ ...NETWORKS.mainnet, hrp }), address), address).not.toBeNull()
    }
  })
})

interface AddressFixtures {
  readonly standard: readonly { network: string; base58check?: string; bech32?: string }[]
  readonly invalid: Readonly<
    Record<
      "bech32" | "fromBase58Check" | "toOutputScript",
      readonly { address: string; network?: { bech32: string } }[]
    >
  >
}

describe("networks", () => {
  const hash = new Uint8Array(20).fill(0x2a)
  const withVersion = (version: number) => base58check.encode(Uint8Array.of(version, ...hash))

  it.each(Object.entries(NETWORKS))(
    "%s reads its own forms and no other version byte",
    (_, network: BitcoinNetwork) => {
      const own: number[] = [network.p2pkh, network.p2sh]
      if (network.oldP2sh !== undefined) own.push(network.oldP2sh)
      for (let version = 0; version < 256; version++) {
        const fault = faultOf(checkOn(network), withVersion(version))
        expect(fault).toBe(own.includes(version) ? null : "not of this network")
      }
      const witness = bech32.encode(network.hrp, [0, ...bech32.toWords(hash)])
      for (const other of Object.values(NETWORKS)) {
        expect(faultOf(checkOn(other), witness)).toBe(other === network ? null : "not of this network")
      }
    },
  )

  it("gives an old Litecoin script address in the form that its node writes", () => {
    expect(checkOn(NETWORKS.litecoin)(withVersion(0x05))).toBe(withVersion(0x32))
    expect(checkOn(NETWORKS.litecoinRegtest)(withVersion(0xc4))).toBe(withVersion(0x3a))
    expect(withVersion(0x32)).toMatch(/^M/)
  })
})

describe("malformed text", () => {
  it.each([
    ["", "wrong length"],
    [" 1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "unexpected character"],
    ["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH\n", "unexpected character"],
    ["0BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "unexpected character"],
    ["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAM", "checksum does not match"],
    ["11BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", "checksum does not match"],
    ["1".repeat(40), "wrong length"],
    ["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7\u212aV8F3T4", "unexpected character"],
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t", "checksum does not match"],
    ["lnbc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "not of this network"],
    ["p2pk:02", "unexpected character"],
  ])("%j: %s", (text, fault) => {
    expect(faultOf(checkOn(NETWORKS.mainnet), text)).toBe(fault)
  })
})

describe("what the checksums promise", () => {
  const network = fc.constantFrom<BitcoinNetwork>(...Object.values(NETWORKS))
  const hash = fc.uint8Array({ minLength: 20, maxLength: 20 })
  const witness = fc.oneof(
    fc.tuple(fc.constant(0), fc.oneof(hash, fc.uint8Array({ minLength: 32, maxLength: 32 }))),
    fc.tuple(fc.integer({ min: 1, max: 16 }), fc.uint8Array({ minLength: 2, maxLength: 40 })),
  )
  const encode = ({ hrp }: BitcoinNetwork, [version, program]: readonly [number, Uint8Array]) =>
    (version === 0 ? bech32 : bech32m).encode(hrp, [version, ...bech32.toWords(program)])

  it("base58: one wrong character is refused, but for one chance in 2^32", () => {
    fc.assert(
      fc.property(network, hash, fc.boolean(), fc.nat(), fc.nat(), (chain, bytes, isScript, at, by) => {
        const address = base58check.encode(Uint8Array.of(isScript ? chain.p2sh : chain.p2pkh, ...bytes))
        expect(checkOn(chain)(address)).toBe(address)
        const wrong = changed(address, at % address.length, by, BASE58)
        expect(faultOf(checkOn(chain), wrong)).not.toBeNull()
      }),
    )
  })

  it("bech32, bech32m: up to three wrong characters after the separator are always refused", () => {
    const slips = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(network, witness, slips, (chain, program, changes) => {
        const address = encode(chain, program)
        expect(checkOn(chain)(address)).toBe(address)
        const from = chain.hrp.length + 1
        const wrong = changes.reduce<string>(
          (text, [at, by]) => changed(text, from + (at % (text.length - from)), by, BECH32),
          address,
        )
        fc.pre(wrong !== address)
        expect(faultOf(checkOn(chain), wrong)).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it("bech32, bech32m: a wrong character in the prefix, or one letter's case, is refused", () => {
    fc.assert(
      fc.property(network, witness, fc.nat(), fc.nat(), (chain, program, at, by) => {
        const address = encode(chain, program)
        const prefix = changed(address, at % chain.hrp.length, by, "abcdefghijklmnopqrstuvwxyz")
        expect(faultOf(checkOn(chain), prefix)).not.toBeNull()
        const place = at % address.length
        const cased = address.slice(0, place) + address.charAt(place).toUpperCase() + address.slice(place + 1)
        if (cased !== address) expect(faultOf(checkOn(chain), cased)).not.toBeNull()
        expect(checkOn(chain)(address.toUpperCase())).toBe(address)
      }),
    )
  })

  it("any text at all is accepted in its canonical form or refused with a reason", () => {
    fc.assert(
      fc.property(network, fc.string({ unit: "grapheme", maxLength: 100 }), (chain, text) => {
        const fault = faultOf(checkOn(chain), text)
        if (fault === null) expect(checkOn(chain)(checkOn(chain)(text))).toBe(checkOn(chain)(text))
      }),
    )
  })
})
