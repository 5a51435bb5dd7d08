import type { Hex } from "viem"
import { Fields, hashAt, listOf } from "./fields.ts"

export interface AccessListEntry {
  readonly address: Hex
  readonly storageKeys: readonly Hex[]
}

/** EIP-7702: an account's owner lets the code of `address` run in its place. */
export interface Authorization {
  readonly chainId: bigint
  readonly address: Hex
  readonly nonce: bigint
  readonly yParity: bigint
  readonly r: bigint
  readonly s: bigint
}

export interface Signature {
  readonly r: bigint
  readonly s: bigint
  /** As the transaction has it: 27 or 28, or 35 and more with the chain in it (EIP-155); 0 or 1 for types above 0. */
  readonly v: bigint
}

/** A transaction as a block has it. Null is what its type does not have, or what an export leaves out. */
export interface Transaction {
  readonly hash: Hex
  readonly index: number
  readonly type: number
  readonly from: Hex
  /** Null makes a contract. */
  readonly to: Hex | null
  readonly value: bigint
  readonly nonce: bigint
  readonly gas: bigint
  readonly input: Hex
  /** Types 0 and 1: what a unit of gas is offered. Of later types a node says here what was paid. */
  readonly gasPrice: bigint | null
  readonly maxFeePerGas: bigint | null
  readonly maxPriorityFeePerGas: bigint | null
  readonly maxFeePerBlobGas: bigint | null
  readonly blobVersionedHashes: readonly Hex[] | null
  readonly accessList: readonly AccessListEntry[] | null
  readonly authorizationList: readonly Authorization[] | null
  readonly chainId: bigint | null
  readonly signature: Signature | null
}

/** @throws EthereumFault */
export function decodeTransaction(value: unknown, path: string): Transaction {
  const fields = new Fields(value, path)
  const quantityOrNull = (name: string): bigint | null => fields.maybe(name, () => fields.quantity(name))
  return {
    hash: fields.hash("hash"),
    index: fields.integer("transactionIndex"),
    type: fields.isAbsent("type") ? 0 : fields.integer("type"),
    from: fields.address("from"),
    to: fields.maybe("to", () => fields.address("to")),
    value: fields.quantity("value"),
    nonce: fields.quantity("nonce"),
    gas: fields.quantity("gas"),
    input: fields.data("input"),
    gasPrice: quantityOrNull("gasPrice"),
    maxFeePerGas: quantityOrNull("maxFeePerGas"),
    maxPriorityFeePerGas: quantityOrNull("maxPriorityFeePerGas"),
    maxFeePerBlobGas: quantityOrNull("maxFeePerBlobGas"),
    blobVersionedHashes: fields.maybe("blobVersionedHashes", () =>
      fields.list("blobVersionedHashes", hashAt),
    ),
    accessList: fields.maybe("accessList", () => fields.list("accessList", readAccess)),
    authorizationList: fields.maybe("authorizationList", () =>
      fields.list("authorizationList", readAuthorization),
    ),
    chainId: quantityOrNull("chainId"),
    signature: readSignature(fields),
  }
}

function readSignature(fields: Fields): Signature | null {
  if (fields.isAbsent("r") || fields.isAbsent("s")) return null
  // Of types above 0 some nodes write 27 or 28 as v, which is not what was signed.
  const isTyped = !fields.isAbsent("yParity") && !fields.isAbsent("type") && fields.integer("type") > 0
  const v = isTyped ? "yParity" : "v"
  if (fields.isAbsent(v)) return null
  return { r: fields.quantity("r"), s: fields.quantity("s"), v: fields.quantity(v) }
}

function readAccess(value: unknown, path: string): AccessListEntry {
  const fields = new Fields(value, path)
  return {
    address: fields.address("address"),
    storageKeys: listOf(fields.value("storageKeys"), fields.at("storageKeys"), hashAt),
  }
}

function readAuthorization(value: unknown, path: string): Authorization {
  const fields = new Fields(value, path)
  return {
    chainId: fields.quantity("chainId"),
    address: fields.address("address"),
    nonce: fields.quantity("nonce"),
    yParity: fields.quantity(fields.isAbsent("yParity") ? "v" : "yParity"),
    r: fields.quantity("r"),
    s: fields.quantity("s"),
  }
}
