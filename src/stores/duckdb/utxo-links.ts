import { OWNER_KINDS } from "../../chains/bitcoin/owner-key.ts"
import type { LedgerFaultCode } from "../../ledger/ledger-fault.ts"

const words = (name: string): readonly string[] => [0, 1, 2, 3].map(word => `${name}${word}`)

/** Each gives where a link is broken; nothing where all hold. */
export const LINKS: readonly { readonly code: LedgerFaultCode; readonly sql: string }[] = [
  dense("blocks", "height"),
  dense("transactions", "id"),
  dense("outputs", "id"),
  dense("inputs", "id"),
  whole("blocks", [
    ...words("h"),
    ...words("p"),
    ...words("m"),
    "time",
    "version",
    "bits",
    "nonce",
    "first_transaction",
  ]),
  whole("transactions", [...words("t"), "height", "first_output", "outputs", "first_input", "inputs"]),
  whole("outputs", [...words("o"), "tx", "value", "kind"]),
  whole("inputs", ["tx", "spent"]),
  {
    code: "order",
    sql: `select t.id from transactions t left join blocks b on b.height = t.height
      left join blocks n on n.height = t.height + 1
      where b.height is null or t.id < b.first_transaction or t.id >= n.first_transaction order by 1`,
  },
  {
    code: "order",
    sql: `select t.id from transactions t left join blocks b on b.first_transaction = t.id
      where (b.height is null) = (t.inputs = 0) order by 1`,
  },
  ...(["output", "input"] as const).map(what => ({
    code: "order" as const,
    sql: `select '${what}s' where (select coalesce(sum(${what}s), 0) from transactions) <> (select count(*) from ${what}s)`,
  })),
  { code: "link", sql: "select 'output ' || id || ': value' from outputs where value < 0 order by id" },
  {
    code: "link",
    sql: `select 'output ' || id || ': owner' from outputs where kind >= ${OWNER_KINDS.length} order by id`,
  },
  {
    code: "link",
    sql: `select 'output ' || min(o.id) || ': owner' from outputs o anti join owner_names n
        on (o.o0, o.o1, o.o2, o.o3) = (n.o0, n.o1, n.o2, n.o3)
      where o.kind = ${OWNER_KINDS.indexOf("named")} having count(*) > 0`,
  },
  {
    code: "link",
    sql: `select 'owner ' || name from owner_names
      where sha256(name) is distinct from printf('%016x%016x%016x%016x', o0, o1, o2, o3) order by name`,
  },
  {
    code: "link",
    sql: `with taken_again as (select old.id as tx, min(b.first_transaction) as later from transactions old
          join transactions new on (old.t0, old.t1, old.t2, old.t3) = (new.t0, new.t1, new.t2, new.t3)
          join blocks b on b.first_transaction = new.id where old.id < new.id group by old.id),
        told as (select tx, min(later) as later from overwritten group by tx)
      select 'transaction ' || coalesce(a.tx, b.tx) || ': taken again'
        from taken_again a full join told b on a.tx = b.tx and a.later = b.later
        where a.tx is null or b.tx is null order by 1`,
  },
  {
    code: "spent-unknown",
    sql: `select i.id from inputs i join outputs o on o.id = i.spent join overwritten w on w.tx = o.tx
      where w.later < i.tx order by 1`,
  },
  {
    code: "link",
    sql: `select 'provenance ' || from_height from (
        select from_height, coalesce(lag(to_height) over (order by from_height, to_height), -1) as before from (
          from provenance union all select max(height) + 1, max(height) + 1, null, null from blocks having count(*) > 0))
      where from_height is distinct from before + 1 order by 1`,
  },
  {
    code: "parent",
    sql: `select b.height from blocks b left join blocks a on a.height + 1 = b.height
      where b.height > 0 and (a.h0, a.h1, a.h2, a.h3) is distinct from (b.p0, b.p1, b.p2, b.p3) order by 1`,
  },
  {
    code: "order",
    sql: `select id from (select id, first_output, first_input,
        sum(outputs) over w as output_at, sum(inputs) over w as input_at from transactions
        window w as (order by id rows between unbounded preceding and 1 preceding))
      where first_output <> coalesce(output_at, 0) or first_input <> coalesce(input_at, 0) order by 1`,
  },
  {
    code: "order",
    sql: `select o.id from outputs o left join transactions t on t.id = o.tx
      where t.id is null or o.id < t.first_output or o.id >= t.first_output + t.outputs order by 1`,
  },
  {
    code: "order",
    sql: `select i.id from inputs i left join transactions t on t.id = i.tx
      where t.id is null or i.id < t.first_input or i.id >= t.first_input + t.inputs order by 1`,
  },
  {
    code: "spent-unknown",
    sql: "select i.id from inputs i left join outputs o on o.id = i.spent where o.id is null or o.tx >= i.tx order by 1",
  },
  { code: "spent-twice", sql: "select spent from inputs group by spent having count(*) > 1 order by 1" },
  {
    code: "spent-burned",
    sql: "select i.id from inputs i join outputs o on o.id = i.spent where o.kind = 0 order by 1",
  },
]

/** A number that is missing is read as any number: there may be none. */
function whole(
  table: string,
  columns: readonly string[],
): { readonly code: LedgerFaultCode; readonly sql: string } {
  return {
    code: "order",
    sql: `select '${table}' from ${table} where ${columns.map(column => `${column} is null`).join(" or ")}`,
  }
}

function dense(table: string, id: string): { readonly code: LedgerFaultCode; readonly sql: string } {
  return {
    code: "order",
    sql: `select '${table}' from (select count(*) as n, count(distinct ${id}) as d, max(${id}) as last, min(${id}) as first
      from ${table}) where n > 0 and (d <> n or first <> 0 or last <> n - 1)`,
  }
}
