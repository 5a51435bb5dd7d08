import type { RuleName } from "../../src/contracts/trace.ts"
import type { Comparable } from "../tracing/compare.ts"

type Sums = Readonly<Record<string, string>>
type Lot = readonly [label: string | readonly string[], amount: string]
type Flow = readonly [asset: string, kind: string, ...middle: unknown[]]

/** As `tests/tracing/compare.ts` spells what an oracle says. */
interface Spelled {
  readonly figures: readonly (readonly [string, Sums, readonly (readonly [string, Sums])[]])[]
  readonly lots: readonly (readonly [pot: string, value: string, lots: readonly Lot[]])[]
  readonly flows: readonly Flow[]
}

const TO = 5

/**
 * What an oracle that reads files says, once it is told which outputs nobody can spend. Files have no word for that, so
 * that it takes them for held; under poison nobody counts what is burned.
 */
export function burnedAway(
  said: Comparable["oracle"],
  burned: readonly string[],
  rule: RuleName,
): Comparable["oracle"] {
  const { figures, lots, flows } = said as unknown as Spelled
  const gone = lots.filter(([pot]) => burned.includes(pot)).flatMap(([, , held]) => held)
  const move = (sums: Sums, isMeant: (label: readonly string[]) => boolean): Sums => {
    const amount = gone
      .filter(([label]) => isMeant(typeof label === "string" ? (JSON.parse(label) as string[]) : label))
      .reduce((sum, [, text]) => sum + BigInt(text), 0n)
    const add = (name: string, by: bigint): Sums => {
      const value = BigInt(sums[name] ?? "0") + by
      return value === 0n ? {} : { [name]: value.toString() }
    }
    const { held: _held, burned: _burned, ...others } = sums
    return { ...others, ...add("held", -amount), ...(rule === "poison" ? {} : add("burned", amount)) }
  }
  return {
    ...said,
    figures: figures.map(([asset, total, byTheft]) => [
      asset,
      move(total, label => label.length > 0),
      byTheft.map(([id, own]) => [id, move(own, label => label.includes(id))]),
    ]),
    lots: lots.filter(([pot]) => !burned.includes(pot)),
    flows: flows.map(flow => {
      if (!burned.includes(String(flow[TO]))) return flow
      return flow.map((part, at) => (at === 1 ? "burn" : at === TO ? null : part))
    }),
  }
}
