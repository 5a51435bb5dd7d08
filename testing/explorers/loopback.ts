import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** Takes a request before the service answers it: true where it has answered in its own way. */
export type Mischief = (path: string, response: ServerResponse, request: IncomingMessage) => boolean

/** What a service says to a path: text, an object that is written as JSON, or null where it knows nothing. */
export type Said = string | object | null

/** A service on this machine alone, which counts what it is asked and misbehaves when told to. */
export abstract class Loopback {
  /** Paths with their query, without the folder that the service lives in. */
  readonly asked: string[] = []
  readonly startedAt: number[] = []
  /** How many requests were under way at once at most. */
  mostAtOnce = 0
  mischief: Mischief = () => false
  readonly #folder: string
  readonly #server: Server
  #underWay = 0

  /** @param folder where the service lives, "/api"; "" for the root */
  constructor(folder: string) {
    this.#folder = folder
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  /** What is answered; `body` is what was posted, "" for GET. */
  protected abstract answer(path: string, body: string): Said | Promise<Said>

  async open(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, "127.0.0.1", resolve)
    })
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#folder}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ""
    const path = url.startsWith(this.#folder) ? url.slice(this.#folder.length) : url
    this.asked.push(path)
    this.startedAt.push(performance.now())
    this.#underWay++
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay)
    response.on("close", () => {
      this.#underWay--
    })
    if (this.mischief(path, response, request)) return
    let body = ""
    for await (const chunk of request) body += String(chunk)
    const said = await this.answer(path, body)
    if (said === null) response.writeHead(404).end("not found")
    else response.end(typeof said === "string" ? said : JSON.stringify(said))
  }
}
