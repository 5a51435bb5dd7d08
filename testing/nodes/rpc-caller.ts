import { parseExact } from "./exact-json.ts"

/** Calls a node, one question at a time; amounts come as text ("12.34567890"). */
export type RpcCaller = (method: string, ...params: readonly unknown[]) => Promise<unknown>

/** Shares no code with the program's own client, so that the two can be held to each other. */
export function rpcCaller(url: string, user: string, password: string): RpcCaller {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`
  return async (method, ...params) => {
    const response = await fetch(url, {
      method: "POST",
      // A node closes what has been idle, unseen by a test that was waiting for a program.
      headers: { authorization, "content-type": "application/json", connection: "close" },
      body: JSON.stringify({ id: 0, method, params }),
    })
    const text = await response.text()
    if (text === "") throw new Error(`${method}: status ${response.status}`)
    const { result, error } = parseExact(text) as { result: unknown; error: unknown }
    if (error !== null) throw new Error(`${method}: ${JSON.stringify(error)}`)
    return result
  }
}
