import { createHash } from "node:crypto"
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"
import type { LabelActor } from "../../ports/label-actor.ts"
import type { Label } from "../../ports/label-book.ts"
import { rowsOfActor } from "./actor-row.ts"
import { MOST_REJECTED } from "./maybe-meant.ts"
import {
  PACK_NAME,
  PACK_PART_PREFIX,
  PACKS_FOLDER,
  type PackSection,
  type PlacedSection,
  packLine,
} from "./pack.ts"

const BUFFERED = 1 << 20

/** Writes one pack beside the others; it counts from `commit` on, by one rename. */
export class PackWriter {
  readonly part: string
  readonly sections: PlacedSection[] = []
  readonly #folder: string
  readonly #file: number
  readonly #hash = createHash("sha256")
  #section: { facts: PackSection; from: number } | null = null
  #rejected: string[] = []
  #lines: string[] = []
  #waiting = 0
  #written = 0
  #open = true
  #name = ""

  /** Only for the one process that holds the book's lock: what others left unfinished is cleared away. */
  constructor(bookFolder: string) {
    this.#folder = join(bookFolder, PACKS_FOLDER)
    mkdirSync(this.#folder, { recursive: true })
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith(PACK_PART_PREFIX)) rmSync(join(this.#folder, name))
    }
    this.part = join(this.#folder, `${PACK_PART_PREFIX}${process.pid}`)
    this.#file = openSync(this.part, "wx")
  }

  /** What follows is of this list. */
  begin(facts: PackSection): void {
    this.#endSection()
    this.#section = { facts, from: this.#written }
  }

  label(label: Label): void {
    this.#push(packLine(label))
  }

  actor(actor: LabelActor): void {
    for (const row of rowsOfActor(actor)) this.label(row)
  }

  /** An entry of the section that was not taken: it may have meant an address that the list still has. */
  reject(address: string): void {
    if (this.#rejected.length <= MOST_REJECTED) this.#rejected.push(address)
  }

  /** The last line says what the pack holds. All of it is on disk when this returns. */
  close(): void {
    this.#endSection()
    this.#push(`${JSON.stringify({ format: "ashiato/labels/1", sections: this.sections })}\n`)
    this.#flush()
    fsyncSync(this.#file)
    this.#open = false
    closeSync(this.#file)
    const last = Math.max(0, ...packsIn(this.#folder).map(name => Number(PACK_NAME.exec(name)?.[1])))
    const hash = this.#hash.digest("hex").slice(0, 16)
    this.#name = `${String(last + 1).padStart(6, "0")}-${hash}.jsonl`
  }

  /** The name that `commit` gives it, known once it is closed. */
  get name(): string {
    return this.#name
  }

  /** How long it is. */
  get bytes(): number {
    return this.#written
  }

  /** From now on it is part of the book. */
  commit(): void {
    renameSync(this.part, join(this.#folder, this.#name))
    syncFolder(this.#folder)
  }

  abandon(): void {
    if (this.#open) closeSync(this.#file)
    this.#open = false
    rmSync(this.part, { force: true })
  }

  #endSection(): void {
    this.#flush()
    if (this.#section !== null) {
      const { facts, from } = this.#section
      const rejected = facts.complete && this.#rejected.length > 0 ? rejectedFacts(this.#rejected) : {}
      this.sections.push({ ...facts, ...rejected, from, to: this.#written })
    }
    this.#section = null
    this.#rejected = []
  }

  #push(line: string): void {
    this.#lines.push(line)
    this.#waiting += line.length
    if (this.#waiting >= BUFFERED) this.#flush()
  }

  #flush(): void {
    const bytes = Buffer.from(this.#lines.join(""), "utf8")
    this.#lines = []
    this.#waiting = 0
    this.#hash.update(bytes)
    this.#written += bytes.length
    let done = 0
    while (done < bytes.length) done += writeSync(this.#file, bytes, done)
  }
}

function rejectedFacts(all: readonly string[]): Pick<PackSection, "rejected" | "moreRejected"> {
  return all.length > MOST_REJECTED ? { moreRejected: true } : { rejected: all }
}

/** The packs of a folder, oldest first. */
export function packsIn(packsFolder: string): string[] {
  return readdirSync(packsFolder)
    .filter(name => PACK_NAME.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
}

/** A rename is on disk when its folder is; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
