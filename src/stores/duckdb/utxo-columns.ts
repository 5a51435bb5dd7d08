import { OWNER_KINDS } from "../../chains/bitcoin/owner-key.ts"
import { UNSPENT, type UtxoColumn } from "../utxo-ledger/utxo-layout.ts"
import type { TypedColumn } from "./append.ts"
import type { Database } from "./database.ts"
import { bytesOf, streamColumns, streamRows } from "./stream.ts"
import { type ColumnSink, ColumnTeller, hashThen, keyThen } from "./told-columns.ts"
import { utxoCounts } from "./utxo-tables.ts"

const NOTHING = { blocks: 0, transactions: 0, outputs: 0, inputs: 0 }

/**
 * The columns of a whole ledger of Bitcoin's family as one segment, from its tables alone (`utxo-layout.ts` says what they
 * are). The database sorts and joins, so that memory is bounded however long the ledger; it costs about four seconds of
 * a processor for each million outputs.
 *
 * @param tick is told of every so many rows
 * @param onDone is given each column when all of it was told
 */
export async function tellColumns<Sink extends ColumnSink>(
  database: Database,
  open: (name: UtxoColumn, width: number) => Sink,
  tick: (rows: number) => void,
  onDone: (sink: Sink) => void,
): Promise<void> {
  const teller = new ColumnTeller(database, open, tick, onDone)
  await teller.writeRows({ from: NOTHING, end: await utxoCounts(database) })
  await teller.write(["input-spent"], "select spent from inputs order by id", raw)
  await tellOwners(teller)
  await database.run("drop table if exists owned")
  await database.run(`create temp table owned as
    select o.id, o.value, w.id::uinteger as owner, coalesce(i.tx, ${UNSPENT})::uinteger as spender from outputs o
      join owners w on o.kind = w.kind and o.o0 = w.o0 and o.o1 = w.o1 and o.o2 = w.o2 and o.o3 = w.o3
      left join inputs i on i.spent = o.id`)
  await teller.write(
    ["output-value", "output-owner", "output-spender"],
    "select value, owner, spender from owned order by id",
    raw,
  )
  await tellOutputsByOwner(teller)
  for (const name of ["earlier-spent", "earlier-spender", "owner-earlier"] as const) {
    teller.tell(name, new Uint8Array(0))
  }
  await database.run("drop table owned")
  await database.run("drop table owners")
}

function raw(columns: readonly TypedColumn[], rows: number): readonly Uint8Array[] {
  return columns.map(column => bytesOf(column, rows))
}

async function tellOwners<Sink extends ColumnSink>(teller: ColumnTeller<Sink>): Promise<void> {
  const { database } = teller
  await database.run("drop table if exists owners")
  await database.run(`create temp table owners as
    select row_number() over (order by first) - 1 as id, kind, o0, o1, o2, o3
    from (select min(id) as first, kind, o0, o1, o2, o3 from outputs group by kind, o0, o1, o2, o3)`)
  await teller.write(
    ["owner-key", "owner-kind"],
    "select o0, o1, o2, o3, kind from owners order by id",
    hashThen,
  )
  await teller.write(
    ["owner-index-key", "owner-index"],
    "select o0, id::uinteger from owners order by o0, kind, o1, o2, o3",
    keyThen,
  )
  await tellNames(teller)
}

/** Mainnet has millions of them, bare multisig above all: a chunk at a time. */
async function tellNames<Sink extends ColumnSink>(teller: ColumnTeller<Sink>): Promise<void> {
  const owner = teller.open("name-owner")
  const end = teller.open("name-end")
  const text = teller.open("name-text")
  let at = 0
  const sql = `select w.id, n.name from owners w join (select distinct o0, o1, o2, o3, name from owner_names) n
      on w.o0 = n.o0 and w.o1 = n.o1 and w.o2 = n.o2 and w.o3 = n.o3
    where w.kind = ${OWNER_KINDS.indexOf("named")} order by w.id`
  await streamRows(teller.database, sql, names => {
    const texts = names.map(row => Buffer.from(`${row[1]}`))
    const ends = BigUint64Array.from(texts, ({ length }) => {
      at += length
      return BigInt(at)
    })
    owner.write(
      bytesOf(
        Uint32Array.from(names, row => Number(row[0])),
        names.length,
      ),
    )
    end.write(bytesOf(ends, names.length))
    text.write(Buffer.concat(texts))
  })
  teller.done(owner, end, text)
}

/** Every owner has an output: where a new one comes in the sorted rows, its outputs begin. */
async function tellOutputsByOwner<Sink extends ColumnSink>(teller: ColumnTeller<Sink>): Promise<void> {
  const output = teller.open("owner-output")
  const first = teller.open("owner-first-output")
  let at = 0
  let last = -1
  const sql = "select owner, id from owned order by owner, id"
  await streamColumns(teller.database, sql, ([owners, ids], rows) => {
    output.write(bytesOf(ids as TypedColumn, rows))
    const begins: number[] = []
    for (let row = 0; row < rows; row++, at++) {
      const owner = Number(owners?.[row])
      if (owner !== last) begins.push(at)
      last = owner
    }
    first.write(bytesOf(Uint32Array.from(begins), begins.length))
    teller.tick(rows)
  })
  first.write(bytesOf(Uint32Array.of(at), 1))
  teller.done(output, first)
}
