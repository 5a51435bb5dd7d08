import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { Problem } from "../../units/problem.ts"
import { asProblem } from "../file-problem.ts"

/** Eight bytes by which a node's block files are XORed, each byte by the one at its offset in the file modulo 8. */
export type ObfuscationKey = Uint8Array

const KEY_LENGTH = 8

/**
 * The key in `xor.dat`, which Bitcoin Core writes into a new blocks folder since version 28 (its pull request 28052),
 * without a length before it. Null where there is none, and where it is all zeros, as under `-blocksxor=0`.
 *
 * @throws Problem `chain-data-malformed`, `file-unreadable`
 */
export async function readObfuscationKey(folder: string): Promise<ObfuscationKey | null> {
  const file = join(folder, "xor.dat")
  const key = await readKeyFile(file)
  if (key === null) return null
  if (key.length !== KEY_LENGTH) {
    const reason = `${key.length} bytes where ${KEY_LENGTH} are due`
    throw new Problem("chain-data-malformed", { what: "xor.dat", reason }, { file })
  }
  return key.every(byte => byte === 0) ? null : key
}

async function readKeyFile(file: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw asProblem(error, file)
  }
}

/** Applies the key in place to bytes that stand at `offset` in their file; applied twice it changes nothing. */
export function obfuscate(bytes: Uint8Array, offset: number, key: ObfuscationKey | null): void {
  if (key === null) return
  const turned = new Uint8Array(KEY_LENGTH)
  for (let at = 0; at < KEY_LENGTH; at++) turned[at] = key[(offset + at) % KEY_LENGTH] ?? 0
  const words = new DataView(turned.buffer)
  const [low, high] = [words.getInt32(0, true), words.getInt32(4, true)]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length - (bytes.length % KEY_LENGTH)
  for (let at = 0; at < whole; at += KEY_LENGTH) {
    view.setInt32(at, view.getInt32(at, true) ^ low, true)
    view.setInt32(at + 4, view.getInt32(at + 4, true) ^ high, true)
  }
  for (let at = whole; at < bytes.length; at++)
    view.setUint8(at, view.getUint8(at) ^ (turned[at - whole] ?? 0))
}
