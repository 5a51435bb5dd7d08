import { keccak_256 } from "@noble/hashes/sha3.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { signedBytes } from "./binary.ts"
import { BLOCK_TYPES, BLOCK_VERSION, type Block, kindOfBlock } from "./block.ts"
import { ByteReader } from "./byte-reader.ts"
import { ByteWriter } from "./byte-writer.ts"
import { checkConsistency } from "./consistency.ts"
import { decodeFrom } from "./decode.ts"
import { NemFault } from "./fault.ts"
import type { Transaction } from "./transaction.ts"
import { joinVersion, splitVersion } from "./wire.ts"

/** NIS `HashUtils.calculateHash`: what the next block names as `prevBlockHash`. */
export function blockHash(block: Block): string {
  return bytesToHex(keccak_256(unsignedBlockBytes(block)))
}

/**
 * What a block's harvester signs and its hash is taken of: all but his own signature; the transactions have theirs.
 * NIS `Block.serializeImpl`, catbuffer `block.cats`.
 */
export function unsignedBlockBytes(block: Block): Uint8Array {
  return serialized(block, false)
}

export function signedBlockBytes(block: Block): Uint8Array {
  return serialized(block, true)
}

function serialized(block: Block, signed: boolean): Uint8Array {
  const writer = new ByteWriter()
  writer.u32(BLOCK_TYPES[block.kind]).u32(joinVersion(block.network, block.version))
  writer.u32(block.timeStamp).hex(block.signer)
  if (signed) writer.hex(block.signature)
  writer.object(it => it.hex(block.previousHash)).u64(BigInt(block.height))
  writer.objects(block.transactions, (it, transaction) => it.raw(signedBytes(transaction)))
  return writer.bytes()
}

/**
 * A block from its bytes, as `nemesis.bin` of the client holds the first one.
 *
 * @throws NemFault
 */
export function decodeBlock(bytes: Uint8Array, path = "block"): Block {
  const reader = new ByteReader(bytes, path)
  const kind = kindOfBlock(reader.u32() | 0, `${path}.type`)
  const { network, version } = splitVersion(reader.u32())
  if (version !== BLOCK_VERSION) throw new NemFault("unknown version", `${path}.version`)
  const block = {
    kind,
    network,
    version,
    timeStamp: reader.u32(),
    signer: reader.hex(32, "signer"),
    signature: reader.hex(64, "signature"),
    previousHash: reader.object("prevBlockHash", it => it.hex(32, "data")),
    height: heightOf(reader.u64(), `${path}.height`),
    transactions: reader.objects("transactions", decodeInBlock),
  }
  reader.end()
  return block
}

function decodeInBlock(reader: ByteReader): Transaction {
  const transaction = decodeFrom(reader, "outer")
  if (transaction.kind === "cosignature") throw new NemFault("not allowed here", `${reader.path}.type`)
  checkConsistency(transaction, reader.path)
  return transaction
}

function heightOf(height: bigint, path: string): number {
  if (height < 1n || height > BigInt(Number.MAX_SAFE_INTEGER)) throw new NemFault("out of range", path)
  return Number(height)
}
