import type { DuckDBConnection } from "@duckdb/node-api"

/**
 * The tables of an account chain. Ids are dense and in order: of transactions and rows the order of execution, of
 * accounts and assets that of their first appearance. Nulls are what no record has.
 *
 * - `transactions`: rows that share an id, a time and the beginning of their references. `ref` is that beginning where
 *   it is not the `txid`: what a block gives outside its transactions has a reference and no transaction id. `time` in
 *   unix seconds; a minute is one of which the second is not known.
 * - `rows`: `ref` is what follows the transaction's own; `from_account` null issues, `to_account` null burns, or is
 *   `unrecorded`; `exchange` is the id of the exchange's first row. `kind` and `grade` as in `codes.ts`.
 * - `notices`: what blocks lack. Those with one `same_as` say the same of block after block.
 * - `amount` is BIGNUM: it takes every uint256 through an appender and gives it back exactly, and its `sum()` stays
 *   exact, where UHUGEINT has 128 bits and a `sum()` that turns DOUBLE (tried with 1.5.6; the tests do so again).
 */
const TABLES = [
  `create table if not exists blocks (height uinteger, hash varchar, parent varchar, time bigint,
     first_transaction uinteger, first_row uinteger)`,
  `create table if not exists transactions (id uinteger, height uinteger, first_row uinteger, txid varchar,
     ref varchar, time bigint, to_the_minute boolean)`,
  `create table if not exists rows (id uinteger, tx uinteger, ref varchar, from_account uinteger,
     to_account uinteger, unrecorded boolean, asset uinteger, amount bignum, kind utinyint, exchange uinteger,
     grade utinyint, source varchar, origin_unknown boolean)`,
  "create table if not exists accounts (id uinteger, name varchar)",
  "create table if not exists assets (id uinteger, name varchar)",
  "create table if not exists notices (height uinteger, code varchar, asset varchar, same_as varchar, json varchar)",
  `create table if not exists provenance (from_height uinteger, to_height uinteger, source varchar, stored timestamp)`,
]

export async function createAccountTables(connection: DuckDBConnection): Promise<void> {
  for (const table of TABLES) await connection.run(table)
}

/** How much the ledger holds: the next id of each table. */
export interface AccountCounts {
  readonly blocks: number
  readonly transactions: number
  readonly rows: number
  readonly accounts: number
  readonly assets: number
}

export async function accountCounts(connection: DuckDBConnection): Promise<AccountCounts> {
  const answer = await connection.runAndReadAll(
    `select (select count(*) from blocks), (select count(*) from transactions), (select count(*) from rows),
       (select count(*) from accounts), (select count(*) from assets)`,
  )
  const [blocks = 0, transactions = 0, rows = 0, accounts = 0, assets = 0] = (answer.getRows()[0] ?? []).map(
    Number,
  )
  return { blocks, transactions, rows, accounts, assets }
}
