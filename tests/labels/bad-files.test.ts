import { describe, expect, it } from "vitest"
import { MOST_WHOLE_BYTES } from "../../src/labels/read-label-file.ts"
import { Problem } from "../../src/units/problem.ts"
import { fileOf, readFile } from "./reading.ts"

const HEAD = "title: T\ncreator: C\ncurrency: ETH\nlabel: L\nsource: S\n"
const GOOD = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
const ALIAS_BOMB = `${HEAD}a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]
tags:
- address: '${GOOD}'
`

async function refusal(name: string, text: string | Buffer): Promise<string> {
  try {
    await readFile(fileOf(name, text))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `${error.code}: ${error.detail.reason} @${error.where.line ?? ""}`
  }
  return "taken"
}

describe("a file that is none of labels is refused whole", () => {
  it.each([
    ["no YAML", "p.yaml", "title: [unclosed", /^labels-malformed: YAML: /],
    ["an unclosed quote", "p.yaml", `${HEAD}tags:\n- address: 'x`, /^labels-malformed: YAML: /],
    ["a list", "p.yaml", "- a\n- b\n", /not a YAML mapping/],
    ["an empty file", "p.yaml", "", /the file is empty/],
    ["a mapping of something else", "p.yaml", "services:\n  web: 1\n", /neither a list of tags nor/],
    ["tags that are no list", "p.yaml", `${HEAD}tags: all`, /tags is no list/],
    ["tags that are no mappings", "p.yaml", `${HEAD}tags:\n- a\n`, /an entry of tags is no mapping @7/],
    ["no title", "p.yaml", "creator: C\ntags: []", /the pack has no title/],
    ["no creator", "p.yaml", "title: C\ntags: []", /the pack has no creator/],
    ["a key twice", "p.yaml", `${HEAD}title: Again\ntags: []`, /the key "title" stands twice @6/],
    ["a bomb of aliases", "p.yaml", ALIAS_BOMB, /an entry of "b" is no text @7/],
    [
      "many aliases",
      "p.yaml",
      `${HEAD}description: &d x\ntags:\n${"- {address: *d, label: *d}\n".repeat(51)}`,
      /more than 100 aliases/,
    ],
    ["an alias of nothing", "p.yaml", `${HEAD}description: *d\ntags: []`, /labels-malformed: /],
    [
      "a tag that runs code elsewhere",
      "p.yaml",
      `${HEAD}description: !!python/object/apply:os.system [x]\ntags: []`,
      /labels-malformed: /,
    ],
    ["a binary", "p.yaml", `${HEAD}description: !!binary aGk=\ntags: []`, /labels-malformed: /],
    ["a mapping in a field", "p.yaml", `${HEAD}description: {a: 1}\ntags: []`, /neither text nor a list/],
    [
      "deep nesting",
      "p.yaml",
      `${HEAD}description: ${"[".repeat(50_000)}${"]".repeat(50_000)}\ntags: []`,
      /labels-malformed: /,
    ],
    [
      "two documents",
      "p.yaml",
      `${HEAD}tags: []\n---\n${HEAD}tags: []\n`,
      /labels-malformed: YAML: MULTIPLE_DOCS/,
    ],
    [
      "a day that is none",
      "p.yaml",
      `${HEAD}lastmod: 2024-02-30\ntags: []`,
      /lastmod "2024-02-30" is no date/,
    ],
    [
      "markup in a label",
      "p.yaml",
      `${HEAD}tags:\n- address: '${GOOD}'\n  label: "<script>alert(1)</script>"`,
      /label holds markup.* @7/,
    ],
    [
      "a bidi override in a label",
      "p.yaml",
      `${HEAD}tags:\n- address: '${GOOD}'\n  label: "a\u202eb"`,
      /control characters or hidden/,
    ],
    [
      "an escape for a terminal",
      "p.yaml",
      `${HEAD}tags:\n- address: '${GOOD}'\n  label: "a\\e[31mb"`,
      /control characters or hidden/,
    ],
    [
      "a zero-width space in a source",
      "p.yaml",
      `${HEAD}tags:\n- address: '${GOOD}'\n  source: "a\u200bb"`,
      /control characters or hidden/,
    ],
    [
      "a long label",
      "p.yaml",
      `${HEAD}tags:\n- address: '${GOOD}'\n  label: ${"x".repeat(600)}`,
      /longer than 512/,
    ],
    [
      "truth that is none",
      "p.yaml",
      `${HEAD}is_cluster_definer: maybe\ntags:\n- address: '${GOOD}'`,
      /"maybe", not true or false/,
    ],
    ["no UTF-8", "p.yaml", Buffer.from([0x74, 0x3a, 0xff, 0xfe]), /not UTF-8/],
    ["too large", "p.yaml", Buffer.alloc(MOST_WHOLE_BYTES + 1, 32), /more than the 16777216/],
    ["another ending", "p.txt", "x", /the name ends in none of/],
    ["JSON of something else", "p.json", "{}", /neither a case file nor/],
    ["no JSON", "sanctioned_addresses_XBT.json", "[", /not JSON/],
    ["JSON of numbers", "sanctioned_addresses_XBT.json", "[1]", /not a JSON list of addresses/],
    ["an empty CSV", "l.csv", "", /the file is empty/],
    ["an unknown column", "l.csv", "address,network,label,owner\n", /the column "owner" is not known/],
    ["a missing column", "l.csv", "address,network\n", /the column label is missing/],
    [
      "a field too many",
      "l.csv",
      `address,network,label\n${GOOD},ethereum,x,y\n`,
      /3 fields expected, 4 found @2/,
    ],
    [
      "withdrawn before it was seen",
      "l.csv",
      `address,network,label,seen,withdrawn\n${GOOD},ethereum,x,2024-02-01,2024-01-01\n`,
      /withdrawn on 2024-01-01, before/,
    ],
    [
      "a truth that is none in a CSV",
      "l.csv",
      `address,network,label,is_cluster_definer\n${GOOD},ethereum,x,perhaps\n`,
      /is_cluster_definer is "perhaps", not true or false @2/,
    ],
    [
      "a quote in the middle of a field",
      "l.csv",
      `address,network,label\n${GOOD},ethereum,x"y"\n`,
      /a quote inside a field that does not begin with one.* @2/,
    ],
    [
      "an open quote in a CSV",
      "l.csv",
      `address,network,label\n${GOOD},ethereum,"x\n`,
      /CSV: a quote is not closed @2/,
    ],
  ])("%s", async (_, name, text, expected) => {
    const before = performance.now()
    expect(await refusal(name, text)).toMatch(expected)
    expect(performance.now() - before).toBeLessThan(25_000)
  })

  it("refuses a mapping of very many keys in bounded time", async () => {
    const keys = Array.from({ length: 100_000 }, (_, n) => `k${n}: x`).join("\n")
    const before = performance.now()
    expect((await readFile(fileOf("p.yaml", `${HEAD}tags: []\n${keys}\n`))).notes.length).toBe(100_000)
    expect(performance.now() - before).toBeLessThan(60_000)
  }, 90_000)
})

