import type { LabelActor } from "../ports/label-actor.ts"
import type { Label } from "../ports/label-book.ts"
import { stoodOn } from "../ports/label-book.ts"
import { openLabelColumns } from "../stores/label-book/label-columns.ts"
import { Problem } from "../units/problem.ts"
import { dayOf } from "./labels-day.ts"
import { needFolder } from "./labels-open.ts"

/** Of one list, what stands on a day. */
export interface ListedList {
  readonly list: string
  readonly creator: string | null
  /** Labels. */
  standing: number
  withdrawn: number
  /** Actors that it describes. */
  actors: number
  /** Labels and actors that came later than the day. */
  later: number
  /** The first and the last day on which something of it was seen. */
  firstSeen: string
  lastSeen: string
  readonly categories: Record<string, number>
  readonly licences: string[]
  readonly sources: string[]
  /** How many different sources there are; the first few are named. */
  sourceCount: number
}

export interface ListedLabels {
  readonly folder: string
  readonly asOf: string
  readonly lists: readonly ListedList[]
  /** With a filter, the labels that stand and pass it; null without one. */
  readonly labels: readonly Label[] | null
  /** With a filter, the actors that stand and pass it; null without one. */
  readonly actors: readonly LabelActor[] | null
}

export interface ListFilter {
  readonly list: string | null
  readonly category: string | null
}

const SOURCES_NAMED = 5

/** @throws Problem `labels-missing` and others of the book; `labels-list-unknown` */
export function listLabels(folder: string | null, asOf: string | null, filter: ListFilter): ListedLabels {
  const named = needFolder(folder)
  const book = openLabelColumns(named, dayOf(asOf))
  try {
    const lists = new Map<string, Counted>()
    const labels: Label[] = []
    const filtered = filter.list !== null || filter.category !== null
    for (const label of book.labels()) {
      if (filter.list !== null && label.list !== filter.list) continue
      if (filter.category !== null && label.category !== filter.category) continue
      count(lists, label, book.asOf)
      if (filtered && stoodOn(label, book.asOf)) labels.push(label)
    }
    const actors: LabelActor[] = []
    for (const actor of book.actors()) {
      if (filter.list !== null && actor.list !== filter.list) continue
      if (filter.category !== null && !actor.categories.includes(filter.category)) continue
      countActor(lists, actor, book.asOf)
      if (filtered && stoodOn(actor, book.asOf)) actors.push(actor)
    }
    if (filter.list !== null && lists.size === 0 && filter.category === null) {
      throw new Problem("labels-list-unknown", { value: filter.list })
    }
    const found = [...lists.values()].map(({ seen, ...list }) => ({ ...list, sourceCount: seen.size }))
    found.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : 0))
    return {
      folder: named,
      asOf: book.asOf,
      lists: found,
      labels: filtered ? labels : null,
      actors: filtered ? actors : null,
    }
  } finally {
    book.close()
  }
}

type Counted = ListedList & { readonly seen: Set<string> }

function count(lists: Map<string, Counted>, label: Label, asOf: string): void {
  const list = listOf(lists, label)
  if (label.seen > asOf) list.later++
  else if (stoodOn(label, asOf)) list.standing++
  else list.withdrawn++
  const category = label.category ?? ""
  list.categories[category] = (list.categories[category] ?? 0) + 1
}

function countActor(lists: Map<string, Counted>, actor: LabelActor, asOf: string): void {
  const list = listOf(lists, actor)
  if (actor.seen > asOf) list.later++
  else if (stoodOn(actor, asOf)) list.actors++
  else list.withdrawn++
}

type Said = Pick<Label, "list" | "creator" | "seen" | "licence" | "source">

function listOf(lists: Map<string, Counted>, { list: name, creator, seen, licence, source }: Said): Counted {
  const key = JSON.stringify([name, creator])
  const list = lists.get(key) ?? {
    list: name,
    creator,
    standing: 0,
    withdrawn: 0,
    actors: 0,
    later: 0,
    firstSeen: seen,
    lastSeen: seen,
    categories: {},
    licences: [],
    sources: [],
    sourceCount: 0,
    seen: new Set<string>(),
  }
  lists.set(key, list)
  if (seen < list.firstSeen) list.firstSeen = seen
  if (seen > list.lastSeen) list.lastSeen = seen
  if (licence !== null && !list.licences.includes(licence)) list.licences.push(licence)
  if (source === null || list.seen.has(source)) return list
  list.seen.add(source)
  if (list.sources.length < SOURCES_NAMED) list.sources.push(source)
  return list
}

/** What stands of a list, for a TagPack or an ActorPack, and how much does not: one list has one creator in a file. */
export function standingOf(folder: string | null, list: string) {
  const { labels, actors, lists } = listLabels(folder, null, { list, category: null })
  const creators = [...new Set(lists.map(({ creator }) => creator))]
  const sum = (of: "withdrawn" | "later") => lists.reduce((all, one) => all + one[of], 0)
  return {
    labels: labels ?? [],
    actors: actors ?? [],
    creators,
    withdrawn: sum("withdrawn"),
    later: sum("later"),
  }
}
