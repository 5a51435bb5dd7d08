import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { measuredRecord } from "../../src/clustering/measured-rates.ts"
import type { ScreenDocument } from "../../src/contracts/screen.ts"
import { ashiato, newFolder } from "./run-cli.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const schema = JSON.parse(readFileSync(join(ROOT, "src/contracts/screen.schema.json"), "utf8")) as object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ScreenDocument>(schema)

const RECEIVER = "0x47666fab8bd0ac7003bce3f5c3585383f09486e2"
const FAKE = "0xa4b24033f4c6d70133e4557c2c32a3fb693e449e"
const NOBODY = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
const LABELS = `address,network,label,actor,category,abuse,confidence,source,licence,note,seen,withdrawn
${NOBODY},bitcoin,first block,,user,,web_crawl,https://example.org,CC0,,2020-01-01,
3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy,bitcoin,on a list,,user,sanction,authority_data,https://example.org,CC0,,2021-01-01,2022-02-02
`
const POLICY = `schema: ashiato/policy/1
name: test
rules:
  - { id: traced, when: { traced: { hopsAtMost: 5 } }, then: refuse }
  - { id: fake, when: { lookAlike: true }, then: review }
default: pass
`

/** The answer as JSON, which is of its schema. */
function json(
  args: readonly string[],
  folder?: string,
): { code: number | null; err: string; document: ScreenDocument } {
  const { code, out, err } = ashiato(["screen", ...args, "--json"], folder)
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors))
  return { code, err, document }
}

const refused = (args: readonly string[], files: Readonly<Record<string, string>> = {}): string => {
  const { code, out, err } = ashiato(["screen", ...args], newFolder(files))
  expect({ code, out }).toEqual({ code: 2, out: "" })
  expect(err).toMatch(/^ashiato: [^\n]+\n$/)
  return err
}

