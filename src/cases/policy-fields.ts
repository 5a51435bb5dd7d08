import { parseAmount } from "../units/amount.ts"
import { Problem } from "../units/problem.ts"

/** Longest text of a policy: ids, names of lists. */
const MOST_TEXT = 256
const MOST_LISTED = 1000

/** One object of a policy, read key by key; what nobody asked for is refused, so that a slip of the pen is no rule. */
export class PolicyFields {
  readonly #path: string
  readonly #values: ReadonlyMap<string, unknown>

  /** @throws Problem `policy-value` where it is no object, `policy-unknown-key` for a key that is not known */
  constructor(value: unknown, path: string, known: readonly string[]) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw wrong(path, value, "{ ... }")
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key))
        throw new Problem("policy-unknown-key", { path: at(path, key), known: known.join(", ") })
    }
    this.#path = path
    this.#values = new Map(Object.entries(value))
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  path(key: string): string {
    return at(this.#path, key)
  }

  raw(key: string): unknown {
    const value = this.#values.get(key)
    if (value === undefined) throw new Problem("policy-missing", { path: this.path(key) })
    return value
  }

  text(key: string): string {
    const value = this.raw(key)
    if (isText(value)) return value
    throw wrong(this.path(key), value, `"..." (1 - ${MOST_TEXT})`)
  }

  oneOf<T>(key: string, known: readonly T[]): T {
    const value = this.raw(key)
    const found = known.find(one => one === value)
    if (found !== undefined) return found
    throw wrong(this.path(key), value, known.map(one => JSON.stringify(one)).join(" / "))
  }

  list(key: string): readonly unknown[] {
    const value = this.raw(key)
    if (Array.isArray(value) && value.length > 0 && value.length <= MOST_LISTED) return value
    throw wrong(this.path(key), value, `[ ... ] (1 - ${MOST_LISTED})`)
  }

  /** One text, or a list of them: any of these. Sorted, each once. */
  texts(key: string): readonly string[] {
    const value = this.raw(key)
    const list: readonly unknown[] = Array.isArray(value) ? this.list(key) : [value]
    if (list.every(isText)) return [...new Set(list)].sort()
    throw wrong(this.path(key), value, '"..." / [ "...", ... ]')
  }

  wholeNumber(key: string): number {
    const value = this.raw(key)
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff)
      return value
    throw wrong(this.path(key), value, "0 - 2147483647")
  }

  /** Smallest units: a text of digits, or a number that no format has rounded. */
  amount(key: string): bigint {
    const value = this.raw(key)
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value)
    if (/^-\d+$/.test(String(value))) {
      throw new Problem("policy-amount-negative", { path: this.path(key), value: String(value) })
    }
    if (typeof value !== "string") throw wrong(this.path(key), value, '"123456789"')
    try {
      return parseAmount(value)
    } catch (error) {
      throw error instanceof Problem ? error.at({ column: this.path(key) }) : error
    }
  }

  /** "12.5%", in millionths. */
  share(key: string): bigint {
    const value = this.raw(key)
    const match = typeof value === "string" ? /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(value) : null
    const millionths = match === null ? -1n : BigInt(`${match[1]}${(match[2] ?? "").padEnd(4, "0")}`)
    if (millionths >= 0n && millionths <= 1_000_000n) return millionths
    throw wrong(this.path(key), value, '"12.5%" (0% - 100%)')
  }
}

function isText(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value !== "" &&
    value.length <= MOST_TEXT &&
    !/[\u0000-\u001f\u007f]/.test(value)
  )
}

function at(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`
}

export function wrong(path: string, value: unknown, expected: string): Problem {
  const found = typeof value === "bigint" ? value.toString() : (JSON.stringify(value) ?? String(value))
  return new Problem("policy-value", { path: path === "" ? "policy" : path, value: found, expected })
}
