import type { Scenario } from "../../testing/generator/scenario.ts"
import type { AccountLedger, UtxoLedger } from "../../testing/oracle/question.ts"
import type { OracleAnswer, OracleResult } from "../../testing/oracle/result.ts"
import type { TransferRow } from "../../testing/oracle/rows.ts"

/** What a scenario exercises, so that a generator that stops making something is noticed. */
export function featuresOf(scenario: Scenario, results: readonly OracleResult[]): Set<string> {
  const { ledger, thefts, conditions } = scenario
  const features = new Set<string>()
  const note = (feature: string, there: boolean) => void (there && features.add(feature))
  const answers = results.flatMap(result => [...result.answers.values()])
  if (ledger.shape === "account") noteAccount(ledger, note)
  else noteUtxo(ledger, note)
  noteAnswers(answers, note)
  const openings = results.flatMap(result => [...result.openings.keys()])
  note("opening", openings.length > 0)
  note(
    "opening of traced pot",
    openings.some(pot => answers.some(answer => answer.lots.has(pot))),
  )
  const refs = thefts.flatMap(theft => theft.refs)
  note("same credit twice", new Set(refs).size < refs.length)
  note("horizon", conditions.toHeight !== null)
  note("theft beyond horizon", conditions.toHeight !== null && declaredAfter(scenario, conditions.toHeight))
  note("services followed", conditions.services.size > 0 && !conditions.stopAtServices)
  note("coinbase follow", conditions.fees === "follow" && flowsOf(answers, "reward"))
  return features
}

function groupBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

type Note = (feature: string, there: boolean) => void

const flowsOf = (answers: readonly OracleAnswer[], kind: string) =>
  answers.some(answer => answer.flows.some(flow => flow.kind === kind))

function declaredAfter({ ledger, thefts }: Scenario, horizon: number): boolean {
  const refs = new Set(thefts.flatMap(theft => theft.refs))
  if (ledger.shape === "account") {
    return ledger.rows.some(row => (row.height ?? 0) > horizon && refs.has(`${row.txid}#${row.n}`))
  }
  return ledger.outputs.some(row => row.height > horizon && refs.has(`${row.txid}:${row.vout}`))
}

function noteAnswers(answers: readonly OracleAnswer[], note: Note): void {
  for (const bucket of [
    "services",
    "belowThreshold",
    "notFollowed",
    "fees",
    "burned",
    "exchanged",
  ] as const) {
    note(
      bucket,
      answers.some(answer => answer.total[bucket] > 0n),
    )
  }
  note(
    "collided",
    answers.some(answer => [...answer.byTheft.values()].some(sums => sums.collided > 0n)),
  )
  const labels = answers.flatMap(answer => [...answer.lots.values()].flat().map(lot => lot.label.length))
  note("nested theft", Math.max(0, ...labels) >= 2)
  note("label of three", Math.max(0, ...labels) >= 3)
}

function noteAccount({ rows }: AccountLedger, note: Note): void {
  const exchanges = groupBy(
    rows.filter(row => row.exchange !== undefined),
    row => row.exchange,
  )
  for (const legs of exchanges.values()) noteExchange(legs, rows, note)
  for (const [i, row] of rows.entries()) {
    note("fee row with receiver", row.kind === "fee" && row.to !== "" && row.to !== "?")
    note("fee row without receiver", row.kind === "fee" && row.to === "")
    note("self-transfer", row.from === row.to)
    note("issue", row.from === "")
    note("burn", row.to === "")
    note("unrecorded", row.to === "?")
    note("above 2^64", row.amount > 1n << 64n)
    note("zero amount", row.amount === 0n)
    note("empty height", row.height === null)
    const before = rows[i - 1]
    note("same height", before !== undefined && before.txid !== row.txid && before.height === row.height)
  }
  note(
    "no heights",
    rows.every(row => row.height === null),
  )
}

function noteExchange(legs: readonly TransferRow[], rows: readonly TransferRow[], note: Note): void {
  const perAsset = (end: "from" | "to") =>
    Math.max(
      ...[...groupBy(legs, leg => leg.asset).values()].map(of => of.filter(leg => leg[end] !== "").length),
    )
  note("exchange", true)
  note("exchange of many debits", perAsset("from") > 1)
  note("exchange of many credits", perAsset("to") > 1)
  note(
    "wrapping",
    legs.some(leg => leg.from === ""),
  )
  const places = legs.map(leg => rows.indexOf(leg))
  note("exchange around rows", Math.max(...places) - Math.min(...places) >= legs.length)
}

function noteUtxo({ outputs, inputs }: UtxoLedger, note: Note): void {
  const spending = new Set(inputs.map(input => input.txid))
  const made = new Map(outputs.map(output => [`${output.txid}:${output.vout}`, output]))
  for (const block of groupBy(outputs, output => output.height).values()) {
    const issues = [
      ...new Set(block.filter(output => !spending.has(output.txid)).map(output => output.index)),
    ]
    const ids = new Set(block.map(output => output.txid))
    note("no coinbase", issues.length === 0)
    note("coinbase not first", Math.min(...issues) > 0 && issues.length > 0)
    note("second issue", issues.length > 1)
    const inside = inputs.filter(input => ids.has(input.txid))
    note(
      "spent in its block",
      inside.some(input => ids.has(input.spent_txid)),
    )
    const sum = (rows: readonly { value: bigint }[]) => rows.reduce((all, row) => all + row.value, 0n)
    const debits = inside.flatMap(input => made.get(`${input.spent_txid}:${input.spent_vout}`) ?? [])
    const fees = sum(debits) - sum(block.filter(output => spending.has(output.txid)))
    const first = block.filter(output => !spending.has(output.txid) && output.index === Math.min(...issues))
    note("unclaimed", issues.length > 0 && sum(first) < fees)
  }
  for (const tx of groupBy(outputs, output => output.txid).values()) {
    note("equal outputs", new Set(tx.map(output => output.value)).size < tx.length)
  }
  note(
    "zero amount",
    outputs.some(output => output.value === 0n),
  )
}
