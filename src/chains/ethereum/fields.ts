import type { Hex } from "viem"
import { EthereumFault, type EthereumFaultReason } from "./fault.ts"

const QUANTITY = /^0x[0-9a-fA-F]{1,64}$/
const DATA = /^0x(?:[0-9a-fA-F]{2})*$/
const ADDRESS = /^0x[0-9a-fA-F]{40}$/
export const HASH_LENGTH = 32

/**
 * The fields of one JSON object of a node, each read by what it must be: quantities and data in hexadecimal, as the
 * JSON-RPC of Ethereum writes them. Fields that nobody asks for are let be, since nodes add their own; `names` tells
 * them. Data and addresses come out in lower case.
 */
export class Fields {
  readonly path: string
  readonly #fields: Readonly<Record<string, unknown>>

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new EthereumFault("not an object", path)
    }
    this.path = path
    this.#fields = value as Readonly<Record<string, unknown>>
  }

  get names(): readonly string[] {
    return Object.keys(this.#fields)
  }

  at(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`
  }

  fail(reason: EthereumFaultReason, name: string): never {
    throw new EthereumFault(reason, this.at(name))
  }

  value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined
  }

  isAbsent(name: string): boolean {
    const value = this.value(name)
    return value === undefined || value === null
  }

  /** What `read` makes of the field; null where it is absent or null. */
  maybe<Value>(name: string, read: (fields: Fields, name: string) => Value): Value | null {
    return this.isAbsent(name) ? null : read(this, name)
  }

  text(name: string): string {
    const value = this.value(name)
    return typeof value === "string" ? value : this.fail("not text", name)
  }

  /** At most 256 bits. */
  quantity(name: string): bigint {
    const text = this.text(name)
    return QUANTITY.test(text) ? BigInt(text) : this.fail("not a quantity", name)
  }

  /** A quantity that is a number of things, a height or a time. */
  integer(name: string): number {
    const quantity = this.quantity(name)
    return quantity <= 0x1f_ffff_ffff_ffffn ? Number(quantity) : this.fail("out of range", name)
  }

  data(name: string): Hex {
    const text = this.text(name)
    return DATA.test(text) ? (text.toLowerCase() as Hex) : this.fail("not hexadecimal", name)
  }

  bytes(name: string, length: number): Hex {
    const data = this.data(name)
    return data.length === 2 + 2 * length ? data : this.fail("wrong length", name)
  }

  hash(name: string): Hex {
    return this.bytes(name, HASH_LENGTH)
  }

  address(name: string): Hex {
    const text = this.text(name)
    return ADDRESS.test(text) ? (text.toLowerCase() as Hex) : this.fail("not an address", name)
  }

  object(name: string): Fields {
    return new Fields(this.value(name), this.at(name))
  }

  list<Item>(name: string, read: (item: unknown, path: string) => Item): Item[] {
    return listOf(this.value(name), this.at(name), read)
  }
}

export function listOf<Item>(
  value: unknown,
  path: string,
  read: (item: unknown, path: string) => Item,
): Item[] {
  if (!Array.isArray(value)) throw new EthereumFault("not a list", path)
  return Array.from(value as unknown[], (item, at) => read(item, `${path}[${at}]`))
}

export function hashAt(value: unknown, path: string): Hex {
  if (typeof value !== "string" || !DATA.test(value)) throw new EthereumFault("not hexadecimal", path)
  if (value.length !== 2 + 2 * HASH_LENGTH) throw new EthereumFault("wrong length", path)
  return value.toLowerCase() as Hex
}
