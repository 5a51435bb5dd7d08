import { type Clock, SYSTEM_CLOCK } from "../http/clock.ts"
import { type ClientOptions, PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { readCookie } from "./cookie-file.ts"
import { isNodesError, type RpcAnswer, readAnswers, refusal, WARMING_UP } from "./rpc-answer.ts"
import { type RpcCall, requestOf, spellCalls } from "./rpc-call.ts"

export interface RpcOptions extends Omit<ClientOptions, "cacheFolder" | "credentials"> {
  /** Where the node writes user and password at its start; passed over where the address has them. */
  readonly cookieFile?: string | undefined
  /** How long a node that is starting is waited for. */
  readonly warmUpMs?: number
}

/** A node is the user's own, and has four threads for questions unless told otherwise (`-rpcthreads`). */
const AT_ONCE = 3
const NO_SPACING = 1e6
const TIMEOUT_MS = 60_000
/** Half a second, and seven and a half in all: what is refused by one's own machine is soon known. */
const RETRIES = 4
const BACK_OFF_MS = 500
const WARM_UP_MS = 120_000
const LONGEST_PAUSE_MS = 8_000
/**
 * A block is at most 4 MB, and each byte two digits. What a request asks for is reckoned to stay far below; this is
 * where a reckoning that was wrong ends.
 */
const MAX_BYTES = 32 * 2 ** 20

/** A node's answers to batches of questions, which change nothing there. */
export class RpcClient {
  readonly #options: RpcOptions
  readonly #clock: Clock
  readonly #warmUpMs: number
  #client: PoliteClient
  #cookie: string | null

  private constructor(options: RpcOptions, cookie: string | null) {
    this.#options = options
    this.#clock = options.clock ?? SYSTEM_CLOCK
    this.#warmUpMs = options.warmUpMs ?? WARM_UP_MS
    this.#cookie = cookie
    this.#client = this.#connect()
  }

  /** @throws RemoteFault "unreachable" for what is no address; Problem `file-...` for the cookie file */
  static async open(options: RpcOptions): Promise<RpcClient> {
    const needsCookie = options.cookieFile !== undefined && !namesUser(options.url)
    return new RpcClient(options, needsCookie ? await readCookie(options.cookieFile) : null)
  }

  get href(): string {
    return this.#client.href
  }

  /**
   * The answers in the order of the calls, as one request. What a node refuses is among them; only a node that is still
   * starting is asked again.
   *
   * @throws RemoteFault, its path what was asked
   */
  async ask(calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> {
    const asked = spellCalls(calls)
    const until = this.#clock.now() + this.#warmUpMs
    for (
      let pause = this.#options.backOffMs ?? BACK_OFF_MS;
      ;
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    ) {
      const answers = await this.#post(calls, asked)
      const starting = answers.find(answer => "code" in answer && answer.code === WARMING_UP)
      if (starting === undefined || !("code" in starting)) return answers
      if (this.#clock.now() + pause > until) {
        const said = `error ${WARMING_UP}: ${starting.message}`
        throw new RemoteFault("unreachable", asked, said, { file: this.href })
      }
      await this.#clock.sleep(pause)
    }
  }

  /**
   * The value of one call.
   *
   * @throws RemoteFault; "not-found" or "nonsense" where the node refuses, in its words
   */
  async value(method: string, ...params: RpcCall["params"]): Promise<unknown> {
    const [value] = await this.values([{ method, params }])
    return value
  }

  /**
   * The values of all calls.
   *
   * @throws RemoteFault for the first that the node refuses
   */
  async values(calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    const answers = await this.ask(calls)
    return answers.map((answer, at) => {
      if (!("code" in answer)) return answer.value
      throw refusal(spellCalls(calls.slice(at, at + 1)), answer.code, answer.message).at({ file: this.href })
    })
  }

  async #post(calls: readonly RpcCall[], asked: string): Promise<readonly RpcAnswer[]> {
    const cookie = this.#cookie
    try {
      return await this.#send(calls, asked)
    } catch (error) {
      if (!(error instanceof RemoteFault)) throw error
      if (error.reason === "unauthorised" && cookie !== null && (await this.#hasNewCookie(cookie))) {
        return await this.#send(calls, asked)
      }
      throw error
    }
  }

  async #send(calls: readonly RpcCall[], asked: string): Promise<readonly RpcAnswer[]> {
    const read = (text: string) => readAnswers(text, asked, calls.length)
    try {
      return await this.#client.post("", requestOf(calls), read, () => false, isNodesError)
    } catch (error) {
      // The path is the same for every question; what was asked is in the body.
      throw error instanceof RemoteFault
        ? new RemoteFault(error.reason, asked, error.said, error.where)
        : error
    }
  }

  /** The node has started anew since its cookie was read, or another request has noticed it already. */
  async #hasNewCookie(refused: string): Promise<boolean> {
    const { cookieFile } = this.#options
    if (cookieFile === undefined) return false
    const cookie = await readCookie(cookieFile)
    if (cookie === refused) return false
    if (cookie !== this.#cookie) {
      this.#cookie = cookie
      this.#client = this.#connect()
    }
    return true
  }

  #connect(): PoliteClient {
    return new PoliteClient({
      atOnce: AT_ONCE,
      requestsPerSecond: NO_SPACING,
      timeoutMs: TIMEOUT_MS,
      retries: RETRIES,
      backOffMs: BACK_OFF_MS,
      maxBytes: MAX_BYTES,
      ...this.#options,
      ...(this.#cookie === null ? {} : { credentials: this.#cookie }),
      cacheFolder: null,
    })
  }
}

function namesUser(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { username, password } = new URL(url)
  return username !== "" || password !== ""
}
