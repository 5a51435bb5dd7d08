import { scryptSync } from "node:crypto"
import { decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import { displayed } from "../../../src/chains/bitcoin/hash.ts"
import { checkProofOfWork } from "../../../src/chains/bitcoin/proof-of-work.ts"
import { COINBASE_INPUT, output, transaction, unchecked } from "../../chains/bitcoin/made-bytes.ts"
import { blockFaultOf, fromHex, sha256d, WORK } from "../../chains/bitcoin/real-bytes.ts"

/** Any block takes about two tries, four, and eight. */
export const EASY = 0x207fffff
export const HARDER = 0x203fffff
export const HARDEST = 0x201fffff

export const hashOf = (block: Uint8Array): string => displayed(sha256d(block.subarray(0, 80)))
export const parentOf = (block: Uint8Array): string => displayed(block.slice(4, 36))

/** The coinbase of Bitcoin's first block, which its test networks share. */
const FIRST_COINBASE = fromHex(`
  01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054
  696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420
  666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61
  deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000`)
const BITCOIN_ROOT = "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
/** As in a header; the body of Litecoin's first block is not at hand, so that of Bitcoin's stands behind it. */
const LITECOIN_ROOT = "d9ced4ed1130f7b7faad9be25323ffafa33232a17c3edf6cfd97bee6bafbdd97"

function first(root: string, time: number, bits: number, nonce: number): Uint8Array {
  const numbers = new Uint8Array(new Uint32Array([time, bits, nonce]).buffer)
  const header = fromHex(`01000000${"00".repeat(32)}${root}`)
  return Buffer.concat([header, numbers, Uint8Array.of(1), FIRST_COINBASE])
}

export const GENESIS = {
  mainnet: first(BITCOIN_ROOT, 1231006505, 0x1d00ffff, 2083236893),
  testnet: first(BITCOIN_ROOT, 1296688602, 0x1d00ffff, 414098458),
  regtest: first(BITCOIN_ROOT, 1296688602, EASY, 2),
  litecoin: first(LITECOIN_ROOT, 1317972665, 0x1e0ffff0, 2084524493),
  litecoinRegtest: first(LITECOIN_ROOT, 1296688602, EASY, 0),
} as const

export interface BlockToMake {
  readonly parent: Uint8Array
  /** Makes the coinbase its own, so that two children of one parent differ. */
  readonly tag: number
  readonly bits?: number
  readonly time?: number
  /** Outputs besides the one of a coinbase, 43 bytes each, up to 250. */
  readonly outputs?: number
  readonly network?: "regtest" | "litecoinRegtest"
}

/** A block of a test network, mined. */
export function mine(wanted: BlockToMake): Uint8Array {
  const { parent, tag, bits = EASY, time = 1_300_000_000 + tag, outputs = 0, network = "regtest" } = wanted
  const paid = Array.from({ length: outputs }, (_, n) => output(BigInt(n), `6a20${"ab".repeat(32)}`))
  const coinbase = transaction({ inputs: [COINBASE_INPUT], outputs: [output(BigInt(tag), "51"), ...paid] })
  const block = unchecked([coinbase])
  block.set(sha256d(fromHex(coinbase)), 36)
  block.set(sha256d(parent.subarray(0, 80)), 4)
  const view = new DataView(block.buffer, block.byteOffset)
  view.setUint32(68, time, true)
  view.setUint32(72, bits, true)
  const hashes = {
    ...WORK,
    scrypt: (bytes: Uint8Array) => scryptSync(bytes, bytes, 32, { N: 1024, r: 1, p: 1 }),
  }
  const header = () => decodeBlock(block, { mweb: false }).header
  for (let nonce = 0; ; nonce++) {
    view.setUint32(76, nonce, true)
    if (blockFaultOf(() => checkProofOfWork(header(), CONSENSUS[network], hashes)) === null) break
  }
  verifiedTxids(decodeBlock(block, { mweb: false }), sha256d)
  return block
}

/** A chain of so many blocks upon the parent, its children first. */
export function mineChain(parent: Uint8Array, length: number, from = 1, bits = EASY): Uint8Array[] {
  const chain: Uint8Array[] = []
  for (let n = 0; n < length; n++) chain.push(mine({ parent: chain.at(-1) ?? parent, tag: from + n, bits }))
  return chain
}
