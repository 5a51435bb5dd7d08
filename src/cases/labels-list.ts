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
  standing: number
  withdrawn: number
  /** Labels that came later than the day. */
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
    const lists = new Map<string, ListedList & { readonly seen: Set<string> }>()
    const labels: Label[] = []
    const filtered = filter.list !== null || filter.category !== null
    for (let row = 0; row < book.count; row++) {
      const label = book.labelAt(row)
      if (filter.list !== null && label.list !== filter.list) continue
      if (filter.category !== null && label.category !== filter.category) continue
      count(lists, label, book.asOf)
      if (filtered && stoodOn(label, book.asOf)) labels.push(label)
    }
    if (filter.list !== null && lists.size === 0 && filter.category === null) {
      throw new Problem("labels-list-unknown", { value: filter.list })
    }
    const found = [...lists.values()].map(({ seen, ...list }) => ({ ...list, sourceCount: seen.size }))
    found.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : 0))
    return { folder: named, asOf: book.asOf, lists: found, labels: filtered ? labels : null }
  } finally {
    book.close()
  }
}

function count(
  lists: Map<string, ListedList & { readonly seen: Set<string> }>,
  label: Label,
  asOf: string,
): void {
  const key = JSON.stringify([label.list, label.creator])
  const list = lists.get(key) ?? {
    list: label.list,
    creator: label.creator,
    standing: 0,
    withdrawn: 0,
    later: 0,
    firstSeen: label.seen,
    lastSeen: label.seen,
    categories: {},
    licences: [],
    sources: [],
    sourceCount: 0,
    seen: new Set<string>(),
  }
  lists.set(key, list)
  if (label.seen > asOf) list.later++
  else if (stoodOn(label, asOf)) list.standing++
  else list.withdrawn++
  if (label.seen < list.firstSeen) list.firstSeen = label.seen
  if (label.seen > list.lastSeen) list.lastSeen = label.seen
  const category = label.category ?? ""
  list.categories[category] = (list.categories[category] ?? 0) + 1
  if (label.licence !== null && !list.licences.includes(label.licence)) list.licences.push(label.licence)
  if (label.source === null || list.seen.has(label.source)) return
  list.seen.add(label.source)
  if (list.sources.length < SOURCES_NAMED) list.sources.push(label.source)
}

/** The standing labels of a list, for a TagPack: one list has one creator in a file. */
export function labelsOfList(folder: string | null, list: string) {
  const { labels } = listLabels(folder, null, { list, category: null })
  const standing = labels ?? []
  const creators = [...new Set(standing.map(({ creator }) => creator))]
  return { labels: standing, creators }
}
