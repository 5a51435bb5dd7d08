import type { Hex } from "viem"
import { privateKeyToAccount } from "viem/accounts"
import { keccak256 } from "viem/utils"
import { decodeHeader, headerHash } from "../../../src/chains/ethereum/header.ts"
import { encodeReceipt } from "../../../src/chains/ethereum/receipt.ts"
import { EMPTY_ROOT, trieRoot } from "../../../src/chains/ethereum/trie-root.ts"
import { type Answering, NodeError } from "./loopback-node.ts"

export type Json = { [name: string]: unknown }

/** A block as a node tells it, with what belongs to it. */
export interface FakeBlock {
  readonly block: Json
  readonly receipts: readonly Json[]
  readonly traces: readonly Json[]
}

export const OWNER = privateKeyToAccount(`0x${"34".repeat(32)}`)
export const FRIEND: Hex = `0x${"f7".repeat(20)}`
const PRODUCER: Hex = `0x${"9c".repeat(20)}`
const ZERO: Hex = `0x${"0".repeat(64)}`
const GWEI = 1_000_000_000n

/** A chain of blocks of one plain transfer each, which can be proved; the genesis has none. */
export async function fakeChain(length: number, branch = "0x"): Promise<FakeBlock[]> {
  const chain: FakeBlock[] = []
  let parentHash = ZERO
  for (let height = 0; height < length; height++) {
    const made = await fakeBlock(height, parentHash, { extraData: branch })
    chain.push(made)
    parentHash = made.block.hash as Hex
  }
  return chain
}

/** `more` is put into the header before it is hashed. */
export async function fakeBlock(height: number, parentHash: Hex = ZERO, more: Json = {}): Promise<FakeBlock> {
  const raw = await OWNER.signTransaction({
    type: "legacy",
    chainId: 1,
    nonce: height,
    gas: 21_000n,
    gasPrice: 2n * GWEI,
    to: FRIEND,
    value: BigInt(height),
  })
  const transaction = height === 0 ? null : await transactionOf(raw, height)
  const transactionHash = keccak256(raw)
  const receipt = {
    transactionHash,
    type: "0x0",
    status: "0x1",
    cumulativeGasUsed: "0x5208",
    gasUsed: "0x5208",
    effectiveGasPrice: hex(2n * GWEI),
    logs: [],
  }
  const encoded = encodeReceipt({
    transactionHash,
    type: 0,
    succeeded: true,
    root: null,
    cumulativeGasUsed: 21_000n,
    gasUsed: 21_000n,
    effectiveGasPrice: null,
    blobGasUsed: null,
    blobGasPrice: null,
    contractAddress: null,
    logs: [],
  })
  const header: Json = {
    hash: ZERO,
    parentHash,
    sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
    miner: PRODUCER,
    stateRoot: ZERO,
    transactionsRoot: height === 0 ? EMPTY_ROOT : trieRoot([raw]),
    receiptsRoot: height === 0 ? EMPTY_ROOT : trieRoot([encoded as Hex]),
    logsBloom: `0x${"00".repeat(256)}`,
    difficulty: "0x0",
    number: hex(height),
    gasLimit: hex(30_000_000),
    gasUsed: hex(height === 0 ? 0 : 21_000),
    timestamp: hex(1_700_000_000 + 12 * height),
    extraData: "0x",
    mixHash: ZERO,
    nonce: "0x0000000000000000",
    baseFeePerGas: hex(GWEI),
    ...more,
  }
  const hash = headerHash(decodeHeader(header, "fake"))
  const block = { ...header, hash, uncles: [], transactions: transaction === null ? [] : [transaction] }
  const call = { type: "CALL", from: OWNER.address, to: FRIEND, value: hex(height), input: "0x" }
  if (transaction === null) return { block, receipts: [], traces: [] }
  return { block, receipts: [receipt], traces: [{ txHash: transactionHash, result: call }] }
}

async function transactionOf(raw: Hex, height: number): Promise<Json> {
  const { parseTransaction } = await import("viem/utils")
  const { r, s, v } = parseTransaction(raw)
  return {
    hash: keccak256(raw),
    transactionIndex: "0x0",
    type: "0x0",
    from: OWNER.address,
    to: FRIEND,
    value: hex(height),
    nonce: hex(height),
    gas: hex(21_000),
    gasPrice: hex(2n * GWEI),
    input: "0x",
    chainId: "0x1",
    r,
    s,
    v: hex(v ?? 0n),
  }
}

/** What a node of this chain says; its newest block is finalised. */
export function answering(chain: readonly FakeBlock[]): Answering {
  const at = (tag: unknown): FakeBlock | undefined => {
    return tag === "finalized" || tag === "latest" ? chain.at(-1) : chain[Number(tag)]
  }
  return ({ method, params: [first] }) => {
    switch (method) {
      case "eth_chainId":
        return "0x1"
      case "eth_getBlockByNumber":
        return at(first)?.block
      case "eth_getBlockReceipts":
        return at(first)?.receipts
      case "eth_getTransactionReceipt":
        return chain
          .flatMap(({ receipts }) => receipts)
          .find(({ transactionHash }) => transactionHash === first)
      case "debug_traceBlockByNumber":
        return at(first)?.traces
      default:
        throw new NodeError(-32601, "the method does not exist")
    }
  }
}

export function hex(value: bigint | number): Hex {
  return `0x${value.toString(16)}`
}
