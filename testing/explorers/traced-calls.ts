import type { ServedCall } from "./ethereum-server.ts"

/** A call as geth's `callTracer` tells it. */
export interface TracedFrame {
  readonly type: string
  readonly from: string
  readonly to?: string
  readonly value?: string
  readonly error?: string
  readonly calls?: readonly TracedFrame[]
}

/**
 * The calls below a transaction's own, in the order in which they were made, as a service lists them that knows its
 * trade: what failed takes everything it called with it, and only calls with value are told. Contracts that destroy
 * themselves are left out: tracers differ in what they say of them.
 */
export function callsBelow(txid: string, top: TracedFrame): ServedCall[] {
  const calls: ServedCall[] = []
  const walk = (frame: TracedFrame, path: string, failedAbove: boolean): void => {
    const failed = failedAbove || frame.error !== undefined
    const { type, from, to = from, value = "0x0" } = frame
    if (path !== "" && BigInt(value) > 0n && type !== "SELFDESTRUCT") {
      calls.push({ txid, path, type: type.toLowerCase(), from, to, value: BigInt(value), failed })
    }
    for (const [at, call] of (frame.calls ?? []).entries()) {
      walk(call, path === "" ? `${at}` : `${path}.${at}`, failed)
    }
  }
  walk(top, "", false)
  return calls
}
