import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
} from "node:fs"
import { dirname, join } from "node:path"
import type { AlarmNotice } from "../contracts/alarm.ts"
import { Problem } from "../units/problem.ts"
import { flushFolder, telling, writeAll } from "./durable.ts"

const NEW_LINE = 0x0a
/** A notice lists at most 16 of anything but thefts and rules; longer than this no line is written. */
const MOST_LINE_BYTES = 1 << 20

export interface QueueOptions {
  /** A new file is begun when one has reached this many bytes. */
  readonly fileBytes?: number
  /** How many of the newest keys are known again; a follower repeats at most the blocks since its last saved state. */
  readonly knownKeys?: number
}

export interface Queued {
  /** Counts from 1 over the whole life of the queue. */
  readonly number: number
  readonly key: string
  /** The line as it stands on disk, without its end: what is delivered, byte for byte. */
  readonly line: string
  /** The position after it. */
  readonly next: QueuePosition
}

/** Where to read on: the number of a line, and where it begins. */
export interface QueuePosition {
  readonly number: number
  readonly file: number
  readonly offset: number
}

/**
 * Alarms that wait for delivery, on disk: JSON lines in files that are named by the number of their first line, only ever
 * added to, flushed before a notice counts as raised. In memory are the newest keys and nothing else.
 */
export class AlarmQueue {
  readonly #folder: string
  readonly #fileBytes: number
  readonly #knownKeys: number
  readonly #keys = new Set<string>()
  #files: number[] = []
  #handle = -1
  #size = 0
  #next = 1
  #waiting: (() => void)[] = []

