import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { NETWORKS } from "../../../src/chains/bitcoin/network.ts"
import { ownersOn } from "../../../src/chains/bitcoin/owner.ts"
import { OWNER_KINDS, ownerNamesOn, ownerWriter } from "../../../src/chains/bitcoin/owner-key.ts"
import { ownerOfAddress } from "../../../src/chains/bitcoin/owner-of-address.ts"
import { bytesOfWords, WordColumns } from "../../../src/chains/bitcoin/word-columns.ts"
import { sha256 } from "./real-bytes.ts"

type Network = keyof typeof NETWORKS
const networks = Object.keys(NETWORKS) as Network[]

/** What ingesting a script keeps of its owner. */
function kept(script: Uint8Array, network: Network) {
  const kinds = new Uint8Array(1)
  const keys = new WordColumns(1)
  ownerWriter(network, network.startsWith("litecoin"), sha256, kinds, keys)(script, 0, script.length, 0)
  return { kind: kinds[0] as number, key: bytesOfWords(keys.words.map(word => word[0] as bigint)) }
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const around = (head: number[], length: number, tail: number[] = []) =>
  bytes(length).map(middle => Uint8Array.of(...head, ...middle, ...tail))

/** Scripts of each kind that has a name; witness programs of versions 8 and 9 are the extension block on Litecoin. */
const SCRIPTS: Readonly<Record<string, fc.Arbitrary<Uint8Array>>> = {
  p2pkh: around([0x76, 0xa9, 20], 20, [0x88, 0xac]),
  p2sh: around([0xa9, 20], 20, [0x87]),
  p2wpkh: around([0, 20], 20),
  p2wsh: around([0, 32], 32),
  p2tr: around([0x51, 32], 32),
  "version 1 of another length": around([0x51, 20], 20),
  "a later version": fc.integer({ min: 0x52, max: 0x60 }).chain(version => around([version, 32], 32)),
  "the longest program": around([0x60, 40], 40),
  "a bare key": around([33, 2], 32, [0xac]),
  "bare multisig": around([0x51, 33, 2], 32, [0x51, 0xae]),
  "any other script": around([7], 7, [0x87]),
}

describe.each(networks)("the owner of an address on %s", network => {
  it.each(Object.keys(SCRIPTS))("is the one that ingesting kept: %s", form => {
    fc.assert(
      fc.property(SCRIPTS[form] as fc.Arbitrary<Uint8Array>, script => {
        const name = ownersOn(network)(script)
        expect(name).not.toBeNull()
        expect(ownerOfAddress(name as string, network)).toEqual(kept(script, network))
      }),
    )
  })

  it("is named by that address again, for every kind that keeps no name", () => {
    const named = ownerNamesOn(network, () => {
      throw new Error("no name is kept for these")
    })
    const kinds = ["p2pkh", "p2sh", "p2wpkh", "p2wsh", "p2tr", "script"] as const
    fc.assert(
      fc.property(fc.constantFrom(...kinds), bytes(32), (kindName, random) => {
        const key = random.slice()
        if (kindName === "p2pkh" || kindName === "p2sh" || kindName === "p2wpkh") key.fill(0, 20)
        const kind = OWNER_KINDS.indexOf(kindName)
        expect(ownerOfAddress(named(kind, key) as string, network)).toEqual({ kind, key })
      }),
    )
  })
})
