import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import type { ScreenDocument } from "../../src/contracts/screen.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const DESK = readFileSync(join(ROOT, "examples/policy/desk.yaml"), "utf8")
const schema = JSON.parse(readFileSync(join(ROOT, "src/contracts/screen.schema.json"), "utf8")) as object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ScreenDocument>(schema)

/** A payment's number that OFAC lists as an address of Monero: it has the form of a transaction. */
const NUMBER = "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320"
const FIRST = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
const TRON = "TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7"
const RIPPLE = "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"
const FAKE = "0xa4b24033f4c6d70133e4557c2c32a3fb693e449e"
const LABELS = `address,network,label,abuse,seen
${NUMBER},XMR,listed,sanction,2024-02-26
${FIRST},bitcoin,first block,,2024-03-01
${TRON},TRX,listed,sanction,2024-03-01
${RIPPLE},XRP,listed,sanction,2024-03-01
bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4,bitcoin,of times to come,,2099-01-01
`

function desk(files: Readonly<Record<string, string>> = {}): string {
  const folder = newFolder({ "l.csv": LABELS, "desk.yaml": DESK, ...files })
  expect(ashiato(["labels", "import", "l.csv", "--labels", "book"], folder).code).toBe(0)
  return folder
}

function json(folder: string, ...args: string[]) {
  const { code, out, err } = ashiato(["screen", "--labels", "book", "--json", ...args], folder)
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors))
  return { code, err, document, answers: document.answers }
}

const codes = ({ unknown }: ScreenDocument["answers"][number]) => unknown.map(({ code }) => code)

describe("a listed entry that has the form of something else", () => {
  it("is refused as what it is listed as, however it is written and whatever it was taken for", () => {
    const folder = desk()
    const refs = [NUMBER, NUMBER.toUpperCase(), `${NUMBER}:0`, ` ${NUMBER} `, `${NUMBER}#0`, `0x${NUMBER}`]
    const { code, answers } = json(folder, "--policy", "desk.yaml", "--as-of", "2024-03-02", ...refs)
    expect(code).toBe(1)
    expect(
      answers.map(({ kind, sanctions, verdict }) => [kind, sanctions[0]?.address, verdict?.rule]),
    ).toEqual([
      ["transaction", NUMBER, "sanctioned"],
      ["transaction", NUMBER, "sanctioned"],
      ["output", NUMBER, "sanctioned"],
      ["transaction", NUMBER, "sanctioned"],
      ["account-ref", NUMBER, "sanctioned"],
      // Written as one of Ethereum, which the listed one is not.
      ["transaction", undefined, null],
    ])
    expect(answers[0]?.sanctions).toMatchObject([{ network: "monero", label: "listed" }])
    const text = ashiato(["screen", NUMBER, "--labels", "book"], folder).out
    expect(text).toContain(`Sanctions\n  ${NUMBER} labelled "listed" by l.csv\n`)
  })

  it("counts for either side, of which it is not", () => {
    const sides = readFileSync(join(ROOT, "examples/policy/sides.yaml"), "utf8")
    const { answers } = json(desk({ "sides.yaml": sides }), "--policy", "sides.yaml", NUMBER)
    expect(answers[0]?.verdict).toEqual({
      verdict: "refuse",
      rule: "sanctioned-sender",
      facts: ["/sanctions/0"],
    })
  })
})

describe("the network of a reference", () => {
  it("is the one that its checksum gives, and else the one of its label; what was not checked is told", () => {
    const { answers } = json(desk(), TRON, RIPPLE, "XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2", FAKE)
    expect(answers.map(({ forms }) => forms[0]?.chains)).toEqual([
      ["tron"],
      ["ripple"],
      ["dash"],
      ["ethereum"],
    ])
    const checksum = answers.map(({ unknown }) => unknown.find(({ code }) => code === "checksum-unchecked"))
    expect(checksum.map(one => one?.detail.why)).toEqual([undefined, "unchecked", undefined, "absent"])
    expect(checksum[1]?.text).toMatch(/not checked here/)
    expect(checksum[3]?.text).toMatch(/written without a checksum/)
    for (const answer of answers) expect(codes(answer)).not.toContain("network-unknown")
    const text = answers[0]?.unknown.find(({ code }) => code === "ledger-absent")?.text
    expect(text).toContain("No ledger of its chain (tron)")
  })
})

describe("the age of labels", () => {
  it("is told: what was known on the day, its newest day, what came later, and lists that are old", () => {
    const folder = desk()
    const on = (day: string, ref = FIRST) => {
      const { document, answers } = json(folder, "--as-of", day, "--policy", "desk.yaml", ref)
      const { labels } = document
      const told = (answers[0] as ScreenDocument["answers"][number]).unknown.filter(({ code }) =>
        code.startsWith("labels-"),
      )
      return [labels?.count, labels?.newest, answers[0]?.verdict?.rule, ...told.map(one => one.code)]
    }
    expect(on("2024-02-01")).toEqual([0, null, "no-lists", "labels-later", "labels-old"])
    expect(on("2024-02-27")).toEqual([1, "2024-02-26", "no-lists", "labels-later"])
    expect(on("2024-03-31")).toEqual([4, "2024-03-01", null])
    expect(on("2024-04-01")).toEqual([4, "2024-03-01", "no-lists", "labels-old"])
    const future = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    expect(on("2024-03-31", future)).toEqual([4, "2024-03-01", "no-lists", "labels-later"])
    const args = ["screen", "--labels", "book", "--as-of", "2024-02-27", FIRST]
    const english = ashiato(args, folder).out
    expect(english).toContain("came after 2024-02-27 are not told: 1 in all, the first of 2024-03-01.")
    expect(english).toContain("Looked at: 1 label of book, as of 2024-02-27, newest label seen 2024-02-26;")
    const japanese = ashiato([...args, "--lang", "ja"], folder).out
    expect(japanese).toContain("2024-02-27 より後に付いたラベルが 1 件あり（最初のものは 2024-03-01）")
    expect(japanese).toContain("最も新しいラベルは 2024-02-26")
  })
})

