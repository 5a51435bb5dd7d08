import type { PoliteClient } from "../http/polite-client.ts"
import { isRefusal, type Redact, resultOf } from "./envelope.ts"

export type Parameters = Readonly<Record<string, string | number>>

/** Where a service keeps its API, and how it passes questions on to a node. */
export interface Dialect {
  /** What follows the address that the user named: "/v2/api?chainid=1&", "?". */
  readonly lists: string
  /** "proxy" are GET requests of Etherscan's form; else the path that JSON-RPC is posted to. */
  readonly node: "proxy" | string
}

/** Asks a node by way of a service. */
export function askNode(
  client: PoliteClient,
  dialect: Dialect,
  redact: Redact,
  method: string,
  params: Parameters,
  isFinal: (result: unknown) => boolean,
): Promise<unknown> {
  if (dialect.node === "proxy") {
    const path = dialect.lists + queryOf({ module: "proxy", action: method, ...params })
    return client.get(path, text => resultOf(text, path, redact), isFinal, isRefusal)
  }
  const path = dialect.node
  const asked = `${path} ${method}`
  const body = JSON.stringify({ jsonrpc: "2.0", id: 0, method, params: Object.values(params).map(literal) })
  return client.post(path, body, text => resultOf(text, asked, redact), isFinal)
}

/** A query has text only; the node wants true and false. */
function literal(value: string | number): string | number | boolean {
  return value === "true" || value === "false" ? value === "true" : value
}

export function queryOf(parameters: Parameters): string {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [name, `${value}`])
  return new URLSearchParams(texts).toString()
}
