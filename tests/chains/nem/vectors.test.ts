import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js"
import { describe, expect } from "vitest"
import { addressOfKey, networkOfAddress } from "../../../src/chains/nem/account.ts"
import { signedBytes, unsignedBytes } from "../../../src/chains/nem/binary.ts"
import { decodeTransaction } from "../../../src/chains/nem/decode.ts"
import type { MosaicDefinition, MosaicId } from "../../../src/chains/nem/mosaic.ts"
import type { Cosignature, Inner, Message, Transaction } from "../../../src/chains/nem/transaction.ts"
import { itReads } from "./data.ts"

/** symbol's own description of what each payload holds. */
interface Descriptor {
  readonly [field: string]: unknown
  readonly type: string
}
interface Vector {
  readonly test_name: string
  readonly payload: string
  readonly descriptor: Descriptor
}

describe("symbol/symbol tests/vectors/nem", () => {
  itReads(
    "54 transactions are written byte for byte, and read back",
    ["vectors-transactions.json"],
    bytes => {
      const vectors = JSON.parse(bytesWithExactFees(bytes)) as Vector[]
      expect(vectors).toHaveLength(54)
      const kinds = new Set<string>()
      for (const { test_name, payload, descriptor } of vectors) {
        const transaction = transactionOf(descriptor)
        kinds.add(`${transaction.kind} ${transaction.version}`)
        expect(bytesToHex(signedBytes(transaction)), test_name).toBe(payload.toLowerCase())
        const decoded = decodeTransaction(hexToBytes(payload))
        expect(bytesToHex(signedBytes(decoded)), test_name).toBe(payload.toLowerCase())
        expect(bytesToHex(unsignedBytes(decoded))).toBe(bytesToHex(unsignedBytes(transaction)))
      }
      expect(kinds.size).toBe(10)
    },
  )

  itReads("addresses of 300 keys on three networks", ["vectors-address.json"], bytes => {
    const accounts = JSON.parse(bytes.toString("utf8")) as Record<string, string>[]
    expect(accounts).toHaveLength(300)
    for (const { publicKey = "", address_Public, address_PublicTest, address_Mijin } of accounts) {
      const addresses = [0x68, 0x98, 0x60].map(network => addressOfKey(publicKey, network))
      expect(addresses).toEqual([address_Public, address_PublicTest, address_Mijin])
      expect(addresses.map(networkOfAddress)).toEqual([0x68, 0x98, 0x60])
    }
  })
})

/** Their fee, 18370164183782063840, is beyond what JSON's numbers hold. */
function bytesWithExactFees(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/"fee": (\d{16,})/g, '"fee": "$1"')
}

const textOf = (hex: unknown): string => Buffer.from(String(hex), "hex").toString("utf8")
const lower = (hex: unknown): string => String(hex).toLowerCase()
const amountOf = (value: unknown): bigint => BigInt(value as number | string)

function transactionOf(descriptor: Descriptor): Transaction | Cosignature {
  if (descriptor.type !== "multisig_transaction_v1") return ownOf(descriptor, 0x98)
  const inner = { ...ownOf(descriptor.inner_transaction as Descriptor, 0x98), signature: null } as Inner
  // Described without a type, and written with mainnet's byte within a testnet transaction.
  const cosignatures = (descriptor.cosignatures as { cosignature: object }[]).map(
    ({ cosignature }) => ownOf({ ...cosignature, type: "cosignature_v1" }, 0x68) as Cosignature,
  )
  return { ...statedOf(descriptor, 0x98), kind: "multisig", inner, cosignatures }
}

function statedOf(descriptor: Descriptor, network: number) {
  return {
    network,
    version: descriptor.type.endsWith("_v2") ? 2 : 1,
    timeStamp: descriptor.timestamp as number,
    deadline: 0,
    signer: lower(descriptor.signer_public_key),
    fee: amountOf(descriptor.fee),
    signature: lower(descriptor.signature),
  }
}

