import { existsSync } from "node:fs"
import type { ScreenAsked } from "../cases/screen-open.ts"
import { LANGUAGES } from "../messages/language.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions } from "./option-values.ts"
import { rulesOf } from "./rule-option.ts"

const SCREEN_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  file: { type: "string" },
  chain: { type: "string" },
  ledger: { type: "string" },
  labels: { type: "string" },
  thefts: { type: "string" },
  case: { type: "string" },
  rule: { type: "string" },
  policy: { type: "string" },
  "as-of": { type: "string" },
} as const

/** What is asked, and how: the ledger is null where none is named and the default one is not there. */
export interface ScreenOptions extends ScreenAsked {
  readonly json: boolean
  readonly refs: readonly string[]
  readonly file: string | null
}

/** @throws Problem of the option that is wrong */
export function parseScreenOptions(args: readonly string[]): ScreenOptions | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help"
  const { values, positionals } = parseOptions("screen", args, SCREEN_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  const refs = positionals.map(ref => ref.trim())
  const empty = refs.find(ref => ref === "")
  if (empty !== undefined) throw new Problem("screen-ref-unrecognised", { ref: empty })
  if (refs.length === 0 && values.file === undefined) throw new Problem("screen-missing-ref")
  const theftsFile = values.thefts ?? null
  const caseName = values.case ?? null
  if (theftsFile !== null && caseName !== null)
    throw new Problem("option-conflict", { a: "--thefts", b: "--case" })
  const ledger = values.ledger ?? (existsSync(DEFAULT_LEDGER) ? DEFAULT_LEDGER : null)
  if (theftsFile !== null && ledger === null) {
    throw new Problem("option-needs-option", { a: "--thefts", b: "--ledger" })
  }
  return {
    json: values.json ?? false,
    refs,
    file: values.file ?? null,
    chain: values.chain ?? null,
    ledger,
    labels: values.labels ?? null,
    theftsFile,
    caseName,
    rules: rulesOf(values.rule ?? "all"),
    allRules: (values.rule ?? "all") === "all",
    policyFile: values.policy ?? null,
    asOf: values["as-of"] ?? null,
  }
}
