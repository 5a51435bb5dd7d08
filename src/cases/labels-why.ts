import { CHAIN_NAMES, loadChain } from "../chains/chain.ts"
import type { MeasuredHeuristic } from "../clustering/measured-rates.ts"
import { LABELS_WHY_SCHEMA, type LabelsWhyBeside } from "../contracts/labels-why.ts"
import type { LabelActor } from "../ports/label-actor.ts"
import type { Label, LabelBook, LookAlike } from "../ports/label-book.ts"
import { type LabelColumns, openLabelColumns } from "../stores/label-book/label-columns.ts"
import { Problem } from "../units/problem.ts"
import { dayOf } from "./labels-day.ts"
import { needFolder } from "./labels-open.ts"
import type { Through } from "./labels-through.ts"
import { ratesSaid } from "./rates-said.ts"

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
 * @throws Problem `address-checksum` where the address has the form of a known chain and not its checksum
 */
export async function whyLabels(
  folder: string | null,
  asked: string,
  asOf: string | null,
  ledger: string | null = null,
): Promise<WhyLabels> {
  const book = openLabelColumns(needFolder(folder), dayOf(asOf))
  try {
    const asIs = book.allOf(asked).length > 0
    const address = asIs ? asked : await canonical(asked)
    const standing = book.labelsOf(address)
    const actors = actorsOf(standing)
    const described = describedBy(book, actors.length === 0 ? [asked] : actors.map(({ actor }) => actor))
    const lookAlikes = book.lookAlikesOf(address)
    const isActor = standing.length === 0 && described.length > 0
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

/** By the first chain that takes it; a form that only one chain has, and that it refuses, is a mistake in writing. */
async function canonical(text: string): Promise<string> {
  let refused: Problem | null = null
  for (const name of CHAIN_NAMES) {
    const chain = await loadChain(name)
    try {
      return chain.checkAddress(text)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (isFormOf(name, text)) refused = error
    }
  }
  if (refused !== null) throw refused
  return text
}

function isFormOf(chain: string, text: string): boolean {
  if (chain === "ethereum") return /^0x[0-9a-fA-F]{40}$/.test(text)
  return chain === "bitcoin" && /^bc1[02-9ac-hj-np-z]{8,}$/i.test(text)
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
