/** What can be wrong with the bytes of a block. A closed list, so that a reader can put each of them into words. */
export type BlockFaultReason =
  | "ends too early"
  | "bytes left over"
  | "count or length beyond the bytes there are"
  | "count or length not in its shortest form"
  | "amount beyond any supply"
  | "unknown transaction flag"
  | "witness flag without a witness"
  | "MWEB transaction data in a block"
  | "transaction without inputs"
  | "transaction without outputs"
  | "empty reference beside other inputs"
  | "block without transactions"
  | "first transaction is not a coinbase"
  | "coinbase out of place"
  | "HogEx out of place"
  | "hashes paired with themselves"
  | "merkle root does not match"
  | "difficulty target out of range"
  | "proof of work does not meet its target"

/** Bytes that are no block, transaction or header; `offset` is where in the bytes given, for whom has the file. */
export class BlockFault extends Error {
  readonly reason: BlockFaultReason
  readonly offset: number

  constructor(reason: BlockFaultReason, offset: number) {
    super(`${reason} (byte ${offset})`)
    this.name = "BlockFault"
    this.reason = reason
    this.offset = offset
  }
}
