import type { Hex } from "viem"

/** The opcodes that the contracts here use (Yellow Paper, appendix H). */
const OPCODES: Readonly<Record<string, number>> = {
  STOP: 0x00,
  ADD: 0x01,
  SUB: 0x03,
  DIV: 0x04,
  LT: 0x10,
  EQ: 0x14,
  SHR: 0x1c,
  ADDRESS: 0x30,
  CALLER: 0x33,
  CALLVALUE: 0x34,
  CALLDATALOAD: 0x35,
  CALLDATASIZE: 0x36,
  CALLDATACOPY: 0x37,
  CODECOPY: 0x39,
  SELFBALANCE: 0x47,
  POP: 0x50,
  MSTORE: 0x52,
  SLOAD: 0x54,
  SSTORE: 0x55,
  JUMP: 0x56,
  JUMPI: 0x57,
  GAS: 0x5a,
  JUMPDEST: 0x5b,
  DUP1: 0x80,
  DUP2: 0x81,
  DUP6: 0x85,
  SWAP1: 0x90,
  LOG2: 0xa2,
  LOG3: 0xa3,
  CREATE: 0xf0,
  CALL: 0xf1,
  CALLCODE: 0xf2,
  RETURN: 0xf3,
  DELEGATECALL: 0xf4,
  REVERT: 0xfd,
  SELFDESTRUCT: 0xff,
}
const PUSH1 = 0x60

/**
 * Assembles a few lines of EVM code. A number is pushed, in as many bytes as it needs; `name:` is a place to jump to,
 * `@name` pushes it; what stands after a semicolon is a comment.
 */
export function assemble(source: string): Hex {
  const words = source
    .split("\n")
    .flatMap(line => (line.split(";")[0] ?? "").trim().split(/\s+/))
    .filter(word => word !== "")
  const places = new Map<string, number>()
  const code: (string | { readonly place: string })[] = []
  let length = 0
  const put = (bytes: string): void => {
    code.push(bytes)
    length += bytes.length / 2
  }
  for (const word of words) {
    if (word.endsWith(":")) {
      places.set(word.slice(0, -1), length)
      put(hex(OPCODES.JUMPDEST as number, 1))
    } else if (word.startsWith("@")) {
      code.push({ place: word.slice(1) })
      length += 3
    } else if (/^(0x[0-9a-fA-F]+|\d+)$/.test(word)) {
      const digits = BigInt(word).toString(16)
      const bytes = digits.length % 2 === 0 ? digits : `0${digits}`
      put(hex(PUSH1 + bytes.length / 2 - 1, 1) + bytes)
    } else {
      const opcode = OPCODES[word]
      if (opcode === undefined) throw new Error(`no such instruction: ${word}`)
      put(hex(opcode, 1))
    }
  }
  const bytes = code.map(part => {
    if (typeof part === "string") return part
    const place = places.get(part.place)
    if (place === undefined) throw new Error(`no such place: ${part.place}`)
    return hex(PUSH1 + 1, 1) + hex(place, 2)
  })
  return `0x${bytes.join("")}`
}

/** What makes a contract of this code: it copies what stands behind it and returns it. */
export function creationOf(code: Hex): Hex {
  const size = (code.length - 2) / 2
  // Each number takes the same room whatever it is, so that the length of this part is known: 15 bytes.
  const start = `61${hex(size, 2)}61${hex(15, 2)}600039${`61${hex(size, 2)}`}6000f3`
  return `0x${start}${code.slice(2)}`
}

function hex(value: number, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, "0")
}
