import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { importPack } from "../../src/stores/label-book/publish-book.ts"
import { labelOf, newBook } from "../stores/label-book/book.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const [A, B, C] = [
  "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V",
  "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak",
  "3K35dyL85fR9ht7UgzPfd1gLRRXQtNTqE3",
] as const
const HOT = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
const XBT = "sanctioned_addresses_XBT.json"
const LIST = "OFAC sanctioned addresses XBT"
const TODAY = new Date().toISOString().slice(0, 10)

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/labels-why.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const run = (folder: string, ...args: string[]) => ashiato(["labels", ...args], folder)

function json(folder: string, ...args: string[]) {
  const { code, out, err } = run(folder, ...args, "--json")
  expect({ code, err }).toEqual({ code: 0, err: "" })
  return JSON.parse(out)
}

function why(folder: string, ...args: string[]) {
  const document = json(folder, "why", ...args)
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  return document
}

/** A version of OFAC's list of Bitcoin, brought as the whole of it. */
function bring(folder: string, day: string, addresses: readonly string[], ...more: string[]) {
  writeFileSync(join(folder, XBT), JSON.stringify(addresses))
  return run(folder, "import", XBT, "--seen", day, "--complete", ...more)
}

describe("a whole list of which not everything could be read", () => {
  it("withdraws no address that a misspelt entry may have meant, and names it in both languages", () => {
    const folder = newFolder()
    bring(folder, "2024-01-01", [A, B, C])
    const { code, out } = bring(folder, "2024-02-01", [A, `${B.slice(0, -1)}X`])
    expect(code).toBe(0)
    expect(out).toContain("1 of the list before stand no more and are marked as withdrawn")
    expect(out).toContain("1 of the list before are not in what was taken and stay")
    expect(out).toContain(`${B}: perhaps meant by ${B.slice(0, -1)}X`)
    expect(why(folder, B)).toMatchObject({ standing: [{ abuse: "sanction" }], withdrawn: [] })
    expect(why(folder, C)).toMatchObject({ standing: [], withdrawn: [{ withdrawn: "2024-02-01" }] })
    const ja = bring(folder, "2024-03-01", [A, B.slice(0, 20)], "--lang", "ja").out
    expect(ja).toContain(`${B}：取り込めなかった ${B.slice(0, 20)} が指していたかもしれません`)
    bring(folder, "2024-04-01", [A])
    expect(why(folder, B)).toMatchObject({ standing: [], withdrawn: [{ withdrawn: "2024-04-01" }] })
  })

  it("withdraws nothing where an entry has no address, and says why", () => {
    const folder = newFolder()
    bring(folder, "2024-01-01", [A, B, C])
    expect(bring(folder, "2024-02-01", [A, ""]).out).toContain(
      "2 of the list before are not in what was taken, and none is marked as withdrawn: an entry that was not taken has no address",
    )
    expect(json(folder, "list").lists).toMatchObject([{ standing: 3, withdrawn: 0 }])
  })

  it("refuses a file of which nothing is taken, unless there is nothing of that list", () => {
    const folder = newFolder()
    expect(bring(folder, "2024-01-01", []).code).toBe(0)
    bring(folder, "2024-02-01", [A, B])
    for (const addresses of [[], [`${A.slice(0, -1)}W`]]) {
      const { code, out, err } = bring(folder, "2024-03-01", addresses)
      expect([code, out]).toEqual([2, ""])
      expect(err).toMatch(/^ashiato: sanctioned_addresses_XBT\.json: nothing of this file can be taken/)
      expect(json(folder, "list").lists).toMatchObject([{ standing: 2, withdrawn: 0 }])
    }
    expect(bring(folder, "2024-03-01", [], "--lang", "ja").err).toContain(`ラベルのある一覧「${LIST}」`)
  })
})

describe("labels why of another spelling, and of a slip of the pen", () => {
  it("finds what the lists have, and refuses what is no address rather than saying that nothing is known", () => {
    const folder = newFolder()
    bring(folder, "2024-01-01", [A])
    for (const spelt of [`bitcoin:${A}`, ` ${A} `]) expect(why(folder, spelt).standing).toHaveLength(1)
    const { code, out, err } = run(folder, "why", `${A.slice(0, -1)}W`)
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain(
      `${A.slice(0, -1)}W looks like an address of bitcoin and is none (checksum does not match)`,
    )
    expect(run(folder, "why", `${A.slice(0, -1)}W`, "--lang", "ja").err).toContain("チェックサムが合いません")
    expect(run(folder, "why", B).out).toContain(`No list here says anything of ${B}.`)
  })
})

