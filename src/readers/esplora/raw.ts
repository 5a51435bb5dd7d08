import { createHash } from "node:crypto"
import { hex } from "@scure/base"
import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import { CONSENSUS } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { blockHashOf, decodeHeader, type Header } from "../../chains/bitcoin/header.ts"
import { checkProofOfWork } from "../../chains/bitcoin/proof-of-work.ts"
import { scryptWork } from "../../chains/bitcoin/scrypt.ts"
import { decodeTransaction } from "../../chains/bitcoin/transaction.ts"
import { txidOf } from "../../chains/bitcoin/txid.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import type { NetworkName } from "./genesis.ts"

/** What the bytes of a transaction say, once their hash is known to be its txid. */
export interface RawTx {
  readonly isCoinbase: boolean
  /** `txid:vout` of what each input spends. */
  readonly inputs: readonly string[]
  readonly outputs: readonly { readonly amount: bigint; readonly script: string }[]
}

const HEX = /^([0-9a-f]{2})+$/
/** Two hashes. A transaction of as many bytes could be an inner node of a merkle tree, and no honest one has so few. */
const NODE_LENGTH = 64
const HEADER_DIGITS = 160

export const sha256d = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes))
const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()

/** @throws RemoteFault "nonsense" where the bytes are not this transaction's */
export function readRaw(text: string, asked: string, txid: string, network: NetworkName): RawTx {
  const bytes = bytesOf(text, asked)
  return reading(asked, () => {
    const transaction = decodeTransaction(bytes, CONSENSUS[network])
    if (displayed(txidOf(transaction, sha256d)) !== txid)
      throw nonsense(asked, "bytes of another transaction")
    if (bytes.length === NODE_LENGTH) throw nonsense(asked, "as short as an inner node of a merkle tree")
    const { isCoinbase, inputs, outputs } = transaction
    return {
      isCoinbase,
      inputs: isCoinbase ? [] : inputs.map(one => `${displayed(one.prevTxid)}:${one.prevVout}`),
      outputs: outputs.map(({ value, script }) => ({ amount: BigInt(value), script: hex.encode(script) })),
    }
  })
}

/** @throws RemoteFault "nonsense" where it is not this block's, or proves no work */
export function readBlockHeader(text: string, asked: string, hash: string, network: NetworkName): Header {
  const bytes = bytesOf(text, asked)
  if (text.trim().length !== HEADER_DIGITS) throw nonsense(asked, "not a header")
  return reading(asked, () => {
    const header = decodeHeader(bytes)
    if (displayed(blockHashOf(header, sha256d)) !== hash) throw nonsense(asked, "header of another block")
    checkProofOfWork(header, CONSENSUS[network], { sha256d, scrypt: scryptWork })
    return header
  })
}

function bytesOf(text: string, asked: string): Uint8Array {
  const digits = text.trim()
  if (!HEX.test(digits)) throw nonsense(asked, "not hexadecimal")
  return hex.decode(digits)
}

/** What the chain's own reading makes of an answer, its faults put as the explorer's. */
export function reading<Value>(asked: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw error instanceof BlockFault ? nonsense(asked, error.message) : error
  }
}

function nonsense(asked: string, said: string): RemoteFault {
  return new RemoteFault("nonsense", asked, said)
}
