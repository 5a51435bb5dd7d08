import { describe, expect, it } from "vitest"
import { attributeText } from "../../src/reports/text/attribute-text.ts"
import { answered, bundled } from "./answers.ts"

/**
 * A reader with the printed page alone: everything below is read from the text and computed again with arithmetic of its
 * own, and each printed figure must be the one that comes out.
 */

/** [numerator, denominator], never brought to lowest terms: no code of the program is used. */
type Share = readonly [bigint, bigint]
/** High may be missing. */
type Span = readonly [Share, Share | null]

const one: Share = [1n, 1n]
const read = (text: string): Share => {
  if (text.includes("/")) return text.split("/").map(BigInt) as [bigint, bigint]
  const [whole = "", decimals = ""] = text.split(".")
  return [BigInt(whole + decimals), BigInt(`1${"0".repeat(decimals.length)}`)]
}
const mul = (a: Share, b: Share): Share => [a[0] * b[0], a[1] * b[1]]
const add = (a: Share, b: Share): Share => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
const minus = (a: Share, b: Share): Share => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]]
const div = (a: Share, b: Share): Share => [a[0] * b[1], a[1] * b[0]]
const over = (a: Share, b: Share): boolean => a[0] * b[1] > b[0] * a[1]

/** LR >= 1: 1 + r (LR - 1); LR < 1: 1 / (1 + r (1/LR - 1)). */
const drawn = (ratio: Share, r: Share): Share =>
  over(one, ratio)
    ? div(one, add(one, mul(r, minus(div(one, ratio), one))))
    : add(one, mul(r, minus(ratio, one)))
/** LR >= 1: 1 / ((1 - m)/LR + m); LR < 1: (1 - m) LR + m. */
const held = (ratio: Share, m: Share): Share =>
  over(one, ratio) ? add(mul(minus(one, m), ratio), m) : div(one, add(div(minus(one, m), ratio), m))

/** Three digits; by trying every power of ten, which is slow and plain. */
function shown([n, d]: Share, up: boolean): string {
  for (let power = 12; power >= -12; power--) {
    const step: Share = power >= 0 ? [10n ** BigInt(power), 1n] : [1n, 10n ** BigInt(-power)]
    const count = (n * step[1]) / (d * step[0])
    if (count < 100n) continue
    const exact = count * d * step[0] === n * step[1]
    return plain(exact || !up ? count : count + 1n, power)
  }
  throw new Error("too small to print")
}
function plain(count: bigint, power: number): string {
  if (power >= 0) return `${count}${"0".repeat(power)}`
  const text = `${count}`.padStart(1 - power, "0")
  const [whole, decimals] = [text.slice(0, power), text.slice(power).replace(/0+$/, "")]
  return decimals === "" ? whole : `${whole}.${decimals}`
}
const spanText = ([low, high]: Span): string =>
  `${shown(low, false)} to ${high === null ? "no upper end" : shown(high, true)}`

interface Line {
  readonly id: string
  readonly group: string
  readonly r: Share
  readonly overlap: Share
  readonly bands: readonly Span[]
  readonly claims: readonly string[]
  readonly open: boolean
}

/** What the page says, and nothing else. */
function pageOf(text: string) {
  const lines = text.split("\n")
  const from = (head: string) => lines.slice(lines.indexOf(head) + 1)
  const hypotheses = from("Hypotheses")
    .slice(0, 3)
    .map(line => line.trim().split(":")[0] ?? "")
  const table = from("Working table (judged)").slice(2)
  const items: Line[] = table
    .slice(
      0,
      table.findIndex(line => line.startsWith("  ")),
    )
    .map(line => {
      const [id = "", group = "", , r = "", overlap = "", ...rest] = line.split(/ {2,}/)
      const bands = rest.slice(0, 3).map(band => band.split("-").map(read) as unknown as Span)
      const claims = (rest[3] ?? "").split(" ")
      return { id, group, r: read(r), overlap: read(overlap), bands, claims, open: rest[3] === "(if found)" }
    })
  const copies = new Map<string, string[]>()
  for (const [, copy = "", original = ""] of text.matchAll(/\(([\w-]+)\/([\w-]+)\)$/gm))
    copies.set(copy, [...(copies.get(copy) ?? []), original])
  const m = read(/^- m = (\S+), judged/m.exec(text)?.[1] ?? "")
  return { lines, hypotheses, items, copies, m }
}
type Page = ReturnType<typeof pageOf>

