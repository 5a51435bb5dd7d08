import { afterAll, describe, expect, it } from "vitest"
import type { AccountMove } from "../../../src/clustering/account-graph.ts"
import type { AccountRow } from "../../../src/ledger/account-row.ts"
import { AccountLedgerGraph } from "../../../src/stores/account-ledger/account-ledger-graph.ts"
import { openColumns } from "../../../src/stores/columns/columns.ts"
import {
  accountRowsOf,
  blocksOf,
  published,
  removeFolders,
  scenarioWithHeights,
  transfersOf,
} from "./made.ts"

afterAll(removeFolders)

/** What moved on an account, from the rows one after another; an exchange's rows at the place of its first. */
function naiveMoves(rows: readonly AccountRow[], account: string, end: number): AccountMove[] {
  const firstOf = new Map<string, number>()
  const ids = [...new Set(rows.map(({ tx }) => `${tx.id} ${tx.height}`))]
  const moves = rows.flatMap(({ tx, from, to, asset, amount, kind, exchange }, row): AccountMove[] => {
    const key = exchange === null ? `row ${row}` : `${tx.id} ${tx.height} ${exchange}`
    if (!firstOf.has(key)) firstOf.set(key, row)
    const position = firstOf.get(key) as number
    if (from === to || position >= end) return []
    const move = {
      position,
      tx: ids.indexOf(`${tx.id} ${tx.height}`),
      height: tx.height ?? 0,
      asset,
      amount,
      isFee: kind === "fee",
    }
    const known = (other: string | null): string | null => (other === "?" ? null : other)
    return [
      ...(from === account ? [{ ...move, direction: "out" as const, counterparty: known(to) }] : []),
      ...(to === account ? [{ ...move, direction: "in" as const, counterparty: known(from) }] : []),
    ]
  })
  const rank = ({ direction }: AccountMove): number => (direction === "out" ? 0 : 1)
  return moves.sort((a, b) => a.position - b.position || rank(a) - rank(b))
}

/** Who gave and who got, row by row. */
function naiveTransfers(rows: readonly AccountRow[], txid: string, end: number) {
  const known = (account: string | null): string | null => (account === "?" ? null : account)
  return rows.slice(0, end).flatMap(({ tx, ref, from, to, kind }) => {
    return tx.id === txid
      ? [{ from: known(from), to: known(to), rest: ref.slice(txid.length), isFee: kind === "fee" }]
      : []
  })
}

describe("what moved on accounts, as a published ledger tells it", () => {
  it.each([1, 2, 3, 4])("is what the rows say, up to any height (ledger %i)", async seed => {
    const rows = accountRowsOf(transfersOf(scenarioWithHeights(seed)))
    const { connection, folder } = await published(blocksOf(rows))
    connection.closeSync()
    const columns = openColumns(folder)
    const ends = rows.flatMap(({ from, to }) => [from, to])
    const accounts = [...new Set(ends.flatMap(end => (end === null || end === "?" ? [] : [end])))]
    const last = rows.at(-1)?.tx.height ?? 0
    for (const toHeight of [null, Math.floor(last / 2)]) {
      const graph = new AccountLedgerGraph(columns, toHeight)
      const end = rows.filter(({ tx }) => toHeight === null || (tx.height ?? 0) <= toHeight).length
      for (const account of accounts) {
        const naive = naiveMoves(rows, account, end)
        const moves = [...graph.movesOf(account)]
        expect(moves, `${account} to ${toHeight}`).toEqual(naive)
        expect(graph.stepCount(account)).toBeGreaterThanOrEqual(new Set(moves.map(m => m.position)).size)
        for (const { position } of moves) expect(graph.txidAt(position)).toBe(rows[position]?.tx.id)
      }
    }
    for (const toHeight of [null, Math.floor(last / 2)]) {
      const graph = new AccountLedgerGraph(columns, toHeight)
      const end = rows.filter(({ tx }) => toHeight === null || (tx.height ?? 0) <= toHeight).length
      for (const txid of new Set(rows.map(({ tx }) => String(tx.id)))) {
        expect([...graph.transfersOf(txid)], txid).toEqual(naiveTransfers(rows, txid, end))
      }
    }
    const graph = new AccountLedgerGraph(columns)
    expect([...graph.transfersOf("nothing")]).toEqual([])
    expect([...graph.movesOf("nobody at all")]).toEqual([])
    expect([graph.has("nobody at all"), graph.has(String(accounts[0]))]).toEqual([false, true])
    columns.close()
  })
})
