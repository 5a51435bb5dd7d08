import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { labelReasonJa } from "../../src/messages/labels-reasons.ja.ts"

const LABELS = fileURLToPath(new URL("../../src/labels/", import.meta.url))

/** Every reason that is written out in one piece, with a word in the place of what is filled in. */
const reasons = readdirSync(LABELS).flatMap(name => {
  const text = readFileSync(`${LABELS}${name}`, "utf8")
  const written = [...text.matchAll(/(?:malformed\(\s*|\bnote\(|reason: )(?:`([^`]+)`|"([^"]+)")/g)]
  return written.map(([, filled, plain]) => (filled ?? plain ?? "").replaceAll(/\$\{[^}]*\}/g, "7"))
})

describe("what is wrong with labels, in Japanese", () => {
  it("finds the reasons that the readers give", () => {
    expect(reasons.length).toBeGreaterThan(20)
  })

  it.each(reasons)("has words for: %s", reason => {
    expect(labelReasonJa(reason)).not.toBe(reason)
    expect(labelReasonJa(reason)).not.toContain("$")
  })
})
