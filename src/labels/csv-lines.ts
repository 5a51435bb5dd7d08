import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { TextDecoder } from "node:util"
import { csvFields, isOpen } from "./csv-record.ts"
import { malformed } from "./label-text.ts"

export interface CsvLine {
  readonly fields: readonly string[]
  /** On which the record begins. */
  readonly line: number
}

const MOST_RECORD = 65_536

/**
 * Streams a CSV file (RFC 4180, UTF-8) record by record, in bounded memory. Lines end with LF, CR LF, or CR where there is
 * no LF; empty ones are passed over.
 *
 * @returns the file's SHA-256
 * @throws Problem `labels-malformed`; errors of the system; whatever `onLine` throws
 */
export async function csvLines(file: string, onLine: (line: CsvLine) => void): Promise<string> {
  const hash = createHash("sha256")
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const records = new Records(onLine)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    records.push(decoded(decoder, chunk))
  }
  records.push(decoded(decoder, null))
  records.end()
  return hash.digest("hex")
}

/** Cuts what comes into lines, and joins the lines of one record. */
class Records {
  readonly #onLine: (line: CsvLine) => void
  #rest = ""
  #separator: "\n" | "\r" | null = null
  /** A record whose quotes are still open, and the line that it began on. */
  #open: { text: string; readonly line: number } | null = null
  #line = 0

  constructor(onLine: (line: CsvLine) => void) {
    this.#onLine = onLine
  }

  push(text: string): void {
    const all = this.#rest + text
    this.#separator ??= separatorOf(all)
    let start = 0
    const separator = this.#separator
    while (separator !== null) {
      const end = all.indexOf(separator, start)
      if (end < 0) break
      this.#one(all.slice(start, all[end - 1] === "\r" && separator === "\n" ? end - 1 : end))
      start = end + 1
    }
    this.#rest = all.slice(start)
    if (this.#rest.length > MOST_RECORD) this.#tooLong(this.#line + 1)
  }

  end(): void {
    // The last line may have no end.
    if (this.#rest !== "") this.#one(this.#rest.endsWith("\r") ? this.#rest.slice(0, -1) : this.#rest)
    if (this.#open !== null) throw malformed("CSV: a quote is not closed", this.#open.line)
  }

  #one(text: string): void {
    this.#line++
    const record = this.#open === null ? text : `${this.#open.text}\n${text}`
    const line = this.#open?.line ?? this.#line
    if (record.length > MOST_RECORD) this.#tooLong(line)
    if (this.#open === null ? text.includes('"') && isOpen(text) : isOpen(record)) {
      this.#open = { text: record, line }
      return
    }
    this.#open = null
    if (record.trim() !== "") this.#onLine({ fields: csvFields(record, line), line })
  }

  #tooLong(line: number): never {
    throw malformed(`CSV: a record of more than ${MOST_RECORD} characters; a quote may not be closed`, line)
  }
}

/** Null where no line has ended yet. */
function separatorOf(text: string): "\n" | "\r" | null {
  if (text.includes("\n")) return "\n"
  return text.slice(0, -1).includes("\r") ? "\r" : null
}

/** The byte order mark that some programs begin a file with is no part of it: the decoder leaves it out. */
function decoded(decoder: TextDecoder, chunk: Buffer | null): string {
  try {
    return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw malformed("not UTF-8")
  }
}
