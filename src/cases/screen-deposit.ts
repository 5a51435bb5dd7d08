import type { DepositItem } from "../contracts/screen.ts"
import type { LabelBook } from "../ports/label-book.ts"
import { depositHeuristicOn } from "./deposit-heuristic.ts"
import type { ScreenedLedger } from "./screen-ledger.ts"

/** Sweeps that are told; `ashiato cluster` has more. */
const MOST_SWEEPS = 8

/** Whether an address is recognised as one that only forwards to a labelled service; null where it is not. */
export async function depositItem(
  { graph, accounts, chain, source }: ScreenedLedger,
  address: string,
  book: LabelBook,
): Promise<DepositItem | null> {
  const labels = { book, chain: chain?.name ?? null }
  const said = async () => {
    if (graph !== null) {
      const owner = graph.ownerOf(address)
      if (owner === null) return null
      const { toldOfDeposit } = await import("./cluster-told.ts")
      return toldOfDeposit(graph, owner, labels, MOST_SWEEPS)
    }
    const opened = (await accounts?.()) ?? null
    if (opened === null || !opened.has(address)) return null
    const { toldOfAccount } = await import("./cluster-accounts.ts")
    return toldOfAccount(opened, address, labels, source.horizon.height ?? 0, MOST_SWEEPS).deposit
  }
  const deposit = await said()
  if (deposit === null) return null
  const heuristics = depositHeuristicOn(source.shape, labels.chain, deposit.isWeak)
  return { address, ...deposit, assets: deposit.assets ?? null, heuristics }
}
