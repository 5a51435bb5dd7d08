import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { verifyLedger } from "../../../src/cases/ledger-verify.ts"
import { columnsOf } from "../../../src/chains/bitcoin/decode-columns.ts"
import { NODE_HASHES } from "../../../src/readers/decoding/node-hashes.ts"
import { Database } from "../../../src/stores/duckdb/database.ts"
import { UtxoStore } from "../../../src/stores/duckdb/utxo-store.ts"
import { verifyUtxo } from "../../../src/stores/duckdb/utxo-verify.ts"
import { bitcoinScenario } from "./bitcoin-scenario.ts"

const REGTEST = { chain: "regtest", shape: "utxo" } as const
const folder = mkdtempSync(join(tmpdir(), "ashiato-damage-"))

/** A name for one output, whose key is the hash of it. */
const NAMED = `update outputs set kind = 8, o0 = 1, o1 = 2, o2 = 3, o3 = 4 where id = (select min(id) from outputs where kind = 3)`

beforeAll(async () => {
  const { chain } = bitcoinScenario(4)
  const database = await Database.openOrCreate(folder, REGTEST)
  const store = await UtxoStore.open(database, "regtest")
  const bytes = chain.blocks.map(block => block.bytes)
  await store.add(
    columnsOf(bytes, 0, "regtest", NODE_HASHES, () => {}),
    "test",
  )
  await store.commit()
  await store.publish(() => {})
  store.close()
  expect(await verifyLedger(folder, () => {})).toMatchObject({ holds: true, faults: [] })
})

/** Of every link one that is broken; what is broken is taken back after each. */
const DAMAGES: readonly (readonly [string, string])[] = [
  ["a block is missing", "delete from blocks where height = 2"],
  ["a block stands twice", "insert into blocks select * from blocks where height = 2"],
  ["a block's hash is another", "update blocks set h3 = h3 + 1 where height = 2"],
  [
    "the last block's hash is another",
    "update blocks set h0 = h0 + 1 where height = (select max(height) from blocks)",
  ],
  ["a block's parent is another", "update blocks set p1 = p1 + 1 where height = 2"],
  ["the first block's parent is another", "update blocks set p1 = p1 + 1 where height = 0"],
  ["a merkle root is another", "update blocks set m1 = m1 + 1 where height = 2"],
  ["a time is another", "update blocks set time = time + 1 where height = 2"],
  ["a version is another", "update blocks set version = version + 1 where height = 2"],
  ["a nonce is another", "update blocks set nonce = nonce + 1 where height = 2"],
  ["bits are others", "update blocks set bits = bits + 1 where height = 2"],
  ["a time is missing", "update blocks set time = null where height = 2"],
  [
    "a block begins at another transaction",
    "update blocks set first_transaction = first_transaction + 1 where height = 2",
  ],
  ["a transaction is missing", "delete from transactions where id = 3"],
  [
    "a transaction is of another block",
    "update transactions set height = height + 1 where id = (select max(id) from transactions where height = 3)",
  ],
  ["a transaction is of no block", "update transactions set height = 4000 where id = 3"],
  ["a txid is another", "update transactions set t2 = t2 + 1 where id = 3"],
  [
    "the last txid is another",
    "update transactions set t2 = t2 + 1 where id = (select max(id) from transactions)",
  ],
  ["a txid is missing", "update transactions set t2 = null where id = 3"],
  ["a transaction has an output more", "update transactions set outputs = outputs + 1 where id = 3"],
  [
    "the last transaction has an output more",
    "update transactions set outputs = outputs + 1 where id = (select max(id) from transactions)",
  ],
  [
    "the last transaction has an input more",
    "update transactions set inputs = inputs + 1 where id = (select max(id) from transactions)",
  ],
  ["outputs begin elsewhere", "update transactions set first_output = first_output + 1 where id = 3"],
  ["an output is missing", "delete from outputs where id = 3"],
  ["the last output is missing", "delete from outputs where id = (select max(id) from outputs)"],
  ["the last input is missing", "delete from inputs where id = (select max(id) from inputs)"],
  ["an output is of another transaction", "update outputs set tx = tx + 1 where id = 3"],
  ["an output has a coin more", "update outputs set value = value + 100000000 where id = 3"],
  ["an output is below zero", "update outputs set value = -5 where id = (select max(id) from outputs)"],
  ["an output has no value", "update outputs set value = null where id = (select max(id) from outputs)"],
  ["an owner is of no kind", "update outputs set kind = 77 where id = (select max(id) from outputs)"],
  ["an owner's kind is missing", "update outputs set kind = null where id = (select max(id) from outputs)"],
  ["an owner's key is missing", "update outputs set o2 = null where id = (select max(id) from outputs)"],
  ["a spent output is burned", "update outputs set kind = 0 where id = (select max(spent) from inputs)"],
  ["an owner's name is missing", NAMED],
  ["a name is another's", `${NAMED}; insert into owner_names values (1, 2, 3, 4, 'somebody')`],
  ["an input spends what there is not", "update inputs set spent = 4000000000 where id = 0"],
  [
    "an input spends what comes later",
    "update inputs set spent = (select max(id) from outputs) where id = 0",
  ],
  [
    "two inputs spend one output",
    "update inputs set spent = (select spent from inputs where id = 0) where id = (select max(id) from inputs)",
  ],
  ["an input is of another transaction", "update inputs set tx = tx + 1 where id = 0"],
  ["an input spends nothing", "update inputs set spent = null where id = 0"],
  ["a txid is said to be taken again", "insert into overwritten values (1, 3)"],
  ["nobody says where blocks are from", "delete from provenance"],
]

describe("a ledger that is checked", () => {
  it.each(DAMAGES)("does not hold where %s", async (_, sql) => {
    const database = await Database.open(folder)
    try {
      await database.run("begin transaction")
      for (const statement of sql.split("; ")) await database.run(statement)
      expect(await verifyUtxo(database, "regtest", NODE_HASHES)).not.toEqual([])
    } finally {
      await database.rollBack()
      database.close()
    }
  })
})
