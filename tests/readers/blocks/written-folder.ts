import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { MAGIC } from "../../../src/chains/bitcoin/magic.ts"
import type { BlockFeed, RawBlock } from "../../../src/ports/blocks.ts"
import { type BlockFolder, openBlockFolder } from "../../../src/readers/blocks/block-folder.ts"
import { Problem } from "../../../src/units/problem.ts"
import { fromHex } from "../../chains/bitcoin/real-bytes.ts"

export type Network = BlockFolder["network"]

/** A block as a node writes it into a file. */
export function record(block: Uint8Array, network: Network = "regtest", size = block.length): Uint8Array {
  const length = new Uint8Array(new Uint32Array([size]).buffer)
  return Buffer.concat([fromHex(MAGIC[network]), length, block])
}

export const records = (blocks: readonly Uint8Array[], network: Network = "regtest"): Uint8Array =>
  Buffer.concat(blocks.map(block => record(block, network)))

/** By the letter of Bitcoin Core: each byte by that of the key at its offset modulo 8. */
export function xored(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => byte ^ (key[at % key.length] as number))
}

export interface Written {
  /** By number of the file: its contents before the key is applied. */
  readonly files: Readonly<Record<number, Uint8Array>>
  readonly key?: Uint8Array
  /** Zeros on the disk behind the contents of each file: the key does not touch them. */
  readonly padding?: number
}

/** Writes such a folder and gives it to `use`; it is gone afterwards. */
export async function withFolder<T>(written: Written, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "ashiato-blocks-"))
  try {
    writeFolder(folder, written)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function writeFolder(folder: string, { files, key, padding = 0 }: Written): void {
  mkdirSync(folder, { recursive: true })
  for (const [number, plain] of Object.entries(files)) {
    const bytes = key === undefined ? plain : xored(plain, key)
    const padded = Buffer.concat([bytes, new Uint8Array(padding)])
    writeFileSync(join(folder, `blk${number.padStart(5, "0")}.dat`), padded)
  }
  if (key !== undefined) writeFileSync(join(folder, "xor.dat"), key)
}

export async function blocksIn(
  feed: BlockFeed<RawBlock>,
  from = 0,
  to = feed.tip.height,
): Promise<RawBlock[]> {
  const blocks: RawBlock[] = []
  for await (const batch of feed.blocks(from, to)) blocks.push(...batch)
  return blocks
}

/** The chain that is read from such a folder, block by block; or the problem that it is. */
export async function read(written: Written, network: Network = "regtest"): Promise<Uint8Array[] | Problem> {
  return withFolder(written, async folder => {
    try {
      const feed = await openBlockFolder({ folder, network })
      return (await blocksIn(feed)).map(({ bytes }) => bytes)
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  })
}
