import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Label } from "../../../src/ports/label-book.ts"
import { openLabelColumns } from "../../../src/stores/label-book/label-columns.ts"
import { MaybeMeant, MOST_REJECTED } from "../../../src/stores/label-book/maybe-meant.ts"
import { importPack } from "../../../src/stores/label-book/publish-book.ts"
import { labelOf, newBook } from "./book.ts"

/** The distance of Levenshtein by its table, the plainest way. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const text = fc
  .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 9 })
  .map(letters => letters.join(""))

describe("what an entry that was not taken may have meant", () => {
  it("is every address within two slips of it, its beginning, or what it holds, and no other", () => {
    fc.assert(
      fc.property(text, text, (address, entry) => {
        const expected = distance(address, entry) <= 2 || address.startsWith(entry) || entry.includes(address)
        expect(new MaybeMeant({ rejected: [entry] }).entryFor(address) !== null).toBe(expected)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ["another case", "1ajzpmsnmpdk2rv9kqnfmurtxinscvro9v", true],
    ["a letter of it wrong", "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9W", true],
    ["three letters wrong", "1AjZPMsnmpdK2Rv9KQNfMurTXinscVrXYZ", false],
    ["its beginning, cut off with dots", "1AjZPMsnmpd...", true],
    ["its end", "XinscVro9V", false],
    ["it with words around", "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V (hot)", true],
  ])("%s", (_, entry, expected) => {
    const meant = new MaybeMeant({ rejected: ["zzzzzzzz", entry] })
    expect(meant.any).toBeNull()
    expect(meant.entryFor("1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V")).toBe(expected ? entry : null)
  })

  it("is anything where it has no address, too long a one, or there are too many", () => {
    expect(new MaybeMeant({ rejected: ["", "x"] }).any).toBe("reject-without-address")
    expect(new MaybeMeant({ rejected: [" ... "] }).any).toBe("reject-without-address")
    expect(new MaybeMeant({ rejected: ["x".repeat(257)] }).any).toBe("reject-without-address")
    expect(new MaybeMeant({ moreRejected: true }).any).toBe("many-rejects")
  })
})

describe("a whole list of which entries were not taken", () => {
  const [a, b, c] = ["a".repeat(20), "b".repeat(20), "c".repeat(20)] as const

  function whole(folder: string, day: string, labels: readonly Label[], rejected: readonly string[]) {
    return importPack(folder, async pack => {
      pack.begin({
        file: "f",
        form: "csv",
        sha256: `${day} ${JSON.stringify(labels)}`,
        list: "list",
        creator: null,
        day,
        dayFrom: "list",
        complete: true,
        options: {},
      })
      for (const label of labels) pack.label(label)
      for (const one of rejected) pack.reject(one)
    })
  }

  const standing = (folder: string) => {
    const book = openLabelColumns(folder, "2024-02-01")
    const found = [a, b, c].filter(address => book.labelsOf(address).length > 0)
    book.close()
    return found
  }

  it("withdraws what no such entry can mean, and keeps the rest, whatever the order of the imports", async () => {
    const first = ["2024-01-01", [a, b, c].map(one => labelOf(one)), []] as const
    const second = ["2024-01-02", [labelOf(a)], [`${"b".repeat(19)}x`]] as const
    const [folder, late] = [newBook(), newBook()]
    await whole(folder, ...first)
    const { counts } = await whole(folder, ...second)
    expect(counts).toEqual([
      {
        added: 0,
        duplicates: 1,
        withdrawn: 1,
        earlier: 0,
        spared: {
          count: 1,
          because: null,
          addressCount: 1,
          addresses: [{ address: b, entry: `${"b".repeat(19)}x` }],
        },
      },
    ])
    await whole(late, ...second)
    await whole(late, ...first)
    expect([standing(folder), standing(late)]).toEqual([
      [a, b],
      [a, b],
    ])
    await whole(folder, "2024-01-03", [labelOf(a)], [])
    expect(standing(folder)).toEqual([a])
  })

  it("withdraws nothing where any of it may be meant, or nothing was taken", async () => {
    const folder = newBook()
    await whole(folder, "2024-01-01", [labelOf(a), labelOf(b)], [])
    const { counts } = await whole(folder, "2024-01-02", [labelOf(a)], [""])
    expect(counts[0]).toMatchObject({ withdrawn: 0, spared: { count: 1, because: "reject-without-address" } })
    const many = Array.from({ length: MOST_REJECTED + 1 }, (_, n) => `no address ${n}`)
    const third = await whole(folder, "2024-01-03", [labelOf(a)], many)
    expect(third.counts[0]).toMatchObject({ withdrawn: 0, spared: { count: 1, because: "many-rejects" } })
    await whole(folder, "2024-01-04", [], [])
    expect(standing(folder)).toEqual([a, b])
  })
})
