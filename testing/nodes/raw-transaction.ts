/** The bytes of a transaction before it is signed, in hexadecimal. */

export interface Spent {
  readonly txid: string
  readonly vout: number
}

export interface Paid {
  readonly script: string
  readonly value: bigint
}

const VERSION = "02000000"
const FINAL = "ffffffff"
const NO_LOCK_TIME = "00000000"

export function unsigned(inputs: readonly Spent[], outputs: readonly Paid[]): string {
  return [
    VERSION,
    byte(inputs.length),
    ...inputs.map(({ txid, vout }) => `${reversed(txid)}${littleEndian(vout, 4)}00${FINAL}`),
    byte(outputs.length),
    ...outputs.map(({ script, value }) => littleEndian(Number(value), 8) + byte(script.length / 2) + script),
    NO_LOCK_TIME,
  ].join("")
}

/** Counts and lengths from 253 on are written longer; nothing here has as many. */
function byte(count: number): string {
  if (count > 252) throw new Error(`${count} is too many for one byte`)
  return littleEndian(count, 1)
}

function littleEndian(value: number, length: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes.subarray(0, length).toString("hex")
}

const reversed = (hex: string): string => Buffer.from(hex, "hex").reverse().toString("hex")
