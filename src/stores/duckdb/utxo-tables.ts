import type { Database } from "./database.ts"

/**
 * The tables of a chain of Bitcoin's family. Ids are dense and in chain order: blocks by height, transactions in
 * block order, outputs and inputs in transaction order; so an output's id is its transaction's `first_output` plus
 * its index. Hashes and owner keys are four numbers of 64 bits (`WordColumns`). Coinbases have no rows in `inputs`.
 *
 * `overwritten`: transactions whose id a later coinbase took again (BIP30: two on mainnet, before heights 91,842 and
 * 91,880), with that coinbase; what they had left unspent nobody can spend from there on.
 */
const TABLES = [
  `create table if not exists blocks (height uinteger, ${hash("h")}, ${hash("p")}, ${hash("m")},
     time uinteger, version integer, bits uinteger, nonce uinteger, first_transaction uinteger)`,
  `create table if not exists transactions (id uinteger, height uinteger, ${hash("t")},
     first_output uinteger, outputs uinteger, first_input uinteger, inputs uinteger)`,
  `create table if not exists outputs (id uinteger, tx uinteger, value bigint, kind utinyint, ${hash("o")})`,
  "create table if not exists inputs (id uinteger, tx uinteger, spent uinteger)",
  "create table if not exists owner_names (o0 ubigint, o1 ubigint, o2 ubigint, o3 ubigint, name varchar)",
  "create table if not exists overwritten (tx uinteger, later uinteger)",
  `create table if not exists provenance (from_height uinteger, to_height uinteger, source varchar, stored timestamp)`,
  `create temp table if not exists pending (id uinteger, tx uinteger, t0 ubigint, t1 ubigint, t2 ubigint, t3 ubigint,
     vout uinteger)`,
]

/** Hashes do not compress, and trying takes a fifth of the time that storing does. */
function hash(name: string): string {
  return [0, 1, 2, 3].map(word => `${name}${word} ubigint using compression uncompressed`).join(", ")
}

export async function createUtxoTables(database: Database): Promise<void> {
  for (const table of TABLES) await database.run(table)
}

/** How much the ledger holds: the next id of each table. */
export interface UtxoCounts {
  readonly blocks: number
  readonly transactions: number
  readonly outputs: number
  readonly inputs: number
}

export async function utxoCounts(database: Database): Promise<UtxoCounts> {
  const counts = await database.row(
    `select (select count(*) from blocks), (select count(*) from transactions), (select count(*) from outputs),
       (select count(*) from inputs)`,
  )
  const [blocks, transactions, outputs, inputs] = (counts ?? []).map(Number)
  return { blocks: blocks ?? 0, transactions: transactions ?? 0, outputs: outputs ?? 0, inputs: inputs ?? 0 }
}
