import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { TextDecoder } from "node:util"
import { parse } from "csv-parse"
import { malformed } from "./label-text.ts"

export interface CsvLine {
  readonly fields: readonly string[]
  readonly line: number
}

const MOST_RECORD = 65_536

/**
 * Streams a CSV file (RFC 4180, UTF-8) record by record, in bounded memory.
 *
 * @returns the file's SHA-256
 * @throws Problem `labels-malformed`; errors of the system; whatever `onLine` throws
 */
export async function csvLines(file: string, onLine: (line: CsvLine) => void): Promise<string> {
  const hash = createHash("sha256")
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let failure: { readonly error: unknown } | null = null
  const parser = parse({
    bom: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_RECORD,
    on_record: (fields: string[], { lines }: { lines: number }) => {
      if (failure !== null) return null
      try {
        onLine({ fields, line: lines })
      } catch (error) {
        failure = { error }
      }
      return null
    },
  })
  const finished = new Promise<void>((resolve, reject) => {
    parser.on("error", reject).on("end", resolve).resume()
  })
  finished.catch(() => {})
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      decodable(decoder, chunk)
      if (!parser.write(chunk)) await drained(parser)
      if (failure !== null || parser.destroyed) break
    }
    if (failure === null) {
      parser.end()
      await finished
      decodable(decoder, null)
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_")) {
      throw malformed(`CSV: ${String(error.code)}`, "lines" in error ? Number(error.lines) : undefined)
    }
    throw error
  } finally {
    parser.destroy()
  }
  if (failure !== null) throw (failure as { readonly error: unknown }).error
  return hash.digest("hex")
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise(resolve => {
    if (parser.destroyed) resolve()
    else parser.once("drain", resolve).once("close", resolve)
  })
}

function decodable(decoder: TextDecoder, chunk: Buffer | null): void {
  try {
    if (chunk === null) decoder.decode()
    else decoder.decode(chunk, { stream: true })
  } catch {
    throw malformed("not UTF-8")
  }
}
