import { existsSync, readdirSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { isSanction } from "../../src/cases/sanction.ts"
import { tagPackText } from "../../src/labels/tag-pack-writer.ts"
import { fileOf, readFile } from "../labels/reading.ts"

const OURS = fileURLToPath(new URL("../../cases/labels/", import.meta.url))
const LISTS = fileURLToPath(new URL("../../../shared/data/labels/", import.meta.url))
const isThere = existsSync(LISTS)

const SDN = "https://www.treasury.gov/ofac/downloads/sdnlist.txt"
const LISTED = "Asset listed under US Treasury OFAC Sanctions List"
const NOTHING = { label: "x", abuse: null, category: null, note: null, source: null, list: "x" }

describe("a label is a sanction", () => {
  it.each([
    [{ abuse: "sanction" }],
    [{ abuse: "Sanctions" }],
    [{ category: "sanction" }],
    [{ category: "sanctioned_entity" }],
    [{ category: "Sanctioned Entity" }],
    [{ category: "exchange", note: "concepts: exchange, sanction" }],
    [{ category: "exchange", note: 'concepts: sanctioned_entity, exchange; {"a":1}' }],
    [{ label: LISTED, category: "user", source: SDN }],
    [{ label: LISTED, category: "user", source: "https://www.treasury.gov/ofac/downloads/sdn.csv" }],
  ])("by its abuse, its category or a concept, or as the packs of OFAC's list say it: %o", said => {
    expect(isSanction({ ...NOTHING, ...said })).toBe(true)
  })

  it.each([
    [{ list: "Not on any sanctions list (checked)" }],
    [{ list: "US Treasury OFAC Sanctions List" }],
    [{ list: "SDN" }],
    [{ category: "sanction_cleared" }],
    [{ category: "sanctions_data" }],
    [{ abuse: "sanction_removed" }],
    [{ abuse: "no sanction" }],
    [{ abuse: "service_hack", category: "user" }],
    [{ note: "sanction" }],
    [{ note: "see concepts: sanction" }],
    [{ note: "concepts: exchange; sanction" }],
    [{ label: "cleared", source: SDN }],
    [{ label: LISTED, source: "https://www.treasury.gov/ofac/downloads/sdnnew24.txt" }],
    [{ label: LISTED, source: "https://example.org/?www.treasury.gov/ofac/downloads/sdnlist.txt" }],
    [{ label: `Not an ${LISTED}`, source: SDN }],
  ])("and not by a word in a title, a note, a source, or in a longer name: %o", said => {
    expect(isSanction({ ...NOTHING, ...said })).toBe(false)
  })
})

/** What of a file counts, and whether it still does when the book's export of it is read again. */
async function counted(file: string): Promise<readonly [name: string, sanctions: number, again: number]> {
  const { labels, list } = await readFile(file, { seen: "2024-09-10" })
  const again = await readFile(
    fileOf("again.yaml", tagPackText(list?.list ?? "", list?.creator ?? null, labels)),
  )
  return [basename(file), labels.filter(isSanction).length, again.labels.filter(isSanction).length]
}

describe.skipIf(!isThere)(
  isThere ? "of the public lists" : "skipped: ../shared/data/labels is absent",
  () => {
    it("the packs that say so count, and the pack of OFAC's list", async () => {
      const folder = join(LISTS, "tagpacks")
      const packs = readdirSync(folder).filter(name => name.endsWith(".yaml"))
      const all = await Promise.all(packs.map(name => counted(join(folder, name))))
      expect(all.length).toBe(16)
      expect(all.filter(([, sanctions]) => sanctions > 0)).toEqual([
        ["lazarus.yaml", 21, 21],
        ["lazarus2.yaml", 6, 6],
        ["ofac.yaml", 570, 570],
      ])
    })

    it("all of the extracts of OFAC's list count", async () => {
      const folder = join(LISTS, "ofac")
      const extracts = readdirSync(folder).filter(name => /\.(?:json|csv)$/.test(name))
      const all = await Promise.all(extracts.map(name => counted(join(folder, name))))
      expect(all.length).toBe(18)
      expect(all.find(([name]) => name === "ethereum-named.csv")).toEqual(["ethereum-named.csv", 97, 97])
      expect(all.every(([, sanctions, again]) => sanctions === again)).toBe(true)
      expect(all.reduce((sum, [, sanctions]) => sum + sanctions, 0)).toBe(97 + 654)
    })
  },
)

describe("of the project's own lists", () => {
  it("those of Tornado Cash count", async () => {
    const lists = readdirSync(OURS).filter(name => name !== "README.md")
    const all = await Promise.all(lists.map(name => counted(join(OURS, name))))
    expect(all.filter(([, sanctions]) => sanctions > 0)).toEqual([["ofac-tornado-cash.csv", 37, 37]])
  })
})

describe("a file of names", () => {
  const text = 'address,name\n0x098B716B8Aaf21512996dC57EB0615e2383E2f96,"SOMEBODY"\n'

  it.each([
    ["names.csv", { list: "Removed by OFAC" }, false],
    ["ofac-removed.csv", {}, false],
    ["ofac.csv", {}, true],
    ["ofac.csv", { list: "Names" }, true],
  ] as const)("is OFAC's by its own name, and not by a word in a title: %s %o", async (name, options, is) => {
    const file = fileOf(name, text)
    expect(basename(dirname(file))).not.toBe("ofac")
    const { labels } = await readFile(file, options)
    expect(labels.map(isSanction)).toEqual([is])
  })
})
