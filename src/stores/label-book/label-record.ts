import type { Label } from "../../ports/label-book.ts"

/** Of the columns of a label book; raised whenever they change. */
export const LABELS_LAYOUT = "labels/4"

/** The texts of a label that are kept once each, in the order in which their numbers stand in a record. */
export const TEXT_FIELDS = [
  "network",
  "label",
  "actor",
  "category",
  "abuse",
  "confidence",
  "source",
  "licence",
  "note",
  "list",
  "creator",
] as const

/**
 * One label for one span of days, as bytes, little-endian: the number of its address and of its eleven texts (u32 each,
 * 0 for none), whether its address was checked and whether it defines its cluster (u8 each): so far what makes it this
 * label and no other. Then the first day of the span (u32, YYYYMMDD), whose day that is (u8), and the day of its
 * withdrawal (u32, 0 for none).
 */
export const RECORD_BYTES = 60
export const IDENTITY_BYTES = 50
const CHECKED_AT = 48
const CLUSTER_AT = 49
const SEEN_FROM_AT = 50
const SEEN_AT = 52
const WITHDRAWN_AT = 56

const SEEN_FROM: readonly Label["seenFrom"][] = ["list", "user", "import"]
const CLUSTER: readonly Label["definesCluster"][] = [null, false, true]

const LIST = TEXT_FIELDS.indexOf("list")
const CREATOR = TEXT_FIELDS.indexOf("creator")
/** Numbers of texts stay below it. */
const MOST_TEXTS = 2 ** 26

export interface TextNumbers {
  addressId(address: string): number
  textId(text: string | null): number
}

export interface NumberedTexts {
  addressAt(id: number): string
  textAt(id: number): string | null
}

export function writeRecord(into: DataView, at: number, label: Label, ids: TextNumbers): void {
  into.setUint32(at, ids.addressId(label.address), true)
  for (const [n, field] of TEXT_FIELDS.entries()) {
    writeTextNumber(into, at, n, ids.textId(label[field]))
  }
  into.setUint8(at + CHECKED_AT, label.checked ? 1 : 0)
  into.setUint8(at + CLUSTER_AT, CLUSTER.indexOf(label.definesCluster))
  into.setUint8(at + SEEN_FROM_AT, SEEN_FROM.indexOf(label.seenFrom))
  writeSeen(into, at, numberOf(label.seen))
  writeWithdrawn(into, at, label.withdrawn === null ? 0 : numberOf(label.withdrawn))
}

export function readRecord(from: DataView, at: number, texts: NumberedTexts): Label {
  const text = (n: number) => texts.textAt(textNumber(from, at, n))
  const withdrawn = withdrawnOf(from, at)
  return {
    address: texts.addressAt(from.getUint32(at, true)),
    network: text(0) ?? "",
    checked: from.getUint8(at + CHECKED_AT) === 1,
    label: text(1) ?? "",
    actor: text(2),
    category: text(3),
    abuse: text(4),
    confidence: text(5),
    definesCluster: CLUSTER[from.getUint8(at + CLUSTER_AT)] ?? null,
    source: text(6),
    licence: text(7),
    note: text(8),
    list: text(9) ?? "",
    creator: text(10),
    seen: dayText(seenOf(from, at)),
    seenFrom: SEEN_FROM[from.getUint8(at + SEEN_FROM_AT)] ?? "import",
    withdrawn: withdrawn === 0 ? null : dayText(withdrawn),
  }
}

/** @param field its place in TEXT_FIELDS */
export function textNumber(from: DataView, at: number, field: number): number {
  return from.getUint32(at + 4 + 4 * field, true)
}

export function writeTextNumber(into: DataView, at: number, field: number, text: number): void {
  into.setUint32(at + 4 + 4 * field, text, true)
}

/** One number for one list, whoever else has a list of that name: of the numbers of its name and its creator. */
export function listOf(from: DataView, at: number): number {
  return listNumber(textNumber(from, at, LIST), textNumber(from, at, CREATOR))
}

export function listNumber(list: number, creator: number): number {
  return list * MOST_TEXTS + creator
}

/** The numbers of the list's name and of its creator, of which `listOf` was made. */
export function listTexts(number: number): readonly [list: number, creator: number] {
  return [Math.floor(number / MOST_TEXTS), number % MOST_TEXTS]
}

export function seenOf(from: DataView, at: number): number {
  return from.getUint32(at + SEEN_AT, true)
}

/** Whether the first day of the span is the list's own, or the user's: more than the day of an import. */
export function isDated(from: DataView, at: number): boolean {
  return SEEN_FROM[from.getUint8(at + SEEN_FROM_AT)] !== "import"
}

export function writeSeen(into: DataView, at: number, day: number): void {
  into.setUint32(at + SEEN_AT, day, true)
}

/** 0 for none. */
export function withdrawnOf(from: DataView, at: number): number {
  return from.getUint32(at + WITHDRAWN_AT, true)
}

export function writeWithdrawn(into: DataView, at: number, day: number): void {
  into.setUint32(at + WITHDRAWN_AT, day, true)
}

/** 20240226 for "2024-02-26". */
export function numberOf(day: string): number {
  return Number(day.replaceAll("-", ""))
}

export function dayText(day: number): string {
  const text = String(day).padStart(8, "0")
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
