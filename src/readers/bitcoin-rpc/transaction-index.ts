import { Problem } from "../../units/problem.ts"
import { Fields, isHash } from "../http/fields.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { MAX_HEIGHT } from "./chain-info.ts"
import type { ChainView } from "./chain-view.ts"
import { refusal } from "./rpc-answer.ts"
import type { RpcClient } from "./rpc-client.ts"
import type { Place } from "./spend-index.ts"

const UNKNOWN_METHOD = -32601
const UNKNOWN_TRANSACTION = -5
/** A transaction of 4 MB has room for no more. */
const MOST_OUTPUTS = 4_000_000

/**
 * Without an index a node knows transactions that wait to be confirmed and no others, and would call a theft unknown.
 *
 * @throws RemoteFault, or Problem `node-without-index`
 */
export async function checkTransactionIndex(client: RpcClient): Promise<void> {
  const asked = "getindexinfo txindex"
  const [answer] = await client.ask([{ method: "getindexinfo", params: ["txindex"] }])
  if (answer === undefined) throw new Error("bitcoin rpc: an answer is missing")
  if ("code" in answer) {
    // Nodes before Bitcoin Core 0.21 cannot say.
    if (answer.code === UNKNOWN_METHOD) return
    throw refusal(asked, answer.code, answer.message).at({ file: client.href })
  }
  try {
    const info = new Fields(answer.value, asked, "")
    if (!info.isAbsent("txindex") && info.object("txindex").flag("synced")) return
  } catch (error) {
    throw error instanceof RemoteFault ? error.at({ file: client.href }) : error
  }
  throw new Problem("node-without-index", {}, { file: client.href })
}

export interface Whereabouts {
  readonly outputs: number
  /** Null where it is not confirmed by the horizon. */
  readonly place: Place | null
}

/**
 * Where a transaction is. The node is asked for its block; that it is in that block, and that block in the chain, is
 * then seen by oneself. Null where the node does not know it.
 *
 * @throws RemoteFault, or Problem `remote-reorganised`, `block-malformed`
 */
export async function whereIs(client: RpcClient, view: ChainView, txid: string): Promise<Whereabouts | null> {
  const asked = `getrawtransaction ${txid} true`
  const [answer] = await client.ask([{ method: "getrawtransaction", params: [txid, true] }])
  if (answer === undefined) throw new Error("bitcoin rpc: an answer is missing")
  if ("code" in answer) {
    if (answer.code === UNKNOWN_TRANSACTION) return null
    throw refusal(asked, answer.code, answer.message).at({ file: client.href })
  }
  try {
    const told = new Fields(answer.value, asked, "")
    const outputs = told.list("vout", output => output.integer("n", MOST_OUTPUTS)).length
    if (told.isAbsent("blockhash")) return { outputs, place: null }
    const height = await heightOf(client, told.hash("blockhash"))
    if (height === null || height > view.horizon.height) return { outputs, place: null }
    const block = await view.at(height)
    const index = block.txids.indexOf(txid)
    if (index < 0) told.fail("blockhash", `block ${height} does not have it`)
    return { outputs: block.transactions[index]?.outputs.length ?? 0, place: { height, index } }
  } catch (error) {
    throw error instanceof RemoteFault ? error.at({ file: client.href }) : error
  }
}

/** Null where the block is on a branch that the chain has left. */
async function heightOf(client: RpcClient, hash: string): Promise<number | null> {
  const asked = `getblockheader ${hash}`
  const header = new Fields(await client.value("getblockheader", hash), asked, "")
  const height = header.integer("height", MAX_HEIGHT)
  const [best] = await client.values([{ method: "getblockhash", params: [height] }])
  if (typeof best !== "string" || !isHash(best))
    throw new RemoteFault("nonsense", `getblockhash ${height}`, "not a hash")
  return best === hash ? height : null
}
