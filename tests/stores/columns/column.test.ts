import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { CHUNK_BYTES } from "../../../src/stores/columns/chunk.ts"
import { ColumnWriter } from "../../../src/stores/columns/column-writer.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import { publishColumns } from "../../../src/stores/columns/publish.ts"
import { verifyColumns } from "../../../src/stores/columns/verify-columns.ts"
import { manifestOf, newFolder, noise, openMade, publishMade, removeFolders } from "./made.ts"

afterAll(removeFolders)

/** Two pages for all columns, so that nearly every read has to make room. */
const TIGHT = 2 * CHUNK_BYTES

describe("a column", () => {
  it("gives back what was written, whatever the width, the parts it came in and the room for pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          width: fc.integer({ min: 1, max: 64 }),
          count: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 40_000 })),
          parts: fc.integer({ min: 1, max: 200_000 }),
          seed: fc.nat(),
          cache: fc.constantFrom(CHUNK_BYTES, TIGHT, undefined),
        }),
        fc.infiniteStream(fc.nat()),
        async ({ width, count, parts, seed, cache }, dice) => {
          const folder = newFolder()
          const bytes = noise(width * count, seed)
          await publishMade(folder, [{ name: "a", width, bytes }], {}, Math.max(parts, bytes.length >> 12))
          const columns = openColumns(folder, cache)
          const column = columns.column("a")
          expect([column.width, column.count]).toEqual([width, count])
          const pick = (below: number): number => (dice.next().value as number) % below
          for (let i = 0; i < 30 && count > 0; i++) {
            const at = pick(count)
            expect(column.bytes(at)).toEqual(bytes.slice(at * width, (at + 1) * width))
            const [from, to] = [pick(count + 1), pick(count + 1)].sort((a, b) => a - b) as [number, number]
            expect(Buffer.compare(column.range(from, to), bytes.subarray(from * width, to * width))).toBe(0)
          }
          expect(Buffer.compare(column.loadAll(), bytes)).toBe(0)
          columns.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it("reads numbers as little-endian ones, from any number of columns through one small cache", async () => {
    const count = 100_000
    const u8 = noise(count, 1)
    const u32 = new Uint32Array(noise(count * 4, 2).buffer)
    const u64 = new BigUint64Array(noise(count * 8, 3).buffer)
    const u53 = u64.map(value => value >> 11n)
    const raw = (values: { buffer: ArrayBufferLike }) => new Uint8Array(values.buffer)
    const columns = await openMade(
      [
        { name: "u8", width: 1, bytes: u8 },
        { name: "u32", width: 4, bytes: raw(u32) },
        { name: "u64", width: 8, bytes: raw(u64) },
        { name: "u53", width: 8, bytes: raw(u53) },
      ],
      TIGHT,
    )
    const [a, b, c, d] = ["u8", "u32", "u64", "u53"].map(name => columns.column(name))
    for (let i = 0; i < 3000; i++) {
      const at = (i * 7_654_321) % count
      expect([a?.u8(at), b?.u32(at), c?.u64(at), BigInt(d?.uint53(at) ?? -1)]).toEqual([
        u8[at],
        u32[at],
        u64[at],
        u53[at],
      ])
    }
    columns.close()
  })

  it("holds numbers exactly up to 2^53 - 1 and refuses what lies above", async () => {
    const values = new BigUint64Array([0n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n])
    const columns = await openMade([{ name: "v", width: 8, bytes: new Uint8Array(values.buffer) }])
    const column = columns.column("v")
    expect([0, 1, 2].map(at => column.uint53(at))).toEqual([0, 2 ** 32, Number.MAX_SAFE_INTEGER])
    expect(() => column.uint53(3)).toThrow("above 2^53 - 1")
    expect(() => column.uint53(4)).toThrow("above 2^53 - 1")
    columns.close()
  })

  it("takes an index out of range, a wrong width and an unknown name for mistakes of the caller", async () => {
    const columns = await openMade([{ name: "v", width: 4, bytes: noise(40, 1) }])
    const column = columns.column("v")
    for (const at of [-1, 10, 0.5, Number.NaN, 2 ** 53]) expect(() => column.u32(at)).toThrow("not within")
    expect(() => column.u64(0)).toThrow("8 bytes asked of 4")
    expect(() => column.range(3, 2)).toThrow("not within")
    expect(() => column.range(0, 11)).toThrow("not within")
    expect(() => columns.column("w")).toThrow('none called "w"')
    columns.close()
  })

  it("may be empty", async () => {
    const columns = await openMade([{ name: "v", width: 4, bytes: new Uint8Array(0) }])
    const column = columns.column("v")
    expect([column.count, column.loadAll().length, column.range(0, 0).length]).toEqual([0, 0, 0])
    expect(() => column.u32(0)).toThrow("not within")
    expect([...verifyColumns(columns)]).toEqual([{ column: "v", done: 0, total: 0 }])
    columns.close()
  })

  it("reads beyond 2^31 and 2^32 bytes, and beyond 2^31 values", async () => {
    // A sparse file: 2^32 + 2^20 bytes of zeros, but for a few places. Chunks of zeros have one checksum.
    const size = 2 ** 32 + 2 ** 20
    const marks = [0, 2 ** 31 - 8, 2 ** 31, 2 ** 31 + 4, 2 ** 32 - 4, 2 ** 32, size - 4]
    const folder = newFolder()
    await publishColumns(folder, async into => {
      const sums = new DataView(new ArrayBuffer((size / CHUNK_BYTES) * 4))
      const zeros = crc32(new Uint8Array(CHUNK_BYTES))
      for (let at = 0; at < sums.byteLength; at += 4) sums.setUint32(at, zeros, true)
      const chunks = new Map<number, Buffer>()
      for (const mark of marks) {
        const chunk = Math.floor(mark / CHUNK_BYTES)
        const bytes = chunks.get(chunk) ?? Buffer.alloc(CHUNK_BYTES)
        bytes.writeUInt32LE((mark / 4) | 1, mark % CHUNK_BYTES)
        chunks.set(chunk, bytes)
      }
      for (const name of ["narrow", "wide"]) {
        const file = openSync(join(into, `${name}.col`), "w")
        ftruncateSync(file, size)
        for (const [chunk, bytes] of chunks) {
          writeSync(file, bytes, 0, CHUNK_BYTES, chunk * CHUNK_BYTES)
          sums.setUint32(chunk * 4, crc32(bytes), true)
        }
        closeSync(file)
        writeFileSync(join(into, `${name}.crc`), new Uint8Array(sums.buffer))
      }
      const crc = crc32(new Uint8Array(sums.buffer))
      return manifestOf([
        { name: "narrow", width: 1, count: size, file: "narrow.col", crc },
        { name: "wide", width: 4, count: size / 4, file: "wide.col", crc },
      ])
    })
    const columns = openColumns(folder)
    const [narrow, wide] = [columns.column("narrow"), columns.column("wide")]
    for (const mark of marks) {
      expect(wide.u32(mark / 4)).toBe((mark / 4) | 1)
      expect(narrow.u8(mark)).toBe(((mark / 4) | 1) & 0xff)
      expect(narrow.range(mark, mark + 4)).toEqual(wide.bytes(mark / 4))
    }
    expect(wide.u32(2 ** 29 + 2)).toBe(0)
    expect(narrow.range(2 ** 32 - 2 ** 20, 2 ** 32 + 2 ** 19).filter(byte => byte !== 0)).toHaveLength(6)
    columns.close()
  })
})

describe("a column's writer", () => {
  it("refuses names and widths that are none, a second column of one name, and half a value", () => {
    const folder = newFolder()
    for (const name of ["", "A", "a/b", "..", "a".repeat(65)]) {
      expect(() => new ColumnWriter(folder, name, 1)).toThrow("is no name")
    }
    for (const width of [0, 65, 1.5])
      expect(() => new ColumnWriter(folder, "a", width)).toThrow("within 1 to 64")
    const writer = new ColumnWriter(folder, "a", 4)
    expect(() => new ColumnWriter(folder, "a", 4)).toThrow("EEXIST")
    writer.write(new Uint8Array(6))
    expect(() => writer.close()).toThrow("no multiple of 4")
    writer.abandon()
  })
})
