import { GAP_CODES, type Gap, type GapCode } from "../ledger/gap.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { Findings } from "../tracing/question.ts"
import { bookOf, type Inquiry } from "./inquiry.ts"
import type { PassedServices } from "./services-passed.ts"

/** Codes of gaps that leave every figure as it is: the answer is complete with them. */
const HARMLESS: ReadonlySet<GapCode> = new Set([
  "rule-skipped",
  "services-followed",
  "services-not-recognised",
  "clock-backwards",
  "theft-beyond-horizon",
  "theft-moves-nothing",
])

export const couldChangeAFigure = (gap: Gap): boolean => !HARMLESS.has(gap.code)

/** Every gap of an answer, each once however many rules met it; of amounts that rules see differently, the most. */
export function gapsOf(
  inquiry: Inquiry,
  findings: ReadonlyMap<RuleName, Findings>,
  skipped: readonly RuleName[],
  passed: PassedServices,
): readonly Gap[] {
  const gaps = new Map<string, Gap>()
  const add = (gap: Gap): void => {
    const key = [gap.code, gap.pot, ...Object.values(gap.detail)].join("\0")
    const known = gaps.get(key)
    if (known === undefined || (gap.amount ?? 0n) > (known.amount ?? 0n)) gaps.set(key, gap)
  }
  for (const rule of skipped) add({ code: "rule-skipped", pot: null, amount: null, detail: { rule } })
  const assets = new Set([...findings.values()].flatMap(({ figures }) => [...figures.keys()]))
  for (const { code, asset, detail } of [...inquiry.source.notices, ...inquiry.notices]) {
    if (asset === null || assets.has(asset)) add({ code, pot: null, amount: null, detail })
  }
  if (passed.addresses > 0) {
    add({ code: "services-followed", pot: null, amount: null, detail: passed.detail() })
  }
  const unlooked = bookOf(inquiry).unlooked()
  if (unlooked !== null) {
    const detail = { reason: unlooked.reason, addresses: `${unlooked.addresses}` }
    add({ code: "services-not-recognised", pot: null, amount: null, detail })
  }
  for (const found of findings.values()) {
    for (const gap of unknownsOf(inquiry, found)) add(gap)
    for (const gap of restsOf(inquiry, found)) add(gap)
  }
  return [...gaps.values()].sort(byCodeThenAmount)
}

function* unknownsOf({ source, thefts }: Inquiry, { unknown }: Findings): Generator<Gap> {
  for (const one of unknown) {
    if ("pot" in one) {
      yield {
        code: one.what,
        pot: source.potName(one.pot),
        amount: one.amount === 0n ? null : one.amount,
        detail: {},
      }
    } else {
      const detail = { theft: thefts[one.theft]?.id ?? "", ref: one.ref }
      yield { code: one.what, pot: null, amount: null, detail }
    }
  }
}

/** The gap follows every figure downstream of it: holdings and arrivals name what they rest on. */
function* restsOf({ source }: Inquiry, { held, arrived }: Findings): Generator<Gap> {
  for (const { pot, restsOn } of [...held, ...arrived]) {
    const upstream = restsOn.pots.filter(other => other !== pot).map(other => source.potName(other))
    if (upstream.length === 0) continue
    const more = restsOn.more ? "yes" : "no"
    yield {
      code: "rests-on-gap",
      pot: source.potName(pot),
      amount: null,
      detail: { on: upstream.sort().join(", "), more },
    }
  }
}

function byCodeThenAmount(a: Gap, b: Gap): number {
  const byCode = GAP_CODES.indexOf(a.code) - GAP_CODES.indexOf(b.code)
  if (byCode !== 0) return byCode
  const byAmount = (b.amount ?? 0n) - (a.amount ?? 0n)
  if (byAmount !== 0n) return byAmount > 0n ? 1 : -1
  const [left, right] = [a.pot ?? a.detail.ref ?? "", b.pot ?? b.detail.ref ?? ""]
  return left < right ? -1 : left > right ? 1 : 0
}
