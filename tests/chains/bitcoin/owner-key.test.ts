import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { NETWORKS } from "../../../src/chains/bitcoin/network.ts"
import { ownersOn } from "../../../src/chains/bitcoin/owner.ts"
import { OWNER_KINDS, ownerNamesOn, ownerWriter } from "../../../src/chains/bitcoin/owner-key.ts"
import { bytesOfRows, bytesOfWords, WordColumns } from "../../../src/chains/bitcoin/word-columns.ts"
import { sha256 } from "./real-bytes.ts"

type Network = keyof typeof NETWORKS

/** What a ledger would keep of a script's owner, and the name that it makes of that again. */
function keptName(script: Uint8Array, network: Network): string | null {
  const kinds = new Uint8Array(3)
  const keys = new WordColumns(3)
  const mweb = network.startsWith("litecoin")
  // In the midst of bytes that would make it another script if they were looked at.
  const around = Uint8Array.of(0x76, ...script, 0x87)
  const name = ownerWriter(network, mweb, sha256, kinds, keys)(around, 1, 1 + script.length, 1)
  const key = bytesOfWords(keys.words.map(word => word[1] as bigint))
  expect([kinds[0], kinds[2]]).toEqual([0, 0])
  for (const row of [0, 2]) expect(keys.words.map(word => word[row])).toEqual([0n, 0n, 0n, 0n])
  return ownerNamesOn(network, asked => {
    expect(asked).toEqual(key)
    return name as string
  })(kinds[1] as number, key)
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const around = (head: number[], body: fc.Arbitrary<Uint8Array>, tail: number[] = []) =>
  body.map(middle => Uint8Array.of(...head, ...middle, ...tail))

/** Scripts of every form, and such as miss one by a byte. */
const script = fc.oneof(
  around([0x76, 0xa9, 20], bytes(20), [0x88, 0xac]),
  around([0x76, 0xa9, 20], bytes(20), [0x88, 0xad]),
  around([0xa9, 20], bytes(20), [0x87]),
  around([0xa9, 20], bytes(20), [0x88]),
  around([0, 20], bytes(20)),
  around([0, 21], bytes(20)),
  around([0, 32], bytes(32)),
  around([0x51, 32], bytes(32)),
  around([0x52, 32], bytes(32)),
  around([0x58, 32], bytes(32)),
  around([0x59, 32], bytes(32)),
  around([0x51, 2], bytes(2)),
  around([0x60, 40], bytes(40)),
  around([33, 2], bytes(32), [0xac]),
  around([65, 4], bytes(64), [0xac]),
  around([0x51, 33, 3], bytes(32), [0x51, 0xae]),
  around([0x6a], bytes(30)),
  fc.uint8Array({ maxLength: 80 }),
)

describe("owners as a ledger keeps them", () => {
  it.each(["mainnet", "litecoin", "litecoinRegtest"] as const)(
    "on %s have the names that their scripts have",
    network => {
      const ownerOf = ownersOn(network, sha256)
      const seen = new Set<string>()
      fc.assert(
        fc.property(script, bytesOfIt => {
          const name = ownerOf(bytesOfIt)
          seen.add(name === null ? "burned" : (/^[a-z0-9]+:/.exec(name)?.[0] ?? "address"))
          expect(keptName(bytesOfIt, network)).toBe(name)
        }),
        { numRuns: 2000 },
      )
      expect([...seen]).toEqual(
        expect.arrayContaining(["burned", "address", "script:", "p2pk:", "multisig:"]),
      )
    },
  )

  it("have numbers that are stored, and so are never changed", () => {
    expect(OWNER_KINDS).toEqual([
      "burned",
      "p2pkh",
      "p2sh",
      "p2wpkh",
      "p2wsh",
      "p2tr",
      "script",
      "mweb",
      "named",
    ])
  })
})

describe("rows of 32 bytes in four columns", () => {
  it("come back as they were, sort as their bytes do, and are cut where asked", () => {
    const rows = fc.array(bytes(32), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, all => {
        const columns = new WordColumns(all.length)
        for (const [row, value] of all.entries()) columns.set(row, value)
        expect(Buffer.from(bytesOfRows(columns.words, all.length))).toEqual(Buffer.concat(all))
        expect(Buffer.from(bytesOfRows(columns.words.slice(0, 1), all.length, 8))).toEqual(
          Buffer.concat(all.map(value => value.subarray(0, 8))),
        )
        const asNumbers = all.map((_, row) => columns.words.map(word => word[row] as bigint))
        const byNumbers = [...asNumbers].sort((a, b) => {
          const at = a.findIndex((word, index) => word !== b[index])
          return at < 0 ? 0 : (a[at] as bigint) < (b[at] as bigint) ? -1 : 1
        })
        const byBytes = [...all].sort(Buffer.compare)
        expect(byNumbers.map(words => Buffer.from(bytesOfWords(words)))).toEqual(
          byBytes.map(one => Buffer.from(one)),
        )
      }),
      { numRuns: 300 },
    )
  })
})
