import { createHash } from "node:crypto"
import { bech32, hex } from "@scure/base"
import type { RawBlock } from "../../src/ports/blocks.ts"
import type { UtxoLedger } from "../oracle/question.ts"
import { blocksOf, type UtxoTx } from "../oracle/utxo-blocks.ts"

/** A ledger of names turned into real blocks of a regtest network: real txids, merkle roots and proofs of work. */
export interface MinedChain {
  readonly blocks: readonly RawBlock[]
  /** The txid of what the ledger calls so. */
  txidOf(name: string): string
  hashAt(height: number): string
}

const BITS = 0x207fffff
export const timeOf = (height: number): number => 1_500_000_000 + height * 600

/** An output of this owner name is unspendable. */
export const BURNED = "op_return"

const sha256 = (bytes: Uint8Array | string): Uint8Array => createHash("sha256").update(bytes).digest()
const sha256d = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes))
const displayed = (hash: Uint8Array): string => hex.encode(Uint8Array.from(hash).reverse())
const program = (owner: string): Uint8Array => Uint8Array.from(sha256(owner).subarray(0, 20))

/** The address that an owner's name stands for; "" has none. */
export function addressOf(owner: string): string {
  if (owner === "" || owner === BURNED) return ""
  return bech32.encode("bcrt", [0, ...bech32.toWords(program(owner))])
}

function scriptOf(owner: string): Uint8Array {
  if (owner === BURNED) return Uint8Array.of(0x6a)
  // OP_1: anyone may spend it, and there is no address for it.
  return owner === "" ? Uint8Array.of(0x51) : Uint8Array.of(0, 20, ...program(owner))
}

/**
 * Mines a ledger in which every block has a coinbase and nothing else is without inputs.
 *
 * @param clock unix seconds of a block by its height
 * @param genesis the first block as it stands, for a network's own; its coins are out of reach
 */
export function mineChain(ledger: UtxoLedger, clock = timeOf, genesis: Uint8Array | null = null): MinedChain {
  const txids = new Map<string, Uint8Array>()
  const hashes = new Map<number, string>()
  let previous: Uint8Array = new Uint8Array(32)
  const blocks = blocksOf(ledger).map(({ height, coinbase, others }): RawBlock => {
    if (coinbase === null) throw new Error(`mined chain: no coinbase at ${height}`)
    if (height === 0 && genesis !== null) {
      previous = sha256d(genesis.subarray(0, 80))
      hashes.set(height, displayed(previous))
      return { height, bytes: Uint8Array.from(genesis) }
    }
    const txs = [coinbase, ...others].map(tx => {
      const bytes = transaction(tx, txids, tx === coinbase)
      txids.set(tx.txid, sha256d(bytes))
      return bytes
    })
    const header = mined([
      uint(4, 0x20000000),
      previous,
      rootOver(txs.map(sha256d)),
      uint(4, clock(height)),
      uint(4, BITS),
    ])
    previous = sha256d(header)
    hashes.set(height, displayed(previous))
    return { height, bytes: Uint8Array.from(Buffer.concat([header, size(txs.length), ...txs])) }
  })
  return {
    blocks,
    txidOf: name => displayed(txids.get(name) ?? sha256(name)),
    hashAt: height => hashes.get(height) ?? displayed(sha256(`no block ${height}`)),
  }
}

function transaction(tx: UtxoTx, txids: ReadonlyMap<string, Uint8Array>, isCoinbase: boolean): Uint8Array {
  const inputs = isCoinbase
    ? [[new Uint8Array(32), uint(4, 0xffffffff), size(5), Uint8Array.of(4), uint(4, tx.height)]]
    : tx.inputs.map(({ spent_txid, spent_vout }) => {
        const from = txids.get(spent_txid)
        if (from === undefined)
          throw new Error(`mined chain: ${tx.txid} spends ${spent_txid} before it is made`)
        return [from, uint(4, spent_vout), size(0)]
      })
  return Buffer.concat([
    uint(4, 2),
    size(inputs.length),
    ...inputs.flatMap(parts => [...parts, uint(4, 0xfffffffe)]),
    size(tx.outputs.length),
    ...tx.outputs.flatMap(({ value, address }) => {
      const script = scriptOf(address)
      return [uint(8, value), size(script.length), script]
    }),
    uint(4, 0),
  ])
}

function mined(parts: readonly Uint8Array[]): Uint8Array {
  for (let nonce = 0; ; nonce++) {
    const header = Buffer.concat([...parts, uint(4, nonce)])
    // Half of all hashes lie below the target.
    if ((sha256d(header)[31] ?? 0) < 0x7f) return header
  }
}

function rootOver(level: readonly Uint8Array[]): Uint8Array {
  const [only] = level
  if (only === undefined) throw new Error("mined chain: a block of nothing")
  if (level.length === 1) return only
  const pairs = level.filter((_, at) => at % 2 === 0)
  return rootOver(pairs.map((left, at) => sha256d(Buffer.concat([left, level[2 * at + 1] ?? left]))))
}

function uint(bytes: number, value: number | bigint): Uint8Array {
  const all = Buffer.alloc(8)
  all.writeBigUInt64LE(BigInt(value))
  return all.subarray(0, bytes)
}

function size(count: number): Uint8Array {
  return count < 0xfd ? uint(1, count) : Buffer.concat([Uint8Array.of(0xfd), uint(2, count)])
}
