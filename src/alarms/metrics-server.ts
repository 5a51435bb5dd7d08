import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type FollowFigures, metricsText } from "./metrics-text.ts"

export interface MetricsServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Answers GET /metrics on this machine alone.
 *
 * @param port 0 for any that is free
 * @throws Error of the system where the port is taken ("EADDRINUSE")
 */
export async function serveMetrics(port: number, figures: () => FollowFigures): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response, figures)
  })
  server.maxConnections = 16
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  const close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => {
      server.close(resolve)
    })
  }
  return { url, close }
}

function answer(request: IncomingMessage, response: ServerResponse, figures: () => FollowFigures): void {
  request.resume()
  // A page in a browser could reach this machine under a name of its own.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")) {
    response.writeHead(403).end()
    return
  }
  if ((request.url ?? "").split("?")[0] !== "/metrics") {
    response.writeHead(404).end()
    return
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end()
    return
  }
  response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" })
  response.end(request.method === "HEAD" ? undefined : metricsText(figures()))
}
