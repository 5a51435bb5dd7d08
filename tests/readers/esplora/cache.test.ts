import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import type { Source } from "../../../src/ports/source.ts"
import { AnswerCache } from "../../../src/readers/http/answer-cache.ts"
import { HIDE, LOOT } from "./hand-ledger.ts"
import { answerTo, spenderOf, withExplorer } from "./with-explorer.ts"

const root = mkdtempSync(join(tmpdir(), "ashiato-answers-"))
const newFolder = () => mkdtempSync(join(root, "cache-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map(name => join(folder, name))
    .filter(file => statSync(file).isFile())

/** A chain so long that all of the ledger is final; its last block is the one asked up to. */
const LONG = 13 + 100
const walk = async (source: Source) => (await spenderOf(source, `${LOOT}:0`))?.tx.id

it("asks a second time for nothing but what can change", () =>
  withExplorer(async (explorer, open) => {
    const cacheFolder = newFolder()
    expect(await walk(await open({ cacheFolder, toHeight: 13 }))).toBe(HIDE)
    const first = explorer.asked.splice(0)
    expect(first.length).toBeGreaterThan(6)
    expect(await walk(await open({ cacheFolder, toHeight: 13 }))).toBe(HIDE)
    expect(explorer.asked.splice(0)).toEqual(["/blocks/tip/height"])
    expect((await spenderOf(await open({ cacheFolder, toHeight: 13 }), `${LOOT}:1`))?.tx.id).toBeUndefined()
    expect(explorer.asked.splice(0)).toEqual(["/blocks/tip/height", `/tx/${LOOT}/outspend/1`])
    await spenderOf(await open({ cacheFolder, toHeight: 13 }), `${LOOT}:1`)
    expect(explorer.asked.splice(0), "unspent is never final").toContain(`/tx/${LOOT}/outspend/1`)
  }, LONG))

it("keeps nothing of a block that may yet be replaced, but what is named by its hash", () =>
  withExplorer(async (explorer, open) => {
    const cacheFolder = newFolder()
    await walk(await open({ cacheFolder, toHeight: 12 }))
    explorer.asked.length = 0
    await walk(await open({ cacheFolder, toHeight: 12 }))
    const again = ["/blocks/tip/height", "/block-height/12", `/tx/${LOOT}`, `/tx/${HIDE}`]
    expect(explorer.asked).toEqual(expect.arrayContaining(again))
    expect(explorer.asked.filter(path => /^\/block\//.test(path))).toEqual([])
  }, LONG - 3))

it("keeps the raw answer, its hash, where it came from and when", () =>
  withExplorer(async (explorer, open) => {
    const cacheFolder = newFolder()
    let now = Date.UTC(2026, 10, 24)
    const sleep = async (milliseconds: number) => {
      now += milliseconds
    }
    const clock = { now: () => now, sleep }
    await open({ cacheFolder, clock, toHeight: 13 })
    for (const file of filesIn(cacheFolder)) {
      const text = readFileSync(file, "utf8")
      const [head = "", ...body] = text.split("\n")
      expect(JSON.parse(head)).toEqual({
        url: explorer.url,
        path: expect.stringMatching(/^\/block/),
        fetched: expect.stringMatching(/^2026-11-24T00:00:00\.\d{3}Z$/),
        sha256: createHash("sha256").update(body.join("\n")).digest("hex"),
      })
    }
    expect(filesIn(cacheFolder)).toHaveLength(3)
  }, LONG))

it.each<[string, (whole: Buffer) => Buffer | string]>([
  ["empty", () => ""],
  ["cut short", whole => whole.subarray(0, whole.length - 3)],
  ["cut within its head", whole => whole.subarray(0, 20)],
  [
    "with a bit turned",
    whole => Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) ?? 0) ^ 1])]),
  ],
  ["of another path", whole => whole.toString().replace('"path":"/', '"path":"/x')],
  ["of something else", () => "null\n{}"],
])("fetches a file %s again, and mends it", (_, damage) =>
  withExplorer(async (explorer, open) => {
    const cacheFolder = newFolder()
    await walk(await open({ cacheFolder, toHeight: 13 }))
    const asked = new Set(explorer.asked.splice(0))
    for (const file of filesIn(cacheFolder)) writeFileSync(file, damage(readFileSync(file)))
    expect(await walk(await open({ cacheFolder, toHeight: 13 }))).toBe(HIDE)
    expect(new Set(explorer.asked.splice(0))).toEqual(asked)
    await walk(await open({ cacheFolder, toHeight: 13 }))
    expect(explorer.asked).toEqual(["/blocks/tip/height"])
  }, LONG),
)

it("keeps two explorers apart, and no answer that is nonsense", () =>
  withExplorer(async (explorer, open) => {
    const cacheFolder = newFolder()
    explorer.mischief = (path, response) => {
      if (path !== `/tx/${LOOT}`) return false
      response.end("{}")
      return true
    }
    await expect(answerTo(await open({ cacheFolder, toHeight: 13 }), `${LOOT}:0`)).rejects.toThrow("nonsense")
    explorer.mischief = () => false
    expect(await answerTo(await open({ cacheFolder, toHeight: 13 }), `${LOOT}:0`)).toHaveProperty("step")
    explorer.asked.length = 0
    await withExplorer(async (other, openOther) => {
      await answerTo(await openOther({ cacheFolder, toHeight: 13 }), `${LOOT}:0`)
      expect(other.asked).toContain(`/tx/${LOOT}`)
    }, LONG)
  }, LONG))

it("is never seen half written, and what a killed run left behind is not read", async () => {
  const folder = newFolder()
  const cache = new AnswerCache(folder, "http://a")
  const bodies = ["a", "b"].map(letter => Buffer.alloc(300_000, letter))
  await cache.write("/x", bodies[0] ?? Buffer.alloc(0), "t")
  const writes = Promise.all(bodies.map(body => cache.write("/x", body, "t")))
  for (let n = 0; n < 20; n++) {
    const seen = await cache.read("/x")
    expect(bodies.some(body => seen !== null && body.equals(seen))).toBe(true)
  }
  await writes
  expect(filesIn(folder)).toHaveLength(1)
  const [file = ""] = filesIn(folder)
  rmSync(file)
  writeFileSync(`${file}.killed.part`, "half")
  expect(await cache.read("/x")).toBeNull()
})
