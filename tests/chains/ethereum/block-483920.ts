import type { Hex } from "viem"
import { bloomOf } from "../../../src/chains/ethereum/bloom.ts"

/*
 * Mainnet block 483,920 of November 2015, as a node tells it: the facts of ethereum-etl's
 * tests/resources/test_export_blocks_job/block_with_logs and test_export_block_receipts_job/receipts_with_logs, in our
 * own form. Four transactions, two of them token transfers; its receipts are of before Byzantium.
 */

export const HASH = "0x246edb4b351d93c27926f4649bcf6c24366e2a7c7c718dc9158eea20c03bc6ae"
export const MINER = "0x52bc44d5378309ee2abf1539bf71de1b7d7be3b5"
export const TOKEN = "0xf4eced2f682ce333f96f2d8966c613ded8fc95dd"
const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"

export type Json = { [name: string]: unknown }

const word = (digits: string): Hex => `0x${digits.padStart(64, "0")}`

const transferTo = (to: string, amount: string): string =>
  `0xa9059cbb${word(to).slice(2)}${word(amount).slice(2)}`

const LOGS = [
  ["1b63142628311395ceafeea5667e7c9026c862ca", "ac4df82fe37ea2187bc8c011a23d743b4f39019a", "186a0"],
  ["9b22a80d5c7b3374a05b446081f97d0a34079e7f", "66f183060253cfbe45beff1e6e7ebbe318c81e56", "30d40"],
].map(([from = "", to = "", amount = ""]) => {
  return { address: TOKEN, topics: [TRANSFER, word(from), word(to)], data: word(amount) }
}) as { address: Hex; topics: Hex[]; data: Hex }[]

const sent = (index: number, own: Json): Json => ({
  blockHash: HASH,
  blockNumber: "0x76250",
  chainId: null,
  gasPrice: "0xba43b7400",
  input: "0x",
  transactionIndex: `0x${index}`,
  type: "0x0",
  value: "0x0",
  ...own,
})

const TRANSACTIONS: readonly Json[] = [
  sent(0, {
    from: "0x1b63142628311395ceafeea5667e7c9026c862ca",
    gas: "0x24d45",
    hash: "0x04cbcb236043d8fb7839e07bbc7f5eed692fb2ca55d897f1101eac3e3ad4fab8",
    input: transferTo("ac4df82fe37ea2187bc8c011a23d743b4f39019a", "186a0"),
    nonce: "0xc",
    r: "0xbfb13956262444cf3a6da9f637e22316e81e92fa464ad1cbd7a6f8bdc32dcd5a",
    s: "0x62c6fdb14b33068c99793351b139cd10b3e1cf05f2357f66b7ff6fa8dd55311",
    to: TOKEN,
    v: "0x1b",
  }),
  sent(1, {
    from: "0x9b22a80d5c7b3374a05b446081f97d0a34079e7f",
    gas: "0x24d45",
    hash: "0xcea6f89720cc1d2f46cc7a935463ae0b99dd5fad9c91bb7357de5421511cee49",
    input: transferTo("66f183060253cfbe45beff1e6e7ebbe318c81e56", "30d40"),
    nonce: "0x54",
    r: "0x2d3ab95274ffd4fbd6920d27503707f36d648fb20c87810c1f95fffd5e267da7",
    s: "0x4c106ec195bd60eb51bda0bdb43cd2b87f8b1d0740a2ecd614b727f2136fc235",
    to: TOKEN,
    v: "0x1c",
  }),
  sent(2, {
    from: "0x9df428a91ff0f3635c8f0ce752933b9788926804",
    gas: "0x15f90",
    hash: "0x463d53f0ad57677a3b430a007c1c31d15d62c37fab5eee598551697c297c235c",
    nonce: "0x58",
    r: "0xe540d31c698570df82b98fca418324bf50e2fc2e8b7ccaec6c06cfc4a6102908",
    s: "0x6874a005c8d3bb2d3f801ac3a780ae6e6b6fbdedd341a492302f1daebbb1343d",
    to: "0x9e669f970ec0f49bb735f20799a7e7c4a1c274e2",
    v: "0x1c",
    value: "0x2714d78692b000",
  }),
  sent(3, {
    from: "0x2a65aca4d5fc5b5c859090a6c34d164135398226",
    gas: "0x15f90",
    hash: "0x05287a561f218418892ab053adfb3d919860988b19458c570c5c30f51c146f02",
    nonce: "0x4e75",
    r: "0x4cc7f5b3d6b6326573e241337c6367e22737165ef3213422a28ab1d62c44674",
    s: "0x6718eb4de6401a3b270aef0c45c5a33f3e997490e7f3b8d577f8ffe5d1a2133a",
    to: "0x743b8aeedc163c0e3a0fe9f3910d146c48e70da8",
    v: "0x1b",
    value: "0x153c6ea30e6ee800",
  }),
]

