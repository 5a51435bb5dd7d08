import { setImmediate as nextTurn } from "node:timers/promises"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { GENESIS_HASH, networkName } from "../../chains/bitcoin/magic.ts"
import { equalHashes } from "../../chains/bitcoin/merkle.ts"
import type { BlockFeed, RawBlock } from "../../ports/blocks.ts"
import type { OnProgress } from "../../ports/progress.ts"
import { Problem } from "../../units/problem.ts"
import { bestChain, type LooseBranch } from "./best-chain.ts"
import { type BlockFile, listBlockFiles } from "./block-files.ts"
import { malformed, type Network } from "./block-record.ts"
import { FileBytes } from "./file-bytes.ts"
import { FileScan, type Unfinished } from "./file-scan.ts"
import { FolderFeed } from "./folder-feed.ts"
import { HeaderIndex } from "./header-index.ts"
import { type ObfuscationKey, readObfuscationKey } from "./obfuscation.ts"

/** How far ahead of its chain a node fetches blocks while it catches up (`BLOCK_DOWNLOAD_WINDOW`). */
const FETCHED_AHEAD = 1024
/** When so much holds no block at all, nor will the rest: a key that is lost makes noise of a whole folder. */
const ENOUGH_NOISE = 2 ** 30

export interface BlockFolder {
  /** Where `blk*.dat` are: the folder `blocks` of a node. */
  readonly folder: string
  readonly network: Network
  /** Told in bytes of the files. */
  readonly onProgress?: OnProgress
}

/**
 * Opens the block files that Bitcoin Core or Litecoin Core has written: reads the headers of all blocks, checks their
 * work, and finds the chain with the most of it from the network's first block on. Stale branches are left out; so are
 * blocks that a node that is catching up has stored ahead of their parents, and a last block that it has not written to
 * its end. Bodies are read by `blocks` alone, and it is for whoever decodes them to check them.
 *
 * Tested on real blocks of mainnet written out in this form, on made ones, and on the files of a litecoind that ran, was
 * stopped and was killed; not on files that Bitcoin Core has written, nor on an `xor.dat` of its own.
 *
 * @throws Problem `file-missing`, `file-unreadable`, `blocks-none`, `blocks-other-network`, `blocks-incomplete`,
 *   `block-malformed` with the byte in the file, `chain-data-malformed` for a key that is none
 */
export async function openBlockFolder(options: BlockFolder): Promise<BlockFeed<RawBlock>> {
  const { folder, network } = options
  const files = await listBlockFiles(folder)
  const key = await readObfuscationKey(folder)
  const scanned = await scan(files, key, options)
  const { index } = scanned
  if (index.count === 0) throw new Problem("blocks-none", { network: networkName(network) }, { file: folder })
  const genesis = Buffer.from(GENESIS_HASH[network], "hex").reverse()
  const { best, loose } = bestChain(index, genesis)
  if (best.length === 0) throw incomplete(folder, 0, genesis)
  if (scanned.unfinished !== null) refuseIfNeeded(scanned.unfinished, index)
  const tipTime = index.time(best.at(-1) ?? 0)
  if (loose !== null && isLack(loose, tipTime, scanned.damaged)) {
    throw incomplete(folder, best.length, loose.missing)
  }
  return new FolderFeed(folder, files, key, index, best)
}

interface Scanned {
  readonly index: HeaderIndex
  readonly damaged: boolean
  readonly unfinished: Unfinished | null
}

async function scan(
  files: readonly BlockFile[],
  key: ObfuscationKey | null,
  { folder, network, onProgress }: BlockFolder,
): Promise<Scanned> {
  const index = new HeaderIndex()
  const total = files.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  let damaged = false
  let unfinished: Unfinished | null = null
  for (const [number, { path, size }] of files.entries()) {
    const isLast = number === files.length - 1
    const file = FileBytes.with(path, key, bytes => {
      const scan = new FileScan(bytes, number, isLast, network, index)
      scan.run()
      return scan
    })
    damaged ||= file.damaged
    unfinished = file.unfinished
    done += size
    if (index.count === 0 && done > ENOUGH_NOISE) break
    onProgress?.(folder, done, total)
    // The reads are synchronous; between two files Ctrl-C gets its turn.
    await nextTurn()
  }
  return { index, damaged, unfinished }
}

/**
 * Whether blocks without their parents show that files are missing. A node that catches up has such blocks too, but
 * only so many; and where a file is damaged, those later than the chain's end are what stood behind a lost block.
 */
function isLack(loose: LooseBranch, tipTime: number, damaged: boolean): boolean {
  return loose.length > FETCHED_AHEAD || (damaged && loose.time > tipTime)
}

function incomplete(folder: string, height: number, hash: Uint8Array): Problem {
  return new Problem("blocks-incomplete", { height, hash: displayed(hash) }, { file: folder })
}

/** The block that is not written to its end can be left out if it is the last; not if others descend from it. */
function refuseIfNeeded({ path, at, reason, hash }: Unfinished, index: HeaderIndex): void {
  if (hash === null || index.find(hash) !== -1) return
  for (let n = 0; n < index.count; n++) {
    if (equalHashes(index.previous(n), hash)) throw malformed(path, displayed(hash), reason, at)
  }
}
