import { ByteWriter } from "./byte-writer.ts"
import { NemFault } from "./fault.ts"
import { LEVY_KINDS, type MosaicDefinition, type MosaicId } from "./mosaic.ts"
import { sortedModifications, sortedMosaics } from "./order.ts"
import {
  type Cosignature,
  LINK_MODES,
  MESSAGE_KINDS,
  MODIFICATION_KINDS,
  SUPPLY_CHANGES,
  type Transaction,
  TYPE_CODES,
} from "./transaction.ts"
import { joinVersion } from "./wire.ts"

/**
 * What a transaction's signer signs, and what its hash is taken of. The layout is that of NIS's `serializeImpl`
 * methods and of symbol's `catbuffer/schemas/nem`, whose 54 test vectors it gives byte for byte.
 */
export function unsignedBytes(transaction: Transaction | Cosignature): Uint8Array {
  return serialized(transaction, false)
}

/**
 * A transaction as it lies in a block, with its signature and its cosignatures.
 *
 * @throws NemFault `missing field` for the inner transaction of a multisig, which has no signature
 */
export function signedBytes(transaction: Transaction | Cosignature): Uint8Array {
  return serialized(transaction, true)
}

function serialized(transaction: Transaction | Cosignature, signed: boolean): Uint8Array {
  const { kind, network, version, timeStamp, signer, signature, fee, deadline } = transaction
  const writer = new ByteWriter()
  writer.u32(TYPE_CODES[kind]).u32(joinVersion(network, version)).u32(timeStamp).hex(signer)
  if (signed) {
    if (signature === null) throw new NemFault("missing field", "signature")
    writer.hex(signature)
  }
  writer.u64(fee).u32(deadline)
  writeBody(writer, transaction, signed)
  return writer.bytes()
}

function writeBody(writer: ByteWriter, transaction: Transaction | Cosignature, signed: boolean): void {
  switch (transaction.kind) {
    case "transfer": {
      const { recipient, amount, message, mosaics, version } = transaction
      writer.text(recipient).u64(amount)
      writer.optional(message, (it, { kind, payload }) => it.u32(code(MESSAGE_KINDS, kind)).hex(payload))
      if (version < 2) return
      writer.objects(sortedMosaics(mosaics), (it, { mosaic, quantity }) => {
        it.object(id => writeMosaicId(id, mosaic)).u64(quantity)
      })
      return
    }
    case "importance-transfer":
      writer.u32(code(LINK_MODES, transaction.mode)).hex(transaction.remote)
      return
    case "multisig-modification": {
      const { modifications, minCosignatories, network, version } = transaction
      writer.objects(sortedModifications(modifications, network), (it, { change, cosignatory }) => {
        it.u32(code(MODIFICATION_KINDS, change)).hex(cosignatory)
      })
      if (version < 2) return
      writer.optional(minCosignatories, (it, change) => it.u32(change))
      return
    }
    case "cosignature":
      writer.object(it => it.hex(transaction.otherHash)).text(transaction.otherAccount)
      return
    case "multisig":
      writer.sized(unsignedBytes(transaction.inner))
      // Cosignatures sign the inner transaction and come later: the outer signature and hash leave them out. They are
      // written in the order given: NIS shows them sorted, symbol's vectors do not sort them.
      if (!signed) return
      writer.objects(transaction.cosignatures, (it, cosignature) => it.raw(signedBytes(cosignature)))
      return
    case "namespace":
      writer.text(transaction.sink).u64(transaction.rentalFee).text(transaction.newPart)
      writer.optionalText(transaction.parent)
      return
    case "mosaic-definition":
      writer.object(it => writeDefinition(it, transaction.definition))
      writer.text(transaction.sink).u64(transaction.creationFee)
      return
    case "mosaic-supply":
      writer.object(it => writeMosaicId(it, transaction.mosaic))
      writer.u32(code(SUPPLY_CHANGES, transaction.change)).u64(transaction.delta)
      return
  }
}

function writeMosaicId(writer: ByteWriter, { namespace, name }: MosaicId): void {
  writer.text(namespace).text(name)
}

function writeDefinition(writer: ByteWriter, definition: MosaicDefinition): void {
  const { creator, description, properties, levy } = definition
  writer.hex(creator)
  writer.object(it => writeMosaicId(it, definition.mosaic))
  writer.text(description)
  writer.objects(properties, (it, { name, value }) => it.text(name).text(value))
  writer.optional(levy, (it, { kind, recipient, mosaic, fee }) => {
    it.u32(code(LEVY_KINDS, kind)).text(recipient)
    it.object(id => writeMosaicId(id, mosaic)).u64(fee)
  })
}

/** A word's place in its list, counted from 1. */
function code<Word>(words: readonly Word[], word: Word): number {
  return words.indexOf(word) + 1
}
