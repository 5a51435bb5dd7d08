import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Question {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a node says: a result, or an error. Thrown from `answer`, an `Error` is an error of the node's. */
export type Answering = (question: Question) => unknown

/** Takes a request before it is answered: true where it has been answered in another way. */
export type Mischief = (questions: readonly Question[], response: ServerResponse) => boolean

export class NodeError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** A loopback server that speaks JSON-RPC in batches, and misbehaves when told to. */
export class LoopbackNode {
  readonly asked: Question[] = []
  requests = 0
  mischief: Mischief = () => false
  readonly #server: Server
  readonly #answer: Answering

  constructor(answer: Answering) {
    this.#answer = answer
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
  }

  async open(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, "127.0.0.1", resolve)
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const questions = JSON.parse(Buffer.concat(chunks).toString()) as Question[]
    this.requests++
    this.asked.push(...questions)
    if (this.mischief(questions, response)) return
    const answers = await Promise.all(questions.map(question => this.#tell(question)))
    // In another order than asked, as a node may.
    response.end(JSON.stringify(answers.reverse()))
  }

  async #tell(question: Question): Promise<unknown> {
    const { id } = question
    try {
      return { jsonrpc: "2.0", id, result: (await this.#answer(question)) ?? null }
    } catch (error) {
      if (!(error instanceof NodeError)) throw error
      return { jsonrpc: "2.0", id, error: { code: error.code, message: error.message } }
    }
  }
}

/** Whoever asks for one of these methods is told that there is none. */
export function hiding(methods: readonly string[], answer: Answering): Answering {
  return question => {
    if (methods.includes(question.method)) throw new NodeError(-32601, "the method does not exist")
    return answer(question)
  }
}
