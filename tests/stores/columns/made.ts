import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ColumnWriter } from "../../../src/stores/columns/column-writer.ts"
import { type Columns, openColumns } from "../../../src/stores/columns/columns.ts"
import type { ColumnEntry, Manifest } from "../../../src/stores/columns/manifest.ts"
import { publishColumns } from "../../../src/stores/columns/publish.ts"
import { Problem } from "../../../src/units/problem.ts"

const folders: string[] = []

/** A folder that is gone when the tests are. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ashiato-columns-"))
  folders.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export function manifestOf(columns: readonly ColumnEntry[], extra: Manifest["extra"] = {}): Manifest {
  return {
    chain: "made",
    shape: "utxo",
    horizon: { height: 7, hash: "ab", time: "2018-01-26T00:02:13Z" },
    columns,
    extra,
  }
}

export interface Made {
  readonly name: string
  readonly width: number
  readonly bytes: Uint8Array
}

/** @param parts how many bytes are written at a time */
export async function publishMade(
  ledgerFolder: string,
  columns: readonly Made[],
  extra: Manifest["extra"] = {},
  parts = 1000,
): Promise<Manifest> {
  return publishColumns(ledgerFolder, async folder => {
    const entries = columns.map(({ name, width, bytes }) => {
      const writer = new ColumnWriter(folder, name, width)
      for (let at = 0; at < bytes.length; at += parts) writer.write(bytes.subarray(at, at + parts))
      return writer.close()
    })
    return manifestOf(entries, extra)
  })
}

export async function openMade(columns: readonly Made[], cacheBytes?: number): Promise<Columns> {
  const folder = newFolder()
  await publishMade(folder, columns)
  return openColumns(folder, cacheBytes)
}

/** The problem that something throws: its code, and the detail that counts here. */
export function problemOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${Object.values(error.detail).join(" ")}`.trim()
    throw error
  }
  return "none"
}

/** Bytes that look random and are the same every time. */
export function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = (seed * 2654435761) >>> 0 || 1
  for (let i = 0; i < length; i++) {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    bytes[i] = state & 0xff
  }
  return bytes
}
