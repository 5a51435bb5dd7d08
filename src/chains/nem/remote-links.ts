import { addressOfKey } from "./account.ts"
import type { Transaction } from "./transaction.ts"

/**
 * Blocks after which a link to a remote key, or its end, comes into force: NIS `BlockChainConfiguration`, mainnet's
 * `blockChainRewriteLimit`. Today's NIS replays the whole chain with this one number; no fork changes it.
 */
export const REMOTE_DELAY = 360

interface Link {
  readonly height: number
  readonly main: string
  readonly isActivation: boolean
}

/**
 * Which accounts lent their right to harvest to which remote keys. The fees of a block signed by a remote key go to
 * the account behind it: NIS `BlockProcessor.notifyBlockHarvested`, `StateFinder.findForwardedStateByAddress`.
 */
export class RemoteLinks {
  /** By the remote account's address, in the order of the chain. */
  readonly #links = new Map<string, Link[]>()

  /** Transactions are shown in the order of the chain. Kinds that link nothing are passed over. */
  see(transaction: Transaction, height: number): void {
    const inner = transaction.kind === "multisig" ? transaction.inner : transaction
    if (inner.kind !== "importance-transfer") return
    const remote = addressOfKey(inner.remote, inner.network)
    const main = addressOfKey(inner.signer, inner.network)
    const links = this.#links.get(remote) ?? []
    links.push({ height, main, isActivation: inner.mode === "activate" })
    this.#links.set(remote, links)
  }

  isKnown(remote: string): boolean {
    return this.#links.has(remote)
  }

  /** The account that gets the fees of the block at `height` signed by `signer` (both addresses). */
  receiverAt(signer: string, height: number): string {
    const last = this.#links.get(signer)?.findLast(link => link.height <= height)
    if (last === undefined) return signer
    const isInForce = height - last.height >= REMOTE_DELAY
    return last.isActivation === isInForce ? last.main : signer
  }
}
