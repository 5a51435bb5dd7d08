import type { Claim, Incident, IncidentSource, ValueClaim, Words } from "./incident.ts"
import { addDecimals, type Decimal, decimalOf, decimalText, subtractDecimals } from "./incident-decimal.ts"

/** A total that somebody published, and the incidents it is said to be made of. */
export interface PublishedSum {
  readonly schema: "ashiato/incident-sum/1"
  readonly id: string
  readonly title: Words
  readonly currency: string
  /** As published, whole units of the currency. */
  readonly stated: string
  /** The unit the publication rounds to: "1000000" for a figure given in millions. */
  readonly roundedTo: string
  /** Who published it, each with its source; copies say whose figure they repeat. */
  readonly statements: readonly Claim[]
  readonly parts: readonly SumPart[]
  /** How the parts were found; whether anybody published them as such. */
  readonly working: Words
  /** Members that the publication counts and nobody names. */
  readonly unnamed: { readonly incidents: number | null; readonly text: Words } | null
  readonly sources: readonly IncidentSource[]
}

export interface SumPart {
  readonly incident: string
  /** Id of a value claim of that incident; null where the incident is named and no figure of it is in the sum. */
  readonly value: string | null
  readonly why: Words
}

/** exact: the parts add up; rounded: they do once rounded; parts-missing: members have no name; off: they do not. */
export type SumVerdict = "exact" | "rounded" | "parts-missing" | "off"

export interface CheckedSum {
  readonly sum: PublishedSum
  readonly parts: readonly {
    readonly part: SumPart
    readonly incident: Incident
    readonly value: ValueClaim | null
  }[]
  readonly total: string
  /** Parts less stated; negative where the parts fall short. */
  readonly difference: string
  readonly verdict: SumVerdict
  /** Whether every part that counts was read at its source. */
  readonly verified: boolean
}

/**
 * Adds up what a published total is said to be made of, exactly.
 *
 * @throws Error where a part names an incident or value that the register does not have; the reader refuses that first
 */
export function checkSum(sum: PublishedSum, register: readonly Incident[]): CheckedSum {
  const parts = sum.parts.map(part => ({ part, ...lookUp(part, register) }))
  const counted = parts.flatMap(({ value }) => (value === null ? [] : [value]))
  const zero: Decimal = { units: 0n, decimals: 0 }
  const total = counted.reduce((all, { amount }) => addDecimals(all, decimalOf(amount)), zero)
  const stated = decimalOf(sum.stated)
  const difference = subtractDecimals(total, stated)
  return {
    sum,
    parts,
    total: decimalText(total),
    difference: decimalText(difference),
    verdict: verdictOf(sum, total, difference),
    verified: counted.every(({ verified }) => verified),
  }
}

function lookUp(
  part: SumPart,
  register: readonly Incident[],
): { incident: Incident; value: ValueClaim | null } {
  const incident = register.find(({ id }) => id === part.incident)
  const value = part.value === null ? null : incident?.values.find(({ id }) => id === part.value)
  if (incident === undefined || value === undefined) throw new Error(`${part.incident}: no such part`)
  return { incident, value }
}

function verdictOf(sum: PublishedSum, total: Decimal, difference: Decimal): SumVerdict {
  if (difference.units === 0n) return "exact"
  if (sum.unnamed !== null) return "parts-missing"
  const unit = decimalOf(sum.roundedTo)
  const scale = 10n ** BigInt(Math.max(total.decimals, unit.decimals))
  const [all, one] = [whole(total, scale), whole(unit, scale)]
  const rounded = ((all + one / 2n) / one) * one
  return rounded === whole(decimalOf(sum.stated), scale) ? "rounded" : "off"
}

const whole = ({ units, decimals }: Decimal, scale: bigint): bigint =>
  (units * scale) / 10n ** BigInt(decimals)
