import { createHash } from "node:crypto"
import { expect, it } from "vitest"
import { SpendIndex } from "../../../src/readers/bitcoin-rpc/spend-index.ts"

const txidOf = (name: string): Uint8Array => createHash("sha256").update(name).digest()

it("gives back what was put in, through many a growth, and nothing for what was not", () => {
  const index = new SpendIndex()
  const count = 110_000
  for (let n = 0; n < count; n++) {
    index.add(txidOf(`${n % 40_000}`), Math.floor(n / 40_000), { height: n, index: n % 7 })
  }
  expect(index.size).toBe(count)
  for (let n = 0; n < count; n += 101) {
    const found = index.candidates(txidOf(`${n % 40_000}`), Math.floor(n / 40_000))
    expect(found).toEqual([{ height: n, index: n % 7 }])
    expect(index.candidates(txidOf(`${n % 40_000}`), 3)).toEqual([])
    expect(index.candidates(txidOf(`absent ${n}`), 0)).toEqual([])
  }
})

it("gives every candidate of a fingerprint that two outputs have", () => {
  const index = new SpendIndex()
  const one = txidOf("one")
  const twin = Uint8Array.from([...one.subarray(0, 8), ...txidOf("two").subarray(8)])
  index.add(one, 4, { height: 1, index: 2 })
  index.add(twin, 4, { height: 3, index: 4 })
  expect(index.candidates(one, 4)).toEqual([
    { height: 1, index: 2 },
    { height: 3, index: 4 },
  ])
})

it("keeps the outputs of one transaction apart, and those at the end of the table", () => {
  const index = new SpendIndex()
  const last = Uint8Array.from({ length: 32 }, () => 0xff)
  for (let vout = 0; vout < 3_000; vout++) index.add(last, vout, { height: vout, index: 0 })
  for (let vout = 0; vout < 3_000; vout++) {
    expect(index.candidates(last, vout)).toEqual([{ height: vout, index: 0 }])
  }
})