describe("an entry that cannot be taken is named, and the rest is taken", () => {
  it.each([
    [
      "mixed case with a wrong checksum",
      "ETH",
      "0x098B716B8Aaf21512996dC57EB0615e2383E2f97",
      "checksum does not match",
    ],
    ["an Ethereum address that is called Bitcoin's", "BTC", GOOD, "not of this network"],
    ["a Litecoin address that is called Bitcoin's", "BTC", "LcHKYUyZ8ZrrYHVk8ZxYGgiLJPaZB1v2Hq", null],
    ["a wrong base58check", "BTC", "3K35dyL85fR9ht7UgzPfd1gLRRXQtNTqE4", "checksum does not match"],
    ["a wrong bech32", "BTC", "bc1qm34lsc65zpw79lxes69zkqmk6ee3ewf0j77s3j", "checksum does not match"],
    [
      "bech32 where bech32m must be",
      "BTC",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
      null,
    ],
    [
      "a NEM address with a letter changed",
      "XEM",
      "NC64UFOWRO6AVMWFV2BFX2NT6W2GURK2EOX6FFMA",
      "checksum does not match",
    ],
    [
      "a Tron address with a letter changed",
      "TRX",
      "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzr",
      "checksum does not match",
    ],
    [
      "an address of Monero that was cut",
      "XMR",
      "884Bz8UH63aYsjVdkfWfScRYWZGGNbjFL7pztqvWNSr",
      "wrong length",
    ],
    [
      "an address of Monero with a letter changed",
      "XMR",
      "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsM",
      "checksum does not match",
    ],
    [
      "a Tron address with a letter changed that is called Bitcoin's",
      "BTC",
      "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzr",
      "checksum does not match",
    ],
    ["a space inside", "ETH", "0x098b 716b", "unexpected character"],
    ["nothing", "ETH", "", "no address"],
  ])("%s", async (_, currency, address, reason) => {
    const text = `title: T\ncreator: C\nlabel: L\ntags:\n- {address: '${address}', currency: ${currency}}\n- {address: '${GOOD}', currency: ETH}\n`
    const { labels, rejects } = await readFile(fileOf("p.yaml", text))
    expect(labels.map(one => one.address)).toEqual([GOOD])
    expect(rejects).toEqual([expect.objectContaining({ line: 5, address })])
    if (reason !== null) expect(rejects[0]?.reason).toBe(reason)
  })

  it("names a key that the schema does not have, and keeps an unquoted 0x a text", async () => {
    const text = `${HEAD}tags:\n- address: ${GOOD}\n  colour: red\n`
    const { labels, notes } = await readFile(fileOf("p.yaml", text))
    expect(labels[0]?.address).toBe(GOOD)
    expect(notes).toEqual(['unknown key "colour" left out'])
  })

  it("keeps concepts, context and a network that it does not know", async () => {
    const text = `title: T\ncreator: C\nlabel: L\ntags:\n- {address: abc, currency: USDT, network: XLM, concepts: [bridge, defi], context: '{"a":1}'}\n`
    const { labels } = await readFile(fileOf("p.yaml", text))
    expect(labels[0]).toMatchObject({
      network: "xlm",
      checked: false,
      category: "bridge",
      note: 'concepts: bridge, defi; {"a":1}',
      seen: "2026-11-24",
      seenFrom: "import",
    })
  })

  it("reads OFAC's own sdn.csv: each digital currency address in the remarks", async () => {
    const remarks =
      "DOB 01 Jan 1990; Digital Currency Address - XBT 134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak; alt. Digital Currency Address - ETH 0x098B716B8Aaf21512996dC57EB0615e2383E2f96; Linked To: X."
    const rows = [
      `36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- `,
      `27308,"GROUP, Some",-0- ,"DPRK3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"${remarks}"`,
      "\u001a",
    ]
    const { labels, list } = await readFile(fileOf("sdn.csv", `${rows.join("\r\n")}\r\n`), {
      seen: "2024-01-02",
    })
    expect(list).toMatchObject({ form: "ofac-sdn", creator: "OFAC", day: "2024-01-02", dayFrom: "user" })
    expect(labels.map(({ address, network, label, note }) => [address, network, label, note])).toEqual([
      ["134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak", "bitcoin", "GROUP, Some", "DPRK3; entry 27308"],
      [GOOD, "ethereum", "GROUP, Some", "DPRK3; entry 27308"],
    ])
  })
})
