import type { LabelSaid } from "../contracts/trace.ts"
import type { Label, LabelBook } from "../ports/label-book.ts"
import { isSanction } from "./sanction.ts"
import { isServiceLabel } from "./services-categories.ts"
import type { Anchor } from "./services-recogniser.ts"

/** Labels that are told of one address: lists copy each other. */
const MOST_TOLD = 8

/**
 * The service that lists say an address belongs to.
 *
 * @returns null where no label that stood on the book's day is a service's
 */
export function serviceByLabels(book: LabelBook, address: string, chain: string | null): Anchor | null {
  const standing = labelsOn(book, address, chain)
  const ofServices = standing.filter(isServiceLabel).sort(byOwnerThenList)
  if (ofServices.length === 0) return null
  const others = standing.filter(label => !isServiceLabel(label)).sort(byOwnerThenList)
  const labels = [...ofServices, ...others]
  // A sanction names the same owner by an office's words: it adds to who it is and does not contradict it.
  const owners = ownersOf([...ofServices, ...others.filter(label => !isSanction(label))])
  const leftOut = Math.max(0, labels.length - MOST_TOLD)
  return {
    service: ownersOf(ofServices).join(" / "),
    by: {
      kind: "label",
      labels: sanctionsKept(labels, MOST_TOLD, isSanction).map(saidBy),
      disagree: owners.length > 1,
      ...(leftOut > 0 ? { labelsLeftOut: leftOut } : {}),
    },
    ofCluster: ofServices.some(({ definesCluster }) => definesCluster !== false),
  }
}

/** Labels of another network are left aside, whoever has the same key there; without a chain all count. */
export function labelsOn(book: LabelBook, address: string, chain: string | null): readonly Label[] {
  return book.labelsOf(address).filter(({ network }) => chain === null || network === chain)
}

export function withdrawnOn(book: LabelBook, address: string, chain: string | null): readonly Label[] {
  return book.withdrawnOf(address).filter(({ network }) => chain === null || network === chain)
}

const ownerOf = ({ actor, label }: Label): string => actor ?? label

/** Different owners that labels name: "huobi" and "Huobi.com" are one, "blenderio" and "Blender.io" too. */
function ownersOf(labels: readonly Label[]): readonly string[] {
  const owners: string[] = []
  for (const owner of labels.map(ownerOf))
    if (!owners.some(known => isSameOwner(known, owner))) owners.push(owner)
  return owners
}

/** Whether two names of owners are one ("huobi" and "Huobi.com"). */
export function isSameOwner(a: string, b: string): boolean {
  const names = namesOf(b)
  return namesOf(a).some(name => names.includes(name))
}

/** An owner's name as letters and digits, with and without the end of an address on the web ("Blender.io"). */
function namesOf(owner: string): readonly string[] {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "")
  return [bare(owner), bare(owner.replace(/\.[a-z]{2,4}$/i, ""))]
}

function byOwnerThenList(a: Label, b: Label): number {
  const [left, right] = [a, b].map(label => [ownerOf(label), label.list, label.label, label.seen].join("\0"))
  return (left as string) < (right as string) ? -1 : left === right ? 0 : 1
}

function saidBy(said: Label): LabelSaid {
  const { label, actor, category, abuse, confidence, list, source, seen } = said
  return { label, actor, category, abuse, confidence, list, source, seen, sanction: isSanction(said) }
}

/** The first of a list, in its order, of which no sanction is left out for what is none. */
export function sanctionsKept<T>(list: readonly T[], most: number, isOne: (one: T) => boolean): readonly T[] {
  const kept = new Set([...list.filter(isOne), ...list.filter(one => !isOne(one))].slice(0, most))
  return list.filter(one => kept.has(one))
}
