/** One question to a node. */
export interface RpcCall {
  readonly method: string
  readonly params: readonly (string | number | boolean)[]
}

/**
 * Questions as one request. Each is numbered by its place, for a node may answer in any order. Version 2.0 is claimed:
 * nodes before Bitcoin Core 28 pass over the claim and answer as version 1, which is understood too.
 */
export function requestOf(calls: readonly RpcCall[]): string {
  return JSON.stringify(calls.map(({ method, params }, id) => ({ jsonrpc: "2.0", id, method, params })))
}

/** What was asked, for a person: "getblock 00000000839a8e68... 0 and 11 more". */
export function spellCalls(calls: readonly RpcCall[]): string {
  const [first] = calls
  if (first === undefined) return "nothing"
  const said = [first.method, ...first.params].join(" ")
  return calls.length === 1 ? said : `${said} and ${calls.length - 1} more`
}
