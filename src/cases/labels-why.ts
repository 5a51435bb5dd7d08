import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import { LABELS_WHY_SCHEMA, type LabelledActor, type LabelsWhyBeside } from "../contracts/labels-why.ts"
import { type Asked, askedAddress } from "../labels/asked-address.ts"
import type { LabelActor } from "../ports/label-actor.ts"
import type { Label, LabelBook, LookAlike } from "../ports/label-book.ts"
import { type LabelColumns, openLabelColumns } from "../stores/label-book/label-columns.ts"
import { dayOf } from "./labels-day.ts"
import { needFolder } from "./labels-open.ts"
import type { Through } from "./labels-through.ts"
import { ratesSaid } from "./rates-said.ts"

/** Of an actor's addresses, and of the lists that have them, how many are named. */
const MOST_NAMED = 20

export interface WhyLabels extends LabelsWhyBeside {
  readonly schema: typeof LABELS_WHY_SCHEMA
  readonly asOf: string
  /** As asked, and in the canonical form under which it was looked up. */
  readonly asked: string
  readonly address: string
  readonly standing: readonly Label[]
  readonly withdrawn: readonly Label[]
  /** Labels that came later than the day. */
  readonly later: readonly Label[]
  /** Who is meant, by the lists that name somebody: more than one where they disagree. */
  readonly actors: readonly ActorSaid[]
  /** What lists say of these actors, or of the actor that was asked for by its short name. */
  readonly described: readonly LabelActor[]
  /** The addresses whose labels name the actor that was asked for; null where none does, or an address was asked for. */
  readonly labelled: LabelledActor | null
  readonly lookAlikes: readonly LookAlike[]
}

export interface ActorSaid {
  readonly actor: string
  readonly lists: readonly string[]
}

/**
 * Everything that the book has on an address, or on an actor by its short name.
 *
 * @param ledger where others that spend with the address are looked for; null for none
 * @throws Problem `labels-address` where it has the form of an address that can be checked here, and does not hold
 */
export async function whyLabels(
  folder: string | null,
  asked: string,
  asOf: string | null,
  ledger: string | null = null,
): Promise<WhyLabels> {
  const book = openLabelColumns(needFolder(folder), dayOf(asOf))
  try {
    const isAsWritten = book.allOf(asked).length > 0
    const { address, isChecked, fault } = isAsWritten ? asWritten(asked) : await askedAddress(asked)
    const isFound = isChecked || book.allOf(address).length > 0
    const named = isFound ? [] : describedBy(book, [asked])
    const labelled = isFound ? null : labelledAs(book, namesOf(asked, named))
    const isActor = named.length > 0 || labelled !== null
    if (fault !== null && !isFound && !isActor) throw fault
    const standing = book.labelsOf(address)
    const actors = actorsOf(standing)
    const others = actors.map(({ actor }) => actor)
    const described = others.length === 0 ? named : describedBy(book, others)
    const lookAlikes = book.lookAlikesOf(address)
    const through = ledger === null || isActor ? null : await throughLedger(address, ledger, book)
    return {
      schema: LABELS_WHY_SCHEMA,
      asOf: book.asOf,
      asked,
      address,
      standing,
      withdrawn: book.withdrawnOf(address),
      later: book.allOf(address).filter(({ seen }) => seen > book.asOf),
      actors,
      described,
      labelled,
      lookAlikes,
      through: through?.told ?? null,
      rates: ratesSaid([
        ...(through?.heuristics ?? []),
        ...(standing.length === 0 ? likenessOf(lookAlikes) : []),
      ]),
    }
  } finally {
    book.close()
  }
}

/** What looks through ledgers is loaded where there is one. */
async function throughLedger(address: string, ledger: string, book: LabelBook): Promise<Through> {
  const through = await import("./labels-through.ts")
  return through.throughLedger(address, ledger, book)
}

/** Measured on addresses in hexadecimal alone, and of those that no list has. */
function likenessOf(lookAlikes: readonly LookAlike[]): readonly MeasuredHeuristic[] {
  return lookAlikes.some(({ address }) => address.startsWith("0x")) ? ["look-alike"] : []
}

/** An actor that is meant by two of its names is told once. */
function describedBy(book: LabelColumns, names: readonly string[]): readonly LabelActor[] {
  const found = new Map(
    names.flatMap(name => book.actorsOf(name)).map(actor => [JSON.stringify(actor), actor]),
  )
  return [...found.values()]
}

/** By all names of an actor: labels may mean it by each. */
function namesOf(asked: string, described: readonly LabelActor[]): readonly string[] {
  return [...new Set([asked, ...described.flatMap(({ id, aliases }) => [id, ...aliases])])]
}

/** Null where no label names it, on whatever day. */
function labelledAs(book: LabelColumns, names: readonly string[]): LabelledActor | null {
  const { labels, withdrawn, later, addresses, lists } = book.labelledAs(names)
  if (labels + withdrawn + later === 0) return null
  const first = [...addresses].sort().slice(0, MOST_NAMED)
  const most = [...lists].map(([list, count]) => ({ list, labels: count }))
  most.sort((a, b) => b.labels - a.labels || (a.list < b.list ? -1 : 1))
  return {
    labels,
    withdrawn,
    later,
    addresses: { count: addresses.size, shown: first },
    lists: { count: most.length, shown: most.slice(0, MOST_NAMED) },
  }
}

function asWritten(address: string): Asked {
  return { address, isChecked: true, fault: null }
}

function actorsOf(labels: readonly Label[]): ActorSaid[] {
  const lists = new Map<string, Set<string>>()
  for (const { actor, list } of labels) {
    if (actor === null) continue
    const said = lists.get(actor) ?? new Set()
    lists.set(actor, said.add(list))
  }
  return [...lists].map(([actor, said]) => ({ actor, lists: [...said] }))
}
