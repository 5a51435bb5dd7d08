import type { Instant } from "../../units/time.ts"
import { NemFault } from "./fault.ts"

/**
 * Zero of the network's clock, 2015-03-29T00:06:25Z, in unix seconds: symbol-sdk `src/nem/Network.js`; NIS keeps it
 * in `SystemTimeProvider`.
 */
const EPOCH = 1_427_587_585

/** A `timeStamp` is a Java int of seconds and never negative. */
export const LAST_TIMESTAMP = 2 ** 31 - 1

/** When a time stamp was, to the second: 89304948 is "2018-01-25T15:02:13Z". */
export function instantOf(timeStamp: number): Instant {
  return new Date(unixTimeOf(timeStamp) * 1000).toISOString().replace(".000Z", "Z")
}

/** The same in unix seconds. */
export function unixTimeOf(timeStamp: number): number {
  if (!Number.isInteger(timeStamp) || timeStamp < 0 || timeStamp > LAST_TIMESTAMP) {
    throw new NemFault("out of range", "timeStamp")
  }
  return EPOCH + timeStamp
}

/** The time stamp of an instant; one without seconds, or before the network began, has none. */
export function timeStampOf(instant: Instant): number {
  const timeStamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(instant)
    ? Date.parse(instant) / 1000 - EPOCH
    : Number.NaN
  if (!(timeStamp >= 0 && timeStamp <= LAST_TIMESTAMP)) throw new NemFault("out of range", "instant")
  return timeStamp
}
