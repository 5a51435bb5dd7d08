import { MAINNET } from "./account.ts"
import { checkConsistency } from "./consistency.ts"
import { NemFault } from "./fault.ts"
import { Fields, integerIn } from "./json.ts"
import { checkNamespace, checkNamespacePart } from "./name.ts"
import { mosaicIdOf, readMosaic, readMosaicDefinition } from "./read-mosaic.ts"
import { LAST_TIMESTAMP } from "./time.ts"
import {
  type Cosignature,
  type Inner,
  type Kind,
  LATEST_VERSION,
  LINK_MODES,
  MESSAGE_KINDS,
  type Message,
  MODIFICATION_KINDS,
  type Modification,
  SUPPLY_CHANGES,
  type Transaction,
} from "./transaction.ts"
import { KINDS, splitVersion } from "./wire.ts"

/**
 * A mainnet transaction from the JSON of a node, as a block or the account API gives it, without its `meta`.
 *
 * @throws NemFault
 */
export function readTransaction(value: unknown, path = "transaction"): Transaction {
  const transaction = readAny(value, path, "outer")
  if (transaction.kind === "cosignature") throw new NemFault("not allowed here", `${path}.type`)
  checkConsistency(transaction, path)
  return transaction
}

type Place = "outer" | "inner" | "cosignature"

const STATED = ["type", "version", "timeStamp", "deadline", "signer", "fee"]

/** What each kind states besides; the fields after the bar may be absent. */
const OWN: Readonly<Record<Kind, readonly [required: readonly string[], optional: readonly string[]]>> = {
  transfer: [
    ["recipient", "amount"],
    ["message", "mosaics"],
  ],
  "importance-transfer": [["mode", "remoteAccount"], []],
  "multisig-modification": [["modifications"], ["minCosignatories"]],
  cosignature: [["otherHash", "otherAccount"], []],
  multisig: [["otherTrans", "signatures"], []],
  namespace: [["rentalFeeSink", "rentalFee", "newPart"], ["parent"]],
  "mosaic-definition": [["mosaicDefinition", "creationFeeSink", "creationFee"], []],
  "mosaic-supply": [["mosaicId", "supplyType", "delta"], []],
}

function readAny(value: unknown, path: string, place: Place): Transaction | Cosignature {
  const kind = kindOf(value, path)
  const [required, optional] = OWN[kind]
  const signed = place === "inner" ? [] : ["signature"]
  const fields = new Fields(value, path, [...STATED, ...signed, ...required], optional)
  const { network, version } = splitVersion(fields.integer("version", -(2 ** 31), 2 ** 31 - 1))
  if (network !== MAINNET) throw new NemFault("not of this network", fields.at("version"))
  if (version < 1 || version > LATEST_VERSION[kind])
    throw new NemFault("unknown version", fields.at("version"))
  const stated = {
    network,
    version,
    timeStamp: fields.integer("timeStamp", 0, LAST_TIMESTAMP),
    deadline: fields.integer("deadline", 0, LAST_TIMESTAMP),
    signer: fields.hex("signer", 32),
    fee: fields.amount("fee"),
    signature: place === "inner" ? null : fields.hex("signature", 64),
  }
  switch (kind) {
    case "transfer":
      if (version === 1 && fields.value("mosaics") !== undefined) {
        throw new NemFault("not allowed here", fields.at("mosaics"))
      }
      return {
        kind,
        ...stated,
        recipient: fields.address("recipient"),
        amount: fields.amount("amount"),
        message: fields.isEmpty("message")
          ? null
          : readMessage(fields.value("message"), fields.at("message")),
        // Some collections of version 2 transfers leave an empty list out; their hashes count it as empty.
        mosaics: fields.value("mosaics") === undefined ? [] : fields.list("mosaics", readMosaic),
      }
    case "importance-transfer":
      return {
        kind,
        ...stated,
        mode: fields.choice("mode", LINK_MODES),
        remote: fields.hex("remoteAccount", 32),
      }
    case "multisig-modification":
      if (version === 1 && fields.value("minCosignatories") !== undefined) {
        throw new NemFault("not allowed here", fields.at("minCosignatories"))
      }
      return {
        kind,
        ...stated,
        modifications: fields.list("modifications", readModification),
        minCosignatories: fields.isEmpty("minCosignatories") ? null : readMinimum(fields),
      }
    case "cosignature":
      return {
        kind,
        ...stated,
        otherHash: fields.hash("otherHash"),
        otherAccount: fields.address("otherAccount"),
      }
    case "multisig":
      if (place !== "outer") throw new NemFault("not allowed here", fields.at("type"))
      return {
        kind,
        ...stated,
        inner: readInner(fields.value("otherTrans"), fields.at("otherTrans")),
        cosignatures: fields.list("signatures", readCosignature),
      }
    case "namespace": {
      const parent = fields.value("parent") ?? null
      return {
        kind,
        ...stated,
        sink: fields.address("rentalFeeSink"),
        rentalFee: fields.amount("rentalFee"),
        newPart: checkNamespacePart(fields.text("newPart"), fields.at("newPart")),
        parent: parent === null ? null : checkNamespace(fields.text("parent"), fields.at("parent")),
      }
    }
    case "mosaic-definition":
      return {
        kind,
        ...stated,
        definition: readMosaicDefinition(fields.value("mosaicDefinition"), fields.at("mosaicDefinition")),
        sink: fields.address("creationFeeSink"),
        creationFee: fields.amount("creationFee"),
      }
    case "mosaic-supply":
      return {
        kind,
        ...stated,
        mosaic: mosaicIdOf(fields, "mosaicId"),
        change: fields.choice("supplyType", SUPPLY_CHANGES),
        delta: fields.amount("delta"),
      }
  }
}

/** Looked up before the rest is: which fields there must be hangs on it. */
function kindOf(value: unknown, path: string): Kind {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new NemFault("not an object", path)
  }
  if (!Object.hasOwn(value, "type")) throw new NemFault("missing field", `${path}.type`)
  const code = integerIn((value as { type: unknown }).type, `${path}.type`, -(2 ** 31), 2 ** 31 - 1)
  const kind = KINDS.get(code)
  if (kind === undefined) throw new NemFault("unknown type", `${path}.type`)
  return kind
}

function readInner(value: unknown, path: string): Inner {
  const inner = readAny(value, path, "inner")
  if (inner.kind === "multisig" || inner.kind === "cosignature") {
    throw new NemFault("not allowed here", `${path}.type`)
  }
  return inner
}

function readCosignature(value: unknown, path: string): Cosignature {
  const cosignature = readAny(value, path, "cosignature")
  if (cosignature.kind !== "cosignature") throw new NemFault("not allowed here", `${path}.type`)
  return cosignature
}

/** NIS `TransferTransaction.normalizeMessage`: a message of no bytes is no message, in the hash too. */
function readMessage(value: unknown, path: string): Message | null {
  const fields = new Fields(value, path, ["type", "payload"])
  const message = { kind: fields.choice("type", MESSAGE_KINDS), payload: fields.hex("payload") }
  return message.payload === "" ? null : message
}

function readModification(value: unknown, path: string): Modification {
  const fields = new Fields(value, path, ["modificationType", "cosignatoryAccount"])
  return {
    change: fields.choice("modificationType", MODIFICATION_KINDS),
    cosignatory: fields.hex("cosignatoryAccount", 32),
  }
}

function readMinimum(holder: Fields): number {
  const fields = new Fields(holder.value("minCosignatories"), holder.at("minCosignatories"), [
    "relativeChange",
  ])
  return fields.integer("relativeChange", -(2 ** 31), 2 ** 31 - 1)
}
