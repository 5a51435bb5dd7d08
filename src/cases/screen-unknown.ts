import type { OwnersItem, PaidByItem, TracedItem } from "../contracts/screen.ts"
import type { UnknownCode } from "../ledger/screen-words.ts"
import type { LabelBook } from "../ports/label-book.ts"
import type { Exposure } from "./screen-exposure.ts"
import type { LaterLabels } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import { lastOf } from "./screen-locate.ts"
import type { Place } from "./screen-place.ts"
import type { Ref } from "./screen-ref.ts"

/** Lists of sanctions change every few weeks: a month without any news of them is told. */
const OLD_AFTER_DAYS = 30

export interface Unknown {
  readonly code: UnknownCode
  readonly detail: Readonly<Record<string, string>>
}

export interface Looked {
  readonly ref: Ref
  readonly asOf: string
  /** Whether the user named the day. */
  readonly asOfStated: boolean
  /** The newest day of any label that was known, and what came later of this reference; null without labels. */
  readonly labels: (Pick<LabelBook, "count" | "newest"> & { readonly later: LaterLabels | null }) | null
  readonly ledger: ScreenedLedger | null
  /** Null where the ledger is of another chain. */
  readonly place: Place | null
  readonly traced: readonly TracedItem[]
  /** Null for an address. */
  readonly owners: OwnersItem | null
  readonly exposure: Exposure
  readonly paidBy: PaidByItem | null
  /** Services that spent in it, and at which following stopped. */
  readonly stoppedBefore: readonly string[]
  /** Whether the policy has rules on the side that spent. */
  readonly asksWhoSpent: boolean
}

/** What could not be known, in a fixed order: a screening that found nothing has to say where it could not look. */
export function* unknownsOf(looked: Looked): Generator<Unknown> {
  const { ref, ledger, place } = looked
  const chains = [...new Set(ref.forms.flatMap(form => form.chains))].join(", ")
  if (ref.kind === "address" && ledger?.chain !== null && chains === "")
    yield { code: "network-unknown", detail: {} }
  if (ref.kind === "address" && ref.checksum !== "verified")
    yield { code: "checksum-unchecked", detail: { why: ref.checksum } }
  if (ref.kind === "address" && ref.forms.flatMap(form => form.chains).length > 1)
    yield { code: "chain-ambiguous", detail: { chains } }
  yield* ofLabels(looked)
  yield* ofOwners(looked)
  if (ledger === null) yield { code: "ledger-absent", detail: { chains: chains || "?" } }
  else yield* ofLedger(ledger, place, chains, looked)
  yield* ofPayers(looked)
  yield* ofStops(looked)
  const cases = new Map(looked.traced.map(({ in: where }) => [where.name, where]))
  for (const { kind, name, asOf } of cases.values()) {
    if (kind === "case") yield { code: "horizon-before", detail: { what: name, day: dayOf(asOf.time) } }
  }
  if (looked.asOfStated && looked.traced.length > 0) {
    yield { code: "as-of-labels-only", detail: { day: looked.asOf } }
  }
  yield* ofClusters(looked)
}

function* ofLabels({ labels, asOf }: Looked): Generator<Unknown> {
  if (labels === null) {
    yield { code: "labels-absent", detail: {} }
    return
  }
  const { count, newest, later } = labels
  if (later !== null)
    yield { code: "labels-later", detail: { count: `${later.count}`, day: asOf, first: later.first } }
  if (newest === null || daysBetween(newest, asOf) > OLD_AFTER_DAYS)
    yield { code: "labels-old", detail: { newest: newest ?? "-", day: asOf, count: `${count}` } }
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

function* ofPayers({ ref, ledger, place, labels, paidBy }: Looked): Generator<Unknown> {
  if (ref.kind !== "address" || ledger === null || place === null || labels === null) return
  if (paidBy === null) yield { code: "payers-not-looked", detail: {} }
  else if (paidBy.leftOut + paidBy.payersLeftOut + paidBy.foundLeftOut > 0) {
    const { transactions, leftOut, payers } = paidBy
    const detail = { transactions: `${transactions}`, leftOut: `${leftOut}`, payers: `${payers}` }
    yield { code: "payers-not-looked", detail }
  }
}

/** Where following stopped: whoever asks what is held, or what came on, has to see that nobody looked further. */
function* ofStops({ traced, exposure, stoppedBefore }: Looked): Generator<Unknown> {
  const all = [...traced, ...exposure.clusters.flatMap(cluster => cluster.traced)]
  const names = new Set(all.flatMap(({ stops }) => stops.map(({ service }) => service)))
  if (names.size > 0) yield { code: "stopped-at-service", detail: { services: [...names].join(", ") } }
  if (stoppedBefore.length > 0) {
    yield { code: "stopped-before", detail: { services: stoppedBefore.join(", ") } }
  }
}

function* ofOwners({ owners, labels, place, ref, asksWhoSpent }: Looked): Generator<Unknown> {
  if (owners === null) return
  const { spent, received, leftOut } = owners
  if (labels !== null && spent.length + received.length === 0) yield { code: "owners-unknown", detail: {} }
  if (place?.isThere && !place.knowsSpenders) yield { code: "spenders-unknown", detail: {} }
  if (ref.kind === "output" && asksWhoSpent && !place?.isThere)
    yield { code: "spenders-not-asked", detail: {} }
  const count = leftOut.spent + leftOut.received
  if (count > 0) {
    const told = spent.length + received.length
    yield { code: "owners-left-out", detail: { count: `${count}`, of: `${told + count}` } }
  }
}

function* ofClusters({ ref, exposure, ledger, owners }: Looked): Generator<Unknown> {
  const { unknown, leftOut, members, tracedOf, clusters } = exposure
  for (const [why, count] of unknown) {
    const isOfSome = count > 0 && (ref.kind === "transaction" || (owners?.spent.length ?? 0) > 0)
    yield { code: "clusters-unknown", detail: isOfSome ? { why, count: `${count}` } : { why } }
  }
  if (leftOut > 0) yield { code: "clusters-left-out", detail: { count: `${leftOut}` } }
  if (ledger?.set && members > tracedOf) {
    const detail = { count: `${members}`, most: `${tracedOf}`, clusters: `${clusters.length}` }
    yield { code: "cluster-too-large", detail }
  }
}

function* ofLedger(
  { folder, chain, set, source }: ScreenedLedger,
  place: Place | null,
  chains: string,
  { asOf }: Looked,
): Generator<Unknown> {
  if (place === null) {
    yield { code: "ledger-other-chain", detail: { chain: chain?.name ?? "?", chains: chains || "?" } }
    return
  }
  if (!place.isThere) yield { code: "not-in-ledger", detail: { ledger: folder } }
  if (set === null) yield { code: "thefts-absent", detail: {} }
  else if (set.doubts > 0) yield { code: "trace-incomplete", detail: { count: String(set.doubts) } }
  const day = dayOf((set ?? source).horizon.time)
  if (day === "?" || day < asOf) yield { code: "horizon-before", detail: { what: folder, day } }
}

/** The day (UTC) up to which a record speaks. */
function dayOf(time: TracedItem["in"]["asOf"]["time"]): string {
  const last = lastOf(time)
  return last === null ? "?" : new Date(last).toISOString().slice(0, 10)
}
