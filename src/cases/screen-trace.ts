import type { StoppedAt } from "../contracts/screen.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import type { OnProgress } from "../ports/progress.ts"
import type { Source } from "../ports/source.ts"
import type { TracedSink } from "../stores/traced/traced-set.ts"
import { type LabelTable, UNTRACED } from "../tracing/label.ts"
import type { Lots } from "../tracing/lot.ts"
import type { Question, TracedFlow } from "../tracing/question.ts"
import type { OnFlow } from "../tracing/settlement.ts"
import { drive } from "./drive.ts"
import { declaredIn, Hops } from "./screen-hops.ts"

/** What screening follows: everything, stopping at services, no threshold and no limit of hops. */
export interface ScreenQuestion {
  readonly source: Source
  readonly thefts: readonly { readonly id: string; readonly refs: readonly string[] }[]
  /** The service of an address, where following stops; null for none. */
  readonly stopAt: (address: string, asset: string) => StoppedAt | null
  readonly rules: readonly RuleName[]
}

/**
 * Traces every theft under every rule and gives each traced credit and each holding to a sink.
 *
 * @returns how many things the traces could not know, or the records warn of
 */
export async function traceInto(
  sink: TracedSink,
  asked: ScreenQuestion,
  onProgress?: OnProgress,
): Promise<number> {
  const { source, thefts, stopAt, rules } = asked
  const serviceOf = (address: string, asset: string) => stopAt(address, asset)?.service ?? null
  const declared = await declaredIn(source, thefts)
  const unknown = new Set<string>()
  for (const rule of rules) {
    const hops = new Hops(declared)
    const question: Question = { rule, thefts, fees: "drop", min: 0n, maxHops: null, serviceOf }
    const onFlow: OnFlow = (flow, labels) => tell(flow, labels, { rule, hops, asked, sink })
    const found = await drive(question, source, onFlow, onProgress)
    for (const { pot, asset, lots, grade } of found.held) {
      for (const [theft, traced] of byTheft(lots, found.labels)) {
        const name = source.potName(pot)
        sink.addHolding({ theft, rule, grade, pot: name, asset: source.assetOf(asset), traced })
      }
    }
    for (const one of found.unknown)
      unknown.add("pot" in one ? `${one.what} ${one.pot}` : `${one.what} ${one.ref}`)
  }
  return unknown.size + source.notices.length
}

interface Telling {
  readonly rule: RuleName
  readonly hops: Hops
  readonly asked: ScreenQuestion
  readonly sink: TracedSink
}

function tell(
  { kind, step, credit, from, to, address, asset, amount, lots, grade }: TracedFlow,
  labels: LabelTable,
  { rule, hops, asked: { source, stopAt }, sink }: Telling,
): void {
  const { id: tx, height, time } = step.tx
  const pot = to === null ? null : source.potName(to)
  // Where the engine itself stops (`Settlement`): at a service's pot. A fee is no credit, and stops nowhere.
  const isEntering = credit !== null && pot !== null && address !== null
  const stop = isEntering ? stopAt(address, asset) : null
  const common = { rule, kind, grade, tx, height, time, position: step.position, pot, address, stop }
  for (const [theft, traced] of byTheft(lots, labels)) {
    const place = hops.placeOf(theft, step.position, from, to)
    const row = sink.addCredit({ ...common, theft, asset: source.assetOf(asset), amount, traced, ...place })
    if (to !== null) hops.reached(theft, to, row, place.hops)
  }
}

/** A unit whose label names several thefts counts for each. */
function byTheft(lots: Lots, labels: LabelTable): ReadonlyMap<number, bigint> {
  const sums = new Map<number, bigint>()
  for (const { label, amount } of lots) {
    if (label === UNTRACED) continue
    for (const theft of labels.theftsOf(label)) sums.set(theft, (sums.get(theft) ?? 0n) + amount)
  }
  return sums
}
