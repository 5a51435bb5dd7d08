import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { expect } from "vitest"
import { addressOf, type MinedChain, mineChain } from "../../testing/explorers/mined-chain.ts"
import type { InputRow, OutputRow } from "../../testing/oracle/rows.ts"
import { GENESIS } from "../readers/blocks/made-chain.ts"
import { records, writeFolder } from "../readers/blocks/written-folder.ts"
import { ashiato, newFolder } from "./run-cli.ts"

/** Each a block: what it spends, "txid:vout", and what it pays, "owner value", in thousands. */
const STORY: readonly (readonly [txid: string, spends: string, pays: string])[] = [
  ["join1", "cb1:0 cb1:1", "shop 1500 ann-change 499"],
  ["join2", "cb1:2 cb1:3", "hot 2000"],
  ["deposit1", "cb1:4", "dep 600 payer 399"],
  ["sweep1", "deposit1:0", "hot 599"],
  ["deposit2", "deposit1:1", "dep 300 payer 90"],
  ["sweep2", "deposit2:0", "hot 299"],
  [
    "coinjoin",
    "cb2:0 cb2:1 cb2:2 cb2:3 cb2:4",
    "o1 700 o2 700 o3 700 o4 700 o5 700 r1 290 r2 280 r3 270 r4 260 r5 250",
  ],
  ["bridge", "cb3:0 cb3:1", "else 1900"],
]
const COINBASES: Readonly<Record<number, string>> = {
  1: "ann 1000 bob 1000 bob 1000 cat 1000 payer 1000",
  2: "ann 1000 p 1000 q 1000 r 1000 s 1000",
  3: "ann 1000 zed 1000",
}

const LABELS = `address,network,label,actor,category,seen
${addressOf("hot")},regtest,Exch hot wallet,exch,exchange,2020-01-01
${addressOf("cat")},regtest,Cat's shop,cat,user,2021-01-01
${addressOf("zed")},regtest,Zed,zed,user,2021-01-01
`

/** A folder with a ledger of eleven blocks and a book of three labels, in which ann, bob and cat spend together. */
export function stageClusters(): { readonly folder: string; readonly chain: MinedChain } {
  const outputs: OutputRow[] = []
  const inputs: InputRow[] = []
  const paid = (txid: string, height: number, index: number, pays: string): void => {
    for (const [vout, [, address = "", value = ""]] of [...pays.matchAll(/(\S+) (\d+)/g)].entries()) {
      outputs.push({ txid, vout, height, index, time: "", address, value: 1_000n * BigInt(value) })
    }
  }
  paid("genesis", 0, 0, "nobody 0")
  for (let height = 1; height < 4 + STORY.length; height++) {
    paid(`cb${height}`, height, 0, COINBASES[height] ?? `miner${height} 1`)
    const [txid, spends, pays] = STORY[height - 4] ?? []
    if (txid === undefined || spends === undefined || pays === undefined) continue
    for (const [n, spent] of spends.split(" ").entries()) {
      const [spent_txid = "", vout = ""] = spent.split(":")
      inputs.push({ txid, n, spent_txid, spent_vout: Number(vout) })
    }
    paid(txid, height, 1, pays)
  }
  const chain = mineChain({ shape: "utxo", outputs, inputs }, undefined, GENESIS.regtest)
  const folder = newFolder({ "list.csv": LABELS })
  mkdirSync(join(folder, "blocks"))
  writeFolder(join(folder, "blocks"), { files: { 0: records(chain.blocks.map(({ bytes }) => bytes)) } })
  const ingested = ashiato(["ingest", "bitcoin", "--blocks", "blocks", "--network", "regtest"], folder)
  expect(ingested).toMatchObject({ code: 0, err: "" })
  expect(ashiato(["labels", "import", "list.csv"], folder)).toMatchObject({ code: 0, err: "" })
  return { folder, chain }
}
