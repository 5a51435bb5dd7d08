import type { DuckDBConnection } from "@duckdb/node-api"
import { MAX_AMOUNT } from "../../units/amount.ts"
import { GRADES, KINDS } from "./codes.ts"

/** Something in a ledger that does not hold together: what, and at which block, transaction, row or name. */
export interface BrokenLink {
  readonly what: string
  readonly at: string
}

/** Of each kind so many are told: where one is broken there may be millions. */
const MOST_TOLD = 100

const ids = (table: string): string => `
  select 'id in ${table}' as what, id::varchar as spot from (
    select id, row_number() over (order by id) - 1 as place from ${table}) where id is distinct from place`

const unique = (what: string, key: string, from: string): string => `
  select '${what} twice' as what, ${key} as spot from ${from} where ${key} is not null group by ${key} having count(*) > 1`

const KIND = (name: (typeof KINDS)[number]): number => KINDS.indexOf(name)

/** Each names what is broken and where; none where all is well. */
const QUESTIONS: readonly string[] = [
  `select 'blocks missing' as what, (height - 1)::varchar as spot from (
     select height, lag(height) over (order by height) as before, hash from blocks)
     where height <> before + 1 and not starts_with(hash, 'record:')`,
  `select 'parent' as what, height::varchar as spot from (
     select height, parent, lag(hash) over (order by height) as before, row_number() over (order by height) as nth
     from blocks) where nth > 1 and parent is distinct from before`,
  unique("block hash", "hash", "blocks"),
  ids("transactions"),
  ids("rows"),
  ids("accounts"),
  ids("assets"),
  unique("account", "name", "accounts"),
  unique("asset", "name", "assets"),
  unique("transaction", "txid", "transactions"),
  `select 'transaction without a name' as what, id::varchar as spot from transactions where txid is null and ref is null`,
  `select 'order of transactions' as what, id::varchar as spot from (
     select id, height, lag(height) over (order by id) as before from transactions) where height < before`,
  `select 'order of rows' as what, id::varchar as spot from (
     select id, tx, lag(tx) over (order by id) as before from rows)
     where (before is null and tx <> 0) or tx < before or tx > before + 1`,
  `select 'block of a transaction' as what, t.id::varchar as spot from transactions t
     anti join blocks b on b.height = t.height`,
  `select 'transaction of a row' as what, r.id::varchar as spot from rows r anti join transactions t on t.id = r.tx`,
  `select 'first row of a transaction' as what, t.id::varchar as spot from transactions t
     left join (select tx, min(id) as first from rows group by tx) r on r.tx = t.id
     where t.first_row is distinct from r.first`,
  `select 'first transaction of a block' as what, b.height::varchar as spot from (
     select height, first_transaction, lead(first_transaction, 1, (select count(*) from transactions))
       over (order by height) as next from blocks) b
     left join (select height, min(id) as first, count(*) as many from transactions group by height) t
       on t.height = b.height
     where b.next - b.first_transaction <> coalesce(t.many, 0)
       or (t.first is not null and t.first <> b.first_transaction)`,
  `select 'first row of a block' as what, b.height::varchar as spot from blocks b
     left join transactions t on t.id = b.first_transaction
     where b.first_row is distinct from coalesce(t.first_row, (select count(*) from rows))`,
  `select 'account of a row' as what, r.id::varchar as spot from rows r
     where r.from_account not in (select id from accounts) or r.to_account not in (select id from accounts)`,
  `select 'asset of a row' as what, r.id::varchar as spot from rows r anti join assets a on a.id = r.asset`,
  `select 'ends of a row' as what, id::varchar as spot from rows
     where (from_account is null and (to_account is null or unrecorded)) or (unrecorded and to_account is not null)
       or unrecorded is null or origin_unknown is null or (origin_unknown and from_account is not null)
       or (kind in (${KIND("issue")}, ${KIND("reward")}) and from_account is not null)
       or (kind = ${KIND("burn")} and to_account is not null)
       or (kind in (${KIND("transfer")}, ${KIND("fee")}) and from_account is null)`,
  `select 'kind or grade of a row' as what, id::varchar as spot from rows
     where kind is null or kind >= ${KINDS.length} or grade is null or grade >= ${GRADES.length}`,
  `select 'amount of a row' as what, id::varchar as spot from rows
     where amount is null or amount < '0'::bignum or amount > '${MAX_AMOUNT}'::bignum`,
  `select 'reference twice' as what, min(coalesce(t.ref, t.txid) || r.ref) as spot
     from rows r join transactions t on t.id = r.tx group by coalesce(t.ref, t.txid), r.ref having count(*) > 1`,
  `select 'exchange of a row' as what, r.id::varchar as spot from rows r
     left join rows f on f.id = r.exchange
     where r.exchange is not null and (f.id is null or f.exchange is distinct from f.id or f.tx <> r.tx or f.id > r.id)`,
  `select 'assets of an exchange' as what, exchange::varchar as spot from rows where exchange is not null
     group by exchange having count(distinct asset) <> 2`,
]

/**
 * Checks every link of an account chain's ledger: heights without a hole, parents, ids, order, that what is named is
 * there, that no two rows have one reference, amounts and exchanges.
 *
 * @returns what is broken, at most 100 of each kind; empty where nothing is
 */
export async function verifyAccountLedger(
  connection: DuckDBConnection,
  onProgress?: (done: number, total: number) => void,
): Promise<readonly BrokenLink[]> {
  const broken: BrokenLink[] = []
  for (const [at, question] of QUESTIONS.entries()) {
    const answer = await connection.runAndReadAll(
      `select what, spot from (${question}) order by spot limit ${MOST_TOLD}`,
    )
    for (const [what, where] of answer.getRows()) broken.push({ what: String(what), at: String(where) })
    onProgress?.(at + 1, QUESTIONS.length)
  }
  return broken
}
