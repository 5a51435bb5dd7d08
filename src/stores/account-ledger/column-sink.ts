import type { ColumnEntry } from "../columns/manifest.ts"

/** Where the bytes of one column go: into a file, or beside those of one that is there. */
export interface ColumnSink {
  write(bytes: Uint8Array): void
  close(): ColumnEntry
}

export type OpenSink = (name: string, width: number) => ColumnSink
