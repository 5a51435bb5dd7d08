import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { ColumnWriter } from "../../../src/stores/columns/column-writer.ts"
import { type Columns, openColumns } from "../../../src/stores/columns/columns.ts"
import { publishColumns } from "../../../src/stores/columns/publish.ts"
import { verifyColumns } from "../../../src/stores/columns/verify-columns.ts"
import { manifestOf, newFolder, noise, problemOf, publishMade, removeFolders } from "./made.ts"
import { transpile } from "./transpiled.ts"

afterAll(removeFolders)

const made = (seed: number) => [{ name: "v", width: 4, bytes: noise(400_000, seed) }]
const part = (pid: number) => `columns.part-${pid}`

describe("publishing columns", () => {
  it("says what it is: chain, horizon, columns and what else was given", async () => {
    const folder = newFolder()
    const said = await publishMade(folder, made(1), { rows: "18446744073709551615", kinds: ["a"] })
    const columns = openColumns(folder)
    expect(columns.manifest).toEqual(said)
    expect(columns.manifest.extra).toEqual({ rows: "18446744073709551615", kinds: ["a"] })
    const text = JSON.parse(readFileSync(join(folder, "columns", "1", "manifest.json"), "utf8"))
    expect(text.format).toBe("ashiato/columns/1")
    columns.close()
  })

  it("keeps an old reader reading while a new set takes its place, and removes the old one's names", async () => {
    const folder = newFolder()
    await publishMade(folder, made(1))
    const old = openColumns(folder)
    expect(old.column("v").u32(0)).toBe(Buffer.from(noise(4, 1)).readUInt32LE(0))
    await publishMade(folder, made(2))
    await publishMade(folder, made(3))
    const now = openColumns(folder)
    expect(Buffer.compare(old.column("v").loadAll(), noise(400_000, 1))).toBe(0)
    expect(Buffer.compare(now.column("v").loadAll(), noise(400_000, 3))).toBe(0)
    expect([...verifyColumns(old)].at(-1)).toEqual({ column: "v", done: 400_000, total: 400_000 })
    expect(readdirSync(join(folder, "columns")).sort()).toEqual(["3", "current"])
    old.close()
    now.close()
  })

  it("leaves the old set alone when building the new one fails, and nothing half made", async () => {
    const folder = newFolder()
    await publishMade(folder, made(1))
    const failing = publishColumns(folder, async into => {
      new ColumnWriter(into, "v", 4).abandon()
      throw new Error("no more")
    })
    await expect(failing).rejects.toThrow("no more")
    expect(readdirSync(folder)).toEqual(["columns"])
    const columns = openColumns(folder)
    expect(Buffer.compare(columns.column("v").loadAll(), noise(400_000, 1))).toBe(0)
    columns.close()
  })

  it("clears away what killed processes left: part folders, sets that never counted, a half written name", async () => {
    const folder = newFolder()
    await publishMade(folder, made(1))
    mkdirSync(join(folder, part(1)))
    writeFileSync(join(folder, part(1), "v.col"), noise(10, 1))
    mkdirSync(join(folder, part(process.pid)))
    mkdirSync(join(folder, "columns", "2"))
    writeFileSync(join(folder, "columns", "current.part"), "2 ")
    const before = openColumns(folder)
    expect(Buffer.compare(before.column("v").loadAll(), noise(400_000, 1))).toBe(0)
    before.close()
    await publishMade(folder, made(2))
    expect(readdirSync(folder)).toEqual(["columns"])
    expect(readdirSync(join(folder, "columns")).sort()).toEqual(["2", "current"])
    const after = openColumns(folder)
    expect(Buffer.compare(after.column("v").loadAll(), noise(400_000, 2))).toBe(0)
    after.close()
  })

  it("tells a disk that refuses from a fault of the program", async () => {
    const folder = newFolder()
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" })
    await expect(publishColumns(folder, () => Promise.reject(full))).rejects.toMatchObject({
      code: "ledger-unwritable",
      detail: { reason: "ENOSPC" },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it("leaves the old set or the new one when killed at any moment", async () => {
    const folder = newFolder()
    await publishMade(folder, made(1), { seed: 1 })
    const code = newFolder()
    transpile(["src/units", "src/stores/columns", "tests/stores/columns"], code)
    const script = join(code, "tests", "stores", "columns", "publish-on.js")
    const text = `
      import { noise, publishMade } from "./made.js"
      for (let seed = 2; ; seed++) {
        const bytes = noise(400_000, seed)
        await publishMade(${JSON.stringify(folder)}, [{ name: "v", width: 4, bytes }], { seed })
        if (seed === 2) console.log("going")
      }`
    writeFileSync(script, text)
    let seen = 0
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, [script], {
        stdio: ["ignore", "pipe", "inherit"],
      })
      await once(child.stdout, "data")
      // Meanwhile it can be opened at any time.
      const until = performance.now() + 30 + round * 7
      while (performance.now() < until) {
        const columns = openColumns(folder)
        const seed = columns.manifest.extra.seed as number
        expect(Buffer.compare(columns.column("v").range(0, 10), noise(40, seed))).toBe(0)
        columns.close()
        seen++
        await new Promise(resolve => setImmediate(resolve))
      }
      child.kill("SIGKILL")
      await once(child, "exit")
      const columns = openColumns(folder)
      const seed = columns.manifest.extra.seed as number
      expect(Buffer.compare(columns.column("v").loadAll(), noise(400_000, seed))).toBe(0)
      columns.close()
    }
    expect(seen).toBeGreaterThan(6)
  })
})

describe("a set in segments", () => {
  const entryOf = (folder: string, generation: number, seed: number) => {
    const writer = new ColumnWriter(folder, "v", 4)
    writer.write(noise(400, seed))
    return { generation, holds: { values: 100 }, columns: [writer.close()] }
  }

  it("keeps the segments that it names, and what else there was is removed", async () => {
    const folder = newFolder()
    const next = (keep: readonly number[], seed: number) =>
      publishColumns(folder, async (part, generation) => {
        const { segments = [] } = seed === 1 ? {} : openColumns(folder).manifest
        const kept = segments.filter(segment => keep.includes(segment.generation))
        return { ...manifestOf([]), segments: [...kept, entryOf(part, generation, seed)] }
      })
    const there = () => readdirSync(join(folder, "columns")).sort()
    await next([], 1)
    await next([1], 2)
    expect(there()).toEqual(["1", "2", "current"])
    const reader = openColumns(folder)
    // Left by one that was killed before it counted.
    mkdirSync(join(folder, "columns", "77"))
    await next([2], 3)
    expect(there()).toEqual(["2", "3", "current"])
    // Who had the first open goes on reading it.
    const read = (columns: Columns) =>
      columns.segments?.map(({ set }) => Buffer.compare(set.column("v").loadAll(), noise(400, 1)) === 0)
    expect(read(reader)).toEqual([true, false])
    reader.close()
    const now = openColumns(folder)
    expect(now.segments?.map(({ entry }) => entry.generation)).toEqual([2, 3])
    expect([...now.files].map(({ entry }) => entry.name)).toEqual(["v", "v"])
    now.close()
    rmSync(join(folder, "columns", "2"), { recursive: true })
    expect(problemOf(() => openColumns(folder))).toBe("ledger-damaged columns/3: files missing")
  })

  it("is removed in no part while nobody knows what is current", async () => {
    const folder = newFolder()
    await publishColumns(folder, async (part, generation) => {
      return { ...manifestOf([]), segments: [entryOf(part, generation, 1)] }
    })
    writeFileSync(join(folder, "columns", "current"), "x")
    const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" })
    await expect(publishColumns(folder, () => Promise.reject(full))).rejects.toMatchObject({
      code: "ledger-unwritable",
    })
    expect(readdirSync(join(folder, "columns")).sort()).toEqual(["1", "current"])
  })
})

describe("opening columns", () => {
  it("says that there is no ledger, or that it has no columns yet", async () => {
    const folder = newFolder()
    expect(problemOf(() => openColumns(join(folder, "none")))).toBe(`ledger-missing ${join(folder, "none")}`)
    expect(problemOf(() => openColumns(folder))).toBe(`ledger-not-published ${folder}`)
    await publishMade(folder, made(1))
    rmSync(join(folder, "columns"), { recursive: true })
    expect(problemOf(() => openColumns(folder))).toBe(`ledger-not-published ${folder}`)
    await publishMade(folder, made(2))
    expect(existsSync(join(folder, "columns", "1"))).toBe(true)
  })

  it("refuses a set of another format", async () => {
    const folder = newFolder()
    await publishColumns(folder, async () => ({ ...manifestOf([]), ...{ format: "ashiato/columns/3" } }))
    expect(problemOf(() => openColumns(folder))).toBe(
      "ledger-other-version ashiato/columns/3 ashiato/columns/2",
    )
  })
})
