import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { prove } from "../../../src/chains/ethereum/proof.ts"
import type { AccountRow } from "../../../src/ledger/account-row.ts"
import type { AccountBlock } from "../../../src/ports/blocks.ts"
import { openEthereumExport } from "../../../src/readers/ethereum/ethereum-export.ts"
import { readBlock, readReceipts } from "../../../src/readers/ethereum/export-block.ts"
import { findExportFiles, type Table } from "../../../src/readers/ethereum/export-files.ts"
import { ExportTable } from "../../../src/readers/ethereum/export-table.ts"
import { faultOf } from "../../chains/ethereum/faults.ts"
import { big, FIRST, FOLDER, isThere, LAST, type Published, published, whether } from "./published-export.ts"

const itReads = isThere ? it : it.skip
let blocks: AccountBlock[] = []
let rows: ReadonlyMap<string, AccountRow> = new Map()

beforeAll(async () => {
  if (!isThere) return
  const feed = await openEthereumExport({ folder: FOLDER })
  for await (const batch of feed.blocks(FIRST, LAST)) blocks = [...blocks, ...batch]
  await feed.close()
  rows = new Map(blocks.flatMap(block => block.rows.map((row): [string, AccountRow] => [row.ref, row])))
})

describe("mainnet blocks 17173049 and 17173050, as ethereum-etl exports them", () => {
  itReads(`are two blocks, one the child of the other${whether}`, async () => {
    expect(blocks.map(({ height, hash, parent, time }) => ({ height, hash, parent, time }))).toEqual(
      published("blocks").map(({ number, hash, parent_hash, timestamp }) => {
        return { height: Number(number), hash, parent: parent_hash, time: Number(timestamp) }
      }),
    )
    expect(blocks[1]?.parent).toBe(blocks[0]?.hash)
  })

  itReads(`have the value and the fee of each of their 298 transactions${whether}`, () => {
    const transactions = published("transactions")
    expect(transactions).toHaveLength(298)
    const own = new Map(published("blocks").map(block => [block.number, block]))
    const expected: object[] = []
    for (const transaction of transactions) {
      const { hash, from_address: from, block_number: height } = transaction
      const { miner, base_fee_per_gas: base } = own.get(height) as Published
      const gas = big(transaction.receipt_gas_used)
      const tip = (big(transaction.receipt_effective_gas_price) - big(base)) * gas
      const fee = { tx: hash, from, asset: "ETH", kind: "fee", grade: "reported" }
      if (tip > 0n) expected.push({ ...fee, ref: `${hash}#fee`, to: miner, amount: tip })
      expected.push({ ...fee, ref: `${hash}#basefee`, to: null, amount: big(base) * gas })
      if (transaction.receipt_status !== "1" || transaction.value === "0") continue
      const to = transaction.to_address ?? transaction.receipt_contract_address
      expected.push({ ...fee, ref: `${hash}#value`, to, amount: big(transaction.value), kind: "transfer" })
    }
    const told = [...rows.values()].filter(({ tx, asset }) => tx.id !== null && asset === "ETH")
    expect(
      told.map(({ tx, ref, from, to, asset, amount, kind, grade }) => {
        return { tx: tx.id, from, asset, kind, grade, ref, to, amount }
      }),
    ).toEqual(expected)
    expect(told.filter(({ ref }) => ref.endsWith("#value"))).toHaveLength(127)
  })

  itReads(`have each of the 291 token transfers that is an amount${whether}`, () => {
    const logs = published("logs")
    expect(logs).toHaveLength(681)
    const topicsOf = new Map(logs.map(log => [`${log.transaction_hash}#log:${log.log_index}`, log.topics]))
    const expected: object[] = []
    const leftOut = { collectibles: 0, nothing: 0 }
    for (const transfer of published("token_transfers")) {
      const ref = `${transfer.transaction_hash}#log:${transfer.log_index}`
      // Its file tells a collectible's number as if it were an amount.
      const isCollectible = (topicsOf.get(ref) as unknown[]).length === 4
      if (isCollectible) leftOut.collectibles++
      else if (transfer.value === "0") leftOut.nothing++
      if (isCollectible || transfer.value === "0") continue
      const end = (address: unknown) => (/^0x0{40}$/.test(address as string) ? null : address)
      const [from, to] = [end(transfer.from_address), end(transfer.to_address)]
      const kind = from === null ? "issue" : to === null ? "burn" : "transfer"
      expected.push({
        ref,
        from,
        to,
        asset: `erc20:${transfer.token_address}`,
        amount: big(transfer.value),
        kind,
      })
    }
    const told = [...rows.values()].filter(({ asset }) => asset !== "ETH")
    expect(
      told.map(({ ref, from, to, asset, amount, kind }) => ({ ref, from, to, asset, amount, kind })),
    ).toEqual(expected)
    expect({ told: told.length, ...leftOut }).toEqual({ told: 279, collectibles: 9, nothing: 3 })
  })

  itReads(`have each of their withdrawals as a reward${whether}`, () => {
    const expected = published("blocks").flatMap(({ number, withdrawals }) => {
      return (withdrawals as Published[]).map(({ address, amount }, at) => {
        return { ref: `block:${number}#withdrawal:${at}`, to: address, amount: big(amount) * 10n ** 9n }
      })
    })
    const told = [...rows.values()].filter(({ kind }) => kind === "reward")
    expect(told.map(({ ref, to, amount }) => ({ ref, to, amount }))).toEqual(expected)
    expect(told).toHaveLength(32)
  })

  itReads(`lack what contracts moved, and say so; wrapped ether is doubted${whether}`, () => {
    const height = `${FIRST}`
    const notices = blocks[0]?.notices ?? []
    expect(notices).toContainEqual({ code: "internal-calls-absent", asset: "ETH", detail: { from: height } })
    expect(notices).toContainEqual({ code: "record-unproven", asset: null, detail: { service: FOLDER } })
    const weth = "erc20:0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"
    expect(notices.filter(({ asset }) => asset === weth).map(({ code }) => code)).toEqual([
      "token-does-not-add-up",
    ])
  })
})

