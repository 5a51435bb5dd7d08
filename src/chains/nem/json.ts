import { MAINNET, networkOfAddress } from "./account.ts"
import { NemFault } from "./fault.ts"

const HEX = /^([0-9a-fA-F]{2})*$/
const LONE_SURROGATE = /\p{Cs}/u

/**
 * The fields of one JSON object of a node, each read by what it must be. Nothing of it is trusted: a field that is
 * missing, of another type, too large to be exact, or that we do not know is an error naming its path, because what we
 * do not understand may have moved value.
 */
export class Fields {
  readonly path: string
  readonly #fields: ReadonlyMap<string, unknown>

  constructor(value: unknown, path: string, required: readonly string[], optional: readonly string[] = []) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new NemFault("not an object", path)
    }
    this.path = path
    this.#fields = new Map(Object.entries(value))
    for (const name of this.#fields.keys()) {
      if (!required.includes(name) && !optional.includes(name)) {
        throw new NemFault("unknown field", this.at(shown(name)))
      }
    }
    for (const name of required) {
      if (!this.#fields.has(name)) throw new NemFault("missing field", this.at(name))
    }
  }

  at(name: string): string {
    return `${this.path}.${name}`
  }

  value(name: string): unknown {
    return this.#fields.get(name)
  }

  /** Absent, null, or the empty object that NIS's `JsonSerializer` writes for an object that is not there. */
  isEmpty(name: string): boolean {
    const value = this.value(name)
    if (value === undefined || value === null) return true
    return typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0
  }

  integer(name: string, least: number, most: number): number {
    return integerIn(this.value(name), this.at(name), least, most)
  }

  /** A whole number from 0. JSON's numbers are exact below 2^53, which holds every amount of this chain. */
  amount(name: string): bigint {
    return BigInt(this.integer(name, 0, Number.MAX_SAFE_INTEGER))
  }

  text(name: string): string {
    const value = this.value(name)
    if (typeof value !== "string" || LONE_SURROGATE.test(value)) throw new NemFault("not text", this.at(name))
    return value
  }

  /** Bytes in hexadecimal, in lower case; `length` in bytes where it is fixed. */
  hex(name: string, length?: number): string {
    const text = this.text(name)
    if (!HEX.test(text)) throw new NemFault("not hexadecimal", this.at(name))
    if (length !== undefined && text.length !== length * 2) throw new NemFault("wrong length", this.at(name))
    return text.toLowerCase()
  }

  /** `{"data": "..."}`, as NIS writes a hash. */
  hash(name: string): string {
    return new Fields(this.value(name), this.at(name), ["data"]).hex("data", 32)
  }

  address(name: string): string {
    const text = this.text(name)
    const network = networkOfAddress(text)
    if (network === null) throw new NemFault("bad address", this.at(name))
    if (network !== MAINNET) throw new NemFault("not of this network", this.at(name))
    return text
  }

  /** A word by its place in `words`, counted from 1. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word {
    const word = words[this.integer(name, 1, words.length) - 1]
    if (word === undefined) throw new NemFault("out of range", this.at(name))
    return word
  }

  list<Item>(name: string, read: (value: unknown, path: string) => Item): Item[] {
    const value = this.value(name)
    if (!Array.isArray(value)) throw new NemFault("not a list", this.at(name))
    // `from`, not `map`: a hole in a list that did not come from JSON is an item that is undefined.
    return Array.from(value as unknown[], (item, at) => read(item, `${this.at(name)}[${at}]`))
  }
}

export function integerIn(value: unknown, path: string, least: number, most: number): number {
  if (!Number.isSafeInteger(value)) throw new NemFault("not an integer", path)
  const integer = value as number
  if (integer < least || integer > most) throw new NemFault("out of range", path)
  // Turns -0, which JSON can write, into 0.
  return integer + 0
}

/** A foreign name is shown, but not at any length. */
function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}...` : name
}
