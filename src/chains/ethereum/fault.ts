/** What can be wrong with what a node or an export says. A closed list, so that it can be put into other languages. */
export type EthereumFaultReason =
  | "not an object"
  | "not a list"
  | "not text"
  | "not a quantity"
  | "not hexadecimal"
  | "not an address"
  | "wrong length"
  | "out of range"
  | "of another block"
  | "of another transaction"
  | "out of order"
  | "one for each transaction expected"
  | "hash does not match"
  | "root does not match"
  | "sender does not match"
  | "fee does not match"
  | "trace does not match"
  | "unknown kind of call"
  | "not traced"

/** The one error that the modules of this folder throw. `path` names the place: "transactions[3].value". */
export class EthereumFault extends Error {
  readonly reason: EthereumFaultReason
  readonly path: string

  constructor(reason: EthereumFaultReason, path: string) {
    super(`${path}: ${reason}`)
    this.name = "EthereumFault"
    this.reason = reason
    this.path = path
  }
}
