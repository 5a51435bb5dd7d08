import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkEthereumAddress, checksummed } from "../../src/chains/ethereum/address.ts"
import { changed, faultOf } from "./faults.ts"
import { itHolds } from "./vectors.ts"

const hexDigits = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map(bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join(""))

/** EIP-55's own examples. */
const EIP55 = [
  "0x52908400098527886E0F7030069857D2E4169EE7",
  "0xde709f2102306220921060314715629080e2fb77",
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
  "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
  "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]

describe("published vectors", () => {
  itHolds("ethers: 259 accounts in EIP-55 form", "ethereum/ethers_accounts.json.gz", text => {
    const accounts = JSON.parse(text) as { name: string; address: string; icap: string }[]
    expect(accounts).toHaveLength(259)
    for (const { name, address, icap } of accounts) {
      expect(checkEthereumAddress(address), name).toBe(address.toLowerCase())
      expect(checksummed(address.toLowerCase()), name).toBe(address)
      expect(faultOf(checkEthereumAddress, icap), name).toBe("wrong length")
    }
  })

  it.each(EIP55)("EIP-55 %s", address => {
    expect(checkEthereumAddress(address)).toBe(address.toLowerCase())
    expect(checksummed(address)).toBe(address)
  })
})

describe("malformed text", () => {
  it.each([
    ["", "wrong length"],
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "wrong length"],
    ["5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "wrong length"],
    ["0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "unexpected character"],
    ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg", "unexpected character"],
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "checksum does not match"],
  ])("%j: %s", (text, fault) => {
    expect(faultOf(checkEthereumAddress, text)).toBe(fault)
  })
})

describe("what the checksum promises", () => {
  it("lower, upper and EIP-55 case are one account", () => {
    fc.assert(
      fc.property(hexDigits, digits => {
        const address = `0x${digits}`
        for (const spelling of [address, `0x${digits.toUpperCase()}`, checksummed(address)]) {
          expect(checkEthereumAddress(spelling)).toBe(address)
        }
      }),
    )
  })

  it("a letter in the wrong case is refused while cases remain mixed", () => {
    fc.assert(
      fc.property(hexDigits, fc.nat(), (digits, pick) => {
        const address = checksummed(`0x${digits}`)
        const letters = [...address.matchAll(/[a-f]/gi)].map(match => match.index)
        fc.pre(letters.length > 0)
        const at = letters[pick % letters.length] ?? 0
        const letter = address.charAt(at)
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
        const wrong = address.slice(0, at) + other + address.slice(at + 1)
        const isMixed = /[a-f]/.test(wrong.slice(2)) && /[A-F]/.test(wrong)
        expect(faultOf(checkEthereumAddress, wrong)).toBe(isMixed ? "checksum does not match" : null)
      }),
    )
  })

  it("promises nothing for one wrong digit: in lower case every one passes", () => {
    fc.assert(
      fc.property(hexDigits, fc.nat(39), fc.nat(), (digits, at, by) => {
        const wrong = `0x${changed(digits, at, by, "0123456789abcdef")}`
        expect(checkEthereumAddress(wrong)).toBe(wrong)
      }),
    )
  })
})
