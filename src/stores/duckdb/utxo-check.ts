import type { DuckDBValue } from "@duckdb/node-api"
import type { Consensus } from "../../chains/bitcoin/consensus.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { bytesOfWords } from "../../chains/bitcoin/word-columns.ts"
import { Problem, type ProblemCode } from "../../units/problem.ts"
import { appendRows } from "./append.ts"
import type { Database } from "./database.ts"
import { lookUpPending } from "./utxo-lookup.ts"
import type { UtxoCounts } from "./utxo-tables.ts"

/** Fifty coins, halved every so many blocks; a shift by 63 leaves none. */
const FIRST_SUBSIDY = 5_000_000_000
const LAST_HALVING = 63
/** Of the kinds of owners: nobody can spend it. */
const BURNED = 0

/**
 * Looks up what the inputs in `pending` spend, all at once, and moves them to `inputs`. Checked of the blocks from
 * `first` on: every input spends an output made before it and by no input before it, nobody spends what is burned, no
 * transaction pays out more than it takes in, no coinbase claims more than subsidy and fees.
 *
 * @param first the ids from which on rows are new
 * @param fees by block from `first` on, of the transactions whose inputs were looked up before
 * @throws Problem `block-spends-unknown`, `block-spends-spent`, `block-spends-burned`, `block-makes-value`
 */
export async function checkInputs(
  database: Database,
  first: UtxoCounts,
  consensus: Consensus,
  fees: readonly bigint[],
): Promise<void> {
  const lookedUp = await lookUpPending(database, first, () => noteOverwritten(database, first))
  if (lookedUp === null) await joinPending(database, first)
  const counted = await database.row(
    "select (select count(*) from pending), count(*), count(distinct spent), min(kind) from taken",
  )
  const [pending, taken, distinct, leastKind] = (counted ?? []).map(Number)
  if (taken !== pending) await refuseUnknown(database)
  const isSpentTwice = distinct !== taken || (lookedUp?.isSpentBefore ?? (await isSpentBefore(database)))
  if (isSpentTwice) await refuseSpent(database)
  if (leastKind === BURNED && taken !== 0) await refuseBurned(database)
  await refuseMadeValue(database, first, consensus, fees)
  await database.run("insert into inputs select id, tx, spent from taken order by id")
  await database.run("drop table taken")
  await database.run("delete from pending")
}

async function joinPending(database: Database, first: UtxoCounts): Promise<void> {
  await noteOverwritten(database, first)
  // One join after the other, without a table between them to be written and read again.
  await database.run("drop table if exists taken")
  await database.run(`create temp table taken as
    select p.id, p.tx, o.id as spent, o.value, o.kind
    from pending p join transactions t on p.t0 = t.t0 and p.t1 = t.t1 and p.t2 = t.t2 and p.t3 = t.t3
      join outputs o on o.id = t.first_output + p.vout
    where p.vout < t.outputs and t.id < p.tx
      and not exists (select 1 from overwritten o where o.tx = t.id and o.later < p.tx)`)
}

async function isSpentBefore(database: Database): Promise<boolean> {
  const row = await database.row("select 1 from taken t semi join inputs i on i.spent = t.spent limit 1")
  return row !== null
}

/** A coinbase that takes the id of an earlier transaction: what that one had left can be spent by nobody any more. */
async function noteOverwritten(database: Database, first: UtxoCounts): Promise<void> {
  await database.run(
    `insert into overwritten
       select old.id, new.id from transactions old
       join (select t.* from transactions t semi join (
               select first_transaction from blocks where height >= $1) b on t.id = b.first_transaction) new
         on old.t0 = new.t0 and old.t1 = new.t1 and old.t2 = new.t2 and old.t3 = new.t3
       where old.id < new.id and not exists (select 1 from overwritten o where o.tx = old.id)`,
    [first.blocks],
  )
}

async function refuseUnknown(database: Database): Promise<never> {
  const row = await database.row(
    `select p.tx, p.t0, p.t1, p.t2, p.t3, p.vout from pending p anti join taken t on p.id = t.id
       order by p.id limit 1`,
  )
  // More rows than inputs: one output was found twice, which `noteOverwritten` is there to keep out.
  if (row === null) throw new Error("utxo check: an input found two outputs of one name")
  const output = `${displayed(bytesOfWords(row.slice(1, 5) as bigint[]))}:${row[5]}`
  throw await broken(database, "block-spends-unknown", row[0], { output })
}