interface Outcome {
  readonly rows: readonly (readonly string[])[]
  readonly product: Span
  readonly after: Span
}

/** The rules as the page states them. */
function workOut(
  page: Page,
  [a, b]: readonly [number, number],
  out: ReadonlySet<string>,
  found = "",
): Outcome {
  const isCopy = (claim: string) =>
    (page.copies.get(claim) ?? []).some(original => !out.has(`${claim}/${original}`))
  const drafts = page.items.map(item => {
    const [forIt, against] = [item.bands[a], item.bands[b]]
    if (!forIt?.[1] || !against?.[1]) throw new Error(item.id)
    const raw: Span = [div(forIt[0], against[1]), against[0][0] === 0n ? null : div(forIt[1], against[0])]
    const kept: Span = [drawn(raw[0], item.r), raw[1] === null ? null : drawn(raw[1], item.r)]
    const idle = item.open
      ? item.id === found
        ? null
        : "not known"
      : out.has(item.id) || out.has(item.group) || item.claims.every(claim => out.has(claim))
        ? "taken out"
        : item.claims.every(claim => out.has(claim) || isCopy(claim))
          ? "copy: nothing"
          : null
    return { item, raw, kept, idle }
  })
  const nearer = ([low, high]: Span): Share =>
    over(low, one) ? low : high !== null && over(one, high) ? div(one, high) : one
  const width = ([low, high]: Span): Share => (high === null ? [10n ** 30n, 1n] : div(high, low))
  const best = new Map<string, (typeof drafts)[number]>()
  for (const draft of drafts.filter(({ idle }) => idle === null)) {
    const known = best.get(draft.item.group)
    const [here, there] = [nearer(draft.kept), known === undefined ? null : nearer(known.kept)]
    const equal = there !== null && !over(here, there) && !over(there, here)
    if (
      known === undefined ||
      (there !== null && over(here, there)) ||
      (equal && over(width(draft.kept), width(known.kept)))
    )
      best.set(draft.item.group, draft)
  }
  let product: Span = [one, one]
  const rows = drafts.map(({ item, raw, kept, idle }) => {
    const whole = best.get(item.group)?.item === item
    const left = minus(one, item.overlap)
    const weaker: Span = [drawn(kept[0], left), kept[1] === null ? null : drawn(kept[1], left)]
    const counted: Span = idle !== null ? [one, one] : whole ? kept : weaker
    product = [
      mul(product[0], counted[0]),
      product[1] === null || counted[1] === null ? null : mul(product[1], counted[1]),
    ]
    return [
      item.id,
      spanText(raw),
      spanText(kept),
      idle ?? (whole ? "whole" : "overlap taken off"),
      spanText(counted),
    ]
  })
  const after: Span = [
    held(product[0], page.m),
    product[1] === null ? div(one, page.m) : held(product[1], page.m),
  ]
  return { rows, product, after }
}

const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const
const cases = [
  ["coincheck-2018", []],
  ["coincheck-2018", ["CC-UN171/CC-GIB"]],
  ["coincheck-2018", ["CC-UST/CC-GIB"]],
  ["coincheck-2018", ["CC-UN171/CC-GIB", "CC-UST/CC-GIB"]],
  ["coincheck-2018", ["CC-ASAHI"]],
  ["coincheck-2018", ["G-LATER", "E-NIS"]],
  ["bybit-2025", []],
] as const

