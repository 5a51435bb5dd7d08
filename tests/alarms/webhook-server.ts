import { createHmac } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Got {
  readonly key: string
  readonly body: string
  readonly signature: string
}

/** What it does with a request, by its number from 0. */
export type Mood = "take" | "fail" | "hang" | "hang up" | "redirect" | "take and hang up"

/** A receiver of webhooks on this machine, in whatever mood it is told. */
export class WebhookServer {
  /** Every request, whatever was answered. */
  readonly asked: Got[] = []
  /** Those whose sender was told that they were taken, or whose connection broke after they were. */
  readonly taken: Got[] = []
  /** Requests that came to where a redirect leads. */
  elsewhere = 0
  mood: (n: number) => Mood = () => "take"
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  /** @param port where it was before, for one that comes back */
  async open(port = 0): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(port, "127.0.0.1", resolve)
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => {
      this.#server.close(resolve)
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== "/hook") this.elsewhere++
    let body = ""
    try {
      for await (const chunk of request) body += String(chunk)
    } catch {
      // The sender was killed.
      return
    }
    const { headers } = request
    const got = {
      key: String(headers["idempotency-key"]),
      body,
      signature: String(headers["ashiato-signature"]),
    }
    const mood = this.mood(this.asked.length)
    this.asked.push(got)
    if (mood.startsWith("take")) this.taken.push(got)
    if (mood === "take") response.writeHead(204).end()
    else if (mood === "fail") response.writeHead(503).end("later")
    else if (mood === "redirect") response.writeHead(307, { location: "/other" }).end()
    else if (mood.endsWith("hang up")) response.destroy()
  }
}

/** As docs/alarms.md tells a receiver to check it. */
export function isSigned({ body, signature }: Got, secret: string, mostSeconds = 300): boolean {
  const [, seconds = "", mac = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? []
  const isFresh = Math.abs(Date.now() / 1000 - Number(seconds)) < mostSeconds
  return isFresh && createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex") === mac
}
