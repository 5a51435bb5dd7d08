import type { Position } from "../../units/position.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { type ExplorerTx, sumOf } from "./transaction.ts"

export interface Collected {
  readonly subsidy: bigint
  readonly fees: readonly { readonly position: Position; readonly amount: bigint }[]
}

/**
 * What a coinbase, the first of `txs`, has to give: new coins, and the fee of each transaction of its block in their
 * order. A subsidy that is not known is what is claimed above the fees.
 */
export function collected(
  txs: readonly (ExplorerTx & { readonly position: Position })[],
  subsidy: bigint | null,
  hash: string,
): Collected {
  const fees = txs.flatMap(({ position, fee }) => (fee > 0n ? [{ position, amount: fee }] : []))
  const total = sumOf(fees)
  const claimed = sumOf(txs[0]?.outputs ?? [])
  if (subsidy === null) return { subsidy: claimed > total ? claimed - total : 0n, fees }
  if (claimed <= subsidy + total) return { subsidy, fees }
  throw new RemoteFault("nonsense", `/block/${hash}/txs/0`, "the coinbase claims more than there is")
}
