import type { Hex } from "viem"
import { bloomOf } from "./bloom.ts"
import { Fields, hashAt } from "./fields.ts"
import { envelope, type RlpItem, scalar } from "./rlp.ts"

export interface Log {
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
  /** Counted through the whole block. */
  readonly index: number
}

export interface Receipt {
  readonly transactionHash: Hex
  readonly type: number
  /** Null before Byzantium, where a receipt has the state's root instead and does not say whether it failed. */
  readonly succeeded: boolean | null
  readonly root: Hex | null
  readonly cumulativeGasUsed: bigint
  readonly gasUsed: bigint
  /** What was paid for a unit of gas; null where the node does not say. */
  readonly effectiveGasPrice: bigint | null
  readonly blobGasUsed: bigint | null
  readonly blobGasPrice: bigint | null
  readonly contractAddress: Hex | null
  /** Null where an export has no logs. */
  readonly logs: readonly Log[] | null
}

/** @throws EthereumFault */
export function decodeReceipt(value: unknown, path: string): Receipt {
  const fields = new Fields(value, path)
  const quantityOrNull = (name: string): bigint | null => fields.maybe(name, () => fields.quantity(name))
  const status = quantityOrNull("status")
  if (status !== null && status > 1n) fields.fail("out of range", "status")
  return {
    transactionHash: fields.hash("transactionHash"),
    type: fields.isAbsent("type") ? 0 : fields.integer("type"),
    succeeded: status === null ? null : status === 1n,
    root: fields.maybe("root", () => fields.hash("root")),
    cumulativeGasUsed: fields.quantity("cumulativeGasUsed"),
    gasUsed: fields.quantity("gasUsed"),
    effectiveGasPrice: quantityOrNull("effectiveGasPrice"),
    blobGasUsed: quantityOrNull("blobGasUsed"),
    blobGasPrice: quantityOrNull("blobGasPrice"),
    contractAddress: fields.maybe("contractAddress", () => fields.address("contractAddress")),
    logs: fields.list("logs", readLog),
  }
}

function readLog(value: unknown, path: string): Log {
  const fields = new Fields(value, path)
  const topics = fields.list("topics", hashAt)
  if (topics.length > 4) fields.fail("wrong length", "topics")
  const index = fields.integer("logIndex")
  return { address: fields.address("address"), topics, data: fields.data("data"), index }
}

/** The receipt as a block commits to it; null where a field of it is not there. */
export function encodeReceipt(receipt: Receipt): Hex | null {
  const { succeeded, root, cumulativeGasUsed, logs, type } = receipt
  if (logs === null) return null
  const outcome: Hex | null = succeeded === null ? root : scalar(succeeded ? 1 : 0)
  if (outcome === null || type > 0x7f) return null
  const told = logs.map(({ address, topics, data }): RlpItem => [address, [...topics], data])
  return envelope(type, [outcome, scalar(cumulativeGasUsed), bloomOf(logs), told])
}
