import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import { verifyColumns } from "../../../src/stores/columns/verify-columns.ts"
import { newFolder, noise, problemOf, publishMade, removeFolders } from "./made.ts"

afterAll(removeFolders)

const COLUMNS = [
  { name: "a", width: 33, bytes: noise(33 * 5000, 1) },
  { name: "b", width: 4, bytes: noise(4 * 30, 2) },
  { name: "empty", width: 8, bytes: new Uint8Array(0) },
]

async function published(): Promise<{ folder: string; set: string }> {
  const folder = newFolder()
  await publishMade(folder, COLUMNS)
  return { folder, set: join(folder, "columns", "1") }
}

function verified(folder: string): string {
  return problemOf(() => {
    const columns = openColumns(folder)
    try {
      for (const _ of verifyColumns(columns));
    } finally {
      columns.close()
    }
  })
}

describe("damage of published columns", () => {
  it("is none where there is none", async () => {
    const { folder } = await published()
    expect(verified(folder)).toBe("none")
  })

  it("is found in every byte of every small file, and in bytes all over the large one", async () => {
    const { folder, set } = await published()
    const files = [...readdirSync(set).map(name => join(set, name)), join(folder, "columns", "current")]
    expect(files).toHaveLength(8)
    for (const file of files) {
      const whole = readFileSync(file)
      const step = whole.length > 10_000 ? 997 : 1
      for (let at = 0; at < whole.length; at += step) {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] as number) ^ (1 << (at % 8))
        writeFileSync(file, bytes)
        expect(verified(folder), `${file} byte ${at}`).toMatch(/^ledger-damaged /)
      }
      writeFileSync(file, whole)
    }
    expect(verified(folder)).toBe("none")
  })

  it("names the file and the chunk, when that chunk is first read and not before", async () => {
    const { folder, set } = await published()
    const bytes = readFileSync(join(set, "a.col"))
    bytes[70_000] = (bytes[70_000] as number) ^ 1
    writeFileSync(join(set, "a.col"), bytes)
    const columns = openColumns(folder)
    const a = columns.column("a")
    expect(a.bytes(0)).toEqual(noise(33, 1))
    expect(problemOf(() => a.bytes(2200))).toBe("ledger-damaged a.col: chunk 1")
    // A failed read leaves nothing behind that a second one could take for good.
    expect(problemOf(() => a.bytes(2200))).toBe("ledger-damaged a.col: chunk 1")
    expect(problemOf(() => a.loadAll())).toBe("ledger-damaged a.col: chunk 1")
    expect(a.bytes(4500)).toEqual(noise(33 * 5000, 1).slice(33 * 4500, 33 * 4501))
    columns.close()
  })

  it("is found when files are cut, lengthened, missing or exchanged with another column's", async () => {
    const { folder, set } = await published()
    const a = readFileSync(join(set, "a.col"))
    truncateSync(join(set, "a.col"), a.length - 1)
    expect(problemOf(() => openColumns(folder))).toBe("ledger-damaged a.col: length")
    writeFileSync(join(set, "a.col"), Buffer.concat([a, Buffer.from([0])]))
    expect(problemOf(() => openColumns(folder))).toBe("ledger-damaged a.col: length")
    writeFileSync(join(set, "a.col"), a)
    writeFileSync(join(set, "empty.crc"), Buffer.alloc(4))
    expect(problemOf(() => openColumns(folder))).toBe("ledger-damaged empty.crc: length")
    writeFileSync(join(set, "empty.crc"), Buffer.alloc(0))
    expect(verified(folder)).toBe("none")
    rmSync(join(set, "b.col"))
    expect(problemOf(() => openColumns(folder))).toBe("ledger-damaged columns/1: files missing")
  })

  it("is found when a column and its checksums come from another set", async () => {
    const { folder, set } = await published()
    const other = newFolder()
    await publishMade(other, [{ name: "b", width: 4, bytes: noise(4 * 30, 3) }])
    for (const name of ["b.col", "b.crc"]) {
      writeFileSync(join(set, name), readFileSync(join(other, "columns", "1", name)))
    }
    expect(verified(folder)).toBe("ledger-damaged b.crc")
  })

  it("goes away when the columns are deleted and published again", async () => {
    const { folder, set } = await published()
    writeFileSync(join(set, "b.col"), "x")
    writeFileSync(join(folder, "columns", "current"), "x")
    expect(verified(folder)).toBe("ledger-damaged columns/current")
    await publishMade(folder, COLUMNS)
    expect(verified(folder)).toBe("none")
  })
})
