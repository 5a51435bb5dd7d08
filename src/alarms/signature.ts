import { createHmac } from "node:crypto"

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 (RFC 2104) with the shared secret over `SECONDS.BODY`. */
export function signatureOf(secret: Uint8Array, seconds: number, body: string): string {
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`, "utf8").digest("hex")
  return `t=${seconds},v1=${mac}`
}
