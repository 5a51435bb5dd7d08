import { describe, expect, it } from "vitest"
import { actorPackText } from "../../src/labels/actor-pack-writer.ts"
import { Problem } from "../../src/units/problem.ts"
import { fileOf, readFile } from "./reading.ts"

const HEAD = "title: T\ncreator: C\nlastmod: '2023-02-17'\nactors:\n"
const PACK = `${HEAD}- id: binance
  label: Binance
  uri: www.binance.com
  jurisdictions: [MT, KY]
  categories:
  - exchange
  aliases: [bnb]
  context:
    aliases: [binancecom]
    refs:
    - a.example/b
    active: false
    twitter_handle: binance
- id: '796'
  label: 796.com
  jurisdictions: []
  categories: exchange
  lastmod: 2023-03-01 16:30:13.173112
  context: '{"notes": ["China"]}'
- id: words
  label: Words
  context: no JSON at all
`

async function refusal(text: string): Promise<string> {
  try {
    await readFile(fileOf("p.yaml", text))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `${error.code}: ${error.detail.reason} @${error.where.line ?? ""}`
  }
  return "taken"
}

describe("an ActorPack", () => {
  it("is read with everything that it says of an actor", async () => {
    const { actors, labels, list, notes } = await readFile(fileOf("p.yaml", PACK), { licence: "MIT" })
    expect([labels, notes]).toEqual([[], []])
    expect(list).toMatchObject({
      form: "actorpack",
      list: "T",
      creator: "C",
      day: "2023-03-01",
      dayFrom: "list",
    })
    expect(actors).toMatchObject([
      {
        id: "binance",
        label: "Binance",
        uri: "www.binance.com",
        categories: ["exchange"],
        jurisdictions: ["MT", "KY"],
        aliases: ["bnb", "binancecom"],
        licence: "MIT",
        seen: "2023-02-17",
      },
      { id: "796", uri: null, categories: ["exchange"], context: '{"notes": ["China"]}', seen: "2023-03-01" },
      { id: "words", categories: [], context: "no JSON at all" },
    ])
    expect(JSON.parse(actors[0]?.context ?? "")).toEqual({
      aliases: ["binancecom"],
      refs: ["a.example/b"],
      active: "false",
      twitter_handle: "binance",
    })
  })

  it("is written and read again as the same actors", async () => {
    const { actors } = await readFile(fileOf("p.yaml", PACK))
    const text = actorPackText("T", "C", actors)
    expect(text).toContain("active: false")
    const again = await readFile(fileOf("again.yaml", text))
    const plain = (context: string | null) => context?.replaceAll(" ", "")
    expect(again.actors.map(one => ({ ...one, context: plain(one.context) }))).toEqual(
      actors.map(one => ({ ...one, context: plain(one.context) })),
    )
  })

  it("may have the same actor twice, and inherits from its header", async () => {
    const { actors } = await readFile(
      fileOf(
        "p.yaml",
        "title: T\ncreator: C\ncategories: [exchange]\nactors:\n- {id: x, label: X}\n- {id: x, label: X}\n",
      ),
    )
    expect(actors.map(({ categories }) => categories)).toEqual([["exchange"], ["exchange"]])
  })

  it.each([
    ["an actor without an id", `${HEAD}- label: X\n`, /an actor has no id @5/],
    ["an actor without a label", `${HEAD}- id: x\n`, /an actor has no label @5/],
    ["no title", "creator: C\nactors: []\n", /the pack has no title/],
    [
      "an id twice with two meanings",
      `${HEAD}- {id: x, label: X}\n- {id: x, label: Y}\n`,
      /"x" stands twice and differs; the other one is on line 5 @6/,
    ],
    [
      "an alias that is another's id",
      `${HEAD}- {id: x, label: X, aliases: [y]}\n- {id: y, label: Y}\n`,
      /the alias "y" of "x" is the id of another actor, on line 6 @5/,
    ],
    ["markup in a label", `${HEAD}- {id: x, label: "<b>X"}\n`, /label holds markup/],
    [
      "a bidi override in a context",
      `${HEAD}- {id: x, label: X, context: {a: "\u202e"}}\n`,
      /context holds control characters/,
    ],
    [
      "a context within a context",
      `${HEAD}- {id: x, label: X, context: {a: {b: c}}}\n`,
      /neither text nor a list of texts/,
    ],
    [
      "a long context",
      `${HEAD}- id: x\n  label: X\n  context:\n${Array.from({ length: 9 }, (_, n) => `    k${n}: ${"x".repeat(4000)}\n`).join("")}`,
      /context is longer than 16384/,
    ],
    ["a mapping elsewhere", `${HEAD}- {id: x, label: X, uri: {a: b}}\n`, /neither text nor a list of texts/],
    ["a day that is none", `${HEAD}- {id: x, label: X, lastmod: 2023-02-30}\n`, /"2023-02-30" is no date/],
  ])("is refused whole: %s", async (_, text, expected) => {
    expect(await refusal(text)).toMatch(expected)
  })
})
