import { hexToBytes } from "@noble/hashes/utils.js"
import type { Message } from "./transaction.ts"

/**
 * What a message says. `text`: UTF-8, as wallets write it; a deposit's customer number stands here. `hex`: bytes that
 * are no text, told as they lie on the chain. `encrypted`: for the two parties' keys alone. `none`: there is none.
 */
export type MessageContent =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hex"; readonly hex: string }
  | { readonly kind: "encrypted" }

/** Wallets by convention mark a message of raw bytes by this first byte, which no UTF-8 text contains. */
const RAW = "fe"

/** NIS gives messages no meaning: their type is a hint of the client's (catbuffer `transfer.cats`). */
export function readMessage(message: Message | null): MessageContent {
  if (message === null) return { kind: "none" }
  if (message.kind === "encrypted") return { kind: "encrypted" }
  if (message.payload.startsWith(RAW)) return { kind: "hex", hex: message.payload }
  const text = textOf(hexToBytes(message.payload))
  return text === null ? { kind: "hex", hex: message.payload } : { kind: "text", text }
}

/** Null where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
