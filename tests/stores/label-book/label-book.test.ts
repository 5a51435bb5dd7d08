import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { LabelActor } from "../../../src/ports/label-actor.ts"
import { type Label, stoodOn } from "../../../src/ports/label-book.ts"
import { openLabelColumns } from "../../../src/stores/label-book/label-columns.ts"
import { importPack } from "../../../src/stores/label-book/publish-book.ts"
import { newestOf } from "../../cases/label-books.ts"
import { importLists, labelOf, newBook, type TestList } from "./book.ts"

const ADDRESSES = ["a".repeat(20), "b".repeat(20), "c".repeat(20)]
const DAYS = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"]

/** The same book, in the plainest way: every list in the order of its day, every label compared with every other. */
function naive(lists: readonly TestList[]): Label[] {
  const spans: { label: Label; seen: string; withdrawn: string | null; list: string; again: boolean }[] = []
  const same = (a: Label, b: Label) => a.address === b.address && a.label === b.label && a.actor === b.actor
  const known = new Set<string>()
  const first = lists.filter(list => !known.has(JSON.stringify(list)) && known.add(JSON.stringify(list)))
  const ordered = DAYS.flatMap(day => first.filter(list => list.day === day))
  for (const { list, day, complete, labels } of ordered) {
    const named = new Set<(typeof spans)[number]>()
    for (const label of labels) {
      const span = spans.filter(one => one.list === list && same(one.label, label)).at(-1)
      if (span === undefined || (span.withdrawn !== null && day >= span.withdrawn)) {
        const seen = span?.withdrawn && span.withdrawn > label.seen ? span.withdrawn : label.seen
        const opened = { label, seen, withdrawn: null, list, again: span !== undefined }
        spans.push(opened)
        named.add(opened)
      } else {
        named.add(span)
        if (label.seen < span.seen && !span.again) span.seen = label.seen
      }
    }
    if (!complete || labels.length === 0) continue
    for (const span of spans) {
      if (span.list === list && !named.has(span) && span.withdrawn === null && span.seen <= day)
        span.withdrawn = day
    }
  }
  return spans.map(({ label, seen, withdrawn, list }) => ({ ...label, list, seen, withdrawn }))
}

const aLabel = fc.record({
  address: fc.constantFrom(...ADDRESSES),
  label: fc.constantFrom("L", "M"),
  actor: fc.constantFrom(null, "x"),
})
const aList = fc.record({
  list: fc.constantFrom("one", "two"),
  day: fc.constantFrom(...DAYS),
  complete: fc.boolean(),
  labels: fc.array(aLabel, { maxLength: 5 }),
  seenAt: fc.nat({ max: 4 }),
})

const listsOf = (raw: readonly (typeof aList extends fc.Arbitrary<infer T> ? T : never)[]): TestList[] =>
  raw.map(({ list, day, complete, labels, seenAt }) => {
    const seen = DAYS[Math.min(seenAt, DAYS.indexOf(day))] ?? day
    return { list, day, complete, labels: labels.map(one => labelOf(one.address, { ...one, list, seen })) }
  })

const sorted = (labels: readonly Label[]) => labels.map(label => JSON.stringify(label)).sort()

describe("the age of a book", () => {
  it("is that of the newest day of a list: the day of an import tells none", async () => {
    const folder = newBook()
    const [dated, undated] = [
      labelOf("a".repeat(20), { seen: "2024-01-02" }),
      labelOf("b".repeat(20), { seen: "2024-01-04", seenFrom: "import" }),
    ]
    await importLists(folder, [
      { list: "list", day: "2024-01-04", complete: false, labels: [dated, undated] },
    ])
    const on = (day: string) => {
      const book = openLabelColumns(folder, day)
      const told = [book.count, book.newest, book.laterOf(undated.address).length, book.hasList("LIST")]
      book.close()
      return told
    }
    expect(on("2024-01-01")).toEqual([0, null, 1, true])
    expect(on("2024-01-03")).toEqual([1, "2024-01-02", 1, true])
    expect(on("2024-01-05")).toEqual([2, "2024-01-02", 0, true])
  })
})

