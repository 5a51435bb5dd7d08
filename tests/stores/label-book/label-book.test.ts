import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Label, stoodOn } from "../../../src/ports/label-book.ts"
import { openLabelColumns } from "../../../src/stores/label-book/label-columns.ts"
import { importPack } from "../../../src/stores/label-book/publish-book.ts"
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
    if (!complete) continue
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

describe("the book against the plainest one", () => {
  it("answers alike on every day, however the lists are spread over imports", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aList, { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 6 }),
        async (raw, cut) => {
          const lists = listsOf(raw)
          const folder = newBook()
          await importLists(folder, lists.slice(0, cut))
          await importLists(folder, lists.slice(cut))
          const expected = naive(lists)
          for (const day of DAYS) {
            const book = openLabelColumns(folder, day)
            for (const address of ADDRESSES) {
              const of = expected.filter(label => label.address === address)
              expect(sorted(book.labelsOf(address))).toEqual(sorted(of.filter(label => stoodOn(label, day))))
              const gone = of.filter(({ withdrawn }) => withdrawn !== null && withdrawn <= day)
              expect(sorted(book.withdrawnOf(address))).toEqual(sorted(gone))
            }
            book.close()
          }
          rmSync(folder, { recursive: true })
        },
      ),
      { numRuns: 25 },
    )
  })
})

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
    writeFileSync(pack, readFileSync(pack, "utf8").replace('"L"', '"M"'))
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
