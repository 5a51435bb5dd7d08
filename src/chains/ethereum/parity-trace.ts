import type { Hex } from "viem"
import type { CallFrame, CallType } from "./call-frame.ts"
import { EthereumFault } from "./fault.ts"
import { Fields, listOf } from "./fields.ts"

/** A trace by itself, before the tree is made of it. */
export interface FlatTrace {
  readonly transactionHash: Hex
  /** The place in the tree: the place among its caller's calls, for each level; empty at the top. */
  readonly path: readonly number[]
  readonly frame: Omit<CallFrame, "calls">
  /** Where it was read, for faults. */
  readonly at: string
}

const CALLS: Readonly<Record<string, CallType>> = {
  call: "CALL",
  callcode: "CALLCODE",
  delegatecall: "DELEGATECALL",
  staticcall: "STATICCALL",
}

/**
 * Reads what `trace_block` answers (OpenEthereum's form, spoken by Erigon, Nethermind, Reth and Besu too). What it
 * says of rewards is left aside: they follow from the header.
 *
 * @param hashes of the block's transactions, in their order
 * @throws EthereumFault
 */
export function decodeParityTraces(value: unknown, hashes: readonly Hex[], path: string): CallFrame[] {
  const traces = listOf(value, path, (one, place) => readTrace(new Fields(one, place)))
  return treesOf(
    traces.filter(trace => trace !== null),
    hashes,
    path,
  )
}

function readTrace(fields: Fields): FlatTrace | null {
  const type = fields.text("type")
  if (type === "reward") return null
  const path = fields.list("traceAddress", readPlace)
  const transactionHash = fields.hash("transactionHash")
  return { transactionHash, path, frame: readFlat(fields, type), at: fields.path }
}

function readPlace(value: unknown, path: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new EthereumFault("not a quantity", path)
  return value as number
}

function readFlat(fields: Fields, type: string): FlatTrace["frame"] {
  const action = fields.object("action")
  const failed = !fields.isAbsent("error")
  if (type === "suicide" || type === "selfdestruct") {
    const [from, to] = [action.address("address"), action.address("refundAddress")]
    return { type: "SELFDESTRUCT", from, to, value: action.quantity("balance"), failed }
  }
  const from = action.address("from")
  const value = action.quantity("value")
  if (type === "create") {
    const result = fields.isAbsent("result") ? null : fields.object("result")
    const to = result?.maybe("address", () => result.address("address")) ?? null
    return { type: "CREATE", from, to, value, failed }
  }
  const call = type === "call" ? CALLS[action.text("callType").toLowerCase()] : undefined
  if (call === undefined) return fields.fail("unknown kind of call", "type")
  return { type: call, from, to: action.address("to"), value, failed }
}

/**
 * One tree for each transaction, out of traces in the order of execution: a caller comes before what it calls.
 *
 * @throws EthereumFault
 */
export function treesOf(traces: readonly FlatTrace[], hashes: readonly Hex[], path: string): CallFrame[] {
  const nodes = new Map<string, CallFrame & { readonly calls: CallFrame[] }>()
  for (const trace of traces) {
    const frame = { ...trace.frame, calls: [] }
    const last = trace.path.at(-1)
    if (last !== undefined) {
      const above = nodes.get(placeOf(trace.transactionHash, trace.path.slice(0, -1)))
      if (above?.calls.length !== last) throw new EthereumFault("out of order", trace.at)
      above.calls.push(frame)
    }
    const place = placeOf(trace.transactionHash, trace.path)
    if (nodes.has(place)) throw new EthereumFault("out of order", trace.at)
    nodes.set(place, frame)
  }
  const tops = traces.filter(trace => trace.path.length === 0)
  if (tops.length !== hashes.length) throw new EthereumFault("one for each transaction expected", path)
  return hashes.map(hash => {
    const top = nodes.get(placeOf(hash, []))
    if (top === undefined) throw new EthereumFault("of another transaction", path)
    return top
  })
}

function placeOf(hash: Hex, path: readonly number[]): string {
  return `${hash} ${path.join(".")}`
}