describe("the book against the plainest one", () => {
  it("answers alike on every day, however the lists are spread over imports and segments", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aList, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 7 }), { maxLength: 4 }),
        async (raw, cuts) => {
          const lists = listsOf(raw)
          const folder = newBook()
          let from = 0
          for (const to of [...cuts, lists.length].sort((a, b) => a - b)) {
            if (to > from) await importLists(folder, lists.slice(from, to), 1)
            from = Math.max(from, to)
          }
          expectAlike(folder, lists)
          const before = everything(folder)
          rmSync(join(folder, "columns"), { recursive: true })
          await importPack(folder, null)
          expect(everything(folder)).toEqual(before)
          rmSync(folder, { recursive: true })
        },
      ),
      { numRuns: 20 },
    )
  }, 180_000)

  it("keeps large segments as they are, files and all, and says the same of what they hold", async () => {
    const folder = newBook()
    const many = Array.from({ length: 200 }, (_, n) => labelOf(`address-${n}`.padEnd(20, "x")))
    const big: TestList = { list: "big", day: "2024-01-01", complete: false, labels: many }
    await importLists(folder, [big], 1)
    const inode = () => statSync(join(folder, "columns", generationOf(folder), "s1-record.col")).ino
    const first = inode()
    const [known, gone] = [many[7] as Label, many[8] as Label]
    await importLists(
      folder,
      [{ ...big, day: "2024-01-02", labels: [{ ...known, actor: "x", seen: "2024-01-02" }] }],
      1,
    )
    await importLists(
      folder,
      [{ ...big, list: "other", day: "2024-01-02", labels: [{ ...known, list: "other" }] }],
      1,
    )
    expect(inode()).toBe(first)
    const book = openLabelColumns(folder, "2024-01-02")
    expect(book.count).toBe(202)
    expect([...book.labels()].length).toBe(202)
    expect(book.labelsOf(known.address).length).toBe(3)
    expect(book.labelsOf(gone.address)).toEqual(
      [{ ...gone, list: "list" }].map(one => ({ ...one, list: "big" })),
    )
    book.close()
    const left = many.filter(label => label !== gone)
    await importLists(folder, [{ ...big, day: "2024-01-03", complete: true, labels: left }], 1)
    const after = openLabelColumns(folder, "2024-01-03")
    expect(after.labelsOf(gone.address)).toEqual([])
    expect(after.withdrawnOf(gone.address)).toMatchObject([{ withdrawn: "2024-01-03" }])
    expect(after.count).toBe(202)
  })

  it("is made anew of its packs where the index is damaged, in the course of the next import", async () => {
    const folder = newBook()
    const [a = "", b = ""] = ADDRESSES
    const list = (address: string): TestList => ({
      list: address,
      day: "2024-01-01",
      complete: false,
      labels: [labelOf(address)],
    })
    await importLists(folder, [list(a)])
    const file = join(folder, "columns", generationOf(folder), "s1-record.col")
    const bytes = readFileSync(file)
    bytes[20] = (bytes[20] ?? 0) ^ 1
    writeFileSync(file, bytes)
    expect(() => openLabelColumns(folder, "2024-01-01").labelsOf(a)).toThrow("labels-damaged")
    await importLists(folder, [list(b)])
    const book = openLabelColumns(folder, "2024-01-01")
    expect([a, b].map(address => book.labelsOf(address).length)).toEqual([1, 1])
  })

  it("keeps actors with their days, finds them by any of their names, and counts them as no labels", async () => {
    const folder = newBook()
    const actor = (id: string, label: string, list: string): LabelActor => ({
      id,
      label,
      uri: null,
      categories: ["exchange"],
      jurisdictions: ["MT"],
      aliases: [`${id}com`],
      context: null,
      source: null,
      licence: null,
      list,
      creator: null,
      seen: "2024-01-01",
      seenFrom: "list",
      withdrawn: null,
    })
    const pack = (list: string, day: string, complete: boolean, ...actors: LabelActor[]): TestList => ({
      list,
      day,
      complete,
      labels: [],
      actors,
    })
    const first = await importLists(folder, [
      pack("one", "2024-01-01", true, actor("x", "X", "one"), actor("y", "Y", "one")),
    ])
    expect(first.counts).toEqual([{ added: 2, duplicates: 0, withdrawn: 0, earlier: 0 }])
    await importLists(folder, [pack("two", "2024-01-02", false, actor("x", "X Ltd", "two"))])
    const last = await importLists(folder, [pack("one", "2024-01-03", true, actor("x", "X", "one"))])
    expect(last.counts).toEqual([{ added: 0, duplicates: 1, withdrawn: 1, earlier: 0 }])
    const on = (day: string) => openLabelColumns(folder, day)
    expect(on("2024-01-03").count).toBe(0)
    expect(
      on("2024-01-03")
        .actorsOf("x")
        .map(({ label }) => label),
    ).toEqual(["X", "X Ltd"])
    expect(on("2024-01-03").actorsOf("xcom")).toEqual(on("2024-01-03").actorsOf("x"))
    expect(on("2024-01-03").actorsOf("y")).toEqual([])
    expect(on("2024-01-02").actorsOf("y")).toMatchObject([
      { id: "y", categories: ["exchange"], jurisdictions: ["MT"] },
    ])
    expect([...on("2024-01-03").actors()].length).toBe(3)
  })
})

