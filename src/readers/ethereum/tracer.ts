import type { Hex } from "viem"
import { type CallFrame, decodeCallTraces } from "../../chains/ethereum/call-frame.ts"
import { decodeParityTraces } from "../../chains/ethereum/parity-trace.ts"
import { type NodeCall, type NodeRpc, refusal, spell } from "./node-rpc.ts"
import { quantityOf } from "./quantity.ts"

/** How a node tells what contracts called: geth's way, OpenEthereum's, or not at all. */
export type Tracer = "call-tracer" | "trace-block" | "none"

/** Clients that have thrown an old block's state away say so in these words (geth, Erigon, Nethermind, Besu, Reth). */
const STATE_GONE =
  /missing trie node|state (is )?(not|un)available|historical state|pruned|no state|world state/i

/** The first way in which the node can trace a block; any refusal is that it cannot. */
export async function findTracer(rpc: NodeRpc, height: number): Promise<Tracer> {
  for (const tracer of ["call-tracer", "trace-block"] as const) {
    const [answer] = await rpc.ask([traceCall(tracer, height)])
    if (answer === undefined || !("code" in answer)) return tracer
    // It can trace, only not a block so old.
    if (STATE_GONE.test(answer.message)) return tracer
  }
  return "none"
}

/**
 * The calls of each of a block's transactions; null where the node has no tracer, or not the state that it takes.
 *
 * @throws RemoteFault, EthereumFault
 */
export async function traceBlock(
  rpc: NodeRpc,
  tracer: Tracer,
  height: number,
  hashes: readonly Hex[],
): Promise<readonly CallFrame[] | null> {
  if (hashes.length === 0) return []
  if (tracer === "none") return null
  const call = traceCall(tracer, height)
  const [answer] = await rpc.ask([call])
  if (answer === undefined) return null
  if ("code" in answer) {
    if (STATE_GONE.test(answer.message)) return null
    throw refusal(spell([call]), answer.code, answer.message, rpc.href)
  }
  const decode = tracer === "call-tracer" ? decodeCallTraces : decodeParityTraces
  return decode(answer.value, hashes, "traces")
}

function traceCall(tracer: Exclude<Tracer, "none">, height: number): NodeCall {
  const block = quantityOf(height)
  return tracer === "call-tracer"
    ? { method: "debug_traceBlockByNumber", params: [block, { tracer: "callTracer" }] }
    : { method: "trace_block", params: [block] }
}
