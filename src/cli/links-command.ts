import { existsSync } from "node:fs"
import type { LinkRecords } from "../cases/link-open.ts"
import { CONSERVING_RULES } from "../ledger/vocabulary.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { linkMessages } from "../messages/links.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions, wholeNumber } from "./option-values.ts"
import { writeJson } from "./write-json.ts"

const LINKS_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  thefts: { type: "string" },
  ledger: { type: "string" },
  transfers: { type: "string" },
  chain: { type: "string" },
  rule: { type: "string" },
  services: { type: "string" },
  labels: { type: "string" },
  "as-of": { type: "string" },
  "to-height": { type: "string" },
} as const

/** `ashiato links`: what a ledger shows between thefts. */
export async function linksCommand(args: readonly string[], language: Language): Promise<number> {
  const say = linkMessages(language)
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(say.help)
    return 0
  }
  const { values, positionals } = parseOptions("links", args, LINKS_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  if (positionals[0] !== undefined) throw new Problem("option-conflict", { a: "links", b: positionals[0] })
  const { thefts: theftsFile, chain = null, services = null } = values
  if (theftsFile === undefined) throw new Problem("sweep-missing-thefts")
  const rule = oneOf("--rule", values.rule ?? "fifo", CONSERVING_RULES)
  const toHeight = values["to-height"] === undefined ? null : wholeNumber("--to-height", values["to-height"])
  const records = recordsOf(values.ledger, values.transfers)
  const { openLabelBook } = await import("../cases/labels-open.ts")
  const labels = await openLabelBook(values.labels ?? null, values["as-of"] ?? null)
  if (labels === null && values["as-of"] !== undefined)
    throw new Problem("option-needs-option", { a: "--as-of", b: "--labels" })
  const { openLinks } = await import("../cases/link-open.ts")
  const { linkThefts } = await import("../cases/link-thefts.ts")
  const { openServices } = await import("../cases/services-open.ts")
  const { gapText } = await import("../messages/gap-text.ts")
  const links = await openLinks(records, chain, theftsFile, services, toHeight)
  const document = await linkThefts(
    { ...links, book: await openServices(links.opened, labels), rule },
    {
      pitfall: code => say.pitfalls[code],
      nothing: reason => say.nothing[reason],
      gap: gap => gapText(gap, language),
    },
  )
  if (values.json === true) await writeJson(process.stdout, document)
  else {
    const { linksText } = await import("../reports/text/links-text.ts")
    process.stdout.write(linksText(document, language))
  }
  return 0
}

function recordsOf(ledger: string | undefined, transfers: string | undefined): LinkRecords {
  if (ledger !== undefined && transfers !== undefined)
    throw new Problem("option-conflict", { a: "--ledger", b: "--transfers" })
  if (transfers !== undefined) return { kind: "transfers", file: transfers }
  if (ledger === undefined && !existsSync(DEFAULT_LEDGER)) throw new Problem("option-missing-source")
  return { kind: "ledger", folder: ledger ?? DEFAULT_LEDGER }
}
