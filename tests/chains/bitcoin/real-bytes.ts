import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { it } from "vitest"
import { BlockFault, type BlockFaultReason } from "../../../src/chains/bitcoin/block-fault.ts"
import { scryptWork } from "../../../src/chains/bitcoin/scrypt.ts"

/** Real blocks lie beside the project, not in it. */
const DATA = new URL("../../../../shared/data/bitcoin/", import.meta.url)

export const BLOCK_300025 = "block300025.raw"
export const SPENT_BY_300025 = "block300025-undo.raw"
export const FIRST_BLOCKS = "blocks1-256.bz2"
/** Named by its hash. */
export const BLOCK_OF_2500 =
  "mainnet_block_000000000000000000000c835b2adcaedc20fdf6ee440009c249452c726dafae.raw"

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
export const sha256d = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes))
export const WORK = { sha256d, scrypt: scryptWork }

/** The bytes of a file, unpacked; or why there are none. */
export function realBytes(file: string): Uint8Array | string {
  const url = new URL(file, DATA)
  if (!existsSync(url)) return `../shared/data/bitcoin/${file} is absent`
  const bytes = new Uint8Array(readFileSync(url))
  if (!file.endsWith(".bz2")) return bytes
  const unpackers = [
    ["bzip2", "-dc"],
    ["python3", "-c", "import bz2,sys;sys.stdout.buffer.write(bz2.decompress(sys.stdin.buffer.read()))"],
  ] as const
  for (const [command, ...args] of unpackers) {
    const done = spawnSync(command, args, { input: bytes, maxBuffer: 1 << 26 })
    if (done.status === 0) return new Uint8Array(done.stdout)
  }
  return "neither bzip2 nor python3 is there to unpack it"
}

/** A test over real bytes, skipped by name where they are not to be had. */
export function itReads(name: string, files: readonly string[], test: (bytes: Uint8Array[]) => void): void {
  const read = files.map(realBytes)
  const missing = read.find(bytes => typeof bytes === "string")
  if (missing === undefined) it(name, () => test(read as Uint8Array[]))
  else it.skip(`${name} (skipped: ${missing})`, () => {})
}

/** The blocks of a file that goes magic, length, block, and so on. */
export function blocksOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const blocks: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true)
    blocks.push(file.subarray(at + 8, at + 8 + length))
    at += 8 + length
  }
  return blocks
}

export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"))

/** The fault that is thrown, without its place; null where none is. Anything else that is thrown goes on. */
export function blockFaultOf(decode: () => unknown): BlockFaultReason | null {
  try {
    decode()
    return null
  } catch (error) {
    if (error instanceof BlockFault) return error.reason
    throw error
  }
}
