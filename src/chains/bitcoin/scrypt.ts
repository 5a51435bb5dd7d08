import { scrypt } from "@noble/hashes/scrypt.js"

/** Litecoin's proof of work: scrypt of the header, salted with itself, 128 KiB of memory. In JavaScript, and slow. */
export function scryptWork(header: Uint8Array): Uint8Array {
  return scrypt(header, header, { N: 1024, r: 1, p: 1, dkLen: 32 })
}
