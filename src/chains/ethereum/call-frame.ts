import type { Hex } from "viem"
import { EthereumFault } from "./fault.ts"
import { Fields, listOf } from "./fields.ts"

export const CALL_TYPES = [
  "CALL",
  "CALLCODE",
  "DELEGATECALL",
  "STATICCALL",
  "CREATE",
  "CREATE2",
  "SELFDESTRUCT",
] as const
export type CallType = (typeof CALL_TYPES)[number]

/** A call as a tracer tells it, with the calls that it made, in order. */
export interface CallFrame {
  readonly type: CallType
  /** Null only of a self-destruct that an old tracer tells no more of than that it was. */
  readonly from: Hex | null
  /** Who is called, made, or left the balance; null where a contract was not made, or a tracer does not say. */
  readonly to: Hex | null
  /** Null where a tracer does not say. */
  readonly value: bigint | null
  /** It was reverted or ran into an error: neither it nor what it called moved anything. */
  readonly failed: boolean
  readonly calls: readonly CallFrame[]
}

/** The EVM lets calls nest 1,024 deep; a self-destruct stands one deeper. */
const DEEPEST = 1_025

/**
 * Reads what `debug_traceBlockByNumber` answers with geth's `callTracer`: one tree of calls for each transaction.
 *
 * @param hashes of the block's transactions, in their order
 * @throws EthereumFault
 */
export function decodeCallTraces(value: unknown, hashes: readonly Hex[], path: string): CallFrame[] {
  const traces = listOf(value, path, (one, place) => new Fields(one, place))
  if (traces.length !== hashes.length) throw new EthereumFault("one for each transaction expected", path)
  return traces.map((trace, at) => {
    if (!trace.isAbsent("txHash") && trace.hash("txHash") !== hashes[at]) {
      trace.fail("of another transaction", "txHash")
    }
    if (trace.isAbsent("result")) trace.fail("not traced", "result")
    return readFrame(trace.value("result"), trace.at("result"), 0)
  })
}

function readFrame(value: unknown, path: string, depth: number): CallFrame {
  const fields = new Fields(value, path)
  if (depth > DEEPEST) throw new EthereumFault("out of range", path)
  const name = fields.text("type").toUpperCase()
  const type = CALL_TYPES.find(known => known === name)
  if (type === undefined) return fields.fail("unknown kind of call", "type")
  const addressOrNull = (field: string): Hex | null => fields.maybe(field, () => fields.address(field))
  return {
    type,
    from: type === "SELFDESTRUCT" ? addressOrNull("from") : fields.address("from"),
    to: addressOrNull("to"),
    value: fields.maybe("value", () => fields.quantity("value")),
    failed: !fields.isAbsent("error"),
    calls: fields.isAbsent("calls") ? [] : fields.list("calls", (one, at) => readFrame(one, at, depth + 1)),
  }
}
