import type { Policy } from "../contracts/policy.ts"
import type { ScreenAnswer, TracedItem, UnknownItem } from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { verdictOf } from "./policy-verdict.ts"
import type { ScreenedCase } from "./screen-case.ts"
import type { ScreenedCases } from "./screen-cases.ts"
import type { ClusterScreened, ScreenClusters } from "./screen-clusters.ts"
import { labelFindings } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import { lookAlikesOf } from "./screen-look-alikes.ts"
import { type Place, placeIn } from "./screen-place.ts"
import type { Ref } from "./screen-ref.ts"
import { tracedItems } from "./screen-traced.ts"
import { type Unknown, unknownsOf } from "./screen-unknown.ts"

/** What is at hand to screen with. Nothing in it asks the network. */
export interface ScreenSetup {
  readonly asOf: string
  readonly asOfStated: boolean
  readonly book: LabelBook | null
  readonly ledger: ScreenedLedger | null
  /** Null where the ledger does not tell who spends with whom. */
  readonly clusters: ScreenClusters | null
  readonly cases: ScreenedCases
  readonly policy: Policy | null
  readonly unknownText: (unknown: Unknown) => string
}

const ACCOUNT_CHAINS: ReadonlySet<string> = new Set(["ethereum", "nem"])
const NO_LABELS = { sanctions: [], labels: [], withdrawn: [] }

/** Everything that is known here of one reference, and what the policy says of it. */
export async function screen(ref: Ref, line: number | null, setup: ScreenSetup): Promise<ScreenAnswer> {
  const { book, ledger, asOf, policy } = setup
  const forms = ref.forms.map(({ text }) => text)
  const isAddress = ref.kind === "address"
  const place = ledger === null ? null : await placeIn(ledger, ref)
  const cases = await setup.cases.having(forms)
  const traced = [...tracedInCases(ref, cases), ...tracedInLedger(ledger, place)]
  const addresses = isAddress ? forms : (place?.addresses ?? [])
  const found = book === null ? NO_LABELS : labelFindings(book, addresses)
  const isLabelled = found.sanctions.length + found.labels.length > 0
  const known = { isAddress, isLabelled, carriesNothing: traced.length === 0 }
  const lookAlikes = lookAlikesOf(forms, cases, book, known)
  const through = throughCluster(ref, setup.clusters, ledger, place)
  const { cluster } = through
  const unknowns = unknownsOf({
    ref,
    asOf,
    asOfStated: setup.asOfStated,
    hasBook: book !== null,
    ledger,
    place,
    traced,
    owners: addresses,
    cluster,
    clusterUnknown: through.unknown,
  })
  const answer = {
    ref: ref.text,
    line,
    kind: ref.kind,
    forms: ref.forms,
    addresses,
    asOf,
    ...found,
    named: addresses.flatMap(address => cases.flatMap(one => one.namedOf(address))),
    traced,
    cluster,
    lookAlikes,
    unknown: [...unknowns].map((one): UnknownItem => ({ ...one, text: setup.unknownText(one) })),
  }
  return { ...answer, verdict: policy === null ? null : verdictOf(policy, answer) }
}

/** What comes through the cluster of an address, or why nothing is said of it; neither where it is no address. */
function throughCluster(
  ref: Ref,
  clusters: ScreenClusters | null,
  ledger: ScreenedLedger | null,
  place: Place | null,
): ClusterScreened | { readonly cluster: null; readonly unknown: string | null } {
  if (ref.kind !== "address") return { cluster: null, unknown: null }
  const isAccount = ref.forms.every(({ chains }) => chains.every(name => ACCOUNT_CHAINS.has(name)))
  if (isAccount || ledger?.source.shape === "account") return { cluster: null, unknown: "account-chain" }
  if (ledger === null || place === null) return { cluster: null, unknown: "ledger-absent" }
  const [address] = place.addresses
  if (clusters === null || address === undefined) return { cluster: null, unknown: "not-looked-up" }
  return clusters.screened(address)
}

function tracedInCases(ref: Ref, cases: readonly ScreenedCase[]): readonly TracedItem[] {
  return cases.flatMap(({ id, chain, set }) => {
    const where = { kind: "case", name: id } as const
    const own = ref.forms.filter(({ chains }) => chains.includes(chain))
    const rows = own.flatMap(({ text }) => {
      return ref.kind === "address"
        ? set.rowsOfAddress(text)
        : ref.kind === "transaction"
          ? set.rowsOfTx(text)
          : []
    })
    return tracedItems(set, rows, where, ref.kind === "address")
  })
}

function tracedInLedger(ledger: ScreenedLedger | null, place: Place | null): readonly TracedItem[] {
  if (ledger === null || ledger.set === null || place === null) return []
  return tracedItems(ledger.set, place.rows, { kind: "ledger", name: ledger.folder }, place.withHeld)
}
