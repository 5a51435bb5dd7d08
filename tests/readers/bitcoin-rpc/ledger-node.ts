import { decodeBlock, verifiedTxids } from "../../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../../src/chains/bitcoin/consensus.ts"
import { displayed } from "../../../src/chains/bitcoin/hash.ts"
import type { RawBlock } from "../../../src/ports/blocks.ts"
import { makeScenario } from "../../../testing/generator/scenario.ts"
import { sha256d } from "../../chains/bitcoin/real-bytes.ts"
import { mined, type UtxoScenario } from "../esplora/as-bitcoin.ts"
import { FakeNode, hashOf } from "./fake-node.ts"

/** Bitcoin's regtest, which the mined chains are of; by `chainparams.cpp`. */
const REGTEST_GENESIS = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"

/** A random ledger as real blocks, one at every height from its first to its last. */
export function minedScenario(seed: number): { scenario: UtxoScenario; blocks: readonly RawBlock[] } {
  const scenario = makeScenario(seed, "utxo")
  const { ledger } = scenario
  if (ledger.shape !== "utxo") throw new Error("expected a UTXO ledger")
  const heights = new Set(ledger.outputs.map(({ height }) => height))
  const gaps = []
  for (let height = Math.min(...heights); height < Math.max(...heights); height++) {
    if (heights.has(height)) continue
    gaps.push({ txid: `gap ${height}`, vout: 0, height, index: 0, time: "", address: "miner", value: 0n })
  }
  const whole = { ...scenario, ledger: { ...ledger, outputs: [...ledger.outputs, ...gaps] } }
  const { chain, scenario: named } = mined(whole)
  return { scenario: named, blocks: chain.blocks }
}

/** A node that has these blocks, with an index of their transactions. Below the first of them nobody looks. */
export function nodeOf(blocks: readonly RawBlock[]): FakeNode {
  const first = blocks[0]?.height ?? 0
  const below = Array.from({ length: first }, (_, height) => Buffer.alloc(80, height + 1))
  const node = new FakeNode([...below, ...blocks.map(({ bytes }) => Buffer.from(bytes))])
  node.genesis = REGTEST_GENESIS
  for (const { bytes } of blocks) index(node, bytes)
  return node
}

export function index(node: FakeNode, bytes: Uint8Array): void {
  const block = decodeBlock(bytes, CONSENSUS.regtest)
  const txids = verifiedTxids(block, sha256d).map(displayed)
  for (const [at, transaction] of block.transactions.entries()) {
    node.transactions.set(txids[at] ?? "", {
      hex: Buffer.from(transaction.bytes).toString("hex"),
      outputs: transaction.outputs.length,
      blockhash: hashOf(bytes),
    })
  }
}
