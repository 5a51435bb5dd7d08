import type { AccountLedger, UtxoLedger } from "../../testing/oracle/question.ts"

/** What the contract of a transfers file forbids and this ledger has. */
export function accountFaults({ rows }: AccountLedger): string[] {
  const faults: string[] = []
  let height = Number.NEGATIVE_INFINITY
  const ended = new Set<string>()
  const exchanges = new Map<string, Set<string>>()
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1]
    if ((row.height ?? height) < height) faults.push(`${row.txid}: height falls`)
    height = row.height ?? height
    if (before && before.txid !== row.txid) ended.add(before.txid)
    if (ended.has(row.txid)) faults.push(`${row.txid}: rows apart`)
    if (before?.txid === row.txid && before.n >= row.n) faults.push(`${row.txid}: n does not rise`)
    if (row.from === "" && (row.to === "" || row.to === "?")) faults.push(`${row.txid}: nowhere to nowhere`)
    if (row.amount < 0n) faults.push(`${row.txid}: negative`)
    if (row.exchange === undefined) continue
    const key = `${row.txid} ${row.exchange}`
    exchanges.set(key, (exchanges.get(key) ?? new Set()).add(row.asset))
  }
  for (const [key, assets] of exchanges) if (assets.size !== 2) faults.push(`${key}: ${assets.size} assets`)
  const ids = [...exchanges.keys()].map(key => key.split(" ")[1])
  if (new Set(ids).size !== ids.length) faults.push("an exchange id in two transactions")
  return faults
}

/** The same for an outputs and an inputs file. */
export function utxoFaults({ outputs, inputs }: UtxoLedger): string[] {
  const faults: string[] = []
  const made = new Map(outputs.map(output => [`${output.txid}:${output.vout}`, output]))
  if (made.size !== outputs.length) faults.push("an output twice")
  const spent = new Set<string>()
  const paid = new Map<string, bigint>()
  const coinbases = new Map<number, string>()
  const issues = outputs.filter(output => !inputs.some(input => input.txid === output.txid))
  for (const { height, txid } of issues.sort((a, b) => a.index - b.index)) {
    if (!coinbases.has(height)) coinbases.set(height, txid)
  }
  for (const { txid, spent_txid, spent_vout } of inputs) {
    const ref = `${spent_txid}:${spent_vout}`
    if (spent.has(ref)) faults.push(`${ref}: spent twice`)
    spent.add(ref)
    const from = made.get(ref)
    const by = outputs.find(output => output.txid === txid)
    if (!from || !by) {
      faults.push(`${ref}: unknown`)
      continue
    }
    const later = from.height > by.height || (from.height === by.height && from.index >= by.index)
    if (later) faults.push(`${ref}: spent before it exists`)
    if (from.height === by.height && coinbases.get(by.height) === spent_txid)
      faults.push(`${ref}: young coinbase`)
    paid.set(txid, (paid.get(txid) ?? 0n) + from.value)
  }
  for (const [txid, sum] of paid) {
    const credited = outputs.reduce((all, output) => (output.txid === txid ? all + output.value : all), 0n)
    if (credited > sum) faults.push(`${txid}: credits above debits`)
  }
  const positions = new Map(outputs.map(output => [`${output.height} ${output.index}`, output.txid]))
  if (positions.size !== new Set(outputs.map(output => output.txid)).size) faults.push("a position shared")
  return faults
}
