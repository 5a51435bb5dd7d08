import { describe, expect } from "vitest"
import { decodeBlock, verifiedTxids } from "../../src/chains/bitcoin/block.ts"
import { CONSENSUS } from "../../src/chains/bitcoin/consensus.ts"
import { Cursor } from "../../src/chains/bitcoin/cursor.ts"
import { displayed } from "../../src/chains/bitcoin/hash.ts"
import { ownersOn } from "../../src/chains/bitcoin/owner.ts"
import { templateOf } from "../../src/chains/bitcoin/script.ts"
import type { Output } from "../../src/chains/bitcoin/transaction.ts"
import { changeOf } from "../../src/clustering/change.ts"
import { clusterAll } from "../../src/clustering/cluster-all.ts"
import { clusterAround } from "../../src/clustering/cluster-around.ts"
import { coSpendOf } from "../../src/clustering/co-spend.ts"
import { coinjoinOf } from "../../src/clustering/coinjoin.ts"
import type { OwnedTransaction } from "../../src/clustering/owner-graph.ts"
import { inputCheckOf } from "../../src/clustering/payjoin.ts"
import * as data from "../chains/bitcoin/real-bytes.ts"
import { columnsOf, MadeChain, type MadeSpending } from "./made-chain.ts"

const ownerOf = ownersOn("mainnet", data.sha256)
const { mainnet } = CONSENSUS

/** Numbers owners by their names; what nobody can spend is one owner. */
class Owners {
  readonly #numbers = new Map<string, number>()
  potOf({ value, script }: Output): [number, number, string] {
    const name = ownerOf(script)
    const owner = this.#numbers.get(name ?? "") ?? this.#numbers.size
    this.#numbers.set(name ?? "", owner)
    return [owner, value, name === null ? "burned" : templateOf(script).kind]
  }
}

function block300025(bytes: Uint8Array, undo: Uint8Array): { txid: string; tx: OwnedTransaction }[] {
  const cursor = new Cursor(undo)
  const owners = new Owners()
  const block = decodeBlock(bytes, mainnet)
  const txids = verifiedTxids(block, data.sha256d).map(displayed)
  let output = 0
  const pot = (made: Output) => {
    const [owner, value, kind] = owners.potOf(made)
    return { output: output++, owner, value, kind }
  }
  return block.transactions.map(({ inputs, outputs, isCoinbase }, n) => {
    const spent = isCoinbase
      ? []
      : inputs.map(() => ({
          value: cursor.amountAt(cursor.skipAmount()),
          script: cursor.take(cursor.count(1)),
        }))
    const tx = { tx: n, height: 300_025, isCoinbase, inputs: spent.map(pot), outputs: outputs.map(pot) }
    return { txid: txids[n] as string, tx }
  })
}

describe("block 300025", () => {
  data.itReads(
    "has the findings that were looked at one by one",
    [data.BLOCK_300025, data.SPENT_BY_300025],
    read => {
      const [bytes, undo] = read as [Uint8Array, Uint8Array]
      const all = block300025(bytes, undo)
      expect(all).toHaveLength(461)
      const coinjoins = all.flatMap(({ txid, tx }) => {
        const finding = coinjoinOf(tx)
        return finding === null
          ? []
          : [
              `${txid.slice(0, 16)} ${finding.pattern} ${finding.anonymitySet} of ${finding.values} in ${tx.inputs.length} out ${tx.outputs.length}`,
            ]
      })
      const counts = { joins: 0, unnecessary: 0, consensus: 0, votes: 0 }
      for (const { tx } of all) {
        const finding = changeOf(tx, () => false)
        if (coSpendOf(tx).joins) counts.joins++
        if (inputCheckOf(tx)?.hasUnnecessaryInput) counts.unnecessary++
        if (finding.consensus !== null) counts.consensus++
        counts.votes += finding.votes.length
      }
      // Looked at: 25 and 19 inputs of as many owners, of 0.01 to 0.103 BTC, many outputs alike; a pool of customers'
      // coins, and several owners as far as can be told. Wasabi came in 2018: a pattern is a form.
      expect(coinjoins).toEqual([
        "dbb220ef8a2d9dde wasabi-1 10 of 10000000 in 25 out 19",
        "c1b759121d09b36f equal-outputs 9 of 9000000,8900000 in 19 out 20",
      ])
      expect(counts).toEqual({ joins: 156, unnecessary: 34, consensus: 51, votes: 319 })
    },
  )
})

describe("blocks 1 to 255", () => {
  data.itReads("cluster alike all at once and around each owner", [data.FIRST_BLOCKS], ([file]) => {
    const owners = new Owners()
    const ids = new Map<string, number>()
    const spendings: MadeSpending[] = []
    let made = 0
    for (const bytes of data.blocksOf(file as Uint8Array).slice(0, 255)) {
      const block = decodeBlock(bytes, mainnet)
      const txids = verifiedTxids(block, data.sha256d).map(displayed)
      for (const [n, { inputs, outputs, isCoinbase }] of block.transactions.entries()) {
        const spends = inputs.map(
          ({ prevTxid, prevVout }) => ids.get(`${displayed(prevTxid)}:${prevVout}`) as number,
        )
        spendings.push({
          spends: isCoinbase ? [] : spends,
          pays: outputs.map(output => owners.potOf(output)),
        })
        for (const vout of outputs.keys()) ids.set(`${txids[n]}:${vout}`, made++)
      }
    }
    const chain = new MadeChain(spendings)
    const { root, size, coinjoins } = clusterAll(columnsOf(chain))
    expect(coinjoins).toHaveLength(0)
    const largest: string[] = []
    for (let owner = 0; owner < chain.ownerCount; owner++) {
      const { members, cut } = clusterAround(chain, owner)
      expect([members[0], members.length, cut]).toEqual([root[owner], size[owner], null])
      if (root[owner] === owner && members.length > 1) largest.push(`${members.length}`)
    }
    expect([chain.transactionCount, chain.ownerCount, largest.join()]).toEqual([262, 262, ""])
  })
})
