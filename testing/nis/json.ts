import { BLOCK_TYPES, type Block } from "../../src/chains/nem/block.ts"
import { LEVY_KINDS, type MosaicDefinition, type MosaicId } from "../../src/chains/nem/mosaic.ts"
import {
  type Cosignature,
  LINK_MODES,
  MESSAGE_KINDS,
  MODIFICATION_KINDS,
  SUPPLY_CHANGES,
  type Transaction,
  TYPE_CODES,
} from "../../src/chains/nem/transaction.ts"

export type Json = Record<string, unknown>

const versionOf = (network: number, version: number): number => (network << 24) | version
const idOf = ({ namespace, name }: MosaicId): Json => ({ namespaceId: namespace, name })
const code = <Word>(words: readonly Word[], word: Word): number => words.indexOf(word) + 1

/** A block as `/block/at/public` gives it. */
export function blockJson(block: Block): Json {
  return {
    timeStamp: block.timeStamp,
    signature: block.signature,
    prevBlockHash: { data: block.previousHash },
    type: BLOCK_TYPES[block.kind],
    transactions: block.transactions.map(transactionJson),
    version: versionOf(block.network, block.version),
    signer: block.signer,
    height: block.height,
  }
}

/** A transaction as NIS's `JsonSerializer` writes it: what is not there is an empty object. */
export function transactionJson(transaction: Transaction | Cosignature): Json {
  const { kind, network, version, timeStamp, deadline, signer, signature, fee } = transaction
  return {
    type: TYPE_CODES[kind],
    version: versionOf(network, version),
    timeStamp,
    deadline,
    signer,
    fee: Number(fee),
    ...(signature === null ? {} : { signature }),
    ...bodyOf(transaction),
  }
}

function bodyOf(transaction: Transaction | Cosignature): Json {
  switch (transaction.kind) {
    case "transfer": {
      const { recipient, amount, message, mosaics, version } = transaction
      const list = mosaics.map(({ mosaic, quantity }) => ({
        mosaicId: idOf(mosaic),
        quantity: Number(quantity),
      }))
      return {
        recipient,
        amount: Number(amount),
        message:
          message === null ? {} : { type: code(MESSAGE_KINDS, message.kind), payload: message.payload },
        ...(version < 2 ? {} : { mosaics: list }),
      }
    }
    case "importance-transfer":
      return { mode: code(LINK_MODES, transaction.mode), remoteAccount: transaction.remote }
    case "multisig-modification":
      return {
        modifications: transaction.modifications.map(({ change, cosignatory }) => ({
          modificationType: code(MODIFICATION_KINDS, change),
          cosignatoryAccount: cosignatory,
        })),
        ...(transaction.minCosignatories === null
          ? {}
          : { minCosignatories: { relativeChange: transaction.minCosignatories } }),
      }
    case "cosignature":
      return { otherHash: { data: transaction.otherHash }, otherAccount: transaction.otherAccount }
    case "multisig":
      return {
        otherTrans: transactionJson(transaction.inner),
        signatures: transaction.cosignatures.map(transactionJson),
      }
    case "namespace":
      return {
        rentalFeeSink: transaction.sink,
        rentalFee: Number(transaction.rentalFee),
        newPart: transaction.newPart,
        parent: transaction.parent,
      }
    case "mosaic-definition":
      return {
        mosaicDefinition: definitionJson(transaction.definition),
        creationFeeSink: transaction.sink,
        creationFee: Number(transaction.creationFee),
      }
    case "mosaic-supply":
      return {
        mosaicId: idOf(transaction.mosaic),
        supplyType: code(SUPPLY_CHANGES, transaction.change),
        delta: Number(transaction.delta),
      }
  }
}

export function definitionJson({ creator, mosaic, description, properties, levy }: MosaicDefinition): Json {
  return {
    creator,
    id: idOf(mosaic),
    description,
    properties,
    levy:
      levy === null
        ? {}
        : {
            type: code(LEVY_KINDS, levy.kind),
            recipient: levy.recipient,
            mosaicId: idOf(levy.mosaic),
            fee: Number(levy.fee),
          },
  }
}
