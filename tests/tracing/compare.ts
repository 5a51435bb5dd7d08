import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { drive } from "../../src/cases/drive.ts"
import { openThefts } from "../../src/cases/open.ts"
import { Speller } from "../../src/cases/spell.ts"
import type { Flow, RuleName } from "../../src/contracts/trace.ts"
import { BUCKETS } from "../../src/ledger/vocabulary.ts"
import type { Source } from "../../src/ports/source.ts"
import type { Lots } from "../../src/tracing/lot.ts"
import type { Findings, Question } from "../../src/tracing/question.ts"
import type { Scenario } from "../../testing/generator/scenario.ts"
import type { Lot as OracleLot } from "../../testing/oracle/lot.ts"
import { oracle } from "../../testing/oracle/oracle.ts"
import type { OracleResult } from "../../testing/oracle/result.ts"
import { printInputs, printOutputs, printTransfers } from "../../testing/oracle/rows.ts"

const folder = mkdtempSync(join(tmpdir(), "ashiato-fuzz-"))

/** A scenario through the program's own readers, from files as a user would give them. */
export async function sourceOf({ ledger, conditions, thefts }: Scenario): Promise<Source> {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const records =
    ledger.shape === "account"
      ? ({ kind: "transfers", file: file("transfers.csv", printTransfers(ledger.rows)) } as const)
      : ({
          kind: "utxo",
          outputs: file("outputs.csv", printOutputs(ledger.outputs)),
          inputs: file("inputs.csv", printInputs(ledger.inputs)),
        } as const)
  const theftRefs = thefts.flatMap(({ refs }) => refs)
  const opened = await openThefts(
    { records, chain: null, theftRefs, theftsFile: null },
    null,
    conditions.toHeight,
  )
  return opened.source
}

type Plain = Readonly<Record<string, unknown>>

/** Everything that both can say of one rule, in one form: figures, lots of each pot, arrivals, flows. */
export interface Comparable {
  readonly program: Plain
  readonly oracle: Plain
}

export async function compare(scenario: Scenario, source: Source, rule: RuleName): Promise<Comparable> {
  const { thefts, conditions, ledger } = scenario
  const { services, stopAtServices, fees, min, maxHops } = conditions
  const serviceOf = stopAtServices ? (address: string) => services.get(address) ?? null : () => null
  const question: Question = { rule, thefts, fees, min, maxHops, serviceOf }
  const flows: { asset: string; flow: Flow }[] = []
  const ids = thefts.map(({ id }) => id)
  const findings = await drive(question, source, (flow, labels) => {
    flows.push({ asset: flow.asset, flow: new Speller(source, labels, ids).flow(flow) })
  })
  const truth = oracle(ledger, thefts, { ...conditions, rule })
  return {
    program: programSays(findings, flows, source, ids, rule),
    oracle: oracleSays(truth, rule),
  }
}

const text = (value: bigint): string => value.toString()

function nonZero(figures: Readonly<Record<string, bigint>>, rule: RuleName): Plain {
  const names = rule === "poison" ? ["held", "services", "collided"] : [...BUCKETS, "collided"]
  return Object.fromEntries(
    names.filter(name => (figures[name] ?? 0n) !== 0n).map(name => [name, text(figures[name] as bigint)]),
  )
}

export function programSays(
  findings: Findings,
  flows: readonly { asset: string; flow: Flow }[],
  source: Source,
  ids: readonly string[],
  rule: RuleName,
): Plain {
  const spell = new Speller(source, findings.labels, ids)
  const namesOf = (label: number) => findings.labels.theftsOf(label).map(theft => ids[theft])
  const lotsOf = (lots: Lots) =>
    spelledLots(
      lots.map(({ label, amount }) => ({ label: namesOf(label) as string[], amount })),
      rule,
    )
  const figures = [...findings.figures].map(([asset, { total, byTheft }]) => [
    asset,
    nonZero({ ...total }, rule),
    sorted(
      [...byTheft]
        .map(([theft, own]) => [ids[theft], nonZero({ ...own }, rule)])
        .filter(([, own]) => Object.keys(own as object).length > 0),
    ),
  ])
  return {
    figures: sorted(figures.filter(([, total]) => Object.keys(total as object).length > 0)),
    lots: sorted(
      findings.held.map(({ pot, value, lots }) => [source.potName(pot), text(value), lotsOf(lots)]),
    ),
    arrivals: sorted(
      findings.arrived.map(arrived => {
        const { tx, pot, service, address, traced, byTheft } = spell.arrival(arrived)
        return [arrived.asset, tx, pot, service, address, traced, sorted(Object.entries(byTheft))]
      }),
    ),
    flows: sorted(
      flows.map(({ asset, flow: { kind, tx, height, from, to, amount, traced, byTheft } }) => {
        return [asset, kind, tx, height, sorted(from), to, amount, traced, sorted(Object.entries(byTheft))]
      }),
    ),
  }
}

export function oracleSays({ answers }: OracleResult, rule: RuleName): Plain {
  const by = (map: ReadonlyMap<string, bigint>) =>
    sorted([...map].filter(([, amount]) => amount > 0n).map(([id, amount]) => [id, text(amount)]))
  const all = [...answers]
  const lotsOf = (lots: readonly OracleLot[]) => spelledLots(lots, rule)
  return {
    figures: sorted(
      all
        .map(([asset, { total, byTheft }]) => [
          asset,
          nonZero({ ...total }, rule),
          sorted(
            [...byTheft]
              .map(([id, own]) => [id, nonZero({ ...own }, rule)])
              .filter(([, own]) => Object.keys(own as object).length > 0),
          ),
        ])
        .filter(([, total]) => Object.keys(total as object).length > 0),
    ),
    lots: sorted(
      all.flatMap(([, { holdings, lots }]) =>
        holdings.map(({ pot, value }) => [pot, text(value), lotsOf(lots.get(pot) ?? [])]),
      ),
    ),
    arrivals: sorted(
      all.flatMap(([asset, { arrivals }]) =>
        arrivals.map(({ tx, pot, service, address, traced, byTheft }) => [
          asset,
          tx,
          pot,
          service,
          address,
          text(traced),
          by(byTheft),
        ]),
      ),
    ),
    flows: sorted(
      all.flatMap(([asset, { flows }]) =>
        flows.map(({ kind, tx, height, from, to, amount, traced, byTheft }) => {
          return [asset, kind, tx, height, sorted(from), to, text(amount), text(traced), by(byTheft)]
        }),
      ),
    ),
  }
}

/** A poisoned label is a set; what haircut holds is a table by label, whose order does not matter. */
function spelledLots(
  lots: readonly { label: readonly string[]; amount: bigint }[],
  rule: RuleName,
): unknown[] {
  if (rule !== "haircut") {
    return lots.map(({ label, amount }) => [rule === "poison" ? [...label].sort() : label, text(amount)])
  }
  const table = new Map<string, bigint>()
  for (const { label, amount } of lots) {
    const key = JSON.stringify(label)
    table.set(key, (table.get(key) ?? 0n) + amount)
  }
  return sorted([...table].map(([key, amount]) => [key, text(amount)]))
}

/** Sorted by what is said: order within a list is checked elsewhere, and differs by asset. */
function sorted<T>(items: readonly T[]): T[] {
  const keyed = items.map(item => ({ item, key: JSON.stringify(item) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ item }) => item)
}