async function refuseSpent(database: Database): Promise<never> {
  const row = await database.row(
    `select tx, spent from (
       select max(tx) as tx, spent from taken group by spent having count(*) > 1
       union all select t.tx, t.spent from taken t semi join inputs i on i.spent = t.spent)
     order by tx, spent limit 1`,
  )
  const output = await outputName(database, row?.[1])
  throw await broken(database, "block-spends-spent", row?.[0], { output })
}

async function refuseBurned(database: Database): Promise<never> {
  const row = await database.row(
    `select tx, spent from taken where kind = ${BURNED} order by tx, spent limit 1`,
  )
  const output = await outputName(database, row?.[1])
  throw await broken(database, "block-spends-burned", row?.[0], { output })
}

/**
 * Of what `taken` holds and the outputs from `first` on: that no transaction pays out more than it takes in, and no
 * coinbase more than new coins and its block's fees.
 *
 * @param fees by block, of transactions that are not in `taken` because they were checked before
 */
export async function refuseMadeValue(
  database: Database,
  first: UtxoCounts,
  consensus: Consensus,
  fees: readonly bigint[] = [],
): Promise<void> {
  await database.run("create or replace temp table known_fees (height uinteger, value bigint)")
  if (fees.length > 0) {
    await appendRows(database.connection, "known_fees", appender => {
      for (const [at, value] of fees.entries()) {
        appender.appendUInteger(first.blocks + at)
        appender.appendBigInt(value)
        appender.endRow()
      }
    })
  }
  await database.run("drop table if exists spending")
  await database.run(
    `create temp table spending as select p.tx, t.value as debits, p.value as credits
       from (select o.tx, sum(o.value) as value from outputs o semi join taken t on t.tx = o.tx
               where o.id >= ${first.outputs} group by o.tx) p
       join (select tx, sum(value) as value from taken group by tx) t on p.tx = t.tx`,
  )
  const minted = `select c.tx, c.value as credits, coalesce(f.value, 0) +
      (${FIRST_SUBSIDY}::bigint >> least(c.height // ${consensus.halving}, ${LAST_HALVING})::integer) as debits
    from (select b.height, o.tx, sum(o.value) as value from outputs o join blocks b on o.tx = b.first_transaction
            where o.id >= ${first.outputs} and b.height >= ${first.blocks} group by b.height, o.tx) c
    left join (select height, sum(value) as value from (
              select t.height, s.debits - s.credits as value from spending s join transactions t on t.id = s.tx
                where t.id >= ${first.transactions}
              union all from known_fees) group by height) f on f.height = c.height`
  const row = await database.row(
    `select tx, credits, debits from (select tx, credits, debits from spending where credits > debits
       union all select tx, credits, debits from (${minted}) where credits > debits) order by tx limit 1`,
  )
  await database.run("drop table spending")
  if (row === null) return
  const [tx, credits, debits] = row
  throw await broken(database, "block-makes-value", tx ?? 0, { credits: `${credits}`, debits: `${debits}` })
}

async function broken(
  database: Database,
  code: ProblemCode,
  tx: DuckDBValue | undefined,
  detail: Record<string, string>,
): Promise<Problem> {
  const id = Number(tx)
  const row = await database.row(
    `select t.t0, t.t1, t.t2, t.t3, t.height from transactions t where t.id = $1`,
    [id],
  )
  const [height, ...words] = [...(row ?? [])].reverse()
  return new Problem(code, {
    block: Number(height),
    tx: displayed(bytesOfWords(words.reverse() as bigint[])),
    ...detail,
  })
}

async function outputName(database: Database, output: DuckDBValue | undefined): Promise<string> {
  const row = await database.row(
    `select t.t0, t.t1, t.t2, t.t3, o.id - t.first_output from outputs o join transactions t on t.id = o.tx
       where o.id = $1`,
    [Number(output)],
  )
  const words = (row ?? []).slice(0, 4) as bigint[]
  return `${displayed(bytesOfWords(words))}:${row?.[4]}`
}
