import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Incident } from "../../src/attribution/incident.ts"
import { loadRegister } from "../../src/readers/incident-files.ts"
import { Problem } from "../../src/units/problem.ts"
import { newFolder } from "../cli/run-cli.ts"
import { claim, made, usd } from "./register.ts"

/** What the reader says of a register with this one incident. */
async function refusalOf(incident: unknown, sums: Readonly<Record<string, unknown>> = {}): Promise<Problem> {
  const folder = newFolder({ "a.json": typeof incident === "string" ? incident : JSON.stringify(incident) })
  mkdirSync(join(folder, "sums"))
  for (const [name, sum] of Object.entries(sums))
    writeFileSync(join(folder, "sums", name), JSON.stringify(sum))
  try {
    await loadRegister(folder)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error("accepted")
}

const actor = (id: string, more: object) => ({
  ...claim(id),
  actor: "L",
  stance: "asserted" as const,
  ...more,
})
const from = (id: string) => ({ derivedFrom: [{ claim: id, sure: "stated" as const }] })

describe("a register of the user's", () => {
  it("is read when it is right, and need not have sums", async () => {
    const folder = newFolder({ "a.json": JSON.stringify(made("a", { values: [usd("x", "5")] })) })
    expect((await loadRegister(folder)).incidents.map(({ id }) => id)).toEqual(["a"])
  })

  const wrong: readonly [string, Incident | object | string, string, object][] = [
    [
      "a missing source",
      made("a", { actors: [actor("x", { sources: ["t"] })] }),
      "case-reference",
      { what: "source", id: "t" },
    ],
    [
      "a claim derived from itself",
      made("a", { actors: [actor("x", from("x"))] }),
      "claim-circle",
      { id: "x" },
    ],
    [
      "a circle of three beside a claim that leads into it",
      made("a", {
        actors: [actor("w", from("x")), actor("x", from("y")), actor("y", from("z")), actor("z", from("x"))],
      }),
      "claim-circle",
      { circle: "x > y > z > x" },
    ],
    [
      "a claim that is not there",
      made("a", { actors: [actor("x", from("q"))] }),
      "case-reference",
      { id: "q" },
    ],
    [
      "a quote of 20 words",
      made("a", { actors: [actor("x", { quote: "word ".repeat(20).trim() })] }),
      "quote-too-long",
      { words: 20 },
    ],
    [
      "two claims of one id",
      made("a", { values: [usd("x", "1"), usd("x", "2")] }),
      "case-duplicate",
      { id: "x" },
    ],
    ["money with an exponent", made("a", { values: [usd("x", "1e9")] }), "json-expected", {}],
    ["a control character", made("a\u001b[2J"), "json-expected", {}],
    [
      "a number for an amount",
      { ...made("a"), values: [{ ...usd("x", "1"), amount: 5 }] },
      "json-expected",
      {},
    ],
    ["no JSON", "{", "json-malformed", {}],
    [
      "a key given twice",
      '{"schema":"ashiato/incident/1","schema":"ashiato/incident/1"}',
      "json-expected",
      {},
    ],
  ]
  it.each(wrong)("is refused by name and place for %s", async (_what, incident, code, detail) => {
    const problem = await refusalOf(incident)
    expect(problem.code).toBe(code)
    expect(problem.detail).toMatchObject(detail)
    expect(problem.where.file).toMatch(/a\.json$/)
    expect(problem.where.line).toBeGreaterThan(0)
  })

  it("is refused when a sum is made of what it does not have", async () => {
    const sum = {
      schema: "ashiato/incident-sum/1",
      id: "s",
      title: { en: "s", ja: "計" },
      currency: "USD",
      stated: "5",
      roundedTo: "1",
      statements: [claim("c")],
      parts: [{ incident: "b", value: null, why: { en: "x", ja: "件" } }],
      working: { en: "x", ja: "件" },
      unnamed: null,
      sources: [{ id: "s", title: "S", url: null, published: null }],
    }
    const problem = await refusalOf(made("a"), { "s.json": sum })
    expect([problem.code, problem.detail.what]).toEqual(["case-reference", "incident"])
    const wrongValue = { ...sum, parts: [{ ...sum.parts[0], incident: "a", value: "none" }] }
    expect((await refusalOf(made("a"), { "s.json": wrongValue })).detail.what).toBe("value")
  })

  it("is refused when the folder is not there", async () => {
    await expect(loadRegister("/nowhere/at/all")).rejects.toMatchObject({ code: "file-missing" })
  })
})
