import { Problem } from "../../units/problem.ts"
import { AnswerCache } from "./answer-cache.ts"
import { type Asked, attempt, type Limits } from "./attempt.ts"
import { type BaseUrl, readBaseUrl } from "./base-url.ts"
import { type Clock, SYSTEM_CLOCK } from "./clock.ts"
import { RemoteFault } from "./remote-fault.ts"
import { Turnstile } from "./turnstile.ts"

export interface ClientOptions {
  readonly url: string
  /** "user:password" where they are not in the address: what a node's cookie file holds. */
  readonly credentials?: string
  /** Null keeps nothing. */
  readonly cacheFolder: string | null
  readonly requestsPerSecond?: number
  /** Requests under way at the same time. */
  readonly atOnce?: number
  readonly timeoutMs?: number
  /** Tries after the first. */
  readonly retries?: number
  /** The wait before the first retry; it doubles with each. */
  readonly backOffMs?: number
  readonly maxBytes?: number
  readonly clock?: Clock
  /** Told how many answers have been fetched, each time that one has; those of the cache are not counted. */
  readonly onAnswer?: (count: number) => void
}

const REQUESTS_PER_SECOND = 4
const AT_ONCE = 2
const TIMEOUT_MS = 30_000
const RETRIES = 5
/** What hangs has taken its time already: it is not waited for six times. */
const TIMEOUTS_RETRIED = 2
const BACK_OFF_MS = 1_000
/** An explorer that asks for a longer wait than this is not waited for: the user is told, and comes back. */
const LONGEST_WAIT_MS = 60_000
/** Twenty-five transactions can fill a block of 4 MB, and JSON writes each byte as several. */
const MAX_BYTES = 64 * 2 ** 20

/** One service's answers. Asks the host that the user named and no other, slowly, and gives up in the end. */
export class PoliteClient {
  readonly #base: BaseUrl
  readonly #cache: AnswerCache | null
  readonly #clock: Clock
  readonly #turnstile: Turnstile
  readonly #retries: number
  readonly #backOffMs: number
  readonly #limits: Limits
  readonly #onAnswer: ((count: number) => void) | undefined
  #answers = 0

  /** @throws RemoteFault "unreachable" where the address is not one of http or https */
  constructor(options: ClientOptions) {
    this.#base = readBaseUrl(options.url, options.credentials)
    const { cacheFolder } = options
    this.#cache = cacheFolder === null ? null : new AnswerCache(cacheFolder, this.#base.href)
    this.#clock = options.clock ?? SYSTEM_CLOCK
    this.#turnstile = new Turnstile(
      this.#clock,
      options.requestsPerSecond ?? REQUESTS_PER_SECOND,
      options.atOnce ?? AT_ONCE,
    )
    this.#onAnswer = options.onAnswer
    this.#retries = options.retries ?? RETRIES
    this.#backOffMs = options.backOffMs ?? BACK_OFF_MS
    this.#limits = { timeoutMs: options.timeoutMs ?? TIMEOUT_MS, maxBytes: options.maxBytes ?? MAX_BYTES }
  }

  /** The service's address without user and password: safe to print and to store. */
  get href(): string {
    return this.#base.href
  }

  /**
   * What the service answers to `path`, as `read` understands it. An answer is kept if `isFinal` says that it cannot
   * change; one from the cache is read and judged like any other, so that no file there is trusted either.
   * `isRefusal` tells which bodies say "too many requests" with status 200: they are waited out like a 429.
   *
   * @throws RemoteFault, its file the service's address
   */
  get<Value>(
    path: string,
    read: (text: string) => Value,
    isFinal: (value: Value) => boolean,
    isRefusal?: (text: string) => boolean,
  ): Promise<Value> {
    return this.#ask({ path, body: null, isRefusal }, path, read, isFinal)
  }

  /**
   * The same for a JSON body sent by POST. It is sent again after a failure: only for questions, which change nothing.
   * `isAnswer` tells which bodies of error statuses are answers, to be read like any other.
   *
   * @throws RemoteFault, its file the service's address
   */
  post<Value>(
    path: string,
    body: string,
    read: (text: string) => Value,
    isFinal: (value: Value) => boolean,
    isAnswer?: (text: string) => boolean,
  ): Promise<Value> {
    return this.#ask({ path, body, isAnswer }, `${path} ${body}`, read, isFinal)
  }

  async #ask<Value>(
    asked: Asked,
    key: string,
    read: (text: string) => Value,
    isFinal: (value: Value) => boolean,
  ): Promise<Value> {
    try {
      const kept = await this.#kept(asked, key, read)
      if (kept !== null && isFinal(kept.value)) return kept.value
      const body = await this.#fetch(asked)
      this.#onAnswer?.(++this.#answers)
      const value = read(decode(body, asked.path))
      if (this.#cache !== null && isFinal(value)) {
        await this.#cache.write(key, body, new Date(this.#clock.now()).toISOString())
      }
      return value
    } catch (error) {
      throw error instanceof Problem ? error.at({ file: this.#base.href }) : error
    }
  }

  /** What the cache makes no sense of is fetched again: it may be of another version of this program. */
  async #kept<Value>(
    asked: Asked,
    key: string,
    read: (text: string) => Value,
  ): Promise<{ readonly value: Value } | null> {
    const body = (await this.#cache?.read(key)) ?? null
    if (body === null) return null
    try {
      return { value: read(decode(body, asked.path)) }
    } catch (error) {
      if (error instanceof RemoteFault) return null
      throw error
    }
  }

  async #fetch(asked: Asked): Promise<Uint8Array> {
    for (let tried = 0; ; tried++) {
      const made = await this.#turnstile.pass(() => attempt(this.#base, asked, this.#limits))
      if (made.body !== null) return made.body
      const wait = Math.max(waitAskedFor(made.retryAfter, this.#clock.now()), this.#backOffMs * 2 ** tried)
      const most =
        made.fault.reason === "timed-out" ? Math.min(this.#retries, TIMEOUTS_RETRIED) : this.#retries
      if (!made.worthRetrying || tried >= most || wait > LONGEST_WAIT_MS) throw made.fault
      // A service that says "too many" is left alone by the other requests too.
      if (made.fault.reason === "rate-limited") this.#turnstile.hold(wait)
      await this.#clock.sleep(wait)
    }
  }
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3); anything else asks for nothing. */
function waitAskedFor(header: string | null, now: number): number {
  if (header === null) return 0
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}

function decode(body: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body)
  } catch {
    throw new RemoteFault("nonsense", path, "not UTF-8")
  }
}
