import { readFileSync } from "node:fs"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { implies } from "../../src/cases/policy-implies.ts"
import { readPolicy } from "../../src/cases/policy-read.ts"
import { asksWhoSpent } from "../../src/cases/policy-side.ts"
import { verdictOf } from "../../src/cases/policy-verdict.ts"
import type { Condition, Policy } from "../../src/contracts/policy.ts"
import type { LabelItem, OwnersCluster, ScreenAnswer, ScreenHead } from "../../src/contracts/screen.ts"
import { problemLine } from "../../src/messages/problem-line.ts"
import { ScreenText } from "../../src/reports/text/screen-text.ts"
import { Problem } from "../../src/units/problem.ts"

const ROOT = new URL("../../", import.meta.url)
const schema = JSON.parse(readFileSync(new URL("src/contracts/policy.schema.json", ROOT), "utf8")) as object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const policy = (...rules: unknown[]) => ({ schema: "ashiato/policy/1", rules, default: "pass" })
const rule = (when: unknown, then = "refuse", id = "a") => ({ id, when, then })

function refusal(document: unknown): Problem | null {
  try {
    readPolicy(document, "p.yaml")
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error
  }
}

describe("a side in a policy", () => {
  it.each([
    ["sanctions", { side: "spent", sanctioned: "standing" }],
    ["labels", { side: "received", label: { category: "mixer" } }],
    ["look-alikes", { side: "received", lookAlike: true }],
    ["clusters, with what is traced through them", { side: "spent", cluster: { traced: { hopsAtMost: 2 } } }],
    ["what was received", { side: "received", traced: { asset: "BTC", atLeast: "5" } }],
    ["owners beside what could not be known", { side: "spent", label: {}, unknown: ["labels-absent"] }],
  ])("may stand beside %s; the schema says so too", (_, when) => {
    expect(refusal(policy(rule(when)))).toBeNull()
    expect(validate(policy(rule(when))), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each([
    ["a side that is none", { side: "both", label: {} }, "policy-value", '"both"'],
    ["nothing else", { side: "spent" }, "policy-value", "sanctioned / label"],
    ["what has no side", { side: "spent", unknown: true }, "policy-side-of-nothing", "rules.0.when"],
    ["traced value of who spent", { side: "spent", traced: {} }, "policy-side-traced", "rules.0.when"],
    ["the same beside a label", { side: "spent", traced: {}, label: {} }, "policy-side-traced", "cluster"],
  ])("is refused with %s in a line of either language; the schema refuses it too", (_, when, code, words) => {
    const problem = refusal(policy(rule(when)))
    expect(problem?.code).toBe(code)
    expect(validate(policy(rule(when)))).toBe(false)
    if (problem === null) return
    for (const language of ["en", "ja"] as const) {
      const line = problemLine(problem, language)
      expect(line).toContain(words)
      expect(line).not.toContain("\n")
      expect(/[\u3040-\u30ff\u4e00-\u9fff]/.test(line)).toBe(language === "ja")
    }
  })

  const pair = (first: unknown, second: unknown, verdict = "review") =>
    refusal(policy(rule(first), rule(second, verdict, "b")))?.message ?? null

  it("makes two conditions of one, which do not contradict each other", () => {
    const sanctioned = { sanctioned: "standing" }
    expect(pair({ ...sanctioned, side: "spent" }, { ...sanctioned, side: "received" })).toBeNull()
    expect(pair({ ...sanctioned, side: "spent" }, sanctioned)).toBeNull()
    expect(pair({ ...sanctioned, side: "spent" }, { ...sanctioned, side: "spent" })).toMatch(
      /^policy-contradiction/,
    )
  })

  it("can never be reached behind a rule without one, nor behind a wider one on the same side", () => {
    const spent = { side: "spent" }
    // Who paid an address is asked for by the side that spent alone: there it fires where the wider one does not.
    expect(pair({ sanctioned: "standing" }, { sanctioned: "standing", ...spent })).toBeNull()
    expect(pair({ sanctioned: "standing" }, { sanctioned: "standing", side: "received" })).toMatch(
      /^policy-never-fires/,
    )
    expect(pair({ lookAlike: true }, { lookAlike: true, ...spent })).toMatch(/^policy-never-fires/)
    expect(pair({ sanctioned: "ever", ...spent }, { sanctioned: "standing", ...spent })).toMatch(
      /^policy-never-fires/,
    )
    expect(pair({ sanctioned: "ever", side: "received" }, { sanctioned: "standing", ...spent })).toBeNull()
    const [strict, wide] = [{ label: { actor: "x" } }, { label: { actor: ["x", "y"] } }]
    expect(pair({ ...wide, ...spent }, { ...strict, ...spent, lookAlike: true })).toMatch(
      /^policy-never-fires/,
    )
  })

  it("changes nothing of traced value: two rules on it that differ in the side alone are one", () => {
    const traced = { asset: "BTC", atLeast: "5" }
    expect(pair({ traced }, { side: "received", traced })).toMatch(/^policy-contradiction/)
    expect(pair({ side: "received", traced }, { traced })).toMatch(/^policy-contradiction/)
  })

  it("says whether anybody asks who spent", () => {
    const asks = (...rules: unknown[]) => asksWhoSpent(readPolicy(policy(...rules), "p"))
    expect(asks(rule({ side: "spent", label: {} }))).toBe(true)
    expect(asks(rule({ side: "received", label: {} }), rule({ sanctioned: "ever" }, "pass", "b"))).toBe(false)
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
const sanction = (address: string): LabelItem => ({ ...LABEL, address, sanction: true })
const CLUSTER: OwnersCluster = {
  representative: "y",
  addresses: 2,
  labels: [{ ...sanction("y"), via: ["tx"] }],
  notCarried: [],
  withdrawn: [],
  heldBack: [],
  heldBackLeftOut: 0,
  traced: [],
  grade: "inferred",
  cannotRuleOut: [],
  heuristics: ["co-spend"],
  spent: ["x"],
  received: [],
}
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

type Answer = Omit<ScreenAnswer, "verdict">
const ADDRESS: Answer = {
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
const paid = (spent: readonly string[], received: readonly string[]): Answer => ({
  ...ADDRESS,
  kind: "transaction",
  owners: { spent, received, leftOut: { spent: 0, received: 0 } },
})
const DESK = readPolicy(
  policy(
    rule({ side: "spent", sanctioned: "standing" }, "refuse", "sender"),
    rule({ side: "received", sanctioned: "standing" }, "review", "receiver"),
  ),
  "p",
)

describe("a verdict on a side", () => {
  it("is of the owners on it, and names it", () => {
    const sanctions = [sanction("b"), sanction("a")]
    expect(verdictOf(DESK, { ...paid(["a"], ["b"]), sanctions })).toEqual({
      verdict: "refuse",
      rule: "sender",
      side: "spent",
      facts: ["/sanctions/1"],
    })
    expect(verdictOf(DESK, { ...paid(["c"], ["a", "b"]), sanctions })).toEqual({
      verdict: "review",
      rule: "receiver",
      side: "received",
      facts: ["/sanctions/0", "/sanctions/1"],
    })
    expect(verdictOf(DESK, paid(["a"], ["b"]))).toEqual({ verdict: "pass", rule: null, facts: [] })
    // Who takes change is on both sides.
    expect(verdictOf(DESK, { ...paid(["a"], ["b", "a"]), sanctions: [sanction("a")] }).rule).toBe("sender")
    expect(verdictOf(DESK, { ...paid(["a"], ["b"]), kind: "account-ref", sanctions }).side).toBe("spent")
  })

  it("is of who received where an output is screened, and never of who spent", () => {
    const output: Answer = { ...paid([], ["x"]), kind: "output", sanctions: [sanction("x")] }
    expect(verdictOf(DESK, output)).toMatchObject({ rule: "receiver", side: "received" })
    const { spent: _, received: __, ...cluster } = CLUSTER
    const through = (side: string) =>
      verdictOf(readPolicy(policy(rule({ side, cluster: { sanctioned: true } })), "p"), {
        ...output,
        cluster,
      })
    expect(through("received").facts).toEqual(["/cluster/labels/0"])
    expect(through("spent").rule).toBeNull()
  })

  it("of an address by itself is as without a side, and names none: it may be on either", () => {
    const told = verdictOf(DESK, { ...ADDRESS, sanctions: [sanction("x")] })
    expect(told).toEqual({ verdict: "refuse", rule: "sender", facts: ["/sanctions/0"] })
    expect("side" in told).toBe(false)
  })

  it("takes a label of the text itself for either side, and names none: a list may know it as an address", () => {
    const listed: Answer = { ...paid(["a"], ["b"]), sanctions: [sanction("tx")] }
    const told = verdictOf(DESK, listed)
    expect(told).toEqual({ verdict: "refuse", rule: "sender", facts: ["/sanctions/0"] })
    expect("side" in told).toBe(false)
    const both = verdictOf(DESK, { ...listed, sanctions: [sanction("tx"), sanction("a")] })
    expect(both).toMatchObject({ side: "spent", facts: ["/sanctions/0", "/sanctions/1"] })
  })

  it("leaves what is of the transaction itself to rules without a side", () => {
    const fake: Answer = {
      ...paid(["a"], ["b"]),
      lookAlikes: [{ ...LOOK_ALIKE, what: "transaction", of: "tx" }],
    }
    const fired = (when: unknown) => verdictOf(readPolicy(policy(rule(when)), "p"), fake).rule
    expect(fired({ lookAlike: true })).toBe("a")
    expect(fired({ lookAlike: true, side: "spent" })).toBeNull()
    expect(fired({ lookAlike: true, side: "received" })).toBeNull()
  })

  const owners = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 })
  const addresses = fc.array(fc.constantFrom("a", "b", "c", "d", "tx"), { maxLength: 3 })
  const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
  const condition = fc.record(
    {
      side: fc.constantFrom("spent" as const, "received" as const),
      sanctioned: fc.constantFrom("standing" as const, "ever" as const),
      label: some(fc.record({ list: fc.constantFrom(["L"], ["M"]) })),
      cluster: fc.constant({ sanctioned: true } as const),
      lookAlike: fc.constant(true as const),
    },
    { requiredKeys: [] },
  )
  const clusters = fc.array(fc.record({ spent: owners, received: owners, isSanctioned: fc.boolean() }), {
    maxLength: 2,
  })
  const answer = fc
    .record({
      spent: owners,
      received: owners,
      sanctions: addresses,
      labels: addresses,
      past: addresses,
      clusters,
      like: addresses,
      isAddress: fc.boolean(),
    })
    .map(
      ({ spent, received, sanctions, labels, past, clusters: all, like, isAddress }): Answer => ({
        ...(isAddress ? ADDRESS : paid(spent, received)),
        sanctions: sanctions.map(sanction),
        labels: labels.map(address => ({ ...LABEL, address })),
        withdrawn: past.map(sanction),
        clusters: isAddress
          ? []
          : all.map(({ isSanctioned, ...sides }) => ({
              ...CLUSTER,
              ...sides,
              labels: isSanctioned ? CLUSTER.labels : [],
            })),
        lookAlikes: like.map(of => ({ ...LOOK_ALIKE, of })),
      }),
    )
  const defined = (when: Condition) => JSON.parse(JSON.stringify(when)) as Condition
  const fired = (when: Condition, one: Answer) => {
    const alone: Policy = { name: null, default: "pass", rules: [{ id: "a", when, verdict: "refuse" }] }
    return verdictOf(alone, one)
  }

  it("is that of a rule without a side on an answer that has nothing of the other side", () => {
    const seen = { fired: 0, not: 0 }
    fc.assert(
      fc.property(condition, answer, (drawn, one) => {
        const { side, ...when } = defined(drawn as Condition)
        if (side === undefined) return
        const own = one.owners?.[side]
        const isOn = (address: string) => own === undefined || own.includes(address)
        const all = [...(one.owners?.spent ?? []), ...(one.owners?.received ?? [])]
        // A label of whoever is no owner is of the text itself.
        const isLabelled = (address: string) => isOn(address) || !all.includes(address)
        const half = (isKept: typeof isOn): Answer => ({
          ...one,
          sanctions: one.sanctions.filter(({ address }) => isKept(address)),
          labels: one.labels.filter(({ address }) => isKept(address)),
          withdrawn: one.withdrawn.filter(({ address }) => isKept(address)),
          lookAlikes: one.lookAlikes.filter(({ of }) => isOn(of)),
          clusters: one.clusters.filter(cluster => cluster[side].length > 0),
        })
        const [sided, plain] = [fired({ ...when, side }, one), fired(when, half(isLabelled))]
        expect([sided.rule, sided.facts.length]).toEqual([plain.rule, plain.facts.length])
        if (sided.rule === null) seen.not++
        else {
          seen.fired++
          const isOfSide = one.owners !== null && fired(when, half(isOn)).rule !== null
          expect(sided.side).toBe(isOfSide ? side : undefined)
        }
      }),
      { numRuns: 4_000, seed: 11 },
    )
    expect(Math.min(seen.fired, seen.not)).toBeGreaterThan(200)
  })

  it("never fires where a condition that it implies does not", () => {
    let implied = 0
    const many = fc.array(answer, { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(condition, condition, many, (a, b, answers) => {
        const [strict, wide] = [defined(a as Condition), defined(b as Condition)]
        if (!implies(strict, wide)) return
        implied++
        for (const one of answers) {
          if (fired(strict, one).rule !== null) expect(fired(wide, one).rule).toBe("a")
        }
      }),
      { numRuns: 6_000, seed: 5 },
    )
    expect(implied).toBeGreaterThan(300)
  })
})

describe("a verdict on a side, in words", () => {
  const head = {
    asOf: "2025-01-01",
    labels: null,
    ledger: null,
    cases: [],
    policy: { file: "p", name: "desk", sha256: "" },
  }
  it.each([
    ["en", "spent", 'REFUSE by rule "sender" of desk, on the side that spent'],
    ["en", "received", 'REVIEW by rule "receiver" of desk, on the side that received'],
    ["ja", "spent", "拒否 支払った側について、desk の規則「sender」による"],
    ["ja", "received", "要確認 受け取った側について、desk の規則「receiver」による"],
  ] as const)("names it (%s, %s)", (language, side, words) => {
    const text = new ScreenText(head as unknown as ScreenHead, language, true, 100)
    const one = {
      ...(side === "spent" ? paid(["x"], ["b"]) : paid(["b"], ["x"])),
      sanctions: [sanction("x")],
    }
    expect(text.answer({ ...one, verdict: verdictOf(DESK, one) })).toContain(`${words}\n`)
  })
})
