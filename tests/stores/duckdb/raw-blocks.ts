import { createHash } from "node:crypto"
import { columnsOf } from "../../../src/chains/bitcoin/decode-columns.ts"
import { NODE_HASHES } from "../../../src/readers/decoding/node-hashes.ts"

/** Blocks that `mineChain` does not make: txids taken twice, scripts of any kind, as many outputs as one likes. */
export interface Out {
  readonly value: bigint
  readonly script: Uint8Array
}

const uint = (bytes: number, value: number | bigint): Buffer => {
  const all = Buffer.alloc(8)
  all.writeBigUInt64LE(BigInt(value))
  return all.subarray(0, bytes)
}
const sized = (count: number): Buffer => {
  if (count < 0xfd) return uint(1, count)
  return count < 0x10000
    ? Buffer.concat([uint(1, 0xfd), uint(2, count)])
    : Buffer.concat([uint(1, 0xfe), uint(4, count)])
}
const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest()
export const sha256d = (bytes: Uint8Array): Buffer => sha256(sha256(bytes))
export const txidOf = (tx: Uint8Array): string => Buffer.from(sha256d(tx)).reverse().toString("hex")

/** Pays to a key's hash that is the number's. */
export const owner = (n: number): Uint8Array =>
  Buffer.concat([Uint8Array.of(0, 20), uint(8, n), Buffer.alloc(12)])

function transaction(inputs: readonly Uint8Array[], outputs: readonly Out[]): Buffer {
  return Buffer.concat([
    uint(4, 2),
    sized(inputs.length),
    ...inputs,
    sized(outputs.length),
    ...outputs.flatMap(({ value, script }) => [uint(8, value), sized(script.length), script]),
    uint(4, 0),
  ])
}

export function coinbase(tag: number, ...outputs: Out[]): Buffer {
  const input = [
    Buffer.alloc(32),
    uint(4, 0xffffffff),
    sized(5),
    uint(1, 4),
    uint(4, tag),
    uint(4, 0xffffffff),
  ]
  return transaction([Buffer.concat(input)], outputs)
}

export function spend(spent: readonly (readonly [Uint8Array, number])[], ...outputs: Out[]): Buffer {
  const inputs = spent.map(([tx, vout]) =>
    Buffer.concat([sha256d(tx), uint(4, vout), sized(0), uint(4, 0xffffffff)]),
  )
  return transaction(inputs, outputs)
}

/** A chain of regtest of these transactions, a list for each block. */
export function chainOf(blocks: readonly (readonly Uint8Array[])[]): Uint8Array[] {
  let previous: Uint8Array = new Uint8Array(32)
  return blocks.map((txs, height) => {
    let level = txs.map(sha256d)
    while (level.length > 1) {
      const pairs = level.filter((_, at) => at % 2 === 0)
      const now = level
      level = pairs.map((left, at) => sha256d(Buffer.concat([left, now[2 * at + 1] ?? left])))
    }
    const head = [
      uint(4, 0x20000000),
      previous,
      level[0] as Buffer,
      uint(4, 1.5e9 + height),
      uint(4, 0x207fffff),
    ]
    for (let nonce = 0; ; nonce++) {
      const header = Buffer.concat([...head, uint(4, nonce)])
      const hash = sha256d(header)
      if ((hash[31] as number) >= 0x7f) continue
      previous = hash
      return Uint8Array.from(Buffer.concat([header, sized(txs.length), ...txs]))
    }
  })
}

export const decoded = (blocks: readonly Uint8Array[], firstHeight: number) =>
  columnsOf(blocks, firstHeight, "regtest", NODE_HASHES, () => {})