function generationOf(folder: string): string {
  return readFileSync(join(folder, "columns/current"), "utf8").split(" ")[0] ?? ""
}

/** What the book says of every address, in its order. */
function everything(folder: string) {
  const book = openLabelColumns(folder, "2024-01-05")
  const found = ADDRESSES.map(address => book.allOf(address))
  book.close()
  return found
}

function expectAlike(folder: string, lists: readonly TestList[]): void {
  const expected = naive(lists)
  for (const day of DAYS) {
    const book = openLabelColumns(folder, day)
    for (const address of ADDRESSES) {
      const of = expected.filter(label => label.address === address)
      expect(sorted(book.labelsOf(address))).toEqual(sorted(of.filter(label => stoodOn(label, day))))
      const gone = of.filter(({ withdrawn }) => withdrawn !== null && withdrawn <= day)
      expect(sorted(book.withdrawnOf(address))).toEqual(sorted(gone))
    }
    const known = expected.filter(({ seen }) => seen <= day)
    expect([book.count, book.newest]).toEqual([known.length, newestOf(known)])
    for (const address of ADDRESSES) {
      const later = expected.filter(label => label.address === address && label.seen > day)
      expect(sorted(book.laterOf(address))).toEqual(sorted(later))
    }
    expect(sorted([...book.labels()])).toEqual(sorted(expected))
    book.close()
  }
}