/** What `eth_getBlockByNumber` answers. */
export function block(): Json {
  return structuredClone({
    author: MINER,
    difficulty: "0x6a351578182",
    extraData: "0xd783010203844765746887676f312e342e32856c696e7578",
    gasLimit: "0x2fefd8",
    gasUsed: "0x2315a",
    hash: HASH,
    // Worked out: the header's hash, which is published, holds it to what it was.
    logsBloom: bloomOf(LOGS),
    miner: MINER,
    mixHash: "0x294e4f986c14720928852077fb1b309cdb7fd00ad7618249520ba1a92b7fabd1",
    nonce: "0x57a633e01197dc86",
    number: "0x76250",
    parentHash: "0x2610dc6eb941f4bcbddfd2362b999087ccd956e978f0ece4f8da96851283a2ba",
    receiptsRoot: "0xada95dd1e1590fe095e67c58f41d633193b238e0e0c588de46682db595738f0b",
    sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
    size: "0x459",
    stateRoot: "0x48b17dd0031aa97d748a886c912539de22997e861d631fd1eb6509fbabef9651",
    timestamp: "0x5638c858",
    totalDifficulty: "0x23afbc5e7b1bb82c",
    transactions: TRANSACTIONS,
    transactionsRoot: "0x2744d46ab0647ed91a9bbd08e19d3bb67491067e8cbe04a276ad2afde5ecd65e",
    uncles: [],
  })
}

const RECEIPTS: readonly Json[] = [
  receipt(0, "0xc6a5", "0xc6a5", "0x2ec017656e20275e92cbd1cdee9aeb43c1a090a5e217797da7c58dbf5be50e5b"),
  receipt(2, "0x1df52", "0x5208", "0x2f98549737594bf832213696d954cc1ee5ccbb1349f63e3983ea3d1b494180eb"),
  receipt(3, "0x2315a", "0x5208", "0x4ab93bd0e8d40aaa3668404162449a76fa671a1cde7da668cccab99359924d2f"),
  receipt(1, "0x18d4a", "0xc6a5", "0xf7c67a3c8bc02b2c581b66f2bdf589a2a7ae9fccb2bf2ca3345b15cdcec6aefa"),
]

/** What `eth_getBlockReceipts` answers; the receipts in the order of that file, which is not that of the block. */
export function receipts(): Json[] {
  return structuredClone([...RECEIPTS])
}

function receipt(index: number, cumulativeGasUsed: string, gasUsed: string, root: string): Json {
  const log = LOGS[index]
  return {
    blockHash: HASH,
    contractAddress: null,
    cumulativeGasUsed,
    effectiveGasPrice: "0xba43b7400",
    gasUsed,
    logs: log === undefined ? [] : [{ ...log, logIndex: `0x${index}` }],
    root,
    status: null,
    transactionHash: TRANSACTIONS[index]?.hash,
    transactionIndex: `0x${index}`,
  }
}
