import { displayed } from "../../chains/bitcoin/hash.ts"
import { HEADER_LENGTH } from "../../chains/bitcoin/header.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import { RemoteFault } from "../http/remote-fault.ts"
import { readHash } from "./chain-info.ts"
import { OUT_OF_RANGE, refusal } from "./rpc-answer.ts"
import { spellCalls } from "./rpc-call.ts"
import type { RpcClient } from "./rpc-client.ts"

/**
 * The hashes of the best chain's blocks from one height to another, both inclusive; null above its end.
 *
 * @throws RemoteFault
 */
export async function hashesOf(client: RpcClient, from: number, to: number): Promise<(string | null)[]> {
  const calls = Array.from({ length: to - from + 1 }, (_, at) => {
    return { method: "getblockhash", params: [from + at] }
  })
  const answers = await client.ask(calls)
  return answers.map((answer, at) => {
    const asked = spellCalls(calls.slice(at, at + 1))
    if (!("code" in answer)) return withPlace(client, () => readHash(answer.value, asked))
    if (answer.code === OUT_OF_RANGE) return null
    throw refusal(asked, answer.code, answer.message).at({ file: client.href })
  })
}

/**
 * Blocks by their hashes, as bytes whose header has that hash. Nothing else in them is checked.
 *
 * @throws RemoteFault
 */
export async function blocksOf(client: RpcClient, hashes: readonly string[]): Promise<Uint8Array[]> {
  const calls = hashes.map(hash => ({ method: "getblock", params: [hash, 0] }))
  const values = await client.values(calls)
  return values.map((value, at) => {
    const asked = spellCalls(calls.slice(at, at + 1))
    return withPlace(client, () => readBlock(value, asked, hashes[at] ?? ""))
  })
}

export function previousOf(block: Uint8Array): string {
  return displayed(block.subarray(4, 36))
}

function readBlock(value: unknown, asked: string, hash: string): Uint8Array {
  const fail = (what: string) => new RemoteFault("nonsense", asked, what)
  const bytes = bytesOf(value)
  if (bytes === null) throw fail("not hexadecimal")
  if (bytes.length <= HEADER_LENGTH) throw fail("too short for a block")
  if (displayed(NODE_HASHES.sha256d(bytes.subarray(0, HEADER_LENGTH))) !== hash) throw fail("another block")
  return bytes
}

/** Null for what is no hexadecimal: Node reads it up to the first character that is none. */
export function bytesOf(hex: unknown): Uint8Array | null {
  if (typeof hex !== "string" || hex === "") return null
  const { buffer, byteOffset, length } = Buffer.from(hex, "hex")
  return 2 * length === hex.length ? new Uint8Array(buffer, byteOffset, length) : null
}

function withPlace<Result>(client: RpcClient, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof RemoteFault ? error.at({ file: client.href }) : error
  }
}
