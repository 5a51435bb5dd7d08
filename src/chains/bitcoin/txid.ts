import type { Hash } from "./hash.ts"
import type { Layout } from "./layout.ts"
import type { Transaction } from "./transaction.ts"

const VERSION_LENGTH = 4
const LOCK_TIME_LENGTH = 4
/** Behind the version stand a zero and the flags (BIP144); this flag alone says that there are witnesses. */
const FLAGS_AT = VERSION_LENGTH + 1
const WITNESS = 1

/**
 * What a txid is hashed of is put together here: a new array for each would be a seventh of the time that a block takes.
 * Nothing keeps it, and nothing else runs between its filling and its hashing.
 */
let scratch = new Uint8Array(1 << 16)

/** The hash by which outputs are spent: over version, inputs, outputs and lock time, whatever else is there. */
export function txidOf({ bytes, body }: Transaction, sha256d: Hash): Uint8Array {
  return hashedOf(bytes, 0, body.from, body.to, bytes.length, sha256d)
}

/** The txid of a transaction that has been laid out in these bytes of its block. */
export function txidAt(bytes: Uint8Array, layout: Layout, tx: number, sha256d: Hash): Uint8Array {
  const [start, end] = [layout.start[tx] as number, layout.end[tx] as number]
  return hashedOf(bytes, start, layout.body[tx] as number, layout.bodyEnd[tx] as number, end, sha256d)
}

function hashedOf(
  bytes: Uint8Array,
  start: number,
  body: number,
  bodyEnd: number,
  end: number,
  sha256d: Hash,
): Uint8Array {
  const lockTime = end - LOCK_TIME_LENGTH
  if (body === start + VERSION_LENGTH && bodyEnd === lockTime) return sha256d(bytes.subarray(start, end))
  const length = VERSION_LENGTH + bodyEnd - body + LOCK_TIME_LENGTH
  if (length > scratch.length) scratch = new Uint8Array(2 * length)
  scratch.set(bytes.subarray(start, start + VERSION_LENGTH))
  scratch.set(bytes.subarray(body, bodyEnd), VERSION_LENGTH)
  scratch.set(bytes.subarray(lockTime, end), length - LOCK_TIME_LENGTH)
  return sha256d(scratch.subarray(0, length))
}

/** The hash over the witnesses too (BIP141). */
export function wtxidOf(transaction: Transaction, sha256d: Hash): Uint8Array {
  const { bytes, hasWitness, isHogEx } = transaction
  if (!hasWitness) return txidOf(transaction, sha256d)
  if (!isHogEx) return sha256d(bytes)
  // Without the HogEx's mark, which no hash covers: its flag, and the zero before the lock time.
  const unmarked = bytes.slice(0, bytes.length - 1)
  unmarked[FLAGS_AT] = WITNESS
  unmarked.set(bytes.subarray(bytes.length - LOCK_TIME_LENGTH), unmarked.length - LOCK_TIME_LENGTH)
  return sha256d(unmarked)
}