describe.each(cases)("every figure on the page of %s without %j", (name, without) => {
  const page = pageOf(attributeText(answered(bundled(name), without), "en", 400))
  const out = new Set<string>(without)

  it.each(PAIRS)("comes out by hand for pair %i, %i", (a, b) => {
    const head = `${page.hypotheses[a]} relative to ${page.hypotheses[b]}`
    const at = page.lines.indexOf(head)
    expect(at).toBeGreaterThan(0)
    const { rows, product, after } = workOut(page, [a, b], out)
    const printed = page.lines.slice(at + 3, at + 3 + rows.length).map(line => line.split(/ {2,}/))
    expect(printed).toEqual(rows)
    expect(page.lines[at + 3 + rows.length]).toBe(`product: ${spanText(product)}`)
    expect(page.lines[at + 4 + rows.length]).toContain(`after the cap: ${spanText(after)}; `)
  })

  it("comes out by hand for every change of the answer", () => {
    const at = page.lines.indexOf("How the answer moves")
    const rows = page.lines.slice(at + 3)
    const end = rows.findIndex(line => /^(Of what is|Nothing)/.test(line))
    expect(end).toBeGreaterThan(4)
    const now = PAIRS.map(pair => workOut(page, pair, out).after)
    const factors = new Map<string, Share>()
    for (const row of rows.slice(0, end)) {
      const [change = "", ...printed] = row.split(/ {2,}/)
      const id = change.split(" ").at(-1) ?? ""
      const open = change.startsWith("if it were found")
      const all = change === "if no claim is derived"
      const standing = change === "as it stands"
      const gone = all
        ? [...page.copies].flatMap(([copy, from]) => from.map(original => `${copy}/${original}`))
        : [id]
      const then = PAIRS.map(
        pair =>
          workOut(page, pair, standing || open ? out : new Set([...out, ...gone]), open ? id : "").after,
      )
      expect([change, ...printed.slice(0, 3)]).toEqual([change, ...then.map(spanText)])
      if (standing) continue
      let most: Share = one
      for (const [index, span] of then.entries())
        for (const end of [0, 1] as const) {
          const [x, y] = [span[end], now[index]?.[end]]
          if (!x || !y) throw new Error(change)
          const apart = over(x, y) ? div(x, y) : div(y, x)
          if (over(apart, most)) most = apart
        }
      expect([change, printed[3]]).toEqual([change, `x${shown(most, true)}`])
      if (change.startsWith("without the item")) factors.set(id, most)
    }
    const [largest] = [...factors].reduce((best, next) => (over(next[1], best[1]) ? next : best))
    expect(page.lines).toContain(`Of what is known, ${largest} moves the answer most.`)
  })
})

describe("posteriors", () => {
  it("come out by hand from the printed priors and the exact ratios, and sum around 1", () => {
    const priors = { DPRK: "0.2", EECRIME: "0.2", OTHER: "0.6" }
    const asked = new Map(
      Object.entries(priors).map(([id, text]) => [id, { n: read(text)[0], d: read(text)[1] }]),
    )
    const document = answered(bundled("coincheck-2018"), [], asked)
    const page = pageOf(attributeText(document, "en", 400))
    const order = Object.keys(priors)
    const ratioOf = (x: string, y: string): Span => {
      const [i, j] = [order.indexOf(x), order.indexOf(y)]
      if (i === j) return [one, one]
      const [low, high] = workOut(page, i < j ? [i, j] : [j, i], new Set()).after
      if (high === null) throw new Error("no end")
      return i < j ? [low, high] : [div(one, high), div(one, low)]
    }
    for (const [hypothesis, prior] of Object.entries(priors)) {
      const sum = (end: 0 | 1): Share =>
        Object.entries(priors).reduce<Share>(
          (total, [other, share]) => {
            const ratio = ratioOf(other, hypothesis)[end]
            return ratio === null ? total : add(total, mul(read(share), ratio))
          },
          [0n, 1n],
        )
      const range = `${shown(div(read(prior), sum(1)), false)} to ${shown(div(read(prior), sum(0)), true)}`
      const line = page.lines.find(text => text.startsWith(`${hypothesis} `) && text.includes(range))
      expect([hypothesis, range, line !== undefined]).toEqual([hypothesis, range, true])
    }
  })
})