describe("what of them can be recomputed", () => {
  const tables = new Map<Table, ExportTable>()
  beforeAll(async () => {
    if (!isThere) return
    for (const [table, paths] of await findExportFiles(FOLDER)) {
      tables.set(table, await ExportTable.read(table, paths))
    }
  })
  afterAll(async () => {
    for (const table of tables.values()) await table.close()
  })
  const rowsAt = async (table: Table, height: number) => (await tables.get(table)?.rowsAt(height)) ?? []

  itReads(`are the roots of receipts and withdrawals; header and hashes lack fields${whether}`, async () => {
    for (const height of [FIRST, LAST]) {
      const transactions = await rowsAt("transactions", height)
      const [row] = await rowsAt("blocks", height)
      if (row === undefined) throw new Error("no block")
      const block = readBlock(row, transactions)
      const receipts = readReceipts(block, transactions, "receipt_", await rowsAt("logs", height))
      expect(prove(block, receipts, [])).toEqual({
        header: false,
        transactions: false,
        receipts: true,
        withdrawals: true,
        uncles: true,
      })
      // And one wei more in one log is noticed.
      const at = receipts.findIndex(({ logs }) => logs?.some(({ data }) => data.length === 66))
      const forged = receipts.map((receipt, index) => {
        if (index !== at) return receipt
        const logs =
          receipt.logs?.map(log => ({ ...log, data: `${log.data.slice(0, -1)}f` as const })) ?? null
        return { ...receipt, logs: logs as typeof receipt.logs }
      })
      expect(faultOf(() => prove(block, forged, []))).toBe("block.receiptsRoot: root does not match")
      const [first, ...others] = block.withdrawals ?? []
      if (first === undefined) throw new Error("no withdrawal")
      const withdrawals = [{ ...first, amount: first.amount + 1n }, ...others]
      expect(faultOf(() => prove({ ...block, withdrawals }, receipts, []))).toBe(
        "block.withdrawalsRoot: root does not match",
      )
    }
  })
})