describe("a look-alike", () => {
  it.each([
    ["en", "In what was looked at, nothing traced reached it."],
    ["ja", "調べた範囲では、追跡された価値は届いていません。"],
  ])("that nothing traced reached is said to be so in what was looked at (%s)", (language, words) => {
    expect(ashiato(["screen", FAKE, "--lang", language]).out).toContain(words)
  })
})

describe("a line that is no UTF-8", () => {
  const bad = Buffer.from([0x30, 0x78, 0xff, 0x0a])

  it("is told by its own number, stops no other, and leaves the document whole", () => {
    const folder = newFolder()
    const good = Buffer.from(`${FIRST}\n`.repeat(3000))
    const remark = Buffer.concat([Buffer.from(`${FIRST} # caf`), Buffer.from([0xe9, 0x0a, 0x23, 0xe9, 0x0a])])
    writeFileSync(join(folder, "m.txt"), Buffer.concat([good, bad, good, remark]))
    const { code, out, err } = ashiato(["screen", "--file", "m.txt", "--json"], folder)
    const document = JSON.parse(out) as ScreenDocument
    expect(code).toBe(2)
    expect(validate(document)).toBe(true)
    expect(document.counts).toMatchObject({ screened: 6001, bad: 1 })
    expect(document.bad).toMatchObject([{ ref: "0x\ufffd", line: 3001, code: "line-encoding" }])
    expect(document.answers.map(({ line }) => line).slice(2998, 3002)).toEqual([2999, 3000, 3002, 3003])
    expect(err).toMatch(/^ashiato: m\.txt:3001: the line is not UTF-8; [^\n]+\n$/)
  })

  it("is a bad reference also at the end, and beside one that is too long", () => {
    const folder = newFolder()
    const long = Buffer.from(`${"あ".repeat(70_000)}\n`)
    writeFileSync(join(folder, "m.txt"), Buffer.concat([long, bad.subarray(0, 3)]))
    const { out } = ashiato(["screen", "--file", "m.txt", "--json"], folder)
    const { bad: told } = JSON.parse(out) as ScreenDocument
    expect(told.map(({ line, code }) => [line, code])).toEqual([
      [1, "field-too-long"],
      [2, "line-encoding"],
    ])
    expect(told[0]?.ref.length).toBeLessThan(4096)
  })
})

describe("a name in a policy that nothing loaded has", () => {
  const policy = `schema: ashiato/policy/1
rules:
  - { id: theft, when: { traced: { theft: [nosuchtheft, bybit-2025] } }, then: review }
  - { id: asset, when: { traced: { asset: nosuch } }, then: refuse }
  - { id: list, when: { label: { list: [NoSuchList, L.CSV] } }, then: refuse }
  - { id: cluster, when: { cluster: { label: { list: Nor This } } }, then: refuse }
default: pass
`
  it("is told once, on standard error and in the document, and is no error", () => {
    const folder = desk({ "p.yaml": policy })
    const { code, err, document } = json(folder, "--policy", "p.yaml", TRON, RIPPLE)
    expect(document.policy?.neverMatches).toEqual([
      { path: "rules.0.when.traced.theft", what: "theft", value: "nosuchtheft" },
      { path: "rules.1.when.traced.asset", what: "asset", value: "nosuch" },
      { path: "rules.2.when.label.list", what: "list", value: "NoSuchList" },
      { path: "rules.3.when.cluster.label.list", what: "list", value: "Nor This" },
    ])
    expect(err.split("\n").length).toBe(5)
    expect(err).toContain(
      'ashiato: p.yaml: rules.0.when.traced.theft: nothing that is loaded has a theft "nosuchtheft"',
    )
    // The list that is there counts, whatever its case.
    expect(code).toBe(1)
    expect(document.answers[0]?.verdict?.rule).toBe("list")
    const japanese = ashiato(
      ["screen", TRON, "--policy", "p.yaml", "--labels", "book", "--lang", "ja"],
      folder,
    )
    expect(japanese.err).toContain("一覧「NoSuchList」はありません")
  })

  it("is not told of assets in letters of another case, which fit", () => {
    const eth = `schema: ashiato/policy/1
rules:
  - { id: eth, when: { traced: { asset: eth, atLeast: "1" } }, then: refuse }
default: pass
`
    const folder = desk({ "p.yaml": eth })
    const receiver = "0x47666fab8bd0ac7003bce3f5c3585383f09486e2"
    const { err, document } = json(folder, "--policy", "p.yaml", receiver)
    expect([err, document.policy?.neverMatches]).toEqual(["", []])
    expect(document.answers[0]?.verdict).toMatchObject({ verdict: "refuse", rule: "eth" })
  })
})