  /**
   * Opens a folder, or makes it. A last line that was not written to its end, by a kill, never counted and is cut off.
   * One process at a time may write to it: that is the caller's to see to.
   *
   * @throws Problem `alarm-unwritable`, `alarm-queue-damaged`
   */
  constructor(folder: string, { fileBytes = 4 << 20, knownKeys = 100_000 }: QueueOptions = {}) {
    this.#folder = folder
    this.#fileBytes = fileBytes
    this.#knownKeys = knownKeys
    telling(folder, () => this.#open())
  }

  #open(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    flushFolder(dirname(this.#folder))
    this.#files = readdirSync(this.#folder)
      .flatMap(name => /^alarms-(\d{12})\.jsonl$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
    const last = this.#files.at(-1)
    if (last === undefined) {
      this.#begin(1)
      return
    }
    for (const file of this.#files) this.#learn(file, file === last)
    this.#handle = openSync(this.#pathOf(last), "r+")
    this.#size = fstatSync(this.#handle).size
  }

  #begin(first: number): void {
    this.#handle = openSync(this.#pathOf(first), "wx+", 0o600)
    flushFolder(this.#folder)
    this.#files.push(first)
    this.#size = 0
    this.#next = first
  }

  #learn(file: number, isLast: boolean): void {
    if (this.#next !== file && this.#next !== 1) this.#damaged(file, "a file is missing")
    this.#next = file
    const handle = openSync(this.#pathOf(file), isLast ? "r+" : "r")
    try {
      let offset = 0
      for (;;) {
        const line = readLine(handle, offset)
        if (line === null) break
        this.#remember(this.#keyIn(line, file))
        offset += line.length + 1
        this.#next++
      }
      const { size } = fstatSync(handle)
      if (offset === size) return
      if (!isLast || size - offset > MOST_LINE_BYTES) this.#damaged(file, "a line without an end")
      ftruncateSync(handle, offset)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  }

  #keyIn(line: Buffer, file: number): string {
    try {
      const read: unknown = JSON.parse(line.toString("utf8"))
      if (typeof read === "object" && read !== null && "key" in read && typeof read.key === "string")
        return read.key
    } catch {
      // Told below, as what is no notice.
    }
    return this.#damaged(file, "a line that is no notice")
  }

  #damaged(file: number, what: string): never {
    throw new Problem("alarm-queue-damaged", { what }, { file: this.#pathOf(file) })
  }

  #remember(key: string): void {
    this.#keys.add(key)
    if (this.#keys.size <= this.#knownKeys) return
    const [oldest] = this.#keys
    if (oldest !== undefined) this.#keys.delete(oldest)
  }

  #pathOf(first: number): string {
    return join(this.#folder, `alarms-${String(first).padStart(12, "0")}.jsonl`)
  }

  /**
   * Adds notices whose keys it does not know, and gives those. When it returns they are on disk.
   *
   * @throws Problem `alarm-unwritable`; then none of them counts
   */
  append(notices: readonly AlarmNotice[]): readonly AlarmNotice[] {
    const seen = new Set<string>()
    const fresh = notices.filter(({ key }) => !this.#keys.has(key) && !seen.has(key) && seen.add(key))
    if (fresh.length === 0) return fresh
    telling(this.#folder, () => {
      if (this.#size >= this.#fileBytes) {
        closeSync(this.#handle)
        this.#begin(this.#next)
      }
      const bytes = Buffer.from(fresh.map(notice => `${JSON.stringify(notice)}\n`).join(""))
      // At its own end, whatever a failed attempt has left behind it.
      ftruncateSync(this.#handle, this.#size)
      writeAll(this.#handle, bytes, this.#size)
      fsyncSync(this.#handle)
      this.#size += bytes.length
    })
    this.#next += fresh.length
    for (const { key } of fresh) this.#remember(key)
    for (const wake of this.#waiting.splice(0)) wake()
    return fresh
  }

  /** How many were ever added. */
  get count(): number {
    return this.#next - 1
  }

  /** Where the next one will stand. */
  get end(): QueuePosition {
    return { number: this.#next, file: this.#files.at(-1) ?? 1, offset: this.#size }
  }

  /** Where the oldest that is kept stands. */
  get start(): QueuePosition {
    const file = this.#files[0] ?? 1
    return { number: file, file, offset: 0 }
  }

  /** The notice at a position, or null at the end. @throws Problem `alarm-queue-damaged` */
  read(position: QueuePosition): Queued | null {
    const { number } = position
    if (number >= this.#next) return null
    const isOver = this.#files.includes(number) && position.file !== number
    const { file, offset } = isOver ? { file: number, offset: 0 } : position
    const handle = telling(this.#folder, () => openSync(this.#pathOf(file), "r"))
    try {
      const bytes = readLine(handle, offset)
      if (bytes === null) return this.#damaged(file, `number ${number} is missing`)
      const next = { number: number + 1, file, offset: offset + bytes.length + 1 }
      return { number, key: this.#keyIn(bytes, file), line: bytes.toString("utf8"), next }
    } finally {
      closeSync(handle)
    }
  }

  /** Resolves when something was added after `number`, or when the signal aborts. */
  async changed(number: number, signal: AbortSignal): Promise<void> {
    if (number < this.#next || signal.aborted) return
    await new Promise<void>(resolve => {
      const done = () => {
        signal.removeEventListener("abort", done)
        resolve()
      }
      signal.addEventListener("abort", done, { once: true })
      this.#waiting.push(done)
    })
  }

  /** Deletes files that nobody needs any more: those before this number, the newest two apart, whose keys are known. */
  forget(number: number): void {
    const gone = this.#files.filter(
      (_, n) => (this.#files[n + 1] ?? 0) <= number && n < this.#files.length - 2,
    )
    for (const file of gone) telling(this.#folder, () => rmSync(this.#pathOf(file)))
    this.#files = this.#files.filter(file => !gone.includes(file))
  }

  close(): void {
    if (this.#handle !== -1) closeSync(this.#handle)
    this.#handle = -1
  }
}

/** The bytes up to a line's end, or null where no line ends any more. */
function readLine(handle: number, offset: number): Buffer | null {
  const chunk = Buffer.alloc(4096)
  const parts: Buffer[] = []
  let length = 0
  while (length <= MOST_LINE_BYTES) {
    const read = readSync(handle, chunk, 0, chunk.length, offset + length)
    if (read === 0) return null
    const end = chunk.subarray(0, read).indexOf(NEW_LINE)
    parts.push(Buffer.from(chunk.subarray(0, end === -1 ? read : end)))
    if (end !== -1) return Buffer.concat(parts)
    length += read
  }
  return null
}
