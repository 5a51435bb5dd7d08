import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { implies } from "../../src/cases/policy-implies.ts"
import { readPolicy } from "../../src/cases/policy-read.ts"
import { verdictOf } from "../../src/cases/policy-verdict.ts"
import type { Condition } from "../../src/contracts/policy.ts"
import type { LabelItem, ScreenAnswer, TracedItem } from "../../src/contracts/screen.ts"
import { readPolicyFile } from "../../src/readers/policy-file.ts"
import { Problem } from "../../src/units/problem.ts"
import { newFolder } from "../cli/run-cli.ts"

const ROOT = new URL("../../", import.meta.url)
const schema = JSON.parse(readFileSync(new URL("src/contracts/policy.schema.json", ROOT), "utf8")) as object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const policy = (...rules: unknown[]) => ({ schema: "ashiato/policy/1", rules, default: "pass" })
const rule = (when: unknown, then = "refuse", id = "a") => ({ id, when, then })

/** Code and detail of the refusal; null where it is taken. */
function refusal(document: unknown): string | null {
  try {
    readPolicy(document, "p.json")
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `${error.code} ${Object.values(error.detail).join(" ")}`
  }
}

describe("a policy", () => {
  it.each([
    ["sanctions", { sanctioned: "standing" }],
    ["a label of a category", { label: { category: "exchange", confidence: ["authority_data", "x"] } }],
    ["any label", { label: {} }],
    ["an amount", { traced: { asset: "BTC", atLeast: "100000000", below: 900000000, rule: "fifo" } }],
    [
      "a share and hops",
      { traced: { shareAtLeast: "0.5%", shareBelow: "12.25%", hopsAtMost: 4, of: "held" } },
    ],
    ["the cluster", { cluster: { sanctioned: true, label: { actor: "x" }, traced: {} } }],
    ["the cluster, and what is not carried over", { cluster: { notCarried: true, sanctioned: true } }],
    ["the cluster, labels and traced value", { cluster: { notCarried: true, label: {}, traced: {} } }],
    ["look-alikes and what is not known", { lookAlike: true, unknown: ["ledger-absent"] }],
    ["anything not known", { unknown: true }],
  ])("may ask for %s; the schema says so too", (_, when) => {
    expect(refusal(policy(rule(when)))).toBeNull()
    expect(validate(policy(rule(when))), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each([
    [
      "an unknown key",
      policy(rule({ sancioned: "standing" })),
      /^policy-unknown-key rules\.0\.when\.sancioned/,
    ],
    ["a key of its own", { ...policy(rule({ label: {} })), score: 3 }, /^policy-unknown-key score/],
    ["no default", { schema: "ashiato/policy/1", rules: [rule({ label: {} })] }, /^policy-missing default/],
    [
      "another schema",
      { ...policy(rule({ label: {} })), schema: "ashiato/policy/2" },
      /^policy-value schema/,
    ],
    ["no rules", policy(), /^policy-value rules/],
    ["an empty condition", policy(rule({})), /^policy-value rules\.0\.when/],
    ["a verdict that is none", policy(rule({ label: {} }, "maybe")), /^policy-value rules\.0\.then "maybe"/],
    [
      "an amount without asset",
      policy(rule({ traced: { atLeast: "1" } })),
      /^policy-missing .*traced\.asset/,
    ],
    [
      "an amount with a fraction",
      policy(rule({ traced: { asset: "X", atLeast: "1.5" } })),
      /^amount-fraction/,
    ],
    [
      "an amount that a float has rounded",
      policy(rule({ traced: { asset: "X", atLeast: 1e18 } })),
      /^policy-value/,
    ],
    ["a share above all", policy(rule({ traced: { shareAtLeast: "101%" } })), /^policy-value .*shareAtLeast/],
    [
      "a share as a number",
      policy(rule({ traced: { shareAtLeast: 0.5 } })),
      /^policy-value .*shareAtLeast 0\.5/,
    ],
    ["a rule of tracing that is none", policy(rule({ traced: { rule: "lofo" } })), /^policy-value .*"lofo"/],
    ["a code that is none", policy(rule({ unknown: ["moon"] })), /^policy-value .*unknown "moon"/],
    [
      "nothing that is not carried over",
      policy(rule({ cluster: { notCarried: true } })),
      /^policy-value .*cluster/,
    ],
    [
      "traced value that is not carried over",
      policy(rule({ cluster: { notCarried: true, traced: {} } })),
      /^policy-value .*notCarried/,
    ],
    ["an empty list", policy(rule({ label: { list: [] } })), /^policy-value/],
    ["an id that is no text", policy(rule({ label: {} }, "pass", "")), /^policy-value rules\.0\.id/],
    ["no object", [], /^policy-value policy/],
    ["null", null, /^policy-value policy null/],
  ])("is refused for %s; the schema refuses it too", (_, document, code) => {
    expect(refusal(document)).toMatch(code)
    expect(validate(document)).toBe(false)
  })

  it.each([
    ["an id twice", policy(rule({ lookAlike: true }), rule({ label: {} })), "policy-id-twice a"],
    [
      "one condition with two verdicts",
      policy(rule({ label: { actor: ["x", "y"] } }), rule({ label: { actor: ["y", "x"] } }, "pass", "b")),
      "policy-contradiction a b refuse pass",
    ],
    [
      "one condition twice",
      policy(rule({ lookAlike: true }), rule({ lookAlike: true }, "refuse", "b")),
      "policy-never-fires b a",
    ],
    [
      "a rule behind a wider one",
      policy(
        rule({ traced: { asset: "BTC", atLeast: "5" } }),
        rule({ traced: { asset: "BTC", atLeast: "9", hopsAtMost: 2 }, sanctioned: "ever" }, "review", "b"),
      ),
      "policy-never-fires b a",
    ],
    [
      "a standing sanction behind any sanction",
      policy(rule({ sanctioned: "ever" }, "review"), rule({ sanctioned: "standing" }, "refuse", "b")),
      "policy-never-fires b a",
    ],
    [
      "a rule's own figure behind the most",
      policy(
        rule({ traced: { hopsAtMost: 3 } }),
        rule({ traced: { rule: "lifo", hopsAtMost: 3 } }, "pass", "b"),
      ),
      "policy-never-fires b a",
    ],
    [
      "amounts that exclude each other",
      policy(rule({ traced: { asset: "BTC", atLeast: "5", below: "5" } })),
      "policy-thresholds a atLeast below",
    ],
    [
      "shares that exclude each other",
      policy(rule({ cluster: { traced: { shareAtLeast: "50%", shareBelow: "5%" } } })),
      "policy-thresholds a shareAtLeast shareBelow",
    ],
    [
      "hops that exclude each other",
      policy(rule({ traced: { hopsAtLeast: 3, hopsAtMost: 2 } })),
      "policy-thresholds a hopsAtLeast hopsAtMost",
    ],
  ])("that contradicts itself is refused: %s", (_, document, code) => {
    expect(refusal(document)).toBe(code)
    expect(validate(document), "the schema cannot tell").toBe(true)
  })

  it("may put a narrower rule before a wider one", () => {
    const narrow = rule({ traced: { asset: "BTC", atLeast: "9" } }, "refuse")
    expect(
      refusal(policy(narrow, rule({ traced: { asset: "BTC", atLeast: "5" } }, "review", "b"))),
    ).toBeNull()
    expect(
      refusal(policy(rule({ sanctioned: "standing" }), rule({ sanctioned: "ever" }, "review", "b"))),
    ).toBeNull()
  })
})

describe("a policy's file", () => {
  const read = async (name: string, text: string) => {
    const folder = newFolder({ [name]: text })
    return readPolicyFile(join(folder, name))
  }

  it("says the same in YAML and in JSON, and every example is one", async () => {
    const yaml =
      "schema: ashiato/policy/1\nrules:\n - {id: a, when: {lookAlike: true}, then: refuse}\ndefault: pass\n"
    expect((await read("p.yaml", yaml)).document).toEqual(policy(rule({ lookAlike: true })))
    expect((await read("p.json", JSON.stringify(policy(rule({ lookAlike: true }))))).document).toEqual(
      policy(rule({ lookAlike: true })),
    )
    for (const name of ["desk.yaml", "sides.yaml", "strict.json"]) {
      const { document } = await readPolicyFile(new URL(`examples/policy/${name}`, ROOT).pathname)
      expect(refusal(document)).toBeNull()
      expect(validate(document)).toBe(true)
    }
  })

  it.each([
    [
      "a key twice in JSON",
      "p.json",
      '{"default": "pass",\n "default": "refuse"}',
      /^json-expected .*"line":2/,
    ],
    [
      "a key twice in YAML",
      "p.yaml",
      "default: pass\ndefault: refuse\n",
      /^yaml-malformed .*DUPLICATE_KEY.*"line":2/,
    ],
    ["a comma too many", "p.json", '{"default": "pass",}', /^json-malformed/],
    ["brackets without end", "p.json", "[".repeat(100_000), /^json-malformed .*nested/],
    ["an alias", "p.yaml", "a: &a [1]\nb: *a\n", /^yaml-malformed .*ALIAS/],
    ["a tag", "p.yaml", "a: !!js/function x\n", /^yaml-malformed/],
    ["two documents", "p.yaml", "a: 1\n---\nb: 2\n", /^yaml-malformed/],
    ["bytes that are no UTF-8", "p.json", "", /^file-encoding/],
  ])("is refused for %s", async (_, name, text, code) => {
    const folder = newFolder({ [name]: text })
    if (text === "") writeFileSync(join(folder, name), Uint8Array.of(0x22, 0xff, 0x22))
    const error = await readPolicyFile(join(folder, name)).catch((thrown: unknown) => thrown)
    expect(String((error as Error).message)).toMatch(code)
  })
})

const LABEL: LabelItem = {
  address: "x",
  network: "bitcoin",
  checked: true,
  label: "l",
  actor: null,
  category: null,
  abuse: null,
  confidence: null,
  source: null,
  licence: null,
  note: null,
  list: "L",
  creator: null,
  seen: "2024-01-01",
  seenFrom: "list",
  withdrawn: null,
  sanction: false,
}
const NOTHING: Omit<ScreenAnswer, "verdict"> = {
  ref: "x",
  line: null,
  kind: "address",
  forms: [],
  addresses: ["x"],
  owners: null,
  asOf: "2025-01-01",
  sanctions: [],
  labels: [],
  withdrawn: [],
  named: [],
  traced: [],
  cluster: null,
  clusters: [],
  paidBy: null,
  deposit: null,
  lookAlikes: [],
  unknown: [],
}
const traced = (more: Partial<TracedItem>): TracedItem => ({
  in: { kind: "ledger", name: "l", asOf: { height: 1, hash: null, time: null } },
  theft: "t",
  asset: "BTC",
  unit: "sat",
  decimals: 8,
  rulesAsked: ["fifo", "lifo", "poison"],
  rules: {
    fifo: { received: "50", carried: "100", arrived: "0", held: "10", credits: 1, hops: 2 },
    lifo: { received: "5", carried: "100", arrived: "0", held: "0", credits: 1, hops: 3 },
    poison: { received: "100", carried: "100", arrived: "0", held: "100", credits: 1, hops: 1 },
  },
  range: null,
  stops: [],
  stopsLeftOut: 0,
  hops: 1,
  pathRule: "poison",
  path: [],
  pathLeftOut: 0,
  grade: "chain",
  ...more,
})

const fires = (when: unknown, answer: Omit<ScreenAnswer, "verdict">) => {
  const { rule: fired, facts } = verdictOf(readPolicy(policy(rule(when)), "p"), answer)
  return fired === null ? null : facts
}

describe("a verdict", () => {
  it("is the default's where nothing fits, and names no rule", () => {
    const read = readPolicy(policy(rule({ lookAlike: true })), "p")
    expect(verdictOf(read, NOTHING)).toEqual({ verdict: "pass", rule: null, facts: [] })
  })

  it("is of the first rule that fits", () => {
    const read = readPolicy(
      policy(rule({ sanctioned: "ever" }, "review", "a"), rule({ label: {} }, "refuse", "b")),
      "p",
    )
    const both = { ...NOTHING, withdrawn: [{ ...LABEL, sanction: true }], labels: [LABEL] }
    expect(verdictOf(read, both)).toEqual({ verdict: "review", rule: "a", facts: ["/withdrawn/0"] })
    expect(verdictOf(read, { ...both, withdrawn: [] })).toEqual({
      verdict: "refuse",
      rule: "b",
      facts: ["/labels/0"],
    })
  })

  it("compares amounts, shares and hops with the figure that the rule names", () => {
    const answer = { ...NOTHING, traced: [traced({})] }
    expect(fires({ traced: { asset: "BTC", atLeast: 50 } }, answer)).toEqual(["/traced/0"])
    expect(fires({ traced: { asset: "BTC", atLeast: 51 } }, answer)).toBeNull()
    expect(fires({ traced: { rule: "least", asset: "BTC", atLeast: 5, below: 6 } }, answer)).toEqual([
      "/traced/0",
    ])
    expect(fires({ traced: { rule: "poison", asset: "BTC", atLeast: 51 } }, answer)).toEqual(["/traced/0"])
    expect(fires({ traced: { rule: "haircut" } }, answer)).toBeNull()
    expect(fires({ traced: { of: "held", rule: "lifo" } }, answer)).toBeNull()
    expect(fires({ traced: { shareAtLeast: "50%" } }, answer)).toEqual(["/traced/0"])
    expect(fires({ traced: { shareAtLeast: "50.0001%" } }, answer)).toBeNull()
    expect(fires({ traced: { hopsAtMost: 1 } }, answer)).toBeNull()
    expect(fires({ traced: { hopsAtMost: 2, theft: "t" } }, answer)).toEqual(["/traced/0"])
    expect(fires({ traced: { theft: "other" } }, answer)).toBeNull()
    expect(fires({ traced: { asset: "ETH" } }, answer)).toBeNull()
  })

  it("takes a rule that was asked and found nothing as nothing for the least", () => {
    const one = traced({
      rules: { fifo: { received: "50", carried: "50", arrived: "0", held: "0", credits: 1, hops: 1 } },
    })
    expect(fires({ traced: { rule: "least" } }, { ...NOTHING, traced: [one] })).toBeNull()
    expect(fires({ traced: { rule: "most" } }, { ...NOTHING, traced: [one] })).toEqual(["/traced/0"])
  })

  it("needs every part of a condition, and keeps a sanction apart from a withdrawn one", () => {
    const sanctioned = { ...NOTHING, sanctions: [{ ...LABEL, sanction: true, category: "Exchange" }] }
    expect(fires({ sanctioned: "standing", label: { category: "exchange" } }, sanctioned)).toEqual([
      "/sanctions/0",
    ])
    expect(fires({ sanctioned: "standing", lookAlike: true }, sanctioned)).toBeNull()
    const past = { ...NOTHING, withdrawn: [{ ...LABEL, sanction: true }] }
    expect(fires({ sanctioned: "standing" }, past)).toBeNull()
    expect(fires({ label: {} }, past)).toBeNull()
  })

  it("asks the cluster for what is the cluster's alone", () => {
    const labels = [{ ...LABEL, sanction: true, via: ["tx"] }]
    const cluster = {
      representative: "y",
      addresses: 2,
      labels,
      notCarried: [],
      withdrawn: [],
      heldBack: [],
      heldBackLeftOut: 0,
      traced: [traced({})],
      grade: "inferred",
      cannotRuleOut: [],
      heuristics: ["co-spend"],
    } as const
    expect(fires({ cluster: { sanctioned: true } }, { ...NOTHING, cluster })).toEqual(["/cluster/labels/0"])
    expect(fires({ cluster: { traced: {} } }, { ...NOTHING, cluster })).toEqual(["/cluster/traced/0"])
    expect(fires({ sanctioned: "ever" }, { ...NOTHING, cluster })).toBeNull()
  })

  it("asks for labels that are not carried over, or beyond a merge that was held back, where it says so", () => {
    const item = { ...LABEL, sanction: true, actor: "evil" }
    const reason = "different-actors"
    const link = { txid: "t", reason, members: ["x"], others: ["y"], labels: [LABEL, item] } as const
    const none = {
      representative: "y",
      addresses: 1,
      labels: [],
      traced: [],
      cannotRuleOut: [],
      heuristics: [],
    }
    const empty = { ...none, notCarried: [], withdrawn: [], heldBack: [], heldBackLeftOut: 0 }
    const apart = { ...empty, grade: "inferred", notCarried: [{ ...item, via: ["tx"] }] } as const
    const held = { ...empty, grade: "inferred", heldBack: [link] } as const
    const past = { ...empty, grade: "inferred", withdrawn: [{ ...item, via: ["tx"] }] } as const
    const wide = { cluster: { notCarried: true, sanctioned: true } }
    expect(fires(wide, { ...NOTHING, cluster: apart })).toEqual(["/cluster/notCarried/0"])
    expect(fires(wide, { ...NOTHING, cluster: held })).toEqual(["/cluster/heldBack/0/labels/1"])
    expect(fires(wide, { ...NOTHING, cluster: past })).toBeNull()
    expect(
      fires({ cluster: { notCarried: true, label: { actor: "evil" } } }, { ...NOTHING, cluster: held }),
    ).toEqual(["/cluster/heldBack/0/labels/1"])
    for (const cluster of [apart, held]) {
      expect(fires({ cluster: { sanctioned: true } }, { ...NOTHING, cluster })).toBeNull()
    }
    const strict = { cluster: { sanctioned: true } } as const
    expect(implies(strict, { cluster: { notCarried: true, sanctioned: true } })).toBe(true)
    expect(implies({ cluster: { notCarried: true, sanctioned: true } }, strict)).toBe(false)
  })

  it("counts what arrived at a service as held at most: nobody followed it further", () => {
    const rules = {
      fifo: { received: "50", carried: "100", arrived: "50", held: null, credits: 1, hops: 2 },
      lifo: { received: "5", carried: "100", arrived: "0", held: "3", credits: 1, hops: 3 },
    }
    const answer = { ...NOTHING, traced: [traced({ rules, rulesAsked: ["fifo", "lifo"] })] }
    expect(fires({ traced: { of: "held", asset: "BTC", atLeast: 50 } }, answer)).toEqual(["/traced/0"])
    expect(fires({ traced: { of: "held", asset: "BTC", atLeast: 51 } }, answer)).toBeNull()
    expect(fires({ traced: { of: "held", rule: "least", asset: "BTC", atLeast: 4 } }, answer)).toBeNull()
    expect(fires({ traced: { of: "held", rule: "least", asset: "BTC", atLeast: 3 } }, answer)).not.toBeNull()
  })

  it("asks one of a transaction's clusters for all that is named, and points to those that have it", () => {
    const item = { representative: "y", addresses: 2, grade: "inferred", cannotRuleOut: [] } as const
    const rest = {
      ...item,
      notCarried: [],
      withdrawn: [],
      heldBack: [],
      heldBackLeftOut: 0,
      heuristics: ["co-spend"],
      spent: ["x"],
      received: [],
    } as const
    const labels = [{ ...LABEL, sanction: true, via: ["tx"] }]
    const labelled = { ...rest, labels, traced: [] }
    const reached = { ...rest, labels: [], traced: [traced({})] }
    const apart = { ...NOTHING, kind: "transaction", clusters: [reached, labelled] } as const
    expect(fires({ cluster: { sanctioned: true } }, apart)).toEqual(["/clusters/1/labels/0"])
    expect(fires({ cluster: { traced: {} } }, apart)).toEqual(["/clusters/0/traced/0"])
    expect(fires({ cluster: { sanctioned: true, traced: {} } }, apart)).toBeNull()
    const both = { ...apart, clusters: [reached, { ...labelled, traced: [traced({})] }] }
    const facts = ["/clusters/1/labels/0", "/clusters/1/traced/0"]
    expect(fires({ cluster: { sanctioned: true, traced: {} } }, both)).toEqual(facts)
  })

  it("fires on what could not be known only where it is named", () => {
    const unknown = [{ code: "ledger-absent", detail: {}, text: "" }] as const
    expect(fires({ unknown: ["labels-absent"] }, { ...NOTHING, unknown })).toBeNull()
    expect(fires({ unknown: true }, { ...NOTHING, unknown })).toEqual(["/unknown/0"])
  })
})

describe("a condition that implies another", () => {
  const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
  const names = fc.uniqueArray(fc.constantFrom("a", "b"), { minLength: 1 }).map(list => list.sort())
  const amount = fc.integer({ min: 1, max: 4 })
  const tracing = fc.record({
    rule: fc.constantFrom("fifo", "lifo", "least", "most", "poison"),
    of: fc.constantFrom("received", "held"),
    theft: some(names),
    atLeast: some(amount.map(BigInt)),
    below: some(amount.map(BigInt)),
    shareAtLeast: some(amount.map(n => BigInt(n) * 200_000n)),
    hopsAtMost: some(amount),
    hopsAtLeast: some(amount),
  })
  const condition = fc
    .record({
      sanctioned: some(fc.constantFrom("standing", "ever")),
      label: some(fc.record({ actor: some(names), list: some(names) })),
      traced: some(tracing),
      lookAlike: some(fc.constant(true)),
    })
    .map(when => JSON.parse(JSON.stringify(when, plain), bigger) as Condition)
  const label = fc.record({ actor: fc.constantFrom("a", "b", "c"), list: fc.constantFrom("a", "b", "c") })
  const items = fc.array(
    label.map(own => ({ ...LABEL, ...own })),
    { maxLength: 2 },
  )
  const figure = fc.record({
    received: fc.integer({ max: 5, min: 0 }),
    carried: fc.integer({ max: 9, min: 5 }),
    hops: amount,
  })
  const found = fc.record({
    theft: fc.constantFrom("a", "b", "c"),
    fifo: some(figure),
    lifo: some(figure),
    poison: some(figure),
  })
  const answer = fc.record({
    sanctions: items,
    labels: items,
    past: fc.boolean(),
    traced: fc.array(found, { maxLength: 2 }),
  })

  it("never fires without it", () => {
    let implied = 0
    fc.assert(
      fc.property(
        condition,
        condition,
        fc.array(answer, { minLength: 12, maxLength: 12 }),
        (strict, wide, answers) => {
          if (!implies(strict, wide)) return
          implied++
          for (const one of answers) {
            const { sanctions, labels, past } = one
            const filled = {
              ...NOTHING,
              sanctions: sanctions.map(item => ({ ...item, sanction: true })),
              labels,
              withdrawn: past ? [{ ...LABEL, sanction: true }] : [],
              lookAlikes: past ? [LOOK_ALIKE] : [],
              traced: one.traced.map(({ theft, ...rules }) => {
                const told = Object.entries(rules).flatMap(([name, own]) => {
                  if (own === undefined) return []
                  const [received, carried] = [`${own.received}`, `${own.carried}`]
                  return [
                    [
                      name,
                      { received, carried, arrived: "0", held: received, credits: 1, hops: own.hops },
                    ] as const,
                  ]
                })
                return traced({ theft, rules: Object.fromEntries(told) })
              }),
            }
            const fired = (when: Condition) =>
              verdictOf(
                { name: null, default: "pass", rules: [{ id: "a", when, verdict: "refuse" }] },
                filled,
              ).rule !== null
            if (fired(strict)) expect(fired(wide)).toBe(true)
          }
        },
      ),
      { numRuns: 5_000, seed: 7 },
    )
    expect(implied).toBeGreaterThan(100)
  })
})

const LOOK_ALIKE = {
  found: "resembles",
  what: "address",
  of: "x",
  imitates: null,
  knownFrom: "",
  head: 4,
  tail: 4,
  oneIn: "4294967296",
  symbol: null,
  grade: "inferred",
  sources: [],
  carriesNothing: true,
} as const

const plain = (_: string, value: unknown) => (typeof value === "bigint" ? { big: `${value}` } : value)
const bigger = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && "big" in value ? BigInt(String(value.big)) : value
