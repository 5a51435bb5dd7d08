import { crc32 } from "node:zlib"
import type { PotId } from "../../ledger/step.ts"
import type { Lots } from "../../tracing/lot.ts"
import type { RestsOn } from "../../tracing/rests-on.ts"
import type { AccountSweepState } from "../../tracing/sweep/account-state.ts"
import type { SavedTally } from "../../tracing/tally.ts"
import type { SweepHorizon } from "./sweep-file.ts"

/** Pots by numbers that stay when columns are published anew, and what they are called. */
export interface PotNumbers {
  keyOf(pot: PotId): { readonly account: number; readonly asset: number }
  potOf(key: { readonly account: number; readonly asset: number }): PotId | null
  accountName(pot: PotId): string
  assetName(pot: PotId): string
}

type Key = readonly [account: number, asset: number]
type Flat = readonly (number | string)[]
type Resting = readonly [pots: readonly Key[], more: boolean]

interface Head extends SweepHorizon {
  readonly row: number
  readonly labels: AccountSweepState["labels"]
  readonly tally: unknown
  /** Of the names of the pots, in their order: whether accounts and assets have the numbers that they had. */
  readonly names: number
}

type Line =
  | readonly ["pot", Key, hop: number, AccountSweepState["pots"][number][1]["trail"]["grade"], Resting, Flat]
  | readonly ["arrival", Key, row: number, AccountSweepState["arrivals"][number]["grade"], Resting, Flat]
  | readonly ["unknown", Key, AccountSweepState["unknowns"][number]["what"], amount: string]
  | readonly ["opening", Key, amount: string]

/** A state as lines of JSON, its head first: see `saveAccountSweep`. */
export function* linesOf(
  horizon: SweepHorizon,
  state: AccountSweepState,
  ledger: PotNumbers,
): Generator<Head | Line> {
  const key = (pot: PotId): Key => {
    const { account, asset } = ledger.keyOf(pot)
    return [account, asset]
  }
  const resting = ({ pots, more }: RestsOn): Resting => [pots.map(key), more]
  const flat = (lots: Lots): Flat => lots.flatMap(({ label, amount }) => [label, `${amount}`])
  // Names are read from one end of their list to the other.
  const pots = state.pots.toSorted(([a], [b]) => a - b)
  const names = pots.reduce((crc, [, { address, asset }]) => crc32(`${address}/${asset}\n`, crc), 0)
  yield {
    height: horizon.height,
    hash: horizon.hash,
    row: state.row,
    labels: state.labels,
    tally: textual(state.tally),
    names,
  }
  for (const [pot, { lots, trail }] of pots)
    yield ["pot", key(pot), trail.hop, trail.grade, resting(trail.restsOn), flat(lots)]
  for (const { pot, row, grade, restsOn, lots } of state.arrivals)
    yield ["arrival", key(pot), row, grade, resting(restsOn), flat(lots)]
  for (const { pot, what, amount } of state.unknowns) yield ["unknown", key(pot), what, `${amount}`]
  for (const [pot, opening] of state.openings) yield ["opening", key(pot), `${opening}`]
}

function textual({ sums, declared }: SavedTally): unknown {
  return {
    sums: sums.map(one => ({ ...one, byLabel: one.byLabel.map(([label, amount]) => [label, `${amount}`]) })),
    declared: declared.map(({ asset, total, byTheft }) => {
      const own = byTheft.map(({ theft, named, collided }) => [theft, `${named}`, `${collided}`])
      return { asset, total: `${total}`, byTheft: own }
    }),
  }
}

/** Thrown within this file alone. */
class OtherNumbers extends Error {}

/** The state that stands in such lines; null where accounts or assets of the ledger have other numbers now. */
export function stateOf(
  lines: Generator<unknown>,
  ledger: PotNumbers,
): { readonly horizon: SweepHorizon; readonly state: AccountSweepState } | null {
  const { height, hash, row, labels, tally, names } = lines.next().value as Head
  const potOf = ([account, asset]: Key): PotId => {
    const pot = ledger.potOf({ account, asset })
    if (pot === null) throw new OtherNumbers()
    return pot
  }
  const resting = ([pots, more]: Resting): RestsOn => ({ pots: pots.map(potOf), more })
  const pots: AccountSweepState["pots"][number][] = []
  const arrivals: AccountSweepState["arrivals"][number][] = []
  const unknowns: AccountSweepState["unknowns"][number][] = []
  const openings: AccountSweepState["openings"][number][] = []
  let found = 0
  try {
    for (const line of lines as Generator<Line>) {
      const pot = potOf(line[1])
      if (line[0] === "pot") {
        const [, , hop, grade, on, lots] = line
        const [address, asset] = [ledger.accountName(pot), ledger.assetName(pot)]
        found = crc32(`${address}/${asset}\n`, found)
        pots.push([pot, { asset, address, lots: lotsOf(lots), trail: { hop, grade, restsOn: resting(on) } }])
      } else if (line[0] === "arrival") {
        const [, , at, grade, on, lots] = line
        const asset = ledger.assetName(pot)
        arrivals.push({ pot, row: at, asset, lots: lotsOf(lots), grade, restsOn: resting(on) })
      } else if (line[0] === "unknown") unknowns.push({ what: line[2], pot, amount: BigInt(line[3]) })
      else openings.push([pot, BigInt(line[2])])
    }
  } catch (error) {
    if (error instanceof OtherNumbers) return null
    throw error
  }
  if (found !== names) return null
  const state = { row, labels, pots, tally: tallyOf(tally), arrivals, unknowns, openings }
  return { horizon: { height, hash }, state }
}

function lotsOf(flat: Flat): Lots {
  return Array.from({ length: flat.length / 2 }, (_, at) => {
    return { label: flat[2 * at] as number, amount: BigInt(flat[2 * at + 1] as string) }
  })
}

function tallyOf(saved: unknown): SavedTally {
  type Text<T> = T extends bigint ? string : T
  const { sums, declared } = saved as {
    sums: { asset: string; bucket: SavedTally["sums"][number]["bucket"]; byLabel: [number, Text<bigint>][] }[]
    declared: { asset: string; total: Text<bigint>; byTheft: [number, string, string][] }[]
  }
  return {
    sums: sums.map(one => ({ ...one, byLabel: one.byLabel.map(([label, sum]) => [label, BigInt(sum)]) })),
    declared: declared.map(({ asset, total, byTheft }) => {
      const own = byTheft.map(([theft, named, collided]) => {
        return { theft, named: BigInt(named), collided: BigInt(collided) }
      })
      return { asset, total: BigInt(total), byTheft: own }
    }),
  }
}
