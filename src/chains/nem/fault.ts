/**
 * What can be wrong with what a node, a file or a caller hands in. A closed list, so that a catalogue of messages can
 * put each of them into another language.
 */
export type NemFaultCode =
  | "not an object"
  | "not a list"
  | "not text"
  | "not an integer"
  | "not hexadecimal"
  | "out of range"
  | "wrong length"
  | "missing field"
  | "unknown field"
  | "unknown type"
  | "unknown version"
  | "not of this network"
  | "bad address"
  | "bad name"
  | "bad property"
  | "not allowed here"
  | "twice"
  | "ends too early"
  | "bytes left over"
  | "hash does not match"
  | "of another transaction"
  | "of another account"
  | "not the signer"

/** The one error that the modules of this folder throw. `path` names the place: "transaction.mosaics[0].quantity". */
export class NemFault extends Error {
  readonly fault: NemFaultCode
  readonly path: string

  constructor(fault: NemFaultCode, path: string) {
    super(`${path}: ${fault}`)
    this.name = "NemFault"
    this.fault = fault
    this.path = path
  }
}
