import { isUnspendable } from "./unspendable.ts"

/** What a script asks of its spender, as far as it has a form that wallets make. */
export type Template =
  | { readonly kind: "p2pkh" | "p2sh"; readonly hash: Uint8Array }
  | { readonly kind: "witness"; readonly version: number; readonly program: Uint8Array }
  | { readonly kind: "p2pk"; readonly key: Uint8Array }
  | { readonly kind: "multisig"; readonly required: number; readonly keys: number }
  | { readonly kind: "unspendable" }
  | { readonly kind: "other" }

const OP_DUP = 0x76
const OP_EQUAL = 0x87
const OP_EQUALVERIFY = 0x88
const OP_HASH160 = 0xa9
const OP_CHECKSIG = 0xac
const OP_CHECKMULTISIG = 0xae
/** OP_1 to OP_16 stand for the numbers; OP_0 is a byte of its own. */
const OP_1 = 0x51
const OP_16 = 0x60
const numberOf = (opcode: number): number => opcode - OP_1 + 1

const HASH160 = 20
const SHORT_KEY = 33
const LONG_KEY = 65
const SHORTEST_PROGRAM = 2
const LONGEST_PROGRAM = 40
/** A bare signature of one key of 33 bytes: what is shorter is no multisignature. */
const SHORTEST_MULTISIG = 37

const UNSPENDABLE: Template = { kind: "unspendable" }
const OTHER: Template = { kind: "other" }

/** The template of an output's script; hashes, programs and keys are views of it. */
export function templateOf(script: Uint8Array): Template {
  return hashTemplate(script) ?? witnessTemplate(script) ?? keyTemplate(script) ?? remainder(script)
}

function hashTemplate(script: Uint8Array): Template | null {
  if (
    script.length === 25 &&
    script[0] === OP_DUP &&
    script[1] === OP_HASH160 &&
    script[2] === HASH160 &&
    script[23] === OP_EQUALVERIFY &&
    script[24] === OP_CHECKSIG
  ) {
    return { kind: "p2pkh", hash: script.subarray(3, 23) }
  }
  // BIP16.
  if (script.length === 23 && script[0] === OP_HASH160 && script[1] === HASH160 && script[22] === OP_EQUAL) {
    return { kind: "p2sh", hash: script.subarray(2, 22) }
  }
  return null
}

/**
 * BIP141: a version, 0 to 16, and one push of 2 to 40 bytes. Version 0 knows programs of 20 and 32 bytes only. Others
 * of it cannot be spent since height 481,824 of mainnet, but could before, so they are not told apart from the rest.
 */
function witnessTemplate(script: Uint8Array): Template | null {
  const length = script.length - 2
  const opcode = script[0]
  if (length < SHORTEST_PROGRAM || length > LONGEST_PROGRAM || script[1] !== length) return null
  if (opcode === 0) {
    if (length !== 20 && length !== 32) return null
    return { kind: "witness", version: 0, program: script.subarray(2) }
  }
  if (opcode === undefined || opcode < OP_1 || opcode > OP_16) return null
  return { kind: "witness", version: numberOf(opcode), program: script.subarray(2) }
}

/** Pay to a bare key, the form of the first years. */
function keyTemplate(script: Uint8Array): Template | null {
  const length = script.length - 2
  if ((length !== SHORT_KEY && length !== LONG_KEY) || script.at(-1) !== OP_CHECKSIG) return null
  return keyLengthAt(script, 0) === length ? { kind: "p2pk", key: script.subarray(1, length + 1) } : null
}

/** m keys of n in the open, m and n from 1 to 16. */
function multisigTemplate(script: Uint8Array): Template | null {
  const last = script.length - 2
  const [required, keys] = [script[0], script[last]]
  if (script.length < SHORTEST_MULTISIG || script[last + 1] !== OP_CHECKMULTISIG) return null
  if (required === undefined || keys === undefined) return null
  if (required < OP_1 || keys < required || keys > OP_16) return null
  let at = 1
  let found = 0
  while (at < last) {
    const length = keyLengthAt(script, at)
    if (length === 0) return null
    at += length + 1
    found++
  }
  if (at !== last || found !== numberOf(keys)) return null
  return { kind: "multisig", required: numberOf(required), keys: found }
}

/** The length of the public key pushed at this place, 0 where there is none. Its first byte says how long it is. */
function keyLengthAt(script: Uint8Array, at: number): number {
  const [push, form] = [script[at], script[at + 1]]
  if (push === SHORT_KEY && (form === 2 || form === 3)) return SHORT_KEY
  if (push === LONG_KEY && (form === 4 || form === 6 || form === 7)) return LONG_KEY
  return 0
}

function remainder(script: Uint8Array): Template {
  return multisigTemplate(script) ?? (isUnspendable(script) ? UNSPENDABLE : OTHER)
}
