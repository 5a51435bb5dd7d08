import { type LedgerInfo, ledgerInfo } from "../cases/ledger-info.ts"
import type { Gap } from "../ledger/gap.ts"
import { gapText } from "../messages/gap-text.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { ledgerMessages } from "../messages/ledger.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions } from "./option-values.ts"
import { progressOn } from "./progress.ts"

const LEDGER_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  ledger: { type: "string" },
} as const

/** `ashiato ledger info|verify|publish`. Exit 1 when a ledger does not hold together. */
export async function ledgerCommand(args: readonly string[], language: Language): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    const { ledgerHelp } = await import("../messages/help.ts")
    process.stdout.write(ledgerHelp(language))
    return 0
  }
  const { values, positionals } = parseOptions("ledger", args, LEDGER_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const [what, extra] = positionals
  const task = oneOf("ledger", what ?? "", ["info", "verify", "publish"] as const)
  if (extra !== undefined) throw new Problem("option-conflict", { a: `ledger ${task}`, b: extra })
  const folder = values.ledger ?? DEFAULT_LEDGER
  const json = values.json ?? false
  const { onProgress } = progressOn(process.stderr, language)
  switch (task) {
    case "info":
      return info(folder, json, language)
    case "verify":
      return verify(folder, json, language, onProgress)
    case "publish":
      return publish(folder, json, language, onProgress)
  }
}

async function info(folder: string, json: boolean, language: Language): Promise<number> {
  const known = await ledgerInfo(folder)
  process.stdout.write(json ? `${JSON.stringify(known, null, 2)}\n` : infoText(known, language))
  return 0
}

function infoText(known: LedgerInfo, language: Language): string {
  const say = ledgerMessages(language)
  const end = (one: LedgerInfo["horizon"], none: string): string =>
    one === null ? none : say.height(one.height, one.hash, one.time ?? "-")
  const rows = say.rows as Readonly<Record<string, string>>
  const counts = Object.entries(known.counts)
    .map(([what, count]) => `${count} ${rows[what] ?? what}`)
    .join(", ")
  const gaps = known.gaps.map(({ code, detail }) =>
    gapText({ code: code as Gap["code"], pot: null, amount: null, detail }, language),
  )
  const lines = [
    ...(known.writer === null ? [] : [say.beingWritten(known.writer)]),
    `${say.chain}: ${known.chain ?? known.shape}`,
    ...(known.writer === null ? [`${say.horizon}: ${end(known.horizon, say.empty)}`] : []),
    `${say.published}: ${end(known.published, say.notPublished)}`,
    `${say.counts}: ${counts}`,
    `${say.from}:`,
    ...known.provenance.map(({ from, to, source, at }) => `  ${say.provenance(from, to, source, at)}`),
    `${say.gaps}: ${gaps.length === 0 ? say.noGaps : ""}`,
    ...gaps.map(gap => `- ${gap}`),
  ]
  return `${lines.join("\n")}\n`
}

async function verify(
  folder: string,
  json: boolean,
  language: Language,
  onProgress: OnProgress,
): Promise<number> {
  const { verifyLedger } = await import("../cases/ledger-verify.ts")
  const found = await verifyLedger(folder, onProgress)
  const say = ledgerMessages(language)
  if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  else if (found.holds) process.stdout.write(`${say.verified(found.blocks, found.rows)}\n`)
  else {
    const faults = found.faults.map(({ code, at }) => `- ${say.faults[code](at)}`)
    process.stdout.write(`${[say.broken(found.faults.length), ...faults].join("\n")}\n`)
  }
  return found.holds ? 0 : 1
}

async function publish(
  folder: string,
  json: boolean,
  language: Language,
  onProgress: OnProgress,
): Promise<number> {
  const { publishLedger } = await import("../cases/ledger-publish.ts")
  await publishLedger(folder, onProgress)
  return json ? info(folder, json, language) : say(ledgerMessages(language).publishedNow(folder))
}

function say(line: string): number {
  process.stdout.write(`${line}\n`)
  return 0
}
