import { createHash, randomUUID } from "node:crypto"
import { mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Problem } from "../../units/problem.ts"

const NEW_LINE = 0x0a

/**
 * Answers that cannot change, on disk, one file each: a line of JSON (base URL, path, time fetched, SHA-256 of the
 * body), then the raw body. They spare the explorer, make an interrupted trace go on where it was, and are the record
 * of what the explorer said. Each base URL has a folder of its own: two chains know the same paths.
 */
export class AnswerCache {
  readonly #base: string
  readonly #folder: string

  /** `base` is recorded in every file: it must not hold a password. */
  constructor(folder: string, base: string) {
    this.#base = base
    this.#folder = join(folder, sha256(Buffer.from(base)).slice(0, 16))
  }

  /** The body, or null where there is none that is whole: what is damaged is fetched again, not an error. */
  async read(path: string): Promise<Uint8Array | null> {
    let file: Buffer
    try {
      file = await readFile(this.#fileOf(path))
    } catch {
      return null
    }
    const end = file.indexOf(NEW_LINE)
    const body = file.subarray(end + 1)
    return end > 0 && isHeadOf(file.toString("utf8", 0, end), this.#base, path, body) ? body : null
  }

  /**
   * Written beside its place, flushed, then moved there: killed at any moment it leaves the whole file or none.
   *
   * @throws Problem `cache-unwritable` where the disk is full or the folder is not ours
   */
  async write(path: string, body: Uint8Array, fetched: string): Promise<void> {
    const file = this.#fileOf(path)
    const head = JSON.stringify({ url: this.#base, path, fetched, sha256: sha256(body) })
    const unfinished = `${file}.${randomUUID()}.part`
    try {
      await mkdir(dirname(file), { recursive: true })
      const handle = await open(unfinished, "wx")
      try {
        await handle.writeFile(Buffer.concat([Buffer.from(`${head}\n`), body]))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(unfinished, file)
    } catch (error) {
      // Best effort: what is wrong with the disk is said below.
      await rm(unfinished, { force: true }).catch(() => {})
      throw unwritable(error, this.#folder)
    }
  }

  #fileOf(path: string): string {
    const name = sha256(Buffer.from(path))
    return join(this.#folder, name.slice(0, 2), name)
  }
}

/** Not passed over in silence: without what it has fetched an interrupted trace would begin again. */
function unwritable(error: unknown, folder: string): unknown {
  const isOfSystem = error instanceof Error && "code" in error && typeof error.code === "string"
  return isOfSystem
    ? new Problem("cache-unwritable", { reason: String(error.code) }, { file: folder })
    : error
}

function isHeadOf(text: string, base: string, path: string, body: Uint8Array): boolean {
  try {
    const head: unknown = JSON.parse(text)
    if (typeof head !== "object" || head === null) return false
    const { url, path: of, sha256: hash } = head as Readonly<Record<string, unknown>>
    return url === base && of === path && hash === sha256(body)
  } catch {
    return false
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}