describe("ashiato screen", () => {
  it("answers an address of a bundled case in text, in both languages, and calls nobody a thief", () => {
    const english = ashiato(["screen", RECEIVER])
    expect(english.code).toBe(0)
    expect(english.out).toMatch(/no verdict/)
    expect(english.out).toMatch(
      /traced to "bybit-2025" in bybit-2025: received 401,346\.768858404671846374 ETH/,
    )
    expect(english.out).toMatch(/What could not be known/)
    expect(english.out.replace("calls nobody a thief", "")).not.toMatch(/thief/i)
    const japanese = ashiato(["screen", RECEIVER, "--lang", "ja"])
    expect(japanese.out).toMatch(/追跡された価値/)
  })

  it("gives the verdict of a policy with the rule and the facts: 1 for a refusal, 0 for a review", () => {
    const folder = newFolder({ "p.yaml": POLICY })
    const refusal = json([RECEIVER, "--policy", "p.yaml"], folder)
    expect(refusal.code).toBe(1)
    const [answer] = refusal.document.answers
    expect(answer?.verdict).toMatchObject({ verdict: "refuse", rule: "traced" })
    for (const fact of answer?.verdict?.facts ?? []) expect(at(answer, fact)).toBeDefined()
    expect(answer?.verdict?.facts.length).toBeGreaterThan(0)
    const review = json([FAKE, "--policy", "p.yaml"], folder)
    expect(review.code).toBe(0)
    expect(review.document.answers[0]?.verdict).toEqual({
      verdict: "review",
      rule: "fake",
      facts: ["/lookAlikes/0"],
    })
    const pass = json([NOBODY, "--policy", "p.yaml"], folder)
    expect(pass.document.answers[0]?.verdict).toEqual({ verdict: "pass", rule: null, facts: [] })
    const text = ashiato(["screen", FAKE, "--policy", "p.yaml"], folder)
    expect(text.out).toMatch(
      /REVIEW by rule "fake" of test\n {2}because: imitates 0xa4b2fd68593b6f34e51cb9edb66e71c1b4ab449e/,
    )
  })

  it("answers all that can be read of a file, tells what cannot by its line, and exits 2", () => {
    const list = `# deposits\n\n${NOBODY}\n  ${RECEIVER}   # a comment\n1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb\nnonsense\r\n${FAKE}`
    const folder = newFolder({ "list.txt": list, "p.yaml": POLICY })
    const { code, err, document } = json(["--file", "list.txt", "--policy", "p.yaml"], folder)
    expect(code).toBe(2)
    expect(document.answers.map(({ line, ref }) => [line, ref])).toEqual([
      [3, NOBODY],
      [4, RECEIVER],
      [7, FAKE],
    ])
    expect(document.bad.map(({ line, code: problem }) => [line, problem])).toEqual([
      [5, "screen-ref-invalid"],
      [6, "screen-ref-unrecognised"],
    ])
    expect(document.counts).toEqual({ screened: 3, bad: 2, found: 2, pass: 1, review: 1, refuse: 1 })
    expect(
      err
        .split("\n")
        .slice(0, 2)
        .map(line => line.slice(0, 20)),
    ).toEqual(["ashiato: list.txt:5:", "ashiato: list.txt:6:"])
    const text = ashiato(["screen", "--file", "list.txt"], folder)
    expect(text.out).toMatch(/3 screened: 2 with something found, 1 with nothing; 2 could not be read\./)
  })

  it("leaves remarks out of a file, whatever ends its lines", () => {
    const list = `\ufeff# deposits\r\n${NOBODY} # paid back\r\n\r\n\t${FAKE}\t# again\r\n`
    const { code, document } = json(["--file", "list.txt"], newFolder({ "list.txt": list }))
    expect(code).toBe(0)
    expect(document.answers.map(({ line, ref, kind }) => [line, ref, kind])).toEqual([
      [2, NOBODY, "address"],
      [4, FAKE, "address"],
    ])
  })

  it("tells of a bundled case's transaction who gave and who got, with their names, labels and the side of each", () => {
    const folder = newFolder({
      "l.csv": `address,network,label,seen\n${RECEIVER},ethereum,on a list,2025-03-01\n`,
    })
    expect(ashiato(["labels", "import", "l.csv", "--labels", "book"], folder).code).toBe(0)
    const tx = "0xb61413c495fdad6114a7aa863a00b2e3c28945979a10885b12b30316ea9f072c"
    const [answer] = json([tx, "--labels", "book"], folder).document.answers
    const cold = "0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4"
    expect(answer?.owners).toEqual({
      spent: [cold],
      received: [RECEIVER],
      leftOut: { spent: 0, received: 0 },
    })
    expect(answer?.labels.map(({ address }) => address)).toEqual([RECEIVER])
    expect(answer?.named.map(({ role }) => role)).toEqual(["theft-receiver", "victim"])
    const told = ashiato(["screen", tx, "--labels", "book"], folder).out
    expect(told).toMatch(/labelled "on a list" by l\.csv \(received in it\)/)
    expect(told).toMatch(new RegExp(`spent by ${cold}\nreceived by ${RECEIVER}\n`))
  })

  it("tells labels, and withdrawn ones as withdrawn, as of a day", () => {
    const folder = newFolder({ "labels.csv": LABELS })
    expect(ashiato(["labels", "import", "labels.csv", "--labels", "book"], folder).code).toBe(0)
    const refs = [NOBODY, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "--labels", "book"]
    const now = json([...refs, "--as-of", "2024-01-01"], folder).document
    expect(
      now.answers.map(({ sanctions, labels, withdrawn }) =>
        [sanctions, labels, withdrawn].map(l => l.length),
      ),
    ).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ])
    const then = json([...refs, "--as-of", "2021-06-01"], folder).document
    expect(then.answers[1]?.sanctions).toMatchObject([{ sanction: true, confidence: "authority_data" }])
    expect(then.asOf).toBe("2021-06-01")
  })

  it("tells look-alikes of bech32 and base58 addresses and of a symbol, with how often each was right", () => {
    // Two of the pairs that Lopp published ("Bitcoin Address Poisoning Attacks", 2025).
    const [bech32, base58] = [
      ["bc1qhffjg9vslgscxdsfyhznmrk97q8erc8slfk28v", "bc1qhf62rghpahkt2cung3dfp4jj8egkfgv32fk28v"],
      ["1GbXjYnBFTNyknRUT5o95jrEjFUCvaXhNP", "1Gbn9MaeJTWapwdqiPp1UrgX5z6F7VXhNP"],
    ] as const
    const rows = [bech32, base58].map(([, imitated]) => `${imitated},bitcoin,a shop,2025-01-01\n`)
    const folder = newFolder({ "l.csv": `address,network,label,seen\n${rows.join("")}` })
    expect(ashiato(["labels", "import", "l.csv", "--labels", "book"], folder).code).toBe(0)
    const token = "0x2a120e7f2f1d8ffd173ed17aa5089f11206b5177"
    const told = (...refs: string[]) => {
      const args = [...refs, "--labels", "book"]
      const { answers, rates } = json(args, folder).document
      return { answers, rates, text: ashiato(["screen", ...args], folder).out }
    }
    // Two labels are known: 32^(2 + 5) / 2, and 58^4 / 2, for the first two behind "1" count for nothing.
    for (const [[alike, imitates], heuristic, tail, oneIn] of [
      [bech32, "look-alike-bech32", 5, "17,179,869,184"],
      [base58, "look-alike-base58", 4, "5,658,248"],
    ] as const) {
      const { answers, rates, text } = told(alike)
      expect(answers[0]?.lookAlikes).toMatchObject([{ found: "resembles", imitates, head: 2, tail }])
      const { truePositives: right, falsePositives } = measuredRecord(heuristic)
      expect(rates).toMatchObject([{ heuristic, precision: { right, of: right + falsePositives } }])
      expect(text).toContain(`- ${heuristic} (addresses): `)
      expect(text).toContain("staged-look-alikes-1, 1 to 20")
      expect(answers[0]?.lookAlikes[0]?.oneIn).toBe(oneIn.replaceAll(",", ""))
      expect(text).toContain(
        `By chance: an honest address looks as much like one of those known in at most 1 of ${oneIn}.`,
      )
      const japanese = ashiato(["screen", alike, "--labels", "book", "--lang", "ja"], folder).out
      expect(japanese).toContain(`これほど似るのは、多くとも ${oneIn} 件に 1 件です。`)
      // No cluster was looked through, so that nothing is said of what one is worth.
      expect(text).toContain("A likeness is a reading of letters and digits")
      expect(text).not.toContain("A cluster is a reading")
      expect(japanese).toContain("似ているというのは文字の読み取りであり")
      expect(japanese).not.toContain("クラスターは記録の読み取り")
      expect(text).toContain("2 labels of book")
    }
    const { answers, rates, text } = told(token)
    expect(answers[0]?.lookAlikes).toMatchObject([
      { what: "token", imitates: "ETH", symbol: "ЕТН...", oneIn: null },
    ])
    expect(text).not.toContain("By chance")
    expect(rates).toMatchObject([
      { heuristic: "look-alike-symbol", counted: "symbol", seeds: null, precision: { interval: null } },
    ])
    expect(text).toMatch(
      /on lists whose truth is known \(forged-symbols-1;.*\n- look-alike-symbol \(symbols of/,
    )
    expect(told(bech32[0], base58[0], token).rates.map(({ heuristic }) => heuristic)).toEqual([
      "look-alike-bech32",
      "look-alike-base58",
      "look-alike-symbol",
    ])
  })

  it("traces a ledger's thefts once, reads them from columns then, and anew when the ledger has grown", () => {
    const folder = newFolder()
    const example = (name: string) => join(ROOT, "examples/exchange-deposit", name)
    for (const name of ["thefts.csv", "transfers.csv"]) copyFileSync(example(name), join(folder, name))
    expect(ashiato(["ingest", "transfers", "transfers.csv", "--ledger", "l"], folder).code).toBe(0)
    const args = [
      "mule",
      "exchange-deposit-17",
      "deposit#0",
      "nobody",
      "--ledger",
      "l",
      "--thefts",
      "thefts.csv",
    ]
    const first = json(args, folder)
    const sets = () => readdirSync(join(folder, "l", "traced"))
    const [set] = sets()
    const made = statSync(join(folder, "l", "traced", String(set))).mtimeMs
    expect(
      first.document.answers.map(({ traced }) => traced.map(({ hops, range }) => [hops, range?.received])),
    ).toEqual([
      [[1, { least: "600000", most: "600000" }]],
      [[2, { least: "100000", most: "500000" }]],
      [[2, { least: "100000", most: "500000" }]],
      [],
    ])
    expect(first.document.answers[2]?.addresses).toEqual(["exchange-deposit-17", "mule"])
    expect(json(args, folder).document).toEqual(first.document)
    expect(sets()).toEqual([set])
    expect(statSync(join(folder, "l", "traced", String(set))).mtimeMs).toBe(made)
    const more = `${readFileSync(example("transfers.csv"), "utf8")}late,0,106,2026-01-06T00:00:00Z,mule,nobody,GOLD,100000,,\n`
    writeFileSync(join(folder, "transfers.csv"), more)
    expect(ashiato(["ingest", "transfers", "transfers.csv", "--ledger", "l"], folder).code).toBe(0)
    const grown = json(args, folder)
    expect(grown.document.answers[3]?.traced[0]?.hops).toBe(2)
    expect(sets()).toHaveLength(1)
    expect(sets()).not.toEqual([set])
    // Another file of thefts is another question, and so is the same one once it has changed.
    writeFileSync(join(folder, "thefts.csv"), `${readFileSync(example("thefts.csv"), "utf8")}gift,late#0\n`)
    const changed = json(args, folder)
    expect(changed.document.answers[3]?.traced.map(({ theft }) => theft)).toContain("gift")
    expect(sets()).toHaveLength(2)
    writeFileSync(join(folder, "thefts.csv"), "theft,ref\ngift,late#0,\n")
    expect(ashiato(["screen", ...args], folder)).toMatchObject({ code: 2, err: /thefts\.csv:2: / })
    expect(sets()).toHaveLength(2)
  })

  it.each([
    ["nothing to screen", [], /nothing to screen is named/],
    [
      "an address with a slip",
      ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"],
      /looks like an address of bitcoin and is none \(checksum/,
    ],
    ["an address of another network", [NOBODY, "--chain", "nem"], /looks like an address of nem and is none/],
    ["a chain that is none", [NOBODY, "--chain", "dogecoin"], /dogecoin/],
    ["a file that is not there", ["--file", "none.txt"], /none\.txt: there is no such file/],
    [
      "a policy that contradicts itself",
      [NOBODY, "--policy", "p.json"],
      /p\.json: rules "a" \(pass\) and "b" \(refuse\)/,
    ],
    [
      "a policy with an unknown key",
      [NOBODY, "--policy", "k.json"],
      /k\.json: rules\.0\.when\.scoer is no part/,
    ],
    ["thefts and a case at once", [NOBODY, "--thefts", "t.csv", "--case", "bybit-2025"], /--thefts/],
    ["thefts without a ledger", [NOBODY, "--thefts", "t.csv"], /--ledger/],
    ["a day that is none", [NOBODY, "--as-of", "2024-02-30"], /2024-02-30/],
    ["a rule that is none", [NOBODY, "--rule", "lofo"], /lofo/],
  ])("refuses %s in one line", (_, args, line) => {
    const rule = (id: string, then: string, when: object) => ({ id, when, then })
    const policy = (...rules: object[]) =>
      JSON.stringify({ schema: "ashiato/policy/1", rules, default: "pass" })
    const files = {
      "p.json": policy(rule("a", "pass", { lookAlike: true }), rule("b", "refuse", { lookAlike: true })),
      "k.json": policy(rule("a", "pass", { scoer: 3 })),
      "t.csv": "theft,ref\nx,a#0\n",
    }
    expect(refused(args, files)).toMatch(line)
  })

  it("explains itself in both languages", () => {
    expect(ashiato(["screen", "--help"]).out).toMatch(/^ashiato screen REF/)
    expect(ashiato(["screen", "--help", "--lang", "ja"]).out).toMatch(/ネットワークには何も問い合わせません/)
  })

  it("never reaches the database, whatever it loads", () => {
    const reached = reachedFrom("cli/screen-command.ts")
    expect(reached.size).toBeGreaterThan(40)
    expect([...reached].filter(name => name.includes("duckdb"))).toEqual([])
  })
})

/** What a JSON pointer points to. */
function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}

/** Every module that a module may load, now or later, by its text; of packages the name. */
function reachedFrom(start: string): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    const text = readFileSync(join(ROOT, "src", file), "utf8").replace(/^import type .*$/gm, "")
    for (const [, name] of text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g)) {
      if (name?.startsWith(".")) visit(normalize(join(dirname(file), name)))
      else if (name !== undefined) reached.add(name)
    }
  }
  visit(start)
  return reached
}
