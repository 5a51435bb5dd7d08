import type { Hex } from "viem"
import { Fields } from "./fields.ts"
import { hashOf, type RlpItem, rlp, scalar } from "./rlp.ts"

/** A block's header. What a fork added later is null before it; null too is what an export leaves out. */
export interface Header {
  readonly hash: Hex
  readonly parentHash: Hex
  readonly sha3Uncles: Hex
  readonly miner: Hex
  readonly stateRoot: Hex
  readonly transactionsRoot: Hex
  readonly receiptsRoot: Hex
  readonly logsBloom: Hex
  readonly difficulty: bigint
  readonly number: number
  readonly gasLimit: bigint
  readonly gasUsed: bigint
  /** Unix seconds. */
  readonly timestamp: number
  readonly extraData: Hex
  readonly mixHash: Hex | null
  readonly nonce: Hex | null
  readonly baseFeePerGas: bigint | null
  readonly withdrawalsRoot: Hex | null
  readonly blobGasUsed: bigint | null
  readonly excessBlobGas: bigint | null
  readonly parentBeaconBlockRoot: Hex | null
  readonly requestsHash: Hex | null
  /** Fields of the node's answer that we do not know: a fork after ours may have put them into the hash. */
  readonly unknown: readonly string[]
}

const NOT_HASHED = ["size", "totalDifficulty", "uncles", "transactions", "withdrawals", "hash"]
const OF_PARITY = ["author", "sealFields"]
const KNOWN = new Set([
  ...NOT_HASHED,
  ...OF_PARITY,
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom"],
  ...["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce"],
  ...["baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot"],
  "requestsHash",
])

/** @throws EthereumFault */
export function decodeHeader(value: unknown, path: string): Header {
  const fields = new Fields(value, path)
  const hashOrNull = (name: string): Hex | null => fields.maybe(name, () => fields.hash(name))
  const quantityOrNull = (name: string): bigint | null => fields.maybe(name, () => fields.quantity(name))
  return {
    hash: fields.hash("hash"),
    parentHash: fields.hash("parentHash"),
    sha3Uncles: fields.hash("sha3Uncles"),
    miner: fields.address("miner"),
    stateRoot: fields.hash("stateRoot"),
    transactionsRoot: fields.hash("transactionsRoot"),
    receiptsRoot: fields.hash("receiptsRoot"),
    logsBloom: fields.bytes("logsBloom", 256),
    difficulty: fields.quantity("difficulty"),
    number: fields.integer("number"),
    gasLimit: fields.quantity("gasLimit"),
    gasUsed: fields.quantity("gasUsed"),
    timestamp: fields.integer("timestamp"),
    extraData: fields.data("extraData"),
    mixHash: hashOrNull("mixHash"),
    nonce: fields.maybe("nonce", () => fields.bytes("nonce", 8)),
    baseFeePerGas: quantityOrNull("baseFeePerGas"),
    withdrawalsRoot: hashOrNull("withdrawalsRoot"),
    blobGasUsed: quantityOrNull("blobGasUsed"),
    excessBlobGas: quantityOrNull("excessBlobGas"),
    parentBeaconBlockRoot: hashOrNull("parentBeaconBlockRoot"),
    requestsHash: hashOrNull("requestsHash"),
    unknown: fields.names.filter(name => !KNOWN.has(name)),
  }
}

/** The header as what is hashed; null where a field is not there that every header has. */
export function headerRlp(header: Header): RlpItem | null {
  const { mixHash, nonce } = header
  if (mixHash === null || nonce === null) return null
  const added: readonly (Hex | bigint | null)[] = [
    header.baseFeePerGas, // London, EIP-1559
    header.withdrawalsRoot, // Shanghai, EIP-4895
    header.blobGasUsed, // Cancun, EIP-4844
    header.excessBlobGas,
    header.parentBeaconBlockRoot, // Cancun, EIP-4788
    header.requestsHash, // Prague, EIP-7685
  ]
  const first: readonly (Hex | bigint)[] = [
    header.parentHash,
    header.sha3Uncles,
    header.miner,
    header.stateRoot,
    header.transactionsRoot,
    header.receiptsRoot,
    header.logsBloom,
    header.difficulty,
    BigInt(header.number),
    header.gasLimit,
    header.gasUsed,
    BigInt(header.timestamp),
    header.extraData,
    mixHash,
    nonce,
  ]
  const all = [...first, ...added.filter(field => field !== null)]
  return all.map(field => (typeof field === "bigint" ? scalar(field) : field))
}

/** The hash that the header's fields make, or null where it cannot be made. */
export function headerHash(header: Header): Hex | null {
  const item = headerRlp(header)
  return item === null ? null : hashOf(rlp(item))
}
