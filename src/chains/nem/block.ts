import { NemFault } from "./fault.ts"
import type { Transaction } from "./transaction.ts"

/** The first block has a type of its own: NIS `BlockTypes`. */
export const BLOCK_TYPES = { nemesis: -1, regular: 1 } as const

/** `signer` is the harvester's key, which may be a remote key lent to a main account: fees go to the main account. */
export interface Block {
  readonly kind: keyof typeof BLOCK_TYPES
  readonly network: number
  readonly version: number
  readonly timeStamp: number
  readonly signer: string
  readonly signature: string
  readonly previousHash: string
  readonly height: number
  /** In the order in which they are executed. */
  readonly transactions: readonly Transaction[]
}

export const BLOCK_VERSION = 1

/** @throws NemFault `unknown type` */
export function kindOfBlock(code: number, path: string): Block["kind"] {
  if (code === BLOCK_TYPES.nemesis) return "nemesis"
  if (code === BLOCK_TYPES.regular) return "regular"
  throw new NemFault("unknown type", path)
}
