import { MAINNET } from "../../src/chains/nem/account.ts"
import { signedBytes, unsignedBytes } from "../../src/chains/nem/binary.ts"
import { BLOCK_VERSION, type Block } from "../../src/chains/nem/block.ts"
import { unsignedBlockBytes } from "../../src/chains/nem/block-binary.ts"
import { transactionHash } from "../../src/chains/nem/hash.ts"
import type { Cosignature, Inner, Multisig, Transaction } from "../../src/chains/nem/transaction.ts"
import type { Key } from "./keys.ts"

/** What every made-up transaction states, but for who signs it. */
export interface Stated {
  readonly timeStamp: number
  readonly fee: bigint
  readonly network?: number
}

export type Own<Kind extends Transaction> = Kind extends Transaction
  ? Omit<Kind, "network" | "timeStamp" | "deadline" | "signer" | "fee" | "signature">
  : never

function stated({ timeStamp, fee, network = MAINNET }: Stated, key: Key) {
  return { network, timeStamp, deadline: timeStamp + 3_600, signer: key.publicKey, fee }
}

export function signed(own: Own<Inner>, key: Key, of: Stated): Inner {
  const unsigned = { ...own, ...stated(of, key), signature: null } as Inner
  return { ...unsigned, signature: key.sign(unsignedBytes(unsigned)) }
}

/** A transaction of the account `acting`, begun by the first of its cosigners and signed by the others. */
export function multisigned(
  own: Own<Inner>,
  acting: Key,
  [first, ...others]: readonly [Key, ...Key[]],
  of: Stated & { readonly innerFee: bigint; readonly cosignatureFee: bigint },
): Multisig {
  const inner = { ...own, ...stated({ ...of, fee: of.innerFee }, acting), signature: null } as Inner
  const cosignatures = others.map((key): Cosignature => {
    const cosignature: Cosignature = {
      kind: "cosignature",
      version: 1,
      ...stated({ ...of, fee: of.cosignatureFee }, key),
      signature: null,
      otherHash: transactionHash(inner),
      otherAccount: acting.address,
    }
    return { ...cosignature, signature: key.sign(unsignedBytes(cosignature)) }
  })
  const unsigned: Multisig = {
    kind: "multisig",
    version: 1,
    ...stated(of, first),
    signature: null,
    inner,
    cosignatures,
  }
  return { ...unsigned, signature: first.sign(unsignedBytes(unsigned)) }
}

export function signedBlock(
  own: Pick<Block, "height" | "timeStamp" | "previousHash" | "transactions"> & { readonly network?: number },
  harvester: Key,
): Block {
  for (const transaction of own.transactions) signedBytes(transaction)
  const unsigned: Block = {
    kind: own.height === 1 ? "nemesis" : "regular",
    version: BLOCK_VERSION,
    network: MAINNET,
    ...own,
    signer: harvester.publicKey,
    signature: "",
  }
  return { ...unsigned, signature: harvester.sign(unsignedBlockBytes(unsigned)) }
}
