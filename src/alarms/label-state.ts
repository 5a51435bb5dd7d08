import { Problem } from "../units/problem.ts"
import { readIfThere, replaceFile } from "./durable.ts"
import type { KnownClaims } from "./label-watch.ts"

const SCHEMA = "ashiato/label-state/1"

/** By alarm, then by address, what was said of it. */
export type LabelState = ReadonlyMap<string, ReadonlyMap<string, KnownClaims>>

/** @throws Problem `alarm-unwritable` */
export function saveLabels(file: string, state: LabelState): void {
  const alarms = [...state].map(([alarm, addresses]) => [
    alarm,
    [...addresses].map(([address, claims]) => [address, [...claims]]),
  ])
  replaceFile(file, `${JSON.stringify({ schema: SCHEMA, alarms })}\n`)
}

/**
 * Empty where none was saved.
 *
 * @throws Problem `alarm-state-damaged` with the file
 */
export function loadLabels(file: string): LabelState {
  const text = readIfThere(file)
  if (text === null) return new Map()
  const damaged = (what: string) => new Problem("alarm-state-damaged", { what }, { file })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw damaged("JSON")
  }
  if (typeof read !== "object" || read === null || !("schema" in read) || read.schema !== SCHEMA)
    throw damaged("schema")
  if (!("alarms" in read) || !isPairs(read.alarms, isAddresses)) throw damaged("alarms")
  return new Map(
    read.alarms.map(([alarm, addresses]) => [
      alarm,
      new Map(addresses.map(([address, claims]) => [address, new Set(claims)])),
    ]),
  )
}

type Pairs<Value> = readonly (readonly [string, Value])[]

function isPairs<Value>(read: unknown, isValue: (one: unknown) => one is Value): read is Pairs<Value> {
  return Array.isArray(read) && read.every(one => isPair(one) && isValue(one[1]))
}

function isPair(one: unknown): one is readonly [string, unknown] {
  return Array.isArray(one) && one.length === 2 && typeof one[0] === "string"
}

function isAddresses(read: unknown): read is Pairs<readonly string[]> {
  return isPairs(read, isClaims)
}

function isClaims(read: unknown): read is readonly string[] {
  return Array.isArray(read) && read.every(one => typeof one === "string" && /^[0-9a-f]{64}$/.test(one))
}
