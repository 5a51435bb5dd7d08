import { sha256 as pureSha256 } from "@noble/hashes/sha2.js"
import { bech32, bech32m, createBase58check, hex } from "@scure/base"
import { CONSENSUS } from "./consensus.ts"
import type { Hash } from "./hash.ts"
import { isMwebProgram, MWEB_OWNER } from "./mweb.ts"
import { NETWORKS } from "./network.ts"
import { templateOf } from "./script.ts"

/** The owner of an output by its script; null where nobody can spend it and its value is burned. */
export type OwnerOf = (script: Uint8Array) => string | null

/**
 * Names owners as a network's own node names them: base58 for pay-to-public-key-hash and pay-to-script-hash, bech32
 * for segregated witness version 0, bech32m for the later ones (BIP350), taproot being version 1.
 *
 * A script without an address is named in a form of our own. Its colon is in no address, so the two never meet:
 *
 * - `p2pk:` and the public key in hexadecimal, as it is in the script. The same key's hash has an address too; it is
 *   another owner here, since nothing on the chain says that they are one until it is spent from.
 * - `multisig:2-of-3:` and the SHA-256 of the script in hexadecimal.
 * - `script:` and the SHA-256 of the script in hexadecimal, for all the rest.
 * - `mweb:pool` for what Litecoin's extension block holds and is paid: its outputs change their script block by block.
 *
 * Two scripts have the same name only if they have the same SHA-256; an address is its script, written otherwise.
 */
export function ownersOn(name: keyof typeof NETWORKS, sha256: Hash = pureSha256): OwnerOf {
  const { p2pkh, p2sh, hrp } = NETWORKS[name]
  const { mweb } = CONSENSUS[name]
  const base58check = createBase58check(sha256)
  const withVersion = (version: number, hash: Uint8Array): string => {
    const payload = new Uint8Array(hash.length + 1)
    payload[0] = version
    payload.set(hash, 1)
    return base58check.encode(payload)
  }
  return script => {
    const template = templateOf(script)
    switch (template.kind) {
      case "p2pkh":
        return withVersion(p2pkh, template.hash)
      case "p2sh":
        return withVersion(p2sh, template.hash)
      case "witness": {
        const { version, program } = template
        if (mweb && isMwebProgram(version, program)) return MWEB_OWNER
        const words = [version, ...bech32.toWords(program)]
        return version === 0 ? bech32.encode(hrp, words) : bech32m.encode(hrp, words)
      }
      case "p2pk":
        return `p2pk:${hex.encode(template.key)}`
      case "multisig":
        return `multisig:${template.required}-of-${template.keys}:${hex.encode(sha256(script))}`
      case "other":
        return `script:${hex.encode(sha256(script))}`
      case "unspendable":
        return null
    }
  }
}
