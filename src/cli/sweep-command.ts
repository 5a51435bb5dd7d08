import { availableParallelism } from "node:os"
import type { SweepInquiry, Swept } from "../cases/sweep-inquiry.ts"
import { sweepLedger } from "../cases/sweep-ledger.ts"
import { loadChain } from "../chains/chain.ts"
import type { SweepDocument } from "../contracts/sweep.ts"
import { TRACE_SCHEMA } from "../contracts/trace.ts"
import { gapText } from "../messages/gap-text.ts"
import { LANGUAGES, type Language } from "../messages/language.ts"
import { sweepMessages } from "../messages/sweep.ts"
import { readServices, readThefts } from "../readers/list-files.ts"
import { openColumns } from "../stores/columns/columns.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions, wholeNumber } from "./option-values.ts"
import { progressOn } from "./progress.ts"
import { rulesOf } from "./rule-option.ts"

const SWEEP_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  thefts: { type: "string" },
  ledger: { type: "string" },
  rule: { type: "string" },
  fees: { type: "string" },
  services: { type: "string" },
  "to-height": { type: "string" },
  list: { type: "string" },
  threads: { type: "string" },
  run: { type: "string" },
  fresh: { type: "boolean" },
} as const

/** Holdings and arrivals that are listed unless told otherwise. */
const LISTED = 100

/** `ashiato sweep`: every theft of a file over a whole ledger. Exit 1 when an answer does not reconcile. */
export async function sweepCommand(args: readonly string[], language: Language): Promise<number> {
  const say = sweepMessages(language)
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(say.help)
    return 0
  }
  const { values, positionals } = parseOptions("sweep", args, SWEEP_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  if (positionals[0] !== undefined) throw new Problem("option-conflict", { a: "sweep", b: positionals[0] })
  if (values.thefts === undefined) throw new Problem("sweep-missing-thefts")
  const folder = values.ledger ?? DEFAULT_LEDGER
  const { thefts } = await readThefts(values.thefts)
  const inquiry: SweepInquiry = {
    folder,
    thefts,
    services: await servicesIn(values.services, folder),
    rules: rulesOf(values.rule ?? "all"),
    allRules: (values.rule ?? "all") === "all",
    fees: oneOf("--fees", values.fees ?? "drop", ["drop", "follow"] as const),
    toHeight: values["to-height"] === undefined ? null : wholeNumber("--to-height", values["to-height"]),
    fresh: values.fresh ?? false,
    list: values.list === undefined ? LISTED : wholeNumber("--list", values.list),
    threads: values.threads === undefined ? availableParallelism() : wholeNumber("--threads", values.threads),
    runTransactions: values.run === undefined ? null : Math.max(1, wholeNumber("--run", values.run)),
  }
  const progress = progressOn(process.stderr, language)
  try {
    const swept = await sweepLedger(inquiry, gap => gapText(gap, language), progress.onProgress)
    progress.end()
    const { document } = swept
    process.stdout.write(
      values.json ? `${JSON.stringify(document, null, 2)}\n` : await sweepText(swept, language),
    )
    refuseUnreconciled(document)
    return 0
  } finally {
    progress.end()
  }
}

async function servicesIn(file: string | undefined, folder: string): Promise<ReadonlyMap<string, string>> {
  if (file === undefined) return new Map()
  const columns = openColumns(folder)
  const { chain } = columns.manifest
  columns.close()
  // A ledger of a file of transfers may be of no chain: addresses are opaque then.
  const check = chain === "" ? (text: string) => text : (await loadChain(chain)).checkAddress
  return (await readServices(file, check)).services
}

async function sweepText({ document, grades }: Swept, language: Language): Promise<string> {
  const { traceText } = await import("../reports/text/trace-text.ts")
  const { chain, horizon, complete, gaps, answers } = document
  const trace = { schema: TRACE_SCHEMA, case: null, chain, horizon, complete, gaps, answers } as const
  const width = process.stdout.isTTY ? process.stdout.columns : 120
  const say = sweepMessages(language)
  const counts = Object.entries(document.counts).map(([rule, { holdings, arrivals }]) =>
    say.counted(rule, holdings, arrivals, document.resumedFrom[rule] ?? null),
  )
  const text = traceText({ document: trace, caseFile: null, grades, passed: null }, language, width)
  return `${text}\n${say.counts}\n${counts.join("\n")}\n`
}

function refuseUnreconciled({ answers }: SweepDocument): void {
  for (const { asset, rules } of answers) {
    for (const [rule, answer] of Object.entries(rules)) {
      if (answer.reconciles === false) throw new Problem("does-not-reconcile", { asset, rule })
    }
  }
}
