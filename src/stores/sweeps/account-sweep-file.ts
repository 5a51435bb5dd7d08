import { readFileSync } from "node:fs"
import { crc32 } from "node:zlib"
import type { AccountSweepState } from "../../tracing/sweep/account-state.ts"
import { Problem } from "../../units/problem.ts"
import { linesOf, type PotNumbers, stateOf } from "./account-state-lines.ts"
import { replaceFile } from "./replace-file.ts"
import type { SweepHorizon } from "./sweep-file.ts"

const FORMAT = "ashiato/account-sweep-state/1"
const CHUNK = 1 << 20

export interface SavedAccountSweep {
  readonly horizon: SweepHorizon
  readonly state: AccountSweepState
}

/**
 * Keeps where a sweep of an account chain stands: lines of JSON, the last of which has the CRC-32 of those before it. Pots
 * are kept by account and asset, since their own numbers are others after each publishing.
 *
 * @throws Problem `ledger-unwritable`
 */
export function saveAccountSweep(
  file: string,
  { horizon, state }: SavedAccountSweep,
  ledger: PotNumbers,
): void {
  replaceFile(file, chunksOf(linesOf(horizon, state, ledger)))
}

function* chunksOf(lines: Iterable<unknown>): Generator<Uint8Array> {
  let crc = 0
  let text = `${JSON.stringify(FORMAT)}\n`
  for (const line of lines) {
    text += `${JSON.stringify(line)}\n`
    if (text.length < CHUNK) continue
    const chunk = Buffer.from(text)
    crc = crc32(chunk, crc)
    yield chunk
    text = ""
  }
  const rest = Buffer.from(text)
  yield rest
  yield Buffer.from(`${crc32(rest, crc)}\n`)
}

/**
 * What `saveAccountSweep` kept; null where there is none, or accounts of the ledger have other numbers now.
 *
 * @throws Problem `ledger-damaged` where it is not whole
 */
export function loadAccountSweep(file: string, ledger: PotNumbers): SavedAccountSweep | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Problem("file-unreadable", { reason }, { file })
  }
  const end = bytes.lastIndexOf("\n", bytes.length - 2) + 1
  const body = bytes.subarray(0, end)
  const last = bytes.subarray(end).toString("latin1")
  const isWhole = end > 0 && last === `${crc32(body)}\n` && body.indexOf(`${JSON.stringify(FORMAT)}\n`) === 0
  if (!isWhole)
    throw new Problem("ledger-damaged", { reason: "a saved sweep is not whole; delete it" }, { file })
  // Checked by its sum: it is what was written.
  return stateOf(linesIn(body), ledger)
}

function* linesIn(body: Buffer): Generator<unknown> {
  for (let at = body.indexOf("\n") + 1; at < body.length; ) {
    const end = body.indexOf("\n", at)
    yield JSON.parse(body.subarray(at, end).toString("utf8"))
    at = end + 1
  }
}
