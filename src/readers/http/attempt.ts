import { type BaseUrl, requestUrl } from "./base-url.ts"
import { RemoteFault, type RemoteFaultReason } from "./remote-fault.ts"

/** What one request brought: a body, or a fault that another try may or may not mend. */
export type Attempt =
  | { readonly body: Uint8Array }
  | {
      readonly body: null
      readonly fault: RemoteFault
      readonly worthRetrying: boolean
      /** `Retry-After` as the server sent it. */
      readonly retryAfter: string | null
    }

export interface Limits {
  readonly timeoutMs: number
  readonly maxBytes: number
}

const REDIRECTS = 3
/** Error statuses whose body may be an answer; those about who asks, and how often, are never. */
const MAY_ANSWER: ReadonlySet<number> = new Set([400, 404, 500, 503])
const MAX_ERROR_BYTES = 2 ** 16

/** What is asked: by GET, or where there is a body by POST as JSON. */
export interface Asked {
  readonly path: string
  readonly body: string | null
  /**
   * Whether the body that came with an error status is an answer all the same: nodes of JSON-RPC send their own errors
   * with 400, 404 and 500. Absent, no such body is read.
   */
  readonly isAnswer?: ((text: string) => boolean) | undefined
  /** Whether a body says "too many requests" though its status says that all is well. */
  readonly isRefusal?: ((text: string) => boolean) | undefined
}

/**
 * One request, whose time and size are limited from the first byte to the last. Redirects are followed by hand, within
 * the origin only: elsewhere is a host that the user did not name.
 */
export async function attempt(base: BaseUrl, asked: Asked, limits: Limits): Promise<Attempt> {
  const { path, body } = asked
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const headers: Record<string, string> = {}
  if (base.authorization !== null) headers.authorization = base.authorization
  if (body !== null) headers["content-type"] = "application/json"
  const init: RequestInit = {
    signal,
    headers,
    redirect: "manual",
    method: body === null ? "GET" : "POST",
    body,
  }
  let url = requestUrl(base, path)
  try {
    for (let hop = 0; hop <= REDIRECTS; hop++) {
      const response = await fetch(url, init)
      if (response.status < 300 || response.status > 399) return await judge(response, asked, limits.maxBytes)
      await response.body?.cancel()
      const to = response.headers.get("location")
      const target = to !== null && URL.canParse(to, url) ? new URL(to, url) : null
      if (target === null || target.origin !== base.origin || body !== null) {
        return failed("redirected", path, target?.origin ?? `status ${response.status}`)
      }
      url = target.href
    }
    return failed("redirected", path, "round and round")
  } catch (error) {
    // Nothing but the time limit aborts it.
    if (signal.aborted) return failed("timed-out", path, `${limits.timeoutMs} ms`, true)
    return failed("unreachable", path, causeOf(error), true)
  }
}

async function judge(response: Response, asked: Asked, maxBytes: number): Promise<Attempt> {
  const { path, isAnswer, isRefusal } = asked
  const { status, headers } = response
  if (status === 200) {
    const body = await readUpTo(response, maxBytes)
    if (body === null) return failed("too-large", path, `more than ${maxBytes} bytes`)
    if (isRefusal?.(Buffer.from(body).toString("utf8")) !== true) return { body }
    return failed("rate-limited", path, "said in its answer", true, headers.get("retry-after"))
  }
  if (isAnswer !== undefined && MAY_ANSWER.has(status)) {
    const body = await readUpTo(response, MAX_ERROR_BYTES)
    if (body !== null && isAnswer(Buffer.from(body).toString("utf8"))) return { body }
  } else await response.body?.cancel()
  const detail = `status ${status}`
  if (status === 429) return failed("rate-limited", path, detail, true, headers.get("retry-after"))
  if (status >= 500) return failed("unreachable", path, detail, true, headers.get("retry-after"))
  if (status === 401 || status === 403 || status === 407) return failed("unauthorised", path, detail)
  return failed(status === 404 || status === 410 ? "not-found" : "nonsense", path, detail)
}

/** Null where there is more. What a header says of the length is not relied on: bodies come compressed. */
async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    // Leaving the loop cancels the stream, and with it the connection.
    if (length > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function failed(
  reason: RemoteFaultReason,
  path: string,
  detail: string,
  worthRetrying = false,
  retryAfter: string | null = null,
): Attempt {
  return { body: null, fault: new RemoteFault(reason, path, detail), worthRetrying, retryAfter }
}

/** fetch says "fetch failed"; what failed is in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return "connection lost"
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message
}
