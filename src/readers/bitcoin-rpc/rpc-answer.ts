import { parseJson } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"

/** What a node says of one question: a value, or its own word for why there is none. */
export type RpcAnswer =
  | { readonly value: unknown }
  | { readonly value: null; readonly code: number; readonly message: string }

/** Unknown block or transaction; height out of range; method not known (`RPCErrorCode` of Bitcoin Core). */
const NOT_FOUND: ReadonlySet<number> = new Set([-5, -8, -32601])
/** Of many causes; one is a block that a pruned node has thrown away. */
const MISCELLANEOUS = -1
export const OUT_OF_RANGE = -8
/** "Loading block index...", "Verifying blocks...": it will answer later. */
export const WARMING_UP = -28
const LONGEST_MESSAGE = 200

type Plain = Readonly<Record<string, unknown>>

/**
 * The answers in the order of the questions: as many as were asked, each once.
 *
 * @throws RemoteFault "nonsense"
 */
export function readAnswers(text: string, asked: string, count: number): readonly RpcAnswer[] {
  const json = parseJson(text, asked)
  // A node that refuses a whole request answers it as one.
  const refused = isPlain(json) ? errorOf(json) : null
  if (refused !== null) return new Array(count).fill(refused)
  if (!Array.isArray(json)) throw new RemoteFault("nonsense", asked, "answer: not a list")
  const answers: (RpcAnswer | undefined)[] = new Array(count)
  for (const [at, item] of (json as unknown[]).entries()) {
    const fail = (what: string) => new RemoteFault("nonsense", asked, `[${at}]: ${what}`)
    if (!isPlain(item)) throw fail("not an object")
    const { id } = item
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id >= count) {
      throw fail("an id that was not asked for")
    }
    if (answers[id] !== undefined) throw fail("an id answered twice")
    answers[id] = errorOf(item) ?? resultOf(item, fail)
  }
  return Array.from(answers, (answer, at) => {
    if (answer === undefined) throw new RemoteFault("nonsense", asked, `question ${at} is not answered`)
    return answer
  })
}

/** Whether the body of an error status is a node's own answer, and not that of something on the way to it. */
export function isNodesError(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return isPlain(json) && errorOf(json) !== null
  } catch {
    return false
  }
}

/** The node's refusal as a fault, in the node's words. */
export function refusal(asked: string, code: number, message: string): RemoteFault {
  const said = `error ${code}: ${message}`
  const isMissing =
    NOT_FOUND.has(code) || (code === MISCELLANEOUS && /not available|not found/i.test(message))
  return isMissing
    ? new RemoteFault("not-found", `${asked} (${said})`)
    : new RemoteFault("nonsense", asked, said)
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Null where there is no error: version 1 writes it as null, version 2 leaves it out. */
function errorOf({ error }: Plain): RpcAnswer | null {
  if (error === null || error === undefined) return null
  const { code, message } = isPlain(error) ? error : {}
  return {
    value: null,
    code: typeof code === "number" && Number.isInteger(code) ? code : 0,
    message: plainText(typeof message === "string" ? message : JSON.stringify(error)),
  }
}

function resultOf(item: Plain, fail: (what: string) => RemoteFault): RpcAnswer {
  if (!Object.hasOwn(item, "result") || item.result === null) throw fail("neither result nor error")
  return { value: item.result }
}

/** It goes into a message of ours: one line, without controls, and not for ever. */
function plainText(text: string): string {
  return text
    .slice(0, LONGEST_MESSAGE)
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
}
