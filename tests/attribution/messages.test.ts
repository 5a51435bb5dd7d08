import { describe, expect, it } from "vitest"
import { attributeEn } from "../../src/messages/attribute.en.ts"
import { attributeJa } from "../../src/messages/attribute.ja.ts"

/** Every sentence with its path; what takes values is given letters that belong to no language. */
function* sentences(value: unknown, path = ""): Generator<readonly [string, string]> {
  if (typeof value === "string") yield [path, value]
  else if (typeof value === "function") yield [`${path}()`, String(value("0", "1", "2", false))]
  else if (typeof value === "object" && value !== null)
    for (const [key, child] of Object.entries(value)) yield* sentences(child, `${path}.${key}`)
}
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/
/** Signs, and what is nothing but the values it is given. */
const BARE = /^[^\p{L}]*$|^r$/u

describe("the texts of attribute", () => {
  const [en, ja] = [new Map(sentences(attributeEn)), new Map(sentences(attributeJa))]

  it("are the same in both languages", () => expect([...ja.keys()]).toEqual([...en.keys()]))

  it("are English in English", () => {
    expect([...en].filter(([, text]) => JAPANESE.test(text))).toEqual([])
  })

  it("are Japanese in Japanese", () => {
    expect(ja.size).toBeGreaterThan(100)
    expect([...ja].filter(([, text]) => !BARE.test(text) && !JAPANESE.test(text))).toEqual([])
  })
})