describe("labels why of an actor that labels alone name", () => {
  it("tells their addresses, at most twenty of them, and the lists, on the day", () => {
    const addresses = Array.from({ length: 25 }, (_, n) => `address-${String(n).padStart(12, "0")}`)
    const rows = addresses.map(one => `${one},other,L,ghost,2024-01-01,\n`).join("")
    const head = "address,network,label,actor,seen,withdrawn\n"
    const folder = newFolder({
      "one.csv": `${head}${rows}${HOT},ethereum,L,ghost,2024-01-01,2024-02-01\n${A},bitcoin,L,other,2024-01-01,\n`,
      "two.csv": `${head}${addresses[0]},other,M,ghost,2024-03-01,\n`,
    })
    json(folder, "import", "one.csv", "two.csv")
    const told = why(folder, "ghost")
    expect(told).toMatchObject({ standing: [], described: [] })
    expect(told.labelled).toEqual({
      labels: 26,
      withdrawn: 1,
      later: 0,
      addresses: { count: 25, shown: addresses.slice(0, 20) },
      lists: {
        count: 2,
        shown: [
          { list: "one.csv", labels: 25 },
          { list: "two.csv", labels: 1 },
        ],
      },
    })
    expect(why(folder, "ghost", "--as-of", "2024-01-15").labelled).toMatchObject({ labels: 26, later: 1 })
    const { out } = run(folder, "why", "ghost")
    expect(out).toContain("26 labels of 25 addresses name it, the first of them:\n  address-000000000000\n")
    expect(out).toContain("and 5 more addresses\n  by one.csv: 25 labels\n")
    expect(out).toContain("1 more label named it and was withdrawn")
    expect(out).not.toContain("No list here says anything")
    expect(run(folder, "why", "ghost", "--lang", "ja").out).toContain(
      "この主体を挙げるラベルは 25 アドレスの 26 件です",
    )
    expect(why(folder, A).labelled).toBeNull()
    expect(why(folder, "nobody").labelled).toBeNull()
  })
})

describe("labels in what is no folder", () => {
  it("are refused with what to do, by each command", () => {
    const folder = newFolder({ file: "", "l.csv": `address,network,label\n${A},BTC,x\n` })
    for (const args of [
      ["labels", "import", "l.csv", "--labels", "file"],
      ["labels", "import", "l.csv", "--labels", "file/below"],
      ["labels", "list", "--labels", "file"],
      ["labels", "why", A, "--labels", "file"],
      ["screen", A, "--labels", "file"],
    ]) {
      const { code, err } = ashiato(args, folder)
      expect(code).toBe(2)
      expect(err).toMatch(
        /^ashiato: file(\/below)? is a file, or lies behind one, .*name a folder with --labels\n$/,
      )
    }
  })
})

describe("an exported list", () => {
  it("has the days of its labels, whoever said them, and tells what was left out", () => {
    const folder = newFolder({
      "l.csv": `address,network,label,seen,withdrawn\n${A},BTC,a,,\n${B},BTC,b,2023-05-05,\n${C},BTC,c,2023-05-05,2023-06-06\n`,
    })
    run(folder, "import", "l.csv", "--seen", "2024-01-01")
    const { out } = run(folder, "export", "--list", "l.csv", "out.yaml")
    expect(out).toContain(
      "2 labels written to out.yaml.\nLeft out, for the format has no words for it: 1 of the list",
    )
    expect(json(folder, "export", "--list", "l.csv", "out.yaml").leftOut).toEqual({ withdrawn: 1, later: 0 })
    run(folder, "import", "out.yaml", "--labels", "again")
    const days = (book: string) =>
      json(folder, "list", "--list", "l.csv", "--labels", book).labels.map(
        ({ address, seen }: { address: string; seen: string }) => `${address} ${seen}`,
      )
    expect(days("again").sort()).toEqual(days("ashiato.labels").sort())
    expect(days("again").sort()).toEqual([`${A} 2024-01-01`, `${B} 2023-05-05`].sort())
  })

  it("keeps its creator where all of it was withdrawn", async () => {
    const book = newBook()
    await importPack(book, async pack => {
      const days = { day: "2024-01-01", dayFrom: "list", complete: false } as const
      pack.begin({ file: "f", form: "csv", sha256: "", list: "Gone", creator: "OFAC", ...days, options: {} })
      pack.label(labelOf(A, { list: "Gone", creator: "OFAC", withdrawn: "2024-02-01" }))
    })
    const folder = newFolder()
    const { out } = run(folder, "export", "--list", "Gone", "out.yaml", "--labels", book)
    expect(out).toContain("0 labels written to out.yaml.\nLeft out, for the format has no words for it: 1 of")
    expect(readFileSync(join(folder, "out.yaml"), "utf8")).toContain('creator: "OFAC"')
  })
})

