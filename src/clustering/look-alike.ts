/** How many characters two different addresses share at their ends, behind what all of their network share. */
export interface Likeness {
  readonly head: number
  readonly tail: number
}

/** A fraction above 0, for display only. */
export interface Chance {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A way of writing addresses, which several networks may share. */
export type AddressForm = "hex" | "bech32" | "base58" | "nem"

/** How addresses of one form are written. */
interface Form {
  readonly name: AddressForm
  readonly prefix: RegExp
  readonly alphabet: number
  /** How many characters behind the prefix are of few values or one, so that sharing them is little chance. */
  readonly unevenHead: number
  /** The least that must be shared for a person to take one for the other. */
  readonly head: number
  readonly tail: number
}

/** 0x and 40 digits; wallets show the first and last few. Bybit's poisoners of February 2025 matched 3 and 4 of them. */
const HEX: Form = {
  name: "hex",
  prefix: /^0x(?=[0-9a-f]{40}$)/,
  alphabet: 16,
  unevenHead: 0,
  head: 3,
  tail: 4,
}
/**
 * BIP173: the readable part, the separator and the version, which all addresses of a kind share. Of the look-alikes
 * that Lopp found on Bitcoin ("Bitcoin Address Poisoning Attacks", 2025; both addresses of nearly 48,000 are listed) all
 * that we compared share two characters behind that and the last five, in base58 two and the last four.
 */
const BECH32: Form = {
  name: "bech32",
  prefix:
    /^(?:bc|tb|bcrt|ltc|tltc|rltc)1[qpzry9x8gf2tvdw0s3jn54khce6mua7l](?=[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{8,86}$)/,
  alphabet: 32,
  unevenHead: 0,
  head: 2,
  tail: 4,
}
/** The network's letter; the second is one of four only, so it counts for little and is left out too. */
const NEM: Form = {
  name: "nem",
  prefix: /^[NTM][A-D](?=[A-Z2-7]{38}$)/,
  alphabet: 32,
  unevenHead: 0,
  head: 4,
  tail: 4,
}
/**
 * The version byte makes the first letter, and leaves the next few values: 23 of 58 behind "1", two behind "2" and then
 * 15, 4 behind "n" (a version is 2^192 wide, a digit in its place 58^33).
 */
const BASE58: Form = {
  name: "base58",
  prefix: /^[13mn2LM](?=[1-9A-HJ-NP-Za-km-z]{24,34}$)/,
  alphabet: 58,
  unevenHead: 2,
  head: 2,
  tail: 4,
}

const LONGEST_ADDRESS = 100

/**
 * How alike two different addresses look to a person who sees only their ends, as address poisoning counts on; null
 * where they are the same, of different forms or networks, of no known form, or not alike enough to be mistaken. Hex
 * and bech32 are compared without regard to case.
 */
export function likeness(a: string, b: string): Likeness | null {
  const [first, second] = [bodyOf(a), bodyOf(b)]
  if (first === null || second === null) return null
  if (first.form !== second.form || first.prefix !== second.prefix || first.body === second.body) return null
  const { form } = first
  const head = sharedHead(first.body, second.body)
  const tail = sharedTail(first.body, second.body)
  return head >= form.head && tail >= form.tail ? { head, tail } : null
}

/**
 * An upper bound on the chance that among `addresses` random ones at least one is as like a given address: each
 * character in both ends has to fall the same way, so `addresses / alphabet^(head + tail)`, 1 at most; characters that
 * the network's version leaves few values are not counted. Null where the given one is of no known form.
 */
export function chanceOfLikeness(
  address: string,
  { head, tail }: Likeness,
  addresses: bigint,
): Chance | null {
  const found = bodyOf(address)
  if (found === null) return null
  const { alphabet, unevenHead } = found.form
  const denominator = BigInt(alphabet) ** BigInt(Math.max(0, head - unevenHead) + tail)
  return addresses < denominator ? { numerator: addresses, denominator } : { numerator: 1n, denominator: 1n }
}

/**
 * In at most one of how many honest addresses of this form falls one as like to any of `addresses` others; rounded down,
 * so that a chance is never said to be smaller than it may be. Null where the form is not known.
 */
export function honestOneIn(address: string, likeness: Likeness, addresses: bigint): bigint | null {
  const chance = chanceOfLikeness(address, likeness, addresses)
  return chance === null ? null : chance.denominator / chance.numerator
}

/** How an address is written; null where that is none of the forms whose likeness is told. */
export function formOf(address: string): AddressForm | null {
  return bodyOf(address)?.form.name ?? null
}

function bodyOf(address: string): { form: Form; prefix: string; body: string } | null {
  if (address.length > LONGEST_ADDRESS) return null
  const lower = address.toLowerCase()
  const plain = address.replaceAll("-", "").toUpperCase()
  const spellings: readonly (readonly [Form, string])[] = [
    [HEX, lower],
    [BECH32, lower],
    [NEM, plain],
    [BASE58, address],
  ]
  for (const [form, text] of spellings) {
    const prefix = form.prefix.exec(text)?.[0]
    if (prefix !== undefined) return { form, prefix, body: text.slice(prefix.length) }
  }
  return null
}

function sharedHead(a: string, b: string): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function sharedTail(a: string, b: string): number {
  let n = 0
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) n++
  return n
}
