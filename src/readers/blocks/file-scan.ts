import { BlockFault } from "../../chains/bitcoin/block-fault.ts"
import { displayed } from "../../chains/bitcoin/hash.ts"
import { decodeHeader, HEADER_LENGTH } from "../../chains/bitcoin/header.ts"
import { MAGIC, networkOfMagic } from "../../chains/bitcoin/magic.ts"
import { NODE_HASHES } from "../decoding/node-hashes.ts"
import * as record from "./block-record.ts"
import type { FileBytes } from "./file-bytes.ts"
import type { HeaderIndex } from "./header-index.ts"

/** Magic and size, then the block: what a node writes. */
const BEFORE_BLOCK = 8
const FRAME = BEFORE_BLOCK + HEADER_LENGTH
/** A block of one transaction may end in 36 zeros, its reserved value and its lock time; none ends in so many. */
const BLANK_END = 64
/** Places in one file that look like a block and are none. By chance there is not one; each costs a read. */
const MOST_FALSE_STARTS = 100
const UNKNOWN_HASH = "unknown"

/** The last record of the last file, where a node has not written it to its end. */
export interface Unfinished {
  readonly path: string
  readonly at: number
  readonly reason: string
  /** Null where not even the header is there. */
  readonly hash: Uint8Array | null
}

interface Fault {
  readonly reason: string
  readonly hash: Uint8Array | null
  /** The file ends before the record does. */
  readonly cutOff: boolean
}

/**
 * Reads the headers of one block file into the index, passing over the bodies.
 *
 * Records follow each other without a gap, and a record that is where it is due must be in order. Where there is none,
 * that is padding, or what a crash left: the file is searched on, from within the block before if that is not whole, as
 * its size may be what is wrong. What is found that way must be a whole block with its transactions.
 */
export class FileScan {
  readonly #bytes: FileBytes
  readonly #number: number
  readonly #isLast: boolean
  readonly #network: record.Network
  readonly #index: HeaderIndex
  readonly #magic: Uint8Array
  #falseStarts = 0
  /** Bytes were passed over that are no padding: blocks may have been lost. */
  damaged = false
  unfinished: Unfinished | null = null

  constructor(
    bytes: FileBytes,
    number: number,
    isLast: boolean,
    network: record.Network,
    index: HeaderIndex,
  ) {
    this.#bytes = bytes
    this.#number = number
    this.#isLast = isLast
    this.#network = network
    this.#index = index
    this.#magic = Buffer.from(MAGIC[network], "hex")
  }

  /**
   * @throws Problem `block-malformed` with the file and the byte in it; `blocks-other-network`
   */
  run(): void {
    let before = 0
    let at = 0
    while (at < this.#bytes.size) {
      let frame = this.#bytes.copy(at, FRAME)
      if (!this.#isStart(frame)) {
        if (this.#index.count === 0) this.#refuseOtherMagic(frame)
        const found = this.#resume(before, at)
        if (found === -1) return
        at = found
        frame = this.#bytes.copy(at, FRAME)
      }
      const size = sizeIn(frame)
      const fault = this.#take(at, frame, size)
      if (fault !== null) {
        this.#leaveOrRefuse(at, size, fault)
        return
      }
      before = at
      at += BEFORE_BLOCK + size
    }
  }

  /**
   * Where to go on from a place where a record was due and is none; -1 where nothing more comes. Within a block that is
   * whole nothing is sought: anyone can put the bytes of another into a transaction.
   */
  #resume(before: number, at: number): number {
    const size = sizeIn(this.#bytes.copy(before, BEFORE_BLOCK))
    const isWhole = at === 0 || this.#isWhole(before + BEFORE_BLOCK, size)
    const found = this.#search(isWhole ? at : before + FRAME)
    this.damaged ||= !this.#bytes.isBlank(at, this.#bytes.size - at)
    return found
  }

  #isStart(frame: Uint8Array): boolean {
    return this.#magic.every((byte, at) => frame[at] === byte)
  }

  #refuseOtherMagic(frame: Uint8Array): void {
    const found = networkOfMagic(Buffer.from(frame.subarray(0, 4)).toString("hex"))
    if (found !== null) throw record.otherNetwork(found, this.#network)
  }

  /** Takes the record in, or says what is wrong with it. */
  #take(at: number, frame: Uint8Array, size: number): Fault | null {
    if (frame.length < FRAME) return { reason: "the file ends within it", hash: null, cutOff: true }
    const header = decodeHeader(frame.subarray(BEFORE_BLOCK))
    const hash = NODE_HASHES.sha256d(header.bytes)
    if (!fits(size)) {
      return { reason: `a size of ${size} bytes`, hash, cutOff: false }
    }
    try {
      record.checkHeader(header, hash, this.#network)
    } catch (error) {
      if (error instanceof BlockFault) return { reason: error.reason, hash, cutOff: false }
      throw error
    }
    const offset = at + BEFORE_BLOCK
    if (offset + size > this.#bytes.size) return { reason: "the file ends within it", hash, cutOff: true }
    if (this.#isLast && this.#endsBlank(at, size) && !this.#isWhole(offset, size)) {
      return { reason: "it is not written to its end", hash, cutOff: false }
    }
    this.#index.add(hash, header.previous, header.bits, header.time, { file: this.#number, offset, size })
    return null
  }

  /**
   * A node may be writing just now: the last record of the last file may be cut off, or lie in room made for it and
   * not filled. It is left, unless a whole block comes after it, which shows that its size is wrong.
   */
  #leaveOrRefuse(at: number, size: number, { reason, hash, cutOff }: Fault): void {
    const isTail = this.#isLast && (cutOff || this.#endsBlank(at, size)) && this.#search(at + 1) === -1
    const path = this.#bytes.path
    if (!isTail) throw record.malformed(path, hash === null ? UNKNOWN_HASH : displayed(hash), reason, at)
    this.unfinished = { path, at, reason, hash }
  }

  #endsBlank(at: number, size: number): boolean {
    const end = fits(size) ? at + BEFORE_BLOCK + size : at + BEFORE_BLOCK + BLANK_END
    return this.#bytes.isBlank(Math.max(end - BLANK_END, at + BEFORE_BLOCK), BLANK_END)
  }

  /** Where the next whole block's record begins; -1 where there is none. */
  #search(from: number): number {
    let at = this.#bytes.find(this.#magic, from)
    while (at !== -1) {
      if (this.#isWhole(at + BEFORE_BLOCK, sizeIn(this.#bytes.copy(at, BEFORE_BLOCK)))) return at
      this.#falseStarts++
      if (this.#falseStarts > MOST_FALSE_STARTS) {
        const reason = "too much that begins as a block and is none"
        throw record.malformed(this.#bytes.path, UNKNOWN_HASH, reason, at)
      }
      at = this.#bytes.find(this.#magic, at + 1)
    }
    return -1
  }

  #isWhole(offset: number, size: number): boolean {
    if (!fits(size) || offset + size > this.#bytes.size) return false
    if (!record.hasItsWork(this.#bytes.copy(offset, HEADER_LENGTH), this.#network)) return false
    return record.hasItsTransactions(this.#bytes.copy(offset, size), this.#network)
  }
}

const fits = (size: number): boolean => size >= record.LEAST_SIZE && size <= record.MOST_SIZE

function sizeIn(frame: Uint8Array): number {
  if (frame.length < BEFORE_BLOCK) return 0
  return new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(4, true)
}
