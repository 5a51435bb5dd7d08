/**
 * Ed25519's verification as RFC 8032, section 5.1, writes it, with the hash left open: the standard has SHA-512, NEM
 * has Keccak-512. Slow and for tests alone; with SHA-512 it is compared with Node's own.
 */
import type { VerifySignature } from "../../../src/chains/nem/signature.ts"

const P = 2n ** 255n - 19n
const mod = (value: bigint): bigint => ((value % P) + P) % P

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}

const inverse = (value: bigint): bigint => power(value, P - 2n)
const D = mod(-121665n * inverse(121666n))
const ROOT_OF_MINUS_1 = power(2n, (P - 1n) / 4n)

/** Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
type Point = readonly [X: bigint, Y: bigint, Z: bigint, T: bigint]
const ZERO: Point = [0n, 1n, 1n, 0n]

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2))
  const b = mod((y1 + x1) * (y2 + x2))
  const c = mod(2n * D * t1 * t2)
  const d = mod(2n * z1 * z2)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)]
}

/** first * a + second * b */
function combine(a: bigint, first: Point, b: bigint, second: Point): Point {
  const both = add(first, second)
  let sum = ZERO
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = add(sum, sum)
    const [inA, inB] = [(a >> bit) & 1n, (b >> bit) & 1n]
    if (inA && inB) sum = add(sum, both)
    else if (inA) sum = add(sum, first)
    else if (inB) sum = add(sum, second)
  }
  return sum
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function encode([x, y, z]: Point): bigint {
  const over = inverse(z)
  return mod(y * over) | ((mod(x * over) & 1n) << 255n)
}

/** Null where the bytes are no point. */
function decode(encoded: bigint): Point | null {
  const y = encoded & (2n ** 255n - 1n)
  if (y >= P) return null
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n))
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x) !== square) x = mod(x * ROOT_OF_MINUS_1)
  if (mod(x * x) !== square) return null
  if ((x & 1n) !== encoded >> 255n) x = mod(-x)
  return [x, y, 1n, mod(x * y)]
}

const BASE = decode(mod(4n * inverse(5n))) as Point
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

export function ed25519Reference(hash: (bytes: Uint8Array) => Uint8Array): VerifySignature {
  return (signature, message, publicKey) => {
    const key = decode(littleEndian(publicKey))
    if (key === null) return false
    const r = signature.subarray(0, 32)
    const challenge = littleEndian(hash(Buffer.concat([r, publicKey, message]))) % ORDER
    const point = combine(littleEndian(signature.subarray(32)), BASE, ORDER - challenge, key)
    return encode(point) === littleEndian(r)
  }
}
