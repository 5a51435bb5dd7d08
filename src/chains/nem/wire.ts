import { type Kind, TYPE_CODES } from "./transaction.ts"

export const KINDS: ReadonlyMap<number, Kind> = new Map(
  (Object.keys(TYPE_CODES) as Kind[]).map(kind => [TYPE_CODES[kind], kind]),
)

/** The wire's version is one word: the network's byte on top, the entity's version below (NIS `VerifiableEntity`). */
export function splitVersion(word: number): { readonly network: number; readonly version: number } {
  return { network: word >>> 24, version: word & 0x00ffffff }
}

export function joinVersion(network: number, version: number): number {
  return ((network << 24) | version) >>> 0
}