describe("a label book", () => {
  const one = (day: string, complete: boolean, ...addresses: string[]): TestList => ({
    list: "list",
    day,
    complete,
    labels: addresses.map(address => labelOf(address, { seen: day })),
  })
  const [a = "", b = ""] = ADDRESSES

  it("withdraws what a later whole list holds no more, keeps it, and opens a new span when it comes back", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", true, a, b)])
    const { counts } = await importLists(folder, [one("2024-01-02", true, a)])
    expect(counts).toEqual([{ added: 0, duplicates: 1, withdrawn: 1, earlier: 0 }])
    await importLists(folder, [one("2024-01-04", true, a, b)])
    const on = (day: string) => openLabelColumns(folder, day)
    expect(on("2024-01-01").labelsOf(b).length).toBe(1)
    expect(on("2024-01-02").labelsOf(b)).toEqual([])
    expect(on("2024-01-03").withdrawnOf(b)).toMatchObject([{ seen: "2024-01-01", withdrawn: "2024-01-02" }])
    expect(on("2024-01-04").labelsOf(b)).toMatchObject([{ seen: "2024-01-04", withdrawn: null }])
    expect(on("2023-12-31").labelsOf(a)).toEqual([])
  })

  it("changes nothing when the same is imported again", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a, b)])
    const current = readFileSync(join(folder, "columns/current"), "utf8")
    const again = await importLists(folder, [one("2024-01-01", false, a, b)])
    expect(again).toEqual({ stored: false, counts: [{ added: 0, duplicates: 2, withdrawn: 0, earlier: 0 }] })
    expect(readFileSync(join(folder, "columns/current"), "utf8")).toBe(current)
    expect(readdirSync(join(folder, "packs")).length).toBe(1)
  })

  it("keeps labels that disagree side by side", async () => {
    const folder = newBook()
    const said = (actor: string, list: string) => ({ ...labelOf(a, { actor, list }) })
    await importLists(folder, [
      { list: "one", day: "2024-01-01", complete: false, labels: [said("x", "one")] },
      { list: "two", day: "2024-01-01", complete: false, labels: [said("y", "two")] },
    ])
    expect(
      openLabelColumns(folder, "2024-01-01")
        .labelsOf(a)
        .map(({ actor }) => actor),
    ).toEqual(["x", "y"])
  })

  it("makes its index anew from its packs", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a, b)])
    rmSync(join(folder, "columns"), { recursive: true })
    expect(() => openLabelColumns(folder, "2024-01-01")).toThrow("labels-not-published")
    await importPack(folder, null)
    expect(openLabelColumns(folder, "2024-01-01").labelsOf(b).length).toBe(1)
  })

  it("killed between its pack and its index: readers see the book as it was, and the next import finishes it", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a)])
    const [columns, before] = [join(folder, "columns"), join(folder, "before")]
    cpSync(columns, before, { recursive: true })
    await importLists(folder, [one("2024-01-02", false, b)])
    rmSync(columns, { recursive: true })
    renameSync(before, columns)
    expect(openLabelColumns(folder, "2024-01-02").labelsOf(b)).toEqual([])
    const again = await importLists(folder, [one("2024-01-02", false, b)])
    expect(again).toMatchObject({ stored: false, counts: [{ added: 0, duplicates: 1 }] })
    expect(openLabelColumns(folder, "2024-01-02").labelsOf(b).length).toBe(1)
  })

  it("leaves nothing behind of an import that fails", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a)])
    const failing = importPack(folder, async pack => {
      pack.label(labelOf(b))
      throw new Error("the file is none")
    })
    await expect(failing).rejects.toThrow("the file is none")
    expect(readdirSync(folder).sort()).toEqual(["columns", "packs"])
    expect(readdirSync(join(folder, "packs")).length).toBe(1)
    expect(openLabelColumns(folder, "2024-01-01").labelsOf(b)).toEqual([])
  })

  it("tells a pack that was changed", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a)])
    const [name = ""] = readdirSync(join(folder, "packs"))
    const pack = join(folder, "packs", name)
    const text = readFileSync(pack, "utf8")
    writeFileSync(pack, text.replace('"L"', '"M"'))
    await expect(importPack(folder, null)).rejects.toThrow("labels-damaged")
    writeFileSync(pack, text.replace('"L"', '"Longer"'))
    await expect(importLists(folder, [one("2024-01-02", false, b)])).rejects.toThrow("labels-damaged")
    expect(openLabelColumns(folder, "2024-01-01").labelsOf(a)).toMatchObject([{ label: "L" }])
  })

  it("lets one importer in at a time, and takes over from one that is no more", async () => {
    const folder = newBook()
    await importLists(folder, [one("2024-01-01", false, a)])
    writeFileSync(join(folder, "import.lock"), `${process.ppid}\n`)
    await expect(importLists(folder, [one("2024-01-02", false, b)])).rejects.toThrow("labels-locked")
    writeFileSync(join(folder, "import.lock"), "999999999\n")
    await importLists(folder, [one("2024-01-02", false, b)])
    expect(openLabelColumns(folder, "2024-01-02").count).toBe(2)
  })
})

describe("look-alikes", () => {
  const real = "0x1542368a03ad1f03d96d51b414f4738961cf4443"
  const fake = `0x154${"7".repeat(33)}4443`
  const near = `0x15${"7".repeat(34)}4443`
  const nem = "NC64UFOWRO6AVMWFV2BFX2NT6W2GURK2EOX6FFMZ"

  it("finds labelled addresses with the same ends and another middle, and not the address itself", async () => {
    const folder = newBook()
    const labels = [real, near, nem].map(address => labelOf(address, { seen: "2024-01-02" }))
    await importLists(folder, [{ list: "list", day: "2024-01-02", complete: false, labels }])
    const book = openLabelColumns(folder, "2024-01-02")
    expect(book.lookAlikesOf(fake)).toEqual([{ address: real, head: 3, tail: 4 }])
    expect(book.lookAlikesOf(fake.toUpperCase().replace("0X", "0x"))).toEqual(book.lookAlikesOf(fake))
    expect(book.lookAlikesOf(real)).toEqual([])
    expect(book.lookAlikesOf(`NC64U${"A".repeat(30)}FFMZ`)).toEqual([{ address: nem, head: 4, tail: 4 }])
    expect(book.lookAlikesOf("short")).toEqual([])
    expect(openLabelColumns(folder, "2024-01-01").lookAlikesOf(fake)).toEqual([])
  })

  it("gives sixteen at the most", async () => {
    const folder = newBook()
    const labels = Array.from({ length: 300 }, (_, n) =>
      labelOf(`0xabc${String(n).padStart(33, "0")}def0`, { network: "ethereum" }),
    )
    await importLists(folder, [{ list: "list", day: "2024-01-02", complete: false, labels }])
    const found = openLabelColumns(folder, "2024-01-02").lookAlikesOf(`0xabc${"f".repeat(33)}def0`)
    expect(found.length).toBe(16)
  })
})
