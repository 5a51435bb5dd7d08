import { RemoteFault } from "./remote-fault.ts"

/** 64 hexadecimal digits in lower case, as Esplora writes txids and block hashes. */
const HASH = /^[0-9a-f]{64}$/

/**
 * The fields of one JSON object of an answer, each read by what it must be. Fields that nobody asks for are let be:
 * explorers add their own. What is asked for and is missing, of another type or out of range is nonsense, and its path
 * is named.
 */
export class Fields {
  readonly #asked: string
  readonly #place: string
  readonly #fields: Readonly<Record<string, unknown>>

  /** `asked` is the path of the request, `place` where in its answer the value stands. */
  constructor(value: unknown, asked: string, place: string) {
    this.#asked = asked
    this.#place = place
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
    this.#fields = isObject ? (value as Readonly<Record<string, unknown>>) : this.fail("", "not an object")
  }

  fail(name: string, what: string): never {
    throw new RemoteFault("nonsense", this.#asked, `${this.#at(name) || "answer"}: ${what}`)
  }

  #at(name: string): string {
    return [this.#place, name].filter(part => part !== "").join(".")
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }

  isAbsent(name: string): boolean {
    return this.#value(name) === undefined || this.#value(name) === null
  }

  flag(name: string): boolean {
    const value = this.#value(name)
    return typeof value === "boolean" ? value : this.fail(name, "not true or false")
  }

  integer(name: string, most: number): number {
    const value = this.#value(name)
    if (typeof value !== "number" || !Number.isSafeInteger(value))
      return this.fail(name, "not an exact integer")
    // JSON can write -0, which is 0.
    return value >= 0 && value <= most ? value + 0 : this.fail(name, "out of range")
  }

  /** Smallest units. JSON's numbers are exact below 2^53, which holds the supply of every chain of this family. */
  amount(name: string): bigint {
    return BigInt(this.integer(name, Number.MAX_SAFE_INTEGER))
  }

  text(name: string): string {
    const value = this.#value(name)
    return typeof value === "string" ? value : this.fail(name, "not text")
  }

  texts(name: string): string[] {
    const value = this.#value(name)
    if (!Array.isArray(value)) return this.fail(name, "not a list")
    return (value as unknown[]).map(one => (typeof one === "string" ? one : this.fail(name, "not text")))
  }

  hash(name: string): string {
    const text = this.text(name)
    return isHash(text) ? text : this.fail(name, "not a hash")
  }

  object(name: string): Fields {
    return new Fields(this.#value(name), this.#asked, this.#at(name))
  }

  list<Item>(name: string, read: (item: Fields) => Item): Item[] {
    return listOf(this.#value(name), this.#asked, this.#at(name), read)
  }
}

export function listOf<Item>(
  value: unknown,
  asked: string,
  place: string,
  read: (item: Fields) => Item,
): Item[] {
  if (!Array.isArray(value)) throw new RemoteFault("nonsense", asked, `${place || "answer"}: not a list`)
  return (value as unknown[]).map((item, at) => read(new Fields(item, asked, `${place}[${at}]`)))
}

export function isHash(text: string): boolean {
  return HASH.test(text)
}

export function parseJson(text: string, asked: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RemoteFault("nonsense", asked, "not JSON")
  }
}
