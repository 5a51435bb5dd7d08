import { isNodesError } from "../bitcoin-rpc/rpc-answer.ts"
import { parseJson } from "../http/fields.ts"
import { type ClientOptions, PoliteClient } from "../http/polite-client.ts"
import { RemoteFault } from "../http/remote-fault.ts"

export interface NodeCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a node says of one question: a value (null where there is no such thing), or its word for why it has none. */
export type NodeAnswer =
  | { readonly value: unknown }
  | { readonly value: null; readonly code: number; readonly message: string }

export type NodeRpcOptions = Omit<ClientOptions, "cacheFolder">

/** A node is most often the user's own. Of a public one its own limits are heeded: it answers 429. */
const REQUESTS_PER_SECOND = 50
const AT_ONCE = 3
const TIMEOUT_MS = 120_000
/** A trace tells each call's data: of a full block tens of megabytes. */
const MAX_BYTES = 256 * 2 ** 20
const LONGEST_MESSAGE = 200
/** EIP-1474: a limit of the service is exceeded. */
const LIMIT_EXCEEDED = -32005

/** The JSON-RPC of an Ethereum node: questions in batches, which change nothing there. */
export class NodeRpc {
  readonly #client: PoliteClient

  /** @throws RemoteFault "unreachable" for what is no address of http or https */
  constructor(options: NodeRpcOptions) {
    this.#client = new PoliteClient({
      requestsPerSecond: REQUESTS_PER_SECOND,
      atOnce: AT_ONCE,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      ...options,
      cacheFolder: null,
    })
  }

  get href(): string {
    return this.#client.href
  }

  /**
   * The answers in the order of the questions, as one request; refusals are among them.
   *
   * @throws RemoteFault, its path what was asked
   */
  async ask(calls: readonly NodeCall[]): Promise<readonly NodeAnswer[]> {
    return (await this.#post(calls)).answers
  }

  async #post(calls: readonly NodeCall[]): Promise<{ answers: readonly NodeAnswer[]; length: number }> {
    const asked = spell(calls)
    const body = JSON.stringify(
      calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params })),
    )
    const read = (text: string) => {
      return { answers: readAnswers(text, asked, calls.length), length: text.length }
    }
    try {
      return await this.#client.post("", body, read, () => false, isNodesError)
    } catch (error) {
      if (!(error instanceof RemoteFault)) throw error
      // The path is the same for every question; what was asked is in the body.
      throw new RemoteFault(error.reason, asked, error.said, { file: this.href, ...error.where })
    }
  }

  /** @throws RemoteFault; "nonsense" or "rate-limited" where the node refuses, in its words */
  async values(calls: readonly NodeCall[]): Promise<readonly unknown[]> {
    return (await this.measured(calls)).values
  }

  /** The same, and how long the answer was, by which the next questions are sized. */
  async measured(calls: readonly NodeCall[]): Promise<{ values: readonly unknown[]; length: number }> {
    const { answers, length } = await this.#post(calls)
    return { values: answers.map((answer, at) => this.#valueOf(answer, calls.slice(at, at + 1))), length }
  }

  /** @throws RemoteFault */
  async value(method: string, ...params: readonly unknown[]): Promise<unknown> {
    const [value] = await this.values([{ method, params }])
    return value
  }

  #valueOf(answer: NodeAnswer, call: readonly NodeCall[]): unknown {
    if (!("code" in answer)) return answer.value
    throw refusal(spell(call), answer.code, answer.message, this.href)
  }
}

export function refusal(asked: string, code: number, message: string, file: string): RemoteFault {
  const reason = code === LIMIT_EXCEEDED || code === 429 ? "rate-limited" : "nonsense"
  return new RemoteFault(reason, asked, `error ${code}: ${message}`, { file })
}

/** What was asked, for a person: "eth_getBlockByNumber 0x10 true and 3 more". */
export function spell(calls: readonly NodeCall[]): string {
  const [first] = calls
  if (first === undefined) return "nothing"
  const said = [first.method, ...first.params.filter(param => typeof param !== "object")].join(" ")
  return calls.length === 1 ? said : `${said} and ${calls.length - 1} more`
}

/** As many answers as were asked for, each once, in any order. */
function readAnswers(text: string, asked: string, count: number): readonly NodeAnswer[] {
  const json = parseJson(text, asked)
  // A node that refuses a whole request answers it as one.
  const refused = isObject(json) ? errorOf(json) : null
  if (refused !== null) return new Array<NodeAnswer>(count).fill(refused)
  if (!Array.isArray(json)) throw new RemoteFault("nonsense", asked, "answer: not a list")
  const answers: (NodeAnswer | undefined)[] = new Array(count)
  for (const [at, item] of (json as unknown[]).entries()) {
    if (!isObject(item)) throw new RemoteFault("nonsense", asked, `[${at}]: not an object`)
    const { id } = item
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id >= count) {
      throw new RemoteFault("nonsense", asked, `[${at}]: an id that was not asked for`)
    }
    if (answers[id] !== undefined) throw new RemoteFault("nonsense", asked, `[${at}]: an id answered twice`)
    const error = errorOf(item)
    if (error === null && !Object.hasOwn(item, "result")) {
      throw new RemoteFault("nonsense", asked, `[${at}]: neither result nor error`)
    }
    answers[id] = error ?? { value: item.result }
  }
  return Array.from(answers, (answer, at) => {
    if (answer === undefined) throw new RemoteFault("nonsense", asked, `question ${at} is not answered`)
    return answer
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function errorOf({ error }: Readonly<Record<string, unknown>>): NodeAnswer | null {
  if (error === undefined || error === null) return null
  const { code, message } = isObject(error) ? error : {}
  const said = typeof message === "string" ? message : JSON.stringify(error)
  return {
    value: null,
    code: typeof code === "number" && Number.isInteger(code) ? code : 0,
    // It goes into a message of ours: one line, without controls.
    message: said
      .slice(0, LONGEST_MESSAGE)
      .replace(/[^\x20-\x7e]+/g, " ")
      .trim(),
  }
}
