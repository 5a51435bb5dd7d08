import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { ashiato, newFolder } from "./run-cli.ts"

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url))
const OURS = fileURLToPath(new URL("../../cases/labels/", import.meta.url))
const BYBIT = fileURLToPath(new URL("../../../shared/facts/bybit-2025/lookalike-tokens.csv", import.meta.url))
const HOT = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"

const pack = (title: string, actor: string) =>
  `title: ${title}\ncreator: C\nlabel: ${title}\nactor: ${actor}\nsource: S\ncurrency: ETH\nlastmod: 2024-01-01\ntags:\n- address: '${HOT}'\n`

function run(folder: string, ...args: string[]) {
  return ashiato(["labels", ...args], folder)
}

function json(folder: string, ...args: string[]) {
  const { code, out, err } = run(folder, ...args, "--json")
  expect(err).toBe("")
  expect(code).toBe(0)
  return JSON.parse(out)
}

describe("ashiato labels", () => {
  it("takes files in, says what they held, and says why of an address, with the lists that disagree", () => {
    const folder = newFolder({ "a.yaml": pack("One", "x"), "b.yaml": pack("Two", "y") })
    const { out, code } = run(folder, "import", "a.yaml", "b.yaml", "--licence", "MIT")
    expect(code).toBe(0)
    expect(out).toContain(
      "a.yaml: One, as of 2024-01-01 (the list's own day)\n  1 entry: 1 label taken, 0 not\n  of those taken 1 new, 0 known already",
    )
    const why = run(folder, "why", HOT.toUpperCase().replace("0X", "0x"))
    expect(why.out).toContain(`2 labels of ${HOT}`)
    expect(why.out).toContain("licence: MIT")
    expect(why.out).toContain("The lists disagree on who this is: x (One); y (Two).")
    expect(json(folder, "why", HOT, "--as-of", "2023-12-31")).toMatchObject({ standing: [], later: [{}, {}] })
    expect(run(folder, "why", HOT, "--lang", "ja").out).toContain("一覧が食い違っています")
  })

  it("says that nothing was taken where nothing could be, and that nothing is new where all is known", () => {
    const folder = newFolder({
      "bad.csv": `address,network,label\n${HOT.slice(0, -1)},ethereum,x\n`,
      "a.yaml": pack("One", "x"),
    })
    const bad = run(folder, "import", "bad.csv", "--labels", "L")
    expect(bad.out).toContain("1 entry: 0 labels taken, 1 not")
    expect(bad.out).toContain("Nothing was taken: nothing was added to L.")
    expect(bad.out).not.toContain("as it was")
    expect(run(folder, "import", "bad.csv", "--labels", "L", "--lang", "ja").out).toContain(
      "何も取り込めなかったため、L には何も加えていません。",
    )
    run(folder, "import", "a.yaml", "--labels", "L")
    expect(run(folder, "import", "a.yaml", "--labels", "L").out).toContain("Nothing new: L is as it was.")
    expect(run(folder, "why", HOT, "--labels", "L").out).toContain(`1 label of ${HOT}`)
  })

  it("lists what there is, with a filter the labels too, and exports a list as a TagPack", () => {
    const folder = newFolder({ "a.yaml": pack("One", "x") })
    run(folder, "import", "a.yaml")
    expect(run(folder, "list").out).toMatch(/One +1 +0 +2024-01-01 +C +-/)
    expect(json(folder, "list", "--list", "One").labels).toMatchObject([{ address: HOT, actor: "x" }])
    expect(json(folder, "list", "--category", "bridge").labels).toEqual([])
    expect(run(folder, "export", "--list", "One", "out.yaml").code).toBe(0)
    expect(json(folder, "import", "out.yaml").files).toMatchObject([{ labels: 1, added: 0, duplicates: 1 }])
  })

  it("shows who is meant by an actor as each list has it, finds one by another name, and writes them again", () => {
    const actors = (title: string, label: string) =>
      `title: ${title}\ncreator: C\nactors:\n- {id: x, label: ${label}, aliases: [xcom], jurisdictions: [MT]}\n`
    const folder = newFolder({
      "a.yaml": pack("One", "x"),
      "p.yaml": actors("P", "Ex"),
      "q.yaml": actors("Q", "Ex Ltd"),
    })
    expect(run(folder, "import", "a.yaml", "p.yaml", "q.yaml").out).toContain("1 entry: 1 actor taken, 0 not")
    expect(json(folder, "why", HOT).described).toMatchObject([
      { id: "x", label: "Ex", list: "P" },
      { id: "x", label: "Ex Ltd", list: "Q" },
    ])
    expect(run(folder, "why", "xcom").out).toContain('No list here labels an address "xcom"; as an actor:')
    expect(run(folder, "list").out).toMatch(/P +0 +0 +1 /)
    expect(run(folder, "export", "--list", "P", "out.yaml").out).toContain("1 actor written")
    expect(json(folder, "import", "out.yaml").files).toMatchObject([{ actors: 1, duplicates: 1, added: 0 }])
  })

  it("imports the project's own lists; a label that was withdrawn does not stand", () => {
    const folder = newFolder()
    const files = ["nem-exchanges.yaml", "fbi-bybit-2025.yaml", "fbi-harmony-2022.yaml"].map(
      name => `${OURS}${name}`,
    )
    json(folder, "import", ...files)
    json(folder, "import", `${OURS}ofac-tornado-cash.csv`, "--list", "OFAC, Tornado Cash")
    const router = "0xd90e2f925da726b50c4ed8d0fb90ad053324f31b"
    expect(json(folder, "why", router, "--as-of", "2022-08-07").standing).toEqual([])
    expect(json(folder, "why", router, "--as-of", "2025-03-20").standing.length).toBe(1)
    const after = json(folder, "why", router, "--as-of", "2025-03-21")
    expect(after).toMatchObject({ standing: [], withdrawn: [{ withdrawn: "2025-03-21", abuse: "sanction" }] })
    expect(json(folder, "why", "NC3BI3DNMR2PGEOOMP2NKXQGSAKMS7GYRKVA5CSZ").standing[0].actor).toBe(
      "coincheck",
    )
  })

  it("marks what a later whole list lacks as withdrawn", () => {
    const folder = newFolder({
      "1.csv": `address,network,label\n${HOT},ETH,x\nabcdefgh,other,y\n`,
      "2.csv": "address,network,label\nabcdefgh,other,y\n",
    })
    json(folder, "import", "1.csv", "--list", "L", "--seen", "2024-01-01", "--complete")
    const [second] = json(
      folder,
      "import",
      "2.csv",
      "--list",
      "L",
      "--seen",
      "2024-02-01",
      "--complete",
    ).files
    expect(second).toMatchObject({ added: 0, duplicates: 1, withdrawn: 1 })
    expect(json(folder, "why", HOT, "--as-of", "2024-01-31").standing.length).toBe(1)
    expect(json(folder, "why", HOT).withdrawn).toMatchObject([{ withdrawn: "2024-02-01" }])
  })

  it("imports nothing of many files where one is none, says so on one line, and exits 2", () => {
    const folder = newFolder({
      "a.yaml": pack("One", "x"),
      "b.yaml": "title: [",
      "c.csv": "address,network,label\n0x1,ETH,x\n",
    })
    const bad = run(folder, "import", "a.yaml", "b.yaml")
    expect([bad.code, bad.out]).toEqual([2, ""])
    expect(bad.err).toMatch(
      /^ashiato: b\.yaml:1: no label file that can be read: YAML: [a-z ,;]+; nothing was imported\n$/,
    )
    expect(run(folder, "list").err).toMatch(/there are no labels/)
    expect(run(folder, "import", "c.csv", "--strict").err).toMatch(
      /^ashiato: c\.csv:2: 1 label cannot be taken, the first being 0x1 \(wrong length\)/,
    )
    expect(run(folder, "import", "absent.yaml").err).toBe(
      "ashiato: absent.yaml: there is no such file; check the path\n",
    )
  })

  it.each([
    [["why", HOT], /^ashiato: there are no labels at \.\/ashiato\.labels; import some/],
    [["why"], /say of what: "ashiato labels why ADDRESS"/],
    [["list", "--as-of", "2024-02-30"], /"2024-02-30" is no day|there are no labels/],
    [["list", "--strict"], /labels list does not go with --strict/],
    [["frob"], /there is no "ashiato labels frob"; it takes import \/ list \/ why \/ export/],
    [[], /say what to do with labels: ashiato labels import \/ list \/ why \/ export/],
    [["export", "x.yaml"], /labels export .*--list/],
  ])("refuses %j", (args, expected) => {
    const { code, err } = run(newFolder(), ...args)
    expect(code).toBe(2)
    expect(err).toMatch(expected)
    expect(err.trimEnd().split("\n").length).toBe(1)
  })

  it("shows hidden characters of a stored note as a dot, never as they are", () => {
    const folder = newFolder({ "n.csv": `address,network,label,note\n${HOT},ETH,x,"a <b>bold</b> note"\n` })
    run(folder, "import", "n.csv")
    expect(run(folder, "why", HOT).out).toContain("note: a <b>bold</b> note")
    expect(run(folder, "why", "0x\u202e").err).toContain("0x·")
    expect(run(folder, "why", "name\u202e").out).toContain("name·")
  })

  it("has a help of its own in both languages", () => {
    expect(run(newFolder(), "--help").out).toContain("ashiato labels import FILE")
    expect(run(newFolder(), "--help", "--lang", "ja").out).toContain("取り込みます")
  })
})

