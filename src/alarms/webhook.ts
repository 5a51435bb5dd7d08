import { createHash } from "node:crypto"
import type { Webhook } from "../contracts/alarm.ts"
import type { Queued } from "./alarm-queue.ts"
import { DeliveryFault, type Receiver } from "./receiver.ts"
import { signatureOf } from "./signature.ts"

const TIMEOUT_MS = 10_000

/**
 * Posts each notice as JSON, signed. Any status from 200 to 299 means that the receiver has it; redirects are not
 * followed, since they would lead to a host that the user did not name, and what the answer says is not read.
 */
export function webhookReceiver({ url, secret }: Webhook, timeoutMs = TIMEOUT_MS): Receiver {
  return {
    id: `webhook-${createHash("sha256").update(url).digest("hex")}`,
    name: new URL(url).origin,
    deliver: (queued, signal) =>
      post(url, secret, queued, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  }
}

async function post(
  url: string,
  secret: Uint8Array,
  { key, line }: Queued,
  signal: AbortSignal,
): Promise<void> {
  const seconds = Math.floor(Date.now() / 1000)
  const headers = {
    "content-type": "application/json",
    "idempotency-key": key,
    "ashiato-signature": signatureOf(secret, seconds, line),
  }
  let status: number
  try {
    const response = await fetch(url, { method: "POST", headers, body: line, redirect: "manual", signal })
    status = response.status
    await response.body?.cancel()
  } catch (error) {
    throw new DeliveryFault(signal.aborted ? "timed out" : causeOf(error))
  }
  if (status < 200 || status > 299) throw new DeliveryFault(`status ${status}`)
}

/** fetch says "fetch failed"; what failed is in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return "connection lost"
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message
}
