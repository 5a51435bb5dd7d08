const OP_PUSHDATA1 = 0x4c
const OP_PUSHDATA4 = 0x4e
const OP_RETURN = 0x6a
/** Scripts beyond this are not run, they fail (`MAX_SCRIPT_SIZE`). */
const LONGEST_SCRIPT = 10_000

/**
 * Opcodes that fail a script wherever they stand in it, even on a path not taken: OP_VERIF and OP_VERNOTIF, and the
 * fifteen disabled in 2010, OP_CAT and OP_2MUL among them (`EvalScript`). Not so in taproot, which has a template.
 */
const FATAL = new Set([
  0x65, 0x66, 0x7e, 0x7f, 0x80, 0x81, 0x83, 0x84, 0x85, 0x86, 0x8d, 0x8e, 0x95, 0x96, 0x97, 0x98, 0x99,
])

/**
 * True where a script can be seen to fail whatever its spender does: its value is burned. By Bitcoin Core's own rule
 * (`CScript::IsUnspendable`: OP_RETURN first, or too long), and where it cannot be read to its end. False proves
 * nothing: a payment to the hash of zero bytes is beyond reach too, but it takes more to see it.
 */
export function isUnspendable(script: Uint8Array): boolean {
  if (script[0] === OP_RETURN || script.length > LONGEST_SCRIPT) return true
  let at = 0
  while (at < script.length) {
    const opcode = script[at] ?? 0
    if (FATAL.has(opcode)) return true
    at += opcode > OP_PUSHDATA4 ? 1 : pushLength(script, at, opcode)
  }
  return at > script.length
}

/** The bytes that a push takes with its opcode and its length; beyond any script where the length is cut off. */
function pushLength(script: Uint8Array, at: number, opcode: number): number {
  if (opcode < OP_PUSHDATA1) return 1 + opcode
  const width = 1 << (opcode - OP_PUSHDATA1)
  let length = 0
  for (let n = width; n > 0; n--) length = length * 256 + (script[at + n] ?? 0)
  return 1 + width + length
}