describe("an import that is killed", () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, n) => `address-${String(n).padStart(12, "0")}-x,other,label ${n}`,
  )
  /** What the second import brings is few: what there is before is a segment that is carried over. */
  const FILES = {
    "small.csv": `address,network,label\n${HOT},ETH,x\n`,
    "big.csv": `address,network,label\n${rows.join("\n")}\n`,
    "few.csv": `address,network,label\n${rows.slice(0, 20).join("\n")}\n`,
  }
  const standingIn = (folder: string, book: string) =>
    json(folder, "list", "--labels", book).lists.reduce(
      (sum: number, { standing }: { standing: number }) => sum + standing,
      0,
    )

  async function killed(folder: string, book: string, file: string, after: number): Promise<void> {
    const args = [MAIN, "labels", "import", file, "--labels", book]
    const child = spawn(process.execPath, args, { cwd: folder })
    const gone = once(child, "exit")
    await wait(after)
    child.kill("SIGKILL")
    await gone
  }

  it("leaves the book as it was, or with the whole of it, and the next import mends it", async () => {
    const folder = newFolder(FILES)
    const timed = performance.now()
    json(folder, "import", "small.csv", "big.csv", "--labels", "timed")
    const took = performance.now() - timed
    const outcomes = new Set<number>()
    for (let n = 0; n < 4; n++) {
      const book = `book${n}`
      json(folder, "import", "small.csv", "--labels", book)
      await killed(folder, book, "big.csv", took * Math.random())
      outcomes.add(standingIn(folder, book))
      json(folder, "import", "big.csv", "--labels", book)
      expect(standingIn(folder, book)).toBe(5_001)
      await killed(folder, book, "few.csv", took * Math.random())
      expect([5_001, 5_021]).toContain(standingIn(folder, book))
      json(folder, "import", "few.csv", "--labels", book)
      expect(standingIn(folder, book)).toBe(5_021)
      json(folder, "import", "--labels", book)
      expect(existsSync(join(folder, book, "import.lock"))).toBe(false)
    }
    expect([...outcomes].every(standing => standing === 1 || standing === 5_001)).toBe(true)
  }, 240_000)

  it("brings a pack that was committed without its index into the book at the next import", () => {
    const folder = newFolder({ "a.yaml": pack("One", "x"), "b.yaml": pack("Two", "y") })
    json(folder, "import", "a.yaml")
    const before = readFileSync(join(folder, "ashiato.labels/columns/current"))
    json(folder, "import", "b.yaml", "--labels", "other")
    rmSync(join(folder, "ashiato.labels/columns"), { recursive: true })
    mkdirSync(join(folder, "ashiato.labels/columns"))
    writeFileSync(join(folder, "ashiato.labels/columns/current"), before)
    expect(run(folder, "why", HOT).err).toMatch(
      /the stored labels are damaged .*run "ashiato labels import" without files/,
    )
    json(folder, "import")
    expect(json(folder, "why", HOT).standing.length).toBe(1)
  })
})

describe.skipIf(!existsSync(BYBIT))(
  "the look-alikes of the Bybit theft (skipped where ../shared/facts is absent)",
  () => {
    it("are told from the addresses that they imitate", () => {
      const transfers = readFileSync(BYBIT, "utf8").trim().split("\n").slice(1)
      const fakes = [
        ...new Set(transfers.flatMap(line => line.match(/0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/g) ?? [])),
      ]
      const folder = newFolder()
      json(
        folder,
        "import",
        `${OURS}fbi-bybit-2025.yaml`,
        fileURLToPath(new URL("../../cases/bybit-2025/case.json", import.meta.url)),
      )
      const alike = fakes.map(fake => json(folder, "why", fake.toLowerCase()))
      expect(alike.filter(({ lookAlikes }) => lookAlikes.length > 0).length).toBeGreaterThan(0)
      for (const { standing, lookAlikes } of alike) {
        if (lookAlikes.length > 0)
          expect(standing.every(({ list }: { list: string }) => list.startsWith("case"))).toBe(true)
      }
    })
  },
)
