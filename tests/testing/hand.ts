import type { Bucket, RuleName } from "../../src/contracts/trace.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import type { OracleLedger, OracleOptions, OracleTheft } from "../../testing/oracle/question.ts"
import type { OracleAnswer, OracleResult } from "../../testing/oracle/result.ts"
import type { InputRow, OutputRow, TransferRow } from "../../testing/oracle/rows.ts"

/** `["tx", height, index, inputs, output values]`; output i of `tx` belongs to `tx-i`. */
export type HandTx = readonly [string, number, number, readonly string[], readonly number[]]

export function utxo(...txs: readonly HandTx[]): OracleLedger {
  const outputs: OutputRow[] = []
  const inputs: InputRow[] = []
  for (const [txid, height, index, spends, values] of txs) {
    for (const [vout, value] of values.entries()) {
      outputs.push({ txid, vout, height, index, time: "", address: `${txid}-${vout}`, value: BigInt(value) })
    }
    for (const [n, spent] of spends.entries()) {
      const [spent_txid = "", vout] = spent.split(":")
      inputs.push({ txid, n, spent_txid, spent_vout: Number(vout) })
    }
  }
  return { shape: "utxo", outputs, inputs }
}

/** `"txid from to amount asset"`, with `-` for nobody; rows of one txid are numbered from 0. */
export function account(
  ...lines: readonly (string | readonly [string, Partial<TransferRow>])[]
): OracleLedger {
  const rows: TransferRow[] = []
  for (const line of lines) {
    const [text, more] = typeof line === "string" ? [line, {}] : line
    const [txid = "", from = "", to = "", amount = "", asset = "gold"] = text.split(" ")
    const n = rows.filter(row => row.txid === txid).length
    const named = (name: string) => (name === "-" ? "" : name)
    const row = {
      txid,
      n,
      height: 1,
      time: "",
      from: named(from),
      to: named(to),
      asset,
      amount: BigInt(amount),
    }
    rows.push({ ...row, ...more })
  }
  return { shape: "account", rows }
}

export function ask(
  ledger: OracleLedger,
  thefts: Readonly<Record<string, readonly string[]>>,
  rule: RuleName,
  more: Partial<OracleOptions> = {},
): OracleResult {
  const listed: OracleTheft[] = Object.entries(thefts).map(([id, refs]) => ({ id, refs }))
  const plain = {
    fees: "drop",
    min: 0n,
    maxHops: null,
    services: new Map(),
    stopAtServices: true,
    toHeight: null,
  }
  return oracle(ledger, listed, { ...plain, rule, ...more } as OracleOptions)
}

export function answer(result: OracleResult, asset: string): OracleAnswer {
  const found = result.answers.get(asset)
  if (!found) throw new Error(`no answer for ${asset}`)
  return found
}

/** The pots that hold something traced: `{ "s:0": "T4 U1" }`, U for untraced, labels joined by +. */
export function lotsOf({ lots }: OracleAnswer): Record<string, string> {
  const write = (label: readonly string[]) => (label.length === 0 ? "U" : label.join("+"))
  return Object.fromEntries(
    [...lots].map(([pot, list]) => [
      pot,
      list.map(({ label, amount }) => `${write(label)}${amount}`).join(" "),
    ]),
  )
}

/** The buckets that are not 0. */
export function sumsOf(sums: Readonly<Partial<Record<Bucket | "collided", bigint>>>): Record<string, number> {
  const written = Object.entries(sums).filter(([, amount]) => amount !== 0n)
  return Object.fromEntries(written.map(([bucket, amount]) => [bucket, Number(amount)]))
}
