import { createHash } from "node:crypto"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { CHUNK_BYTES } from "../../../src/stores/columns/chunk.ts"
import { SortedIndex } from "../../../src/stores/columns/sorted-index.ts"
import { openMade, removeFolders } from "./made.ts"

afterAll(removeFolders)

async function indexOf(keys: readonly Buffer[], width: number, cacheBytes?: number) {
  const sorted = keys
    .map((key, id) => ({ key, id }))
    .sort((a, b) => Buffer.compare(a.key, b.key) || a.id - b.id)
  const ids = new Uint32Array(sorted.map(({ id }) => id))
  const columns = await openMade(
    [
      { name: "keys", width, bytes: Buffer.concat(sorted.map(({ key }) => key)) },
      { name: "ids", width: 4, bytes: new Uint8Array(ids.buffer) },
    ],
    cacheBytes,
  )
  const index = new SortedIndex(columns.column("keys"), columns.column("ids"))
  const plain = new Map<string, number[]>()
  for (const [id, key] of keys.entries()) {
    const hex = key.toString("hex")
    plain.set(hex, [...(plain.get(hex) ?? []), id])
  }
  return {
    columns,
    find: (key: Buffer) => index.find(key),
    plain: (key: Buffer) => plain.get(key.toString("hex")) ?? [],
  }
}

describe("a sorted index", () => {
  it("finds what a plain map finds, for keys that lie anyhow and occur several times", async () => {
    const byte = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }).chain(width =>
          fc.record({
            width: fc.constant(width),
            keys: fc.array(fc.array(byte, { minLength: width, maxLength: width }), { maxLength: 300 }),
            absent: fc.array(fc.array(byte, { minLength: width, maxLength: width }), { maxLength: 30 }),
          }),
        ),
        async ({ width, keys, absent }) => {
          const { columns, find, plain } = await indexOf(
            keys.map(key => Buffer.from(key)),
            width,
          )
          for (const key of [...keys, ...absent].map(each => Buffer.from(each))) {
            expect(find(key)).toEqual(plain(key))
          }
          columns.close()
        },
      ),
      { numRuns: 100 },
    )
  })

  it("finds hashes and beginnings of hashes, present and absent, through a small cache", async () => {
    const hash = (text: string) => createHash("sha256").update(text).digest()
    for (const width of [3, 8, 33]) {
      const cut = (text: string) => Buffer.concat([hash(text), hash(text)]).subarray(0, width)
      const keys = Array.from({ length: 30_000 }, (_, i) => cut(`${i}`))
      const { columns, find, plain } = await indexOf(keys, width, 2 * CHUNK_BYTES)
      for (let i = 0; i < 30_000; i += 17) {
        expect(find(keys[i] as Buffer)).toEqual(plain(keys[i] as Buffer))
        expect(find(cut(`absent ${i}`))).toEqual(plain(cut(`absent ${i}`)))
      }
      columns.close()
    }
  })

  it("is right for keys that crowd at one end, in few steps", async () => {
    const keys = Array.from({ length: 50_000 }, (_, i) => {
      const key = Buffer.alloc(16, i === 49_999 ? 255 : 0)
      if (i < 49_999) key.writeUInt32BE(i, 12)
      return key
    })
    const { columns, find } = await indexOf(keys, 16)
    for (const i of [0, 1, 2, 31, 4096, 25_000, 49_998, 49_999]) expect(find(keys[i] as Buffer)).toEqual([i])
    let compared = 0
    const column = columns.column("keys")
    const compare = (at: number, key: Uint8Array) => {
      compared++
      return column.compare(at, key)
    }
    const counted = Object.create(column, {
      width: { value: column.width },
      count: { value: column.count },
      name: { value: column.name },
      compare: { value: compare },
    })
    expect(new SortedIndex(counted, columns.column("ids")).find(keys[49_998] as Buffer)).toEqual([49_998])
    expect(compared).toBeLessThan(2 * 16 + 4)
    columns.close()
  })

  it("finds nothing in nothing, and takes a longer key for its beginning", async () => {
    const empty = await indexOf([], 8)
    expect(empty.find(Buffer.alloc(8, 7))).toEqual([])
    empty.columns.close()
    const one = await indexOf([Buffer.from("01020304", "hex")], 4)
    expect(one.find(Buffer.from("0102030405", "hex"))).toEqual([0])
    expect(() => one.find(Buffer.from("0102", "hex"))).toThrow("a key of 2 bytes")
    one.columns.close()
  })
})
