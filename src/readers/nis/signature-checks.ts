import type { Block } from "../../chains/nem/block.ts"
import { isSignedBlock, unsoundSignatures } from "../../chains/nem/signature.ts"
import type { Transaction } from "../../chains/nem/transaction.ts"
import { Problem } from "../../units/problem.ts"
import { verifyNem } from "./nem-curve.ts"

/** Signatures found sound that are remembered: a few hundred bytes each. */
const MOST_REMEMBERED = 50_000

/** That a signature is sound is so for good, whoever told it. */
const sound = new Set<string>()

function remember(key: string): void {
  if (sound.size >= MOST_REMEMBERED) sound.clear()
  sound.add(key)
}

/**
 * Verifies a transaction's signatures, each once: it is told in the list of every account that it concerns and in its
 * block, and a verification takes more than a millisecond.
 *
 * @throws Problem `chain-data-malformed` where a signature does not hold
 */
export function checkTransaction(transaction: Transaction, hash: string): void {
  refuse(unsoundIn(transaction, hash, "the transaction"), `transaction ${hash}`)
}

/**
 * The block's own signature, and those of all its transactions, in the order of `hashes`.
 *
 * @throws Problem `chain-data-malformed` where a signature does not hold
 */
export function checkBlock(block: Block, hash: string, hashes: readonly string[]): void {
  const unsound = block.transactions.flatMap((transaction, at) =>
    unsoundIn(transaction, hashes[at] ?? "", `transactions[${at}]`),
  )
  const key = `${hash} ${block.signature}`
  if (sound.has(key) || isSignedBlock(block, verifyNem)) remember(key)
  else unsound.unshift("the block")
  refuse(unsound, `block ${block.height}`)
}

function refuse([first]: readonly string[], what: string): void {
  if (first === undefined) return
  throw new Problem("chain-data-malformed", { what, reason: `the signature of ${first} does not hold` })
}

/** What is signed is what the hash is of, so that hash and signatures together say what was verified. */
function unsoundIn(transaction: Transaction, hash: string, path: string): readonly string[] {
  const key = [hash, ...signaturesOf(transaction)].join()
  if (sound.has(key)) return []
  const unsound = unsoundSignatures(transaction, verifyNem, path)
  if (unsound.length === 0) remember(key)
  return unsound
}

/** Of a cosignature its signer and its own bytes are not in the hash of the transaction: all of it is in the key. */
function signaturesOf(transaction: Transaction): readonly (string | null)[] {
  if (transaction.kind !== "multisig") return [transaction.signature]
  const cosignatures = transaction.cosignatures.flatMap(each => {
    const { signer, signature, fee, timeStamp, deadline, otherHash, otherAccount } = each
    return [signer, signature, `${fee} ${timeStamp} ${deadline}`, otherHash, otherAccount]
  })
  return [transaction.signature, ...cosignatures]
}
