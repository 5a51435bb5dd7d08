import { readFileSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { TextDecoder } from "node:util"
import { readDocument } from "../casefile/read-case.ts"
import { type Chain, loadChain } from "../chains/chain.ts"
import type { Alarm, AlarmReceivers, AlarmsFile, OutflowLimit, Percent, Webhook } from "../contracts/alarm.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { Problem, type Where } from "../units/problem.ts"
import { asProblem } from "./file-problem.ts"

const SCHEMA = new URL("../contracts/alarm.schema.json", import.meta.url)
/** A hundred thousand deposit addresses fit ten times over. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_SECRET_BYTES = 4096
/** An HMAC's key shorter than this could be guessed; RFC 2104 asks for no less than half the hash's length. */
const LEAST_SECRET_BYTES = 16

interface WrittenAlarm {
  readonly id: string
  readonly kind: Alarm["kind"]
  readonly addresses?: readonly string[]
  readonly asset?: string
  readonly amount?: string
  readonly percent?: string
  readonly window?: { readonly seconds?: number; readonly blocks?: number }
  readonly theft?: string
  readonly rules?: readonly RuleName[]
}

interface WrittenFile {
  readonly chain: string
  readonly alarms: readonly WrittenAlarm[]
  readonly deliver: {
    readonly stdout?: boolean
    readonly file?: string
    readonly webhooks?: readonly { readonly url: string; readonly secretFile: string }[]
  }
}

type Place = (path: readonly (string | number)[]) => Where

/**
 * Reads an alarms file and the secrets that it names, and checks all of it. Paths are read from its own folder.
 *
 * @throws Problem with file, line and column: `json-malformed`, `json-expected`, `case-duplicate`, `chain-unknown`,
 * `screen-ref-invalid`, `alarm-limit`, `alarm-percent`, `alarm-receivers`, `alarm-webhook`; for a secret `alarm-secret`
 * or `file-...`
 */
export async function readAlarmsFile(file: string): Promise<AlarmsFile> {
  const written = readWritten(file)
  const { document, whereIs } = written
  try {
    const chain = await loadChain(document.chain)
    const ids = new Set<string>()
    const alarms = document.alarms.map((alarm, n) => {
      const at = ["alarms", n]
      if (ids.has(alarm.id))
        throw new Problem("case-duplicate", { path: "alarms", id: alarm.id }, whereIs([...at, "id"]))
      ids.add(alarm.id)
      return readAlarm(alarm, chain, path => whereIs([...at, ...path]))
    })
    return { chain: chain.name, alarms, deliver: readReceivers(document.deliver, dirname(file), whereIs) }
  } catch (error) {
    throw asProblem(error, file)
  }
}

function readWritten(file: string): { readonly document: WrittenFile; readonly whereIs: Place } {
  try {
    const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as object
    return readDocument<WrittenFile>(textOf(bytesOf(file, MOST_BYTES)), schema)
  } catch (error) {
    const told = asProblem(error, file)
    // The line names the schema to look into.
    if (told instanceof Problem && told.code === "json-expected")
      throw new Problem(told.code, { ...told.detail, schema: "alarm.schema.json" }, told.where)
    throw told
  }
}

function readAlarm(written: WrittenAlarm, chain: Chain, place: Place): Alarm {
  const { id, kind } = written
  const { theft = null, rules = null, asset = null, amount = "0" } = written
  const addresses = canonical(written.addresses ?? [], chain, place)
  const choice = { theft, rules, asset, amount: BigInt(amount) }
  switch (kind) {
    case "outflow": {
      const { seconds = null, blocks = null } = written.window ?? {}
      const limit = limitOf(written, place)
      return { id, kind, addresses, asset: asset ?? chain.native.asset, limit, window: { seconds, blocks } }
    }
    case "arrival":
      return { id, kind, addresses, ...choice }
    case "moved":
      return { id, kind, ...choice }
    case "label":
      return { id, kind, addresses }
  }
}

function canonical(addresses: readonly string[], chain: Chain, place: Place): readonly string[] {
  const checked = addresses.map((address, n) => {
    try {
      return chain.checkAddress(address)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The usual line advises to leave --chain out, which a file of alarms has no way to do.
      throw new Problem("screen-ref-invalid", error.detail, place(["addresses", n]))
    }
  })
  return [...new Set(checked)]
}

function limitOf({ id, amount, percent }: WrittenAlarm, place: Place): OutflowLimit {
  if (amount !== undefined && percent === undefined) return { amount: BigInt(amount) }
  if (percent === undefined || amount !== undefined) throw new Problem("alarm-limit", { id }, place([]))
  const read = readPercent(percent)
  if (read === null) throw new Problem("alarm-percent", { id, value: percent }, place(["percent"]))
  return { percent: read }
}

/** From 0 to below 100: more than all there is cannot leave, and such an alarm would never ring. */
export function readPercent(text: string): Percent | null {
  const found = /^(0|[1-9]\d?)(?:\.(\d{1,9}))?$/.exec(text)
  if (found === null) return null
  const [, whole = "", decimals = ""] = found
  return { text, parts: BigInt(whole + decimals), of: 100n * 10n ** BigInt(decimals.length) }
}

function readReceivers(deliver: WrittenFile["deliver"], folder: string, whereIs: Place): AlarmReceivers {
  const { stdout = false, webhooks = [] } = deliver
  const file = deliver.file === undefined ? null : resolve(folder, deliver.file)
  if (!stdout && file === null && webhooks.length === 0)
    throw new Problem("alarm-receivers", {}, whereIs(["deliver"]))
  const seen = new Set<string>()
  return {
    stdout,
    file,
    webhooks: webhooks.map(({ url, secretFile }, n) => {
      const href = webhookUrl(url)
      if (href === null || seen.has(href))
        throw new Problem("alarm-webhook", { url }, whereIs(["deliver", "webhooks", n, "url"]))
      seen.add(href)
      return { url: href, secret: readSecret(resolve(folder, secretFile)) } satisfies Webhook
    }),
  }
}

/** Passwords in an address would be printed sooner or later; a receiver is known by the signature. */
function webhookUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !["http:", "https:"].includes(url.protocol)) return null
  return url.username === "" && url.password === "" && url.hash === "" ? url.href : null
}

/** A line break at the end is the editor's, not the secret's. */
function readSecret(file: string): Uint8Array {
  try {
    const secret = textOf(bytesOf(file, MOST_SECRET_BYTES)).replace(/\r?\n$/, "")
    const bytes = new TextEncoder().encode(secret)
    if (bytes.length < LEAST_SECRET_BYTES) throw new Problem("alarm-secret", { least: LEAST_SECRET_BYTES })
    return bytes
  } catch (error) {
    throw asProblem(error, file)
  }
}

function bytesOf(file: string, most: number): Buffer {
  const { size } = statSync(file)
  if (size > most) throw new Problem("file-unreadable", { reason: `> ${most} bytes` })
  return readFileSync(file)
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Problem("file-encoding", { expected: "UTF-8" })
  }
}
