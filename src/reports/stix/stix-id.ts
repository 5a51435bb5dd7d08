import { createHash } from "node:crypto"

/** STIX 2.1, 2.9: the namespace of observables' ids. */
export const OBSERVABLE_NAMESPACE = "00abedb4-aa42-466c-9c01-fed23315a9b7"
/** Ours, for objects whose ids the standard leaves to the producer: UUIDv5 of "urn:ashiato:stix:1" as a URL. */
export const OWN_NAMESPACE = uuid5("6ba7b811-9dad-11d1-80b4-00c04fd430c8", "urn:ashiato:stix:1")

export type StixId = `${string}--${string}`

/** The same name always gives the same id, so that two exports of one record can be merged. */
export function ownId(type: string, ...name: readonly string[]): StixId {
  return `${type}--${uuid5(OWN_NAMESPACE, JSON.stringify([type, ...name]))}`
}

/** A wallet's or transaction's: of its value alone, as the extension's own published examples have it. */
export function observableId(type: string, value: string): StixId {
  return `${type}--${uuid5(OBSERVABLE_NAMESPACE, value)}`
}

/** RFC 9562, 5.5: SHA-1 of the namespace's bytes and the name. */
export function uuid5(namespace: string, name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name, "utf8")
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}
