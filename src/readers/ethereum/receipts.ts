import type { EthereumBlock } from "../../chains/ethereum/block.ts"
import type { NodeCall, NodeRpc } from "./node-rpc.ts"
import { quantityOf } from "./quantity.ts"

/** How a node tells receipts: a block's at once, or each by itself, as nodes before 2023 do. */
export type ReceiptsWay = "by-block" | "by-transaction"

const MOST_AT_ONCE = 100

export async function findReceiptsWay(rpc: NodeRpc, height: number): Promise<ReceiptsWay> {
  const [answer] = await rpc.ask([receiptsCall(height)])
  return answer === undefined || "code" in answer || answer.value === null ? "by-transaction" : "by-block"
}

export function receiptsCall(height: number): NodeCall {
  return { method: "eth_getBlockReceipts", params: [quantityOf(height)] }
}

/** @throws RemoteFault */
export async function receiptsOneByOne(rpc: NodeRpc, { transactions }: EthereumBlock): Promise<unknown[]> {
  const receipts: unknown[] = []
  for (let at = 0; at < transactions.length; at += MOST_AT_ONCE) {
    const calls = transactions
      .slice(at, at + MOST_AT_ONCE)
      .map(({ hash }): NodeCall => ({ method: "eth_getTransactionReceipt", params: [hash] }))
    receipts.push(...(await rpc.values(calls)))
  }
  return receipts
}
