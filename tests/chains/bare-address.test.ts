import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bareAddress, spellingsOf } from "../../src/chains/bare-address.ts"

/** An address of the specification of cashaddr, whose other forms it gives too. */
const CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
const FIRST = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"

describe("an address as people write it", () => {
  it.each([
    [FIRST, FIRST],
    [`  ${FIRST}\t`, FIRST],
    [`bitcoin:${FIRST}`, FIRST],
    [`BITCOIN:${FIRST}?amount=0.1&label=x`, FIRST],
    ["bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
    ["ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
    ["ethereum:0X098b716b8aaf21512996dc57eb0615e2383e2f96", "0x098b716b8aaf21512996dc57eb0615e2383e2f96"],
    [CASH, CASH],
    [`bitcoincash:${CASH}`, CASH],
    [`BITCOINCASH:${CASH.toUpperCase()}`, CASH],
    [CASH.toUpperCase(), CASH],
  ])("is bared of what stands around it: %s", (text, bare) => expect(bareAddress(text)).toBe(bare))

  it.each(["mweb:pool", "p2pk:04ab", "script:00", "mule?amount=1", "nobody:1A1z", "", `${FIRST}#3`])(
    "stays where nothing is known to stand around it: %j",
    text => expect(bareAddress(text)).toBe(text),
  )

  it("gets no longer by it, whatever it is", () => {
    const scheme = fc.constantFrom("", "bitcoin:", "bitcoincash:", " ", "BITCOIN:")
    const text = fc.tuple(scheme, fc.string()).map(parts => parts.join(""))
    fc.assert(fc.property(text, one => bareAddress(one).length <= one.length))
  })

  it("is looked for as it is written, bare, and with Bitcoin Cash's prefix", () => {
    const all = [CASH, `bitcoincash:${CASH}`, `BITCOINCASH:${CASH.toUpperCase()}`, CASH.toUpperCase()]
    for (const written of all) {
      expect(spellingsOf(written)[0]).toBe(written)
      expect([...spellingsOf(written)].sort()).toEqual([...all].sort())
    }
    expect(spellingsOf(FIRST)).toEqual([FIRST])
    expect(spellingsOf(`bitcoin:${FIRST} `)).toEqual([`bitcoin:${FIRST}`, FIRST])
    expect(spellingsOf("AB".repeat(32))).toEqual(["AB".repeat(32), "ab".repeat(32)])
  })
})
