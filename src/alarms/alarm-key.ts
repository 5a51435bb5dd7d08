import { createHash } from "node:crypto"
import type { Alarm, AlarmKind, AlarmStatus } from "../contracts/alarm.ts"

/**
 * What a notice and its withdrawal share: the same for the same alarm, block and subject (a transaction and asset, a
 * window, a label), whoever computes it and however often.
 */
export function baseOf(
  chain: string,
  alarm: { readonly id: string; readonly kind: AlarmKind },
  place: string,
  subject: string,
): string {
  return sha256(JSON.stringify([chain, alarm.id, alarm.kind, place, subject]))
}

export function keyOf(base: string, status: AlarmStatus, round: number): string {
  return `${base}.${status}.${round}`
}

/** Of all that an alarm asks for: a saved state counts for the same definition alone. */
export function definitionOf(alarm: Alarm): string {
  return sha256(JSON.stringify(alarm, (_key, value) => (typeof value === "bigint" ? `${value}` : value)))
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}
