import { spellingsOf } from "../chains/bare-address.ts"
import type { Policy } from "../contracts/policy.ts"
import type {
  ClusterItem,
  DepositItem,
  OwnersCluster,
  PaidByItem,
  ScreenAnswer,
  TracedItem,
  UnknownItem,
} from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { asksWhoSpent } from "./policy-side.ts"
import { verdictOf } from "./policy-verdict.ts"
import type { ScreenedCase } from "./screen-case.ts"
import type { ScreenedCases } from "./screen-cases.ts"
import type { ScreenClusters } from "./screen-clusters.ts"
import type { ClusterWhy, Exposure } from "./screen-exposure.ts"
import { labelFindings, laterLabels } from "./screen-labels.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"
import { lookAlikesAmong, lookAlikesOf } from "./screen-look-alikes.ts"
import { addressesOf, NO_OWNERS, type Owners, ownersItem, together } from "./screen-owners.ts"
import { type Place, placeIn } from "./screen-place.ts"
import { ACCOUNT_CHAINS, type Ref } from "./screen-ref.ts"
import { stopsBefore } from "./screen-stop.ts"
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

const NO_LABELS = { sanctions: [], labels: [], withdrawn: [] }

/** Everything that is known here of one reference, and what the policy says of it. */
export async function screen(ref: Ref, line: number | null, setup: ScreenSetup): Promise<ScreenAnswer> {
  const { book, ledger, asOf, policy } = setup
  const forms = ref.forms.map(({ text }) => text)
  const isAddress = ref.kind === "address"
  const place = ledger === null ? null : await placeIn(ledger, ref)
  const cases = await setup.cases.having(forms)
  const traced = [...tracedInCases(ref, cases), ...tracedInLedger(ledger, place)]
  const owners = together([place?.owners ?? NO_OWNERS, ...ownersInCases(ref, cases)])
  const addresses = isAddress ? forms : addressesOf(owners)
  // What a case says of an owner is told, whether or not it has the transaction.
  const all = isAddress ? cases : await setup.cases.having([...forms, ...addresses])
  // The text itself too, whatever it was taken for: 64 digits may be a transaction here and an address on a list.
  const asked = [...new Set([...addresses, ...forms, ...spellingsOf(ref.text)])]
  const found = book === null ? NO_LABELS : labelFindings(book, asked)
  const isLabelled = found.sanctions.length + found.labels.length > 0
  const known = { isAddress, isLabelled, carriesNothing: traced.length === 0 }
  const rowsOf = (address: string) => rowsOfAddress(address, ledger, all)
  const ofOwners = isAddress ? [] : lookAlikesAmong(addresses, all, book, rowsOf)
  const lookAlikes = [...lookAlikesOf(forms, cases, book, known), ...ofOwners]
  const exposure = exposureOf(ref, setup.clusters, ledger, place)
  const { paid, deposit } = await besideOf(ref, setup, place)
  const { clusters } = exposure
  const first = isAddress ? clusters[0] : clusters.find(({ received }) => received.length > 0)
  const isOfOne = isAddress || ref.kind === "output"
  const owned = isAddress ? null : ownersItem(owners)
  const unknowns = unknownsOf({
    ref,
    asOf,
    asOfStated: setup.asOfStated,
    labels:
      book === null ? null : { count: book.count, newest: book.newest, later: laterLabels(book, asked) },
    ledger,
    place,
    traced,
    owners: owned,
    exposure,
    paidBy: paid,
    stoppedBefore: stopsBefore(ledger?.set ?? null, owners.spent.addresses, place?.position ?? null),
    asksWhoSpent: policy !== null && asksWhoSpent(policy),
  })
  const answer = {
    ref: ref.text,
    line,
    kind: ref.kind,
    forms: place?.isThere && !isAddress ? [formThere(ref, ledger)] : ref.forms,
    addresses,
    owners: owned,
    asOf,
    ...found,
    named: addresses.flatMap(address => all.flatMap(one => one.namedOf(address))),
    traced,
    cluster: isOfOne && first !== undefined ? clusterItem(first) : null,
    clusters: isAddress ? [] : isOfOne ? clusters.filter(({ spent }) => spent.length > 0) : clusters,
    paidBy: paid,
    deposit,
    lookAlikes,
    unknown: [...unknowns].map((one): UnknownItem => ({ ...one, text: setup.unknownText(one) })),
  }
  return { ...answer, verdict: policy === null ? null : verdictOf(policy, answer) }
}

/** Who paid an address, and whether it (or an output's owner) is a service's deposit address: that asks for labels. */
async function besideOf(
  { kind }: Ref,
  { ledger, book }: ScreenSetup,
  place: Place | null,
): Promise<{ readonly paid: PaidByItem | null; readonly deposit: DepositItem | null }> {
  const [owner] = place?.owners.received.addresses ?? []
  const isOfOne = kind === "address" || kind === "output"
  if (ledger === null || book === null || owner === undefined || !isOfOne)
    return { paid: null, deposit: null }
  const { depositItem } = await import("./screen-deposit.ts")
  const deposit = await depositItem(ledger, owner, book)
  if (kind === "output") return { paid: null, deposit }
  const { paidBy } = await import("./screen-payers.ts")
  return { paid: await paidBy(ledger, owner, book), deposit }
}

/** A transaction that the ledger has is of the ledger's chain, whatever else its id would fit. */
function formThere(ref: Ref, ledger: ScreenedLedger | null): ScreenAnswer["forms"][number] {
  const name = ledger?.chain?.name
  const fits = ref.forms.find(({ chains }) => name === undefined || chains.includes(name))
  const { text, chains } = fits ?? (ref.forms[0] as Ref["forms"][number])
  return { text, chains: name === undefined ? chains : [name] }
}

/** What comes through the clusters of a reference's owners, or why nothing is said of them. */
function exposureOf(
  ref: Ref,
  clusters: ScreenClusters | null,
  ledger: ScreenedLedger | null,
  place: Place | null,
): Exposure {
  const chains = ref.forms.flatMap(form => form.chains)
  const isAccount = chains.length > 0 && chains.every(name => ACCOUNT_CHAINS.has(name))
  if (isAccount || ledger?.source.shape === "account") return nothing("account-chain")
  if (ledger === null || place === null) return nothing("ledger-absent")
  if (!place.isThere) return nothing("not-there")
  const count = addressesOf(place.owners).length
  if (count === 0) return nothing("owners-unknown")
  return clusters?.exposureOf(place.owners, place.rows) ?? nothing("not-looked-up", count)
}

/** @param count of how many owners; 0 where it holds for all */
function nothing(why: ClusterWhy, count = 0): Exposure {
  return { clusters: [], unknown: new Map([[why, count]]), leftOut: 0, members: 0, tracedOf: 0 }
}

/** Of one owner there are no sides to tell apart. */
function clusterItem({ spent: _, received: __, ...cluster }: OwnersCluster): ClusterItem {
  return cluster
}

function ownersInCases(ref: Ref, cases: readonly ScreenedCase[]): readonly Owners[] {
  if (ref.kind !== "transaction") return []
  return cases.flatMap(one => {
    const form = ref.forms.find(({ chains }) => chains.includes(one.chain))
    return form === undefined ? [] : [one.ownersOf(form.text)]
  })
}

function rowsOfAddress(
  address: string,
  ledger: ScreenedLedger | null,
  cases: readonly ScreenedCase[],
): number {
  const sets = [...cases.map(({ set }) => set), ledger?.set ?? null]
  return sets.reduce((sum, set) => sum + (set?.rowsOfAddress(address).length ?? 0), 0)
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
