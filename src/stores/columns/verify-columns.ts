import { CHUNK_BYTES, chunksIn } from "./chunk.ts"
import type { Columns } from "./columns.ts"

/** Read at a time between two reports of progress. */
const CHUNKS_AT_A_TIME = 64

export interface VerifyProgress {
  readonly column: string
  /** Bytes of all columns together. */
  readonly done: number
  readonly total: number
}

/**
 * Reads every chunk of every column again, past the cache, and checks it. Goes on when the next progress is asked for;
 * ends when all is well.
 *
 * @throws Problem `ledger-damaged` at the first chunk that is not what was written
 */
export function* verifyColumns(columns: Columns): Generator<VerifyProgress, void, undefined> {
  const total = columns.files.reduce((sum, { bytes }) => sum + bytes, 0)
  const buffer = new Uint8Array(CHUNKS_AT_A_TIME * CHUNK_BYTES)
  let done = 0
  for (const file of columns.files) {
    const chunks = chunksIn(file.bytes)
    // An empty column is read too: its checksum file has to be the empty one.
    for (let chunk = 0; chunk === 0 || chunk < chunks; chunk += CHUNKS_AT_A_TIME) {
      const count = Math.min(CHUNKS_AT_A_TIME, chunks - chunk)
      file.read(chunk, count, buffer)
      done += Math.min(count * CHUNK_BYTES, file.bytes - chunk * CHUNK_BYTES)
      yield { column: file.entry.name, done, total }
    }
  }
}