describe("networks and days that cannot be meant", () => {
  const pack = (fields: string) =>
    `title: T\ncreator: C\nlabel: L\n${fields}\ntags:\n- {address: '${A}'}\n- {address: '${B}', lastmod: 0000-01-01}\n`

  it("names the networks that have no check, so that a misspelt one is seen", () => {
    const folder = newFolder({
      "p.yaml": pack("network: bitcoinn"),
      "sanctioned_addresses_ZZZ.json": `["${A}"]`,
    })
    const { out } = run(folder, "import", "p.yaml", "sanctioned_addresses_ZZZ.json")
    expect(out).toContain(
      "1 of an address whose form has no check here, kept as written (network bitcoinn: 1)",
    )
    expect(out).toContain("(network zzz: 1)")
    expect(run(folder, "import", "p.yaml", "--labels", "b", "--lang", "ja").out).toContain(
      "（ネットワーク bitcoinn: 1）",
    )
  })

  it("takes no entry that is older than any chain, and tells days to come", () => {
    const folder = newFolder({ "p.yaml": pack("network: bitcoin\nlastmod: 2099-01-01") })
    const { out } = run(folder, "import", "p.yaml")
    expect(out).toContain("2 entries: 1 label taken, 1 not")
    expect(out).toContain("1 dated after today: does not count until then")
    expect(out).toContain(`line 8: ${B} (bitcoin): lastmod 0000-01-01 is before 2009-01-03`)
    writeFileSync(
      join(folder, "l.csv"),
      `address,network,label,seen\n${A},BTC,x,2009-01-02\n${B},BTC,x,2009-01-03\n`,
    )
    expect(json(folder, "import", "l.csv").files).toMatchObject([{ labels: 1, rejects: 1, future: 0 }])
    expect(json(folder, "import", "l.csv", "--seen", TODAY).files).toMatchObject([{ future: 0 }])
    expect(run(folder, "import", "l.csv", "--seen", "0000-01-01").err).toMatch(
      /^ashiato: no list is of 0000-01-01: no coin is older than 2009-01-03/,
    )
  })
})

describe("what is no file of labels", () => {
  it.each([
    ["nested.yaml", `title: ${"[".repeat(50_000)}`, "nested too deep", "入れ子が深すぎます"],
    ["two.yaml", "title: T\n---\ntitle: T\n", "several documents", "複数の文書"],
    ["tag.yaml", "title: !!python/object:x T\ntags: []\n", "a tag (!name) is used", "使えないタグ"],
    ["tab.yaml", "title: T\n\tcreator: C\n", "a tab indents a line", "タブで字下げ"],
    ["open.yaml", "title: 'T\n", "a closing quote or bracket", "閉じる引用符か括弧"],
    ["empty.yaml", "\n", "the file is empty", "ファイルが空です"],
  ])("%s is told in words", (name, text, en, ja) => {
    const folder = newFolder({ [name]: text })
    expect(run(folder, "import", name).err).toContain(en)
    expect(run(folder, "import", name).err).not.toMatch(/[A-Z]_[A-Z]/)
    expect(run(folder, "import", name, "--lang", "ja").err).toContain(ja)
  })

  it("ends at once where it is a device, a folder, or has no lines", () => {
    const folder = newFolder({ "l.csv": Buffer.alloc(3 << 20).toString() })
    mkdirSync(join(folder, "folder.csv"))
    symlinkSync("/dev/zero", join(folder, "zero.csv"))
    expect(run(folder, "import", "/dev/zero").err).toContain("a folder, a device or a pipe")
    expect(run(folder, "import", "zero.csv").err).toContain("a folder, a device or a pipe")
    expect(run(folder, "import", "folder.csv", "--lang", "ja").err).toContain("フォルダーか装置かパイプ")
    expect(run(folder, "import", "l.csv").err).toContain("no line ends within the first 1048576 bytes")
  })

  it("says of a Bitcoin list's 0x that it is another network's", () => {
    const folder = newFolder({ "l.csv": `address,network,label\n${HOT},BTC,x\n` })
    expect(run(folder, "import", "l.csv").out).toContain("(bitcoin): not of this network")
    expect(ashiato(["screen", HOT, "--chain", "bitcoin"], folder).err).toContain("not of this network")
  })
})

describe("a policy that cannot be read", () => {
  const at = (text: string) => `schema: ashiato/policy/1
default: pass
rules:
- {id: r, then: review, when: {traced: {asset: BTC, atLeast: ${text}}}}
`

  it.each([
    ["alias.yaml", "a: &a [1]\nb: *a\n", "an alias (*name) is used", "エイリアス"],
    ["empty.json", "", "the file is empty", "ファイルが空です"],
    ["empty.yaml", " \n", "the file is empty", "ファイルが空です"],
    ["comma.json", '{"default": "pass",}', "a comma before it may be one too many", "コンマが余分"],
    ["minus.yaml", at('"-5"'), "an amount here is zero or more", "0 以上"],
    ["number.yaml", at("-5"), "an amount here is zero or more", "0 以上"],
  ])("%s is told in words", (name, text, en, ja) => {
    const folder = newFolder({ [name]: text })
    expect(ashiato(["screen", A, "--policy", name], folder).err).toContain(en)
    expect(ashiato(["screen", A, "--policy", name, "--lang", "ja"], folder).err).toContain(ja)
  })

  it("reads no more of a device than a policy may have", () => {
    const folder = newFolder()
    expect(ashiato(["screen", A, "--policy", "/dev/null"], folder).err).toContain("the file is empty")
    expect(ashiato(["screen", A, "--policy", "/dev/zero"], folder).err).toContain("> 1048576 bytes")
  })
})
