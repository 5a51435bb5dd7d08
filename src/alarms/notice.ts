import {
  ALARM_SCHEMA,
  type Alarm,
  type AlarmBlock,
  type AlarmNotice,
  type AlarmStatus,
  type LabelFound,
  type OutflowFound,
  type TracedFound,
} from "../contracts/alarm.ts"
import { keyOf } from "./alarm-key.ts"

/** A notice has to fit into a request; what is beyond is counted. */
export const MOST_LISTED = 16

/** What rang, before it is known under which key. */
export type Found =
  | { readonly kind: "outflow"; readonly block: AlarmBlock; readonly found: OutflowFound }
  | { readonly kind: "arrival" | "moved"; readonly block: AlarmBlock; readonly found: TracedFound }
  | { readonly kind: "label"; readonly block: null; readonly found: LabelFound }

export function makeNotice(
  chain: string,
  alarm: Alarm,
  base: string,
  status: AlarmStatus,
  round: number,
  what: Found,
): AlarmNotice {
  const key = keyOf(base, status, round)
  return { schema: ALARM_SCHEMA, key, base, status, round, alarm: alarm.id, chain, ...what }
}

/** The block that it rang in is undone. */
export function withdraw(notice: AlarmNotice): AlarmNotice {
  return { ...notice, status: "withdrawn", key: keyOf(notice.base, "withdrawn", notice.round) }
}
