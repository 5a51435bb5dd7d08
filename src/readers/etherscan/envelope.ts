import { Fields, parseJson } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"

/**
 * What such a service wraps its answers in: `{"status": "1", "message": "OK", "result": [...]}`. Its errors come with
 * status 200 too, as `{"status": "0", "message": "NOTOK", "result": "Max rate limit reached"}`; so does an empty list,
 * with a message of its own ("No transactions found").
 */
export type Redact = (text: string) => string

const REFUSED = /rate limit|max calls|too many requests/i
const UNAUTHORISED = /api ?key/i
const UNKNOWN = /unknown (module|action)|missing or invalid (module|action)/i
const TOO_LARGE = /result window is too large/i
const LONGEST_SAID = 200
const LONGEST_REFUSAL = 2000

/** Never from a row: a token may be called anything. */
export function isRefusal(text: string): boolean {
  if (text.length > LONGEST_REFUSAL) return false
  try {
    const { status, result } = JSON.parse(text) as { readonly status?: unknown; readonly result?: unknown }
    return status === "0" && typeof result === "string" && REFUSED.test(result)
  } catch {
    // Whoever reads it says that it is no JSON.
    return false
  }
}

/** A list's rows, unread; empty where the service says that there are none. */
export function rowsOf(text: string, asked: string, redact: Redact): unknown[] {
  const whole = parseJson(text, asked)
  const fields = new Fields(whole, asked, "")
  const { result } = whole as { readonly result?: unknown }
  const status = fields.text("status")
  if (status === "1" && Array.isArray(result)) return result
  const message = fields.isAbsent("message") ? "" : fields.text("message")
  const isEmpty = result === undefined || result === null || (Array.isArray(result) && result.length === 0)
  if (status === "0" && isEmpty && /^no .*found/i.test(message)) return []
  throw faultOf(`${message} ${typeof result === "string" ? result : ""}`, asked, redact)
}

/** The answer to a question for a balance. */
export function balanceTextOf(text: string, asked: string, redact: Redact): string {
  const fields = new Fields(parseJson(text, asked), asked, "")
  if (fields.text("status") === "1") return fields.text("result")
  const result = fields.isAbsent("result") ? "" : fields.text("result")
  throw faultOf(`${fields.text("message")} ${result}`, asked, redact)
}

/** The result of a question that is passed on to a node. Null where the node knows nothing of it. */
export function resultOf(text: string, asked: string, redact: Redact): unknown {
  const whole = parseJson(text, asked)
  const fields = new Fields(whole, asked, "")
  if (!fields.isAbsent("error")) {
    const error = fields.object("error")
    throw faultOf(error.isAbsent("message") ? "error" : error.text("message"), asked, redact)
  }
  // The wrapping of a list around an error of this kind.
  if (!fields.isAbsent("status") && fields.text("status") === "0") {
    const result = fields.isAbsent("result") ? "" : fields.text("result")
    throw faultOf(`${fields.isAbsent("message") ? "" : fields.text("message")} ${result}`, asked, redact)
  }
  return (whole as { readonly result?: unknown }).result ?? null
}

function faultOf(said: string, asked: string, redact: Redact): RemoteFault {
  const reason = REFUSED.test(said)
    ? "rate-limited"
    : UNKNOWN.test(said)
      ? "not-found"
      : UNAUTHORISED.test(said)
        ? "unauthorised"
        : TOO_LARGE.test(said)
          ? "too-large"
          : "nonsense"
  // It goes into a message: no controls, no key that the service repeats, and not the whole of a web page.
  const clean = redact(said)
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
  return new RemoteFault(reason, asked, clean.slice(0, LONGEST_SAID))
}