function ownOf(it: Descriptor, network: number): Inner | Cosignature {
  const stated = statedOf(it, network)
  switch (it.type) {
    case "transfer_transaction_v1":
    case "transfer_transaction_v2":
      return {
        ...stated,
        kind: "transfer",
        recipient: it.recipient_address as string,
        amount: amountOf(it.amount),
        message: messageOf(it.message as Descriptor | undefined),
        mosaics: ((it.mosaics ?? []) as { mosaic: Descriptor }[]).map(({ mosaic }) => ({
          mosaic: mosaicIdOf(mosaic.mosaic_id),
          quantity: amountOf(mosaic.amount),
        })),
      }
    case "account_key_link_transaction_v1":
      return {
        ...stated,
        kind: "importance-transfer",
        mode: it.link_action === "link" ? "activate" : "deactivate",
        remote: lower(it.remote_public_key),
      }
    case "multisig_account_modification_transaction_v1":
    case "multisig_account_modification_transaction_v2":
      return {
        ...stated,
        kind: "multisig-modification",
        modifications: (it.modifications as { modification: Descriptor }[]).map(({ modification }) => ({
          change: modification.modification_type === "add_cosignatory" ? "add" : "delete",
          cosignatory: lower(modification.cosignatory_public_key),
        })),
        minCosignatories: (it.min_approval_delta as number | undefined) ?? null,
      }
    case "cosignature_v1":
      return {
        ...stated,
        kind: "cosignature",
        otherHash: lower(it.other_transaction_hash),
        otherAccount: it.multisig_account_address as string,
      }
    case "namespace_registration_transaction_v1":
      return {
        ...stated,
        kind: "namespace",
        sink: it.rental_fee_sink as string,
        rentalFee: amountOf(it.rental_fee),
        newPart: textOf(it.name),
        parent: it.parent_name === null ? null : textOf(it.parent_name),
      }
    case "mosaic_definition_transaction_v1":
      return {
        ...stated,
        kind: "mosaic-definition",
        definition: definitionOf(it.mosaic_definition as Descriptor),
        sink: it.rental_fee_sink as string,
        creationFee: amountOf(it.rental_fee),
      }
    case "mosaic_supply_change_transaction_v1":
      return {
        ...stated,
        kind: "mosaic-supply",
        mosaic: mosaicIdOf(it.mosaic_id),
        change: it.action === "increase" ? "create" : "delete",
        delta: amountOf(it.delta),
      }
    default:
      throw new Error(`no such vector: ${it.type}`)
  }
}

function messageOf(message: Descriptor | undefined): Message | null {
  if (message === undefined) return null
  const text = message.message as string
  // One vector gives its message as text, all others in hexadecimal.
  const payload = /^[0-9A-F]*$/.test(text) ? text.toLowerCase() : Buffer.from(text).toString("hex")
  return { kind: message.message_type as Message["kind"], payload }
}

function mosaicIdOf(id: unknown): MosaicId {
  const { namespace_id, name } = id as { namespace_id: { name: string }; name: string }
  return { namespace: textOf(namespace_id.name), name: textOf(name) }
}

function definitionOf(it: Descriptor): MosaicDefinition {
  const levy = it.levy as Descriptor | undefined
  return {
    creator: lower(it.owner_public_key),
    mosaic: mosaicIdOf(it.id),
    description: textOf(it.description),
    properties: (it.properties as { property_: { name: string; value: string } }[]).map(({ property_ }) => ({
      name: textOf(property_.name),
      value: textOf(property_.value),
    })),
    levy:
      levy === undefined
        ? null
        : {
            kind: levy.transfer_fee_type as "absolute" | "percentile",
            recipient: levy.recipient_address as string,
            mosaic: mosaicIdOf(levy.mosaic_id),
            fee: amountOf(levy.fee),
          },
  }
}
