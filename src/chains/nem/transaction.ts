import type { Mosaic, MosaicDefinition, MosaicId } from "./mosaic.ts"

/** Each kind's code on the wire: NIS `TransactionTypes`. */
export const TYPE_CODES = {
  transfer: 0x0101,
  "importance-transfer": 0x0801,
  "multisig-modification": 0x1001,
  cosignature: 0x1002,
  multisig: 0x1004,
  namespace: 0x2001,
  "mosaic-definition": 0x4001,
  "mosaic-supply": 0x4002,
} as const
export type Kind = keyof typeof TYPE_CODES

/** Version 2 brought mosaics to transfers, and a change of the minimum to modifications. All else is version 1. */
export const LATEST_VERSION: Readonly<Record<Kind, 1 | 2>> = {
  transfer: 2,
  "importance-transfer": 1,
  "multisig-modification": 2,
  cosignature: 1,
  multisig: 1,
  namespace: 1,
  "mosaic-definition": 1,
  "mosaic-supply": 1,
}

/** On the wire each of these words is its place in the list, counted from 1. */
export const MESSAGE_KINDS = ["plain", "encrypted"] as const
export const LINK_MODES = ["activate", "deactivate"] as const
export const MODIFICATION_KINDS = ["add", "delete"] as const
export const SUPPLY_CHANGES = ["create", "delete"] as const

/**
 * What every transaction states. Keys, hashes and signatures are hexadecimal in lower case; amounts are micro-XEM.
 * `network` and `version` are the two parts of the wire's version: NIS `VerifiableEntity`.
 */
interface Stated {
  readonly network: number
  readonly version: number
  readonly timeStamp: number
  readonly deadline: number
  readonly signer: string
  readonly fee: bigint
  /** Null on the inner transaction of a multisig alone: there the outer one and the cosignatures stand for it. */
  readonly signature: string | null
}

/** `payload` in hexadecimal, as it lies on the chain; `message.ts` reads it. */
export interface Message {
  readonly kind: (typeof MESSAGE_KINDS)[number]
  readonly payload: string
}

/** `amount` is micro-XEM where there are no mosaics; with mosaics it multiplies them: see `mosaic.ts`. */
export interface Transfer extends Stated {
  readonly kind: "transfer"
  readonly recipient: string
  readonly amount: bigint
  readonly message: Message | null
  readonly mosaics: readonly Mosaic[]
}

/** Lends an account's right to harvest to a remote key, or takes it back; the fees go to the account all the same. */
export interface ImportanceTransfer extends Stated {
  readonly kind: "importance-transfer"
  readonly mode: (typeof LINK_MODES)[number]
  readonly remote: string
}

export interface Modification {
  readonly change: (typeof MODIFICATION_KINDS)[number]
  readonly cosignatory: string
}

/** The first one makes its signer a multisig account. */
export interface MultisigModification extends Stated {
  readonly kind: "multisig-modification"
  readonly modifications: readonly Modification[]
  readonly minCosignatories: number | null
}

export interface Namespace extends Stated {
  readonly kind: "namespace"
  readonly sink: string
  readonly rentalFee: bigint
  readonly newPart: string
  readonly parent: string | null
}

export interface MosaicCreation extends Stated {
  readonly kind: "mosaic-definition"
  readonly definition: MosaicDefinition
  readonly sink: string
  readonly creationFee: bigint
}

/** `delta` counts whole mosaics, not their smallest parts: NIS `Supply`. */
export interface MosaicSupply extends Stated {
  readonly kind: "mosaic-supply"
  readonly mosaic: MosaicId
  readonly change: (typeof SUPPLY_CHANGES)[number]
  readonly delta: bigint
}

/** Lies on the chain only inside the multisig transaction that it signs. */
export interface Cosignature extends Stated {
  readonly kind: "cosignature"
  /** The hash of the inner transaction, not of the outer one. */
  readonly otherHash: string
  readonly otherAccount: string
}

export type Inner =
  | Transfer
  | ImportanceTransfer
  | MultisigModification
  | Namespace
  | MosaicCreation
  | MosaicSupply

/** Signed by the cosigner who began it. Who acts, and pays every fee, is the signer of `inner`. */
export interface Multisig extends Stated {
  readonly kind: "multisig"
  readonly inner: Inner
  readonly cosignatures: readonly Cosignature[]
}

export type Transaction = Inner | Multisig
