import { existsSync } from "node:fs"
import type { Records } from "../cases/records.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { LANGUAGES } from "../messages/language.ts"
import { parseAmount } from "../units/amount.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { oneOf, parseOptions, wholeNumber } from "./option-values.ts"
import { rulesOf } from "./rule-option.ts"

const TRACE_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  theft: { type: "string", multiple: true },
  thefts: { type: "string" },
  transfers: { type: "string" },
  outputs: { type: "string" },
  inputs: { type: "string" },
  ledger: { type: "string" },
  rpc: { type: "string" },
  "rpc-cookie": { type: "string" },
  nis: { type: "string" },
  explorer: { type: "string" },
  chain: { type: "string" },
  rule: { type: "string" },
  fees: { type: "string" },
  "to-height": { type: "string" },
  min: { type: "string" },
  "max-hops": { type: "string" },
  services: { type: "string" },
  "stop-at-services": { type: "string" },
  labels: { type: "string" },
  "as-of": { type: "string" },
  flows: { type: "string" },
  report: { type: "string" },
} as const

export interface TraceOptions {
  readonly json: boolean
  readonly caseName: string | null
  readonly theftRefs: readonly string[]
  readonly theftsFile: string | null
  /** Null where none is named: the case has its own, else the ledger in this folder is meant. */
  readonly records: Records | null
  readonly chain: string | null
  readonly rules: readonly RuleName[]
  readonly allRules: boolean
  readonly fees: "drop" | "follow"
  readonly toHeight: number | null
  readonly min: bigint
  readonly maxHops: number | null
  readonly servicesFile: string | null
  readonly stopAtServices: boolean
  /** Null for the default folder, if it is there. */
  readonly labels: string | null
  /** The day up to which labels count, as written; null for today. */
  readonly asOf: string | null
  /** Null where none were asked for. */
  readonly flows: number | "all" | null
  readonly report: string | null
}

/** @throws Problem of the option that is wrong */
export function parseTraceOptions(args: readonly string[]): TraceOptions | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help"
  const { values, positionals } = parseOptions("trace", args, TRACE_OPTIONS)
  if (values.lang !== undefined) oneOf("--lang", values.lang, LANGUAGES)
  if (positionals.length > 1) {
    throw new Problem("option-conflict", { a: String(positionals[0]), b: String(positionals[1]) })
  }
  const rules = rulesOf(values.rule ?? "all")
  const options: TraceOptions = {
    json: values.json ?? false,
    caseName: positionals[0] ?? null,
    theftRefs: (values.theft ?? []).flatMap(list => list.split(",")).map(refOf),
    theftsFile: values.thefts ?? null,
    records: recordsOf(values),
    chain: values.chain ?? null,
    rules,
    allRules: (values.rule ?? "all") === "all",
    fees: oneOf("--fees", values.fees ?? "drop", ["drop", "follow"] as const),
    toHeight: values["to-height"] === undefined ? null : wholeNumber("--to-height", values["to-height"]),
    min: values.min === undefined ? 0n : amountOf("--min", values.min),
    maxHops: values["max-hops"] === undefined ? null : wholeNumber("--max-hops", values["max-hops"]),
    servicesFile: values.services ?? null,
    stopAtServices:
      oneOf("--stop-at-services", values["stop-at-services"] ?? "yes", ["yes", "no"] as const) === "yes",
    labels: values.labels ?? null,
    asOf: values["as-of"] ?? null,
    flows:
      values.flows === undefined
        ? null
        : values.flows === "all"
          ? "all"
          : wholeNumber("--flows", values.flows),
    report: values.report ?? null,
  }
  checkTogether(options)
  return options
}

function checkTogether({ caseName, theftRefs, theftsFile, records, chain }: TraceOptions): void {
  const conflict = (a: string, b: string) => new Problem("option-conflict", { a, b })
  if (caseName !== null) {
    if (theftRefs.length > 0) throw conflict(caseName, "--theft")
    if (theftsFile !== null) throw conflict(caseName, "--thefts")
    if (records !== null && records.kind !== "nis") throw conflict(caseName, OPTION_OF[records.kind])
    if (chain !== null) throw conflict(caseName, "--chain")
    return
  }
  if (records === null && !existsSync(DEFAULT_LEDGER)) throw new Problem("option-missing-source")
  if (theftRefs.length > 0 && theftsFile !== null) throw conflict("--theft", "--thefts")
  if (theftRefs.length === 0 && theftsFile === null) throw new Problem("option-missing-theft")
}

const OPTION_OF: Readonly<Record<Records["kind"], string>> = {
  transfers: "--transfers",
  utxo: "--outputs",
  ledger: "--ledger",
  rpc: "--rpc",
  nis: "--nis",
  explorer: "--explorer",
}

type Values = Partial<Record<keyof typeof TRACE_OPTIONS, string | boolean | readonly string[]>>

/** Where the records are; more than one answer is refused. */
function recordsOf(values: Values): Records | null {
  const text = (name: keyof typeof TRACE_OPTIONS): string | null => {
    const value = values[name]
    return typeof value === "string" ? value : null
  }
  const [outputs, inputs, cookieFile] = [text("outputs"), text("inputs"), text("rpc-cookie")]
  const [transfers, ledger, rpc, nis, explorer] = [
    text("transfers"),
    text("ledger"),
    text("rpc"),
    text("nis"),
    text("explorer"),
  ]
  const named: Records[] = []
  if (transfers !== null) named.push({ kind: "transfers", file: transfers })
  if (ledger !== null) named.push({ kind: "ledger", folder: ledger })
  if (rpc !== null) named.push({ kind: "rpc", url: rpc, cookieFile })
  if (nis !== null) named.push({ kind: "nis", url: nis })
  if (explorer !== null) named.push({ kind: "explorer", url: explorer })
  const [first, second] = named
  if (first !== undefined && second !== undefined) {
    throw new Problem("option-conflict", { a: OPTION_OF[first.kind], b: OPTION_OF[second.kind] })
  }
  const file = outputs === null ? (inputs === null ? null : "--inputs") : "--outputs"
  if (first !== undefined && file !== null) {
    throw new Problem("option-conflict", { a: OPTION_OF[first.kind], b: file })
  }
  if (cookieFile !== null && rpc === null)
    throw new Problem("option-needs-option", { a: "--rpc-cookie", b: "--rpc" })
  if (outputs !== null && inputs !== null) return { kind: "utxo", outputs, inputs }
  if (file !== null) throw new Problem("option-missing-source")
  return first ?? null
}

function refOf(text: string): string {
  const ref = text.trim()
  if (ref === "") throw new Problem("ref-malformed", { ref: text, form: "txid:vout, txid#n" })
  return ref
}

function amountOf(option: string, value: string): bigint {
  try {
    return parseAmount(value)
  } catch (error) {
    throw error instanceof Problem ? error.at({ column: option }) : error
  }
}
