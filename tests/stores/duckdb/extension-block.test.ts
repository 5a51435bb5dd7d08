import { scryptSync } from "node:crypto"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { openThefts } from "../../../src/cases/open.ts"
import { traceCase } from "../../../src/cases/trace-case.ts"
import { columnsOf } from "../../../src/chains/bitcoin/decode-columns.ts"
import { NODE_HASHES } from "../../../src/readers/decoding/node-hashes.ts"
import { Database } from "../../../src/stores/duckdb/database.ts"
import { UtxoStore } from "../../../src/stores/duckdb/utxo-store.ts"
import { coinbase, type Out, owner, sha256d, spend, txidOf } from "./raw-blocks.ts"

/** Witness programs of 32 bytes, versions 9 and 8: into the extension block, and what it holds. */
const PEG_IN = Buffer.concat([Uint8Array.of(0x59, 32), Buffer.alloc(32, 7)])
const balance = (n: number): Buffer => Buffer.concat([Uint8Array.of(0x58, 32), Buffer.alloc(32, n)])

/** The transaction with the mark of a HogEx: flag 8 before its inputs, an empty extension before its lock time. */
function marked(tx: Buffer): Buffer {
  const end = tx.length - 4
  return Buffer.concat([
    tx.subarray(0, 4),
    Uint8Array.of(0, 8),
    tx.subarray(4, end),
    Uint8Array.of(0),
    tx.subarray(end),
  ])
}

/** A block of Litecoin's regtest whose last transaction is a HogEx, and behind it an extension block that is not looked at. */
function mined(previous: Uint8Array, txs: readonly Buffer[], hogEx: Buffer | null, time: number): Buffer {
  const all = hogEx === null ? txs : [...txs, hogEx]
  let level: Uint8Array[] = all.map(sha256d)
  while (level.length > 1) {
    const now = level
    level = now
      .filter((_, at) => at % 2 === 0)
      .map((left, at) => sha256d(Buffer.concat([left, now[2 * at + 1] ?? left])))
  }
  const head = Buffer.alloc(80)
  head.writeUInt32LE(0x20000000)
  Buffer.from(previous).copy(head, 4)
  Buffer.from(level[0] as Uint8Array).copy(head, 36)
  head.writeUInt32LE(time, 68)
  head.writeUInt32LE(0x207fffff, 72)
  for (let nonce = 0; ; nonce++) {
    head.writeUInt32LE(nonce, 76)
    const work = scryptSync(head, head, 32, { N: 1024, r: 1, p: 1 })
    if ((work[31] as number) < 0x7f) break
  }
  const bodies = hogEx === null ? txs : [...txs, marked(hogEx), Buffer.of(1, 0xde, 0xad)]
  return Buffer.concat([head, Buffer.of(all.length), ...bodies])
}

const pay = (value: bigint, script: Uint8Array): Out => ({ value, script })
const COIN = 100_000_000n
const blockHash = (block: Buffer): Uint8Array => sha256d(block.subarray(0, 80))

it("what goes into Litecoin's extension block has arrived, what comes out is untraced, and both are said", async () => {
  const genesis = coinbase(0, pay(50n * COIN, owner(0)))
  const stolen = coinbase(1, pay(50n * COIN, owner(1)))
  const pegIn = spend([[stolen, 0]], pay(30n * COIN, PEG_IN), pay(20n * COIN, owner(2)))
  const first = spend([[pegIn, 0]], pay(30n * COIN, balance(1)))
  const out = spend([[first, 0]], pay(12n * COIN, balance(2)), pay(18n * COIN, owner(3)))
  const blocks: Buffer[] = []
  for (const [height, [txs, hogEx]] of (
    [
      [[genesis], null],
      [[stolen], null],
      [[coinbase(2, pay(50n * COIN, owner(9))), pegIn], first],
      [[coinbase(3, pay(50n * COIN, owner(9)))], out],
    ] as const
  ).entries()) {
    const before = blocks.at(-1)
    const previous = before === undefined ? new Uint8Array(32) : blockHash(before)
    blocks.push(mined(previous, txs, hogEx, 1.5e9 + height))
  }
  const folder = mkdtempSync(join(tmpdir(), "ashiato-mweb-"))
  const database = await Database.openOrCreate(folder, { chain: "litecoin-regtest", shape: "utxo" })
  const store = await UtxoStore.open(database, "litecoinRegtest")
  await store.add(
    columnsOf(blocks, 0, "litecoinRegtest", NODE_HASHES, () => {}),
    "made",
  )
  await store.commit()
  await store.publish(() => {})
  store.close()

  const records = { kind: "ledger", folder } as const
  const ref = `${txidOf(stolen)}:0`
  const opened = await openThefts({ records, chain: null, theftRefs: [ref], theftsFile: null }, null, null)
  const inquiry = {
    ...opened,
    caseId: null,
    rules: ["fifo", "poison"] as const,
    allRules: false,
    fees: "drop" as const,
    min: 0n,
    maxHops: null,
    stopAtServices: true,
    flows: null,
  }
  const { document } = await traceCase(inquiry, ({ code }) => code)
  const fifo = document.answers[0]?.rules.fifo
  expect(fifo?.total).toMatchObject({ services: `${30n * COIN}`, held: `${20n * COIN}` })
  expect(fifo?.arrivals).toMatchObject([{ service: "MWEB", address: "mweb:pool", traced: `${30n * COIN}` }])
  expect(fifo?.holdings.map(({ pot }) => pot)).toEqual([`${txidOf(pegIn)}:1`])
  expect(document.gaps.map(({ code }) => code)).toEqual(["extension-block"])
  expect(document.complete).toBe(false)
})
