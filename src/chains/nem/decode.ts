import { ByteReader } from "./byte-reader.ts"
import { NemFault } from "./fault.ts"
import { LEVY_KINDS, type MosaicDefinition, type MosaicId } from "./mosaic.ts"
import { checkMosaicId, checkNamespace, checkNamespacePart } from "./name.ts"
import {
  type Cosignature,
  type Inner,
  LATEST_VERSION,
  LINK_MODES,
  MESSAGE_KINDS,
  type Message,
  MODIFICATION_KINDS,
  SUPPLY_CHANGES,
  type Transaction,
} from "./transaction.ts"
import { KINDS, splitVersion } from "./wire.ts"

/**
 * A signed transaction from its bytes, of whichever network; the reverse of `signedBytes`. The shape alone is checked:
 * what lies in a block goes through `checkConsistency` besides.
 *
 * @throws NemFault
 */
export function decodeTransaction(bytes: Uint8Array, path = "transaction"): Transaction | Cosignature {
  const reader = new ByteReader(bytes, path)
  const transaction = decodeFrom(reader, "outer")
  reader.end()
  return transaction
}

type Place = "outer" | "inner" | "cosignature"

/** From where `reader` stands; what follows is left to it. */
export function decodeFrom(reader: ByteReader, place: Place): Transaction | Cosignature {
  const kind = KINDS.get(reader.u32())
  if (kind === undefined) throw new NemFault("unknown type", `${reader.path}.type`)
  const { network, version } = splitVersion(reader.u32())
  if (version < 1 || version > LATEST_VERSION[kind]) {
    throw new NemFault("unknown version", `${reader.path}.version`)
  }
  const stated = {
    network,
    version,
    timeStamp: reader.u32(),
    signer: reader.hex(32, "signer"),
    signature: place === "inner" ? null : reader.hex(64, "signature"),
    fee: reader.u64(),
    deadline: reader.u32(),
  }
  switch (kind) {
    case "transfer":
      return {
        kind,
        ...stated,
        recipient: reader.address("recipient"),
        amount: reader.u64(),
        message: reader.optional("message", decodeMessage),
        mosaics: version < 2 ? [] : reader.objects("mosaics", decodeMosaic),
      }
    case "importance-transfer":
      return {
        kind,
        ...stated,
        mode: reader.choice(LINK_MODES, "mode"),
        remote: reader.hex(32, "remoteAccount"),
      }
    case "multisig-modification":
      return {
        kind,
        ...stated,
        modifications: reader.objects("modifications", it => ({
          change: it.choice(MODIFICATION_KINDS, "modificationType"),
          cosignatory: it.hex(32, "cosignatoryAccount"),
        })),
        minCosignatories: version < 2 ? null : reader.optional("minCosignatories", it => it.u32() | 0),
      }
    case "cosignature":
      return {
        kind,
        ...stated,
        otherHash: reader.object("otherHash", it => it.hex(32, "data")),
        otherAccount: reader.address("otherAccount"),
      }
    case "multisig":
      if (place !== "outer") throw new NemFault("not allowed here", `${reader.path}.type`)
      return {
        kind,
        ...stated,
        inner: reader.object("otherTrans", decodeInner),
        cosignatures: reader.objects("signatures", decodeCosignature),
      }
    case "namespace":
      return {
        kind,
        ...stated,
        sink: reader.address("rentalFeeSink"),
        rentalFee: reader.u64(),
        newPart: checkNamespacePart(reader.text("newPart"), `${reader.path}.newPart`),
        parent: decodeParent(reader),
      }
    case "mosaic-definition":
      return {
        kind,
        ...stated,
        definition: reader.object("mosaicDefinition", decodeDefinition),
        sink: reader.address("creationFeeSink"),
        creationFee: reader.u64(),
      }
    case "mosaic-supply":
      return {
        kind,
        ...stated,
        mosaic: reader.object("mosaicId", decodeMosaicId),
        change: reader.choice(SUPPLY_CHANGES, "supplyType"),
        delta: reader.u64(),
      }
  }
}

function decodeInner(reader: ByteReader): Inner {
  const inner = decodeFrom(reader, "inner")
  if (inner.kind === "multisig" || inner.kind === "cosignature") {
    throw new NemFault("not allowed here", `${reader.path}.type`)
  }
  return inner
}

function decodeCosignature(reader: ByteReader): Cosignature {
  const cosignature = decodeFrom(reader, "cosignature")
  if (cosignature.kind !== "cosignature") throw new NemFault("not allowed here", `${reader.path}.type`)
  return cosignature
}

function decodeMessage(reader: ByteReader): Message {
  return { kind: reader.choice(MESSAGE_KINDS, "type"), payload: reader.sizedHex() }
}

function decodeMosaic(reader: ByteReader): { mosaic: MosaicId; quantity: bigint } {
  return { mosaic: reader.object("mosaicId", decodeMosaicId), quantity: reader.u64() }
}

function decodeMosaicId(reader: ByteReader): MosaicId {
  const namespace = reader.text("namespaceId")
  return checkMosaicId(namespace, reader.text("name"), reader.path)
}

function decodeParent(reader: ByteReader): string | null {
  const parent = reader.optionalText("parent")
  return parent === null ? null : checkNamespace(parent, `${reader.path}.parent`)
}

function decodeDefinition(reader: ByteReader): MosaicDefinition {
  return {
    creator: reader.hex(32, "creator"),
    mosaic: reader.object("id", decodeMosaicId),
    description: reader.text("description"),
    properties: reader.objects("properties", it => ({ name: it.text("name"), value: it.text("value") })),
    levy: reader.optional("levy", it => ({
      kind: it.choice(LEVY_KINDS, "type"),
      recipient: it.address("recipient"),
      mosaic: it.object("mosaicId", decodeMosaicId),
      fee: it.u64(),
    })),
  }
}
