/**
 * Who spends with whom, as a ledger answers it: owners are numbers, one for each address (or form that stands for
 * one). Reads go to columns, so that asking about one owner costs as much as that owner has done, not as the chain has.
 */
export interface OwnerGraph {
  readonly transactionCount: number
  readonly ownerCount: number
  /** The owner of an address in canonical form; null where the ledger has never seen it. */
  ownerOf(address: string): number | null
  /** Null for value that nobody can spend. */
  addressOf(owner: number): string | null
  /** Outputs of an owner, in chain order: ids. */
  outputsOf(owner: number): Iterable<number>
  /** How many outputs an owner has. */
  outputCount(owner: number): number
  /** The transaction that made an output, and the one that spent it (null where none did). */
  makerOf(output: number): number
  spenderOf(output: number): number | null
  /** One transaction as clustering looks at it. */
  transaction(tx: number): OwnedTransaction
  txid(tx: number): string
  /** The transaction of a txid, null where there is none. */
  transactionOf(txid: string): number | null
}

/** Inputs and outputs in their order. Amounts are in smallest units; below 2^53 on all chains of Bitcoin's family. */
export interface OwnedTransaction {
  readonly tx: number
  readonly height: number
  readonly isCoinbase: boolean
  readonly inputs: readonly OwnedPot[]
  readonly outputs: readonly OwnedPot[]
}

export interface OwnedPot {
  readonly output: number
  readonly owner: number
  readonly value: number
  /** How its script is written: "p2pkh", "p2wpkh" ... (`OWNER_KINDS`). */
  readonly kind: string
}
