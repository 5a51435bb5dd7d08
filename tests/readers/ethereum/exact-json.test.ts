import { describe, expect, it } from "vitest"
import { parseExactJson } from "../../../src/readers/ethereum/exact-json.ts"

describe("JSON with numbers above 2^53", () => {
  it("keeps each number as it is written, and strings as they are", () => {
    const text = String.raw`{"a": 1606938044258990275541962092341162602522202993782792835301377, "b":[-1,0.5,1e+21],
      "c": "7 \" 8 \\", "d\\": null, "e": true, "f": "\\\"9", "g": {"h":"é"}}`
    expect(parseExactJson(text)).toEqual({
      a: "1606938044258990275541962092341162602522202993782792835301377",
      b: ["-1", "0.5", "1e+21"],
      c: '7 " 8 \\',
      "d\\": null,
      e: true,
      f: '\\"9',
      g: { h: "é" },
    })
  })

  it.each(["", "{", '{"a": 1', '"', '{"a" 1}', "[1,]", "tru", "01", "1.", "--1", "1e"])(
    "refuses %j",
    text => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError)
    },
  )

  it("takes no longer than the text is long, whatever is in it", () => {
    const start = performance.now()
    for (const hard of [
      String.raw`\"`.repeat(500_000),
      '"'.repeat(1_000_001),
      "\\".repeat(1e6),
      "-".repeat(1e6),
    ]) {
      expect(() => parseExactJson(hard)).toThrow(SyntaxError)
    }
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
