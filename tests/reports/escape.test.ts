import { describe, expect, it } from "vitest"
import { escapeText, linkable, printable } from "../../src/reports/html/escape.ts"
import { renderReport } from "../../src/reports/html/report.ts"
import { caseSaying } from "./case-of.ts"
import { inputOf, traceOf } from "./trace-of.ts"
import { faultOf } from "./well-formed.ts"

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</style></title><svg/onload=alert(1)>",
  "&lt;b&gt; & &amp;",
  "abc\u202efdp.exe\u2066\u200b\u0000\u001b[31m\u2028",
  "javascript:alert(1)",
  "__proto__",
  "\ud800 lone",
  "{{7*7}}",
]

describe("a hostile case file", () => {
  it.each(HOSTILE)("puts no markup into the page: %j", text => {
    const trace = traceOf(
      [
        { from: null, to: "a", amount: 500n, time: text, tx: text },
        { from: "a", to: text, amount: 200n, time: null, tx: text },
        { from: "a", to: "s", amount: 100n, time: { from: text, to: text } },
        { from: "a", to: null, amount: 50n },
      ],
      { services: { s: text } },
    )
    const gaps = [{ code: text, pot: text, amount: null, text }]
    for (const language of ["en", "ja"] as const) {
      const input = inputOf(
        { ...trace, gaps, chain: text, horizon: { height: null, hash: text, time: text } },
        {
          caseFile: caseSaying(text, `https://example.org/${text}`),
          command: text,
          version: text,
          inputs: [{ name: text, sha256: text }],
        },
      )
      const page = renderReport(input, language)
      expect(faultOf(page)).toBeNull()
      expect(page).not.toMatch(/<script|<img|<svg\/|\son[a-z]+="/i)
      expect(page).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u,
      )
      expect(page).not.toMatch(/href="(?!#|https?:)/)
      const withoutCase = renderReport({ ...input, caseFile: null }, language)
      expect(faultOf(withoutCase)).toBeNull()
    }
  })

  it("links no address but of the web", () => {
    for (const url of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      " javascript:x",
      "//x",
      "",
    ]) {
      expect(linkable(url), url).toBeNull()
      const page = renderReport(inputOf(traceOf([]), { caseFile: caseSaying("x", url) }), "en")
      expect(page.match(/href="[^#"][^"]*"/g)).toBeNull()
    }
    expect(linkable("https://bank.example@thief.example/")).toBeNull()
    expect(linkable('https://example.org/"><script>')).toBe("https://example.org/%22%3E%3Cscript%3E")
  })
})

describe("text that is shown", () => {
  it("has a dot where something invisible stood", () => {
    expect(printable("a\u202eb\u0007c\u{e0041}d")).toBe("a\u00b7b\u00b7c\u00b7d")
    expect(printable("two\r\nlines")).toBe("two lines")
    expect(printable("日本語 𠮷 é 😀")).toBe("日本語 𠮷 é 😀")
  })

  it("is safe in an attribute", () => {
    expect(escapeText(`<a href="x" b='y'>&`)).toBe("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;")
  })
})
