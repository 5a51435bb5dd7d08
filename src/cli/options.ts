import { parseArgs } from "node:util"
import { RULES, type RuleName } from "../ledger/vocabulary.ts"
import { LANGUAGES } from "../messages/language.ts"
import { parseAmount } from "../units/amount.ts"
import { Problem } from "../units/problem.ts"

const TRACE_OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  lang: { type: "string" },
  theft: { type: "string", multiple: true },
  thefts: { type: "string" },
  transfers: { type: "string" },
  outputs: { type: "string" },
  inputs: { type: "string" },
  chain: { type: "string" },
  rule: { type: "string" },
  fees: { type: "string" },
  "to-height": { type: "string" },
  min: { type: "string" },
  "max-hops": { type: "string" },
  services: { type: "string" },
  "stop-at-services": { type: "string" },
  flows: { type: "string" },
  report: { type: "string" },
} as const

export interface TraceOptions {
  readonly json: boolean
  readonly caseName: string | null
  readonly theftRefs: readonly string[]
  readonly theftsFile: string | null
  readonly records:
    | { readonly kind: "transfers"; readonly file: string }
    | { readonly kind: "utxo"; readonly outputs: string; readonly inputs: string }
    | null
  readonly chain: string | null
  readonly rules: readonly RuleName[]
  readonly allRules: boolean
  readonly fees: "drop" | "follow"
  readonly toHeight: number | null
  readonly min: bigint
  readonly maxHops: number | null
  readonly servicesFile: string | null
  readonly stopAtServices: boolean
  /** Null where none were asked for. */
  readonly flows: number | "all" | null
  readonly report: string | null
}

/** @throws Problem of the option that is wrong */
export function parseTraceOptions(args: readonly string[]): TraceOptions | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help"
  const { values, positionals } = parsed(args)
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

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: TRACE_OPTIONS, allowPositionals: true })
  } catch (error) {
    throw optionProblem(error)
  }
}

/** Node names the option between quotes, in an English sentence of its own. */
function optionProblem(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error
  const option = /'(?:-\w, )?(--?[^\s'=<]+)/.exec(error.message)?.[1] ?? "?"
  const detail = { option, command: "trace" }
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return new Problem("option-unknown", detail)
  if (error.code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") return error
  return new Problem(/does not take/.test(error.message) ? "option-takes-none" : "option-needs-value", detail)
}

function checkTogether({ caseName, theftRefs, theftsFile, records, chain }: TraceOptions): void {
  const conflict = (a: string, b: string) => new Problem("option-conflict", { a, b })
  if (caseName !== null) {
    if (theftRefs.length > 0) throw conflict(caseName, "--theft")
    if (theftsFile !== null) throw conflict(caseName, "--thefts")
    if (records !== null) throw conflict(caseName, records.kind === "transfers" ? "--transfers" : "--outputs")
    if (chain !== null) throw conflict(caseName, "--chain")
    return
  }
  if (records === null) throw new Problem("option-missing-source")
  if (theftRefs.length > 0 && theftsFile !== null) throw conflict("--theft", "--thefts")
  if (theftRefs.length === 0 && theftsFile === null) throw new Problem("option-missing-theft")
}

function recordsOf({
  transfers,
  outputs,
  inputs,
}: {
  transfers?: string
  outputs?: string
  inputs?: string
}) {
  if (transfers !== undefined) {
    if (outputs !== undefined) throw new Problem("option-conflict", { a: "--transfers", b: "--outputs" })
    if (inputs !== undefined) throw new Problem("option-conflict", { a: "--transfers", b: "--inputs" })
    return { kind: "transfers" as const, file: transfers }
  }
  if (outputs === undefined && inputs === undefined) return null
  if (outputs === undefined || inputs === undefined) throw new Problem("option-missing-source")
  return { kind: "utxo" as const, outputs, inputs }
}

function rulesOf(text: string): readonly RuleName[] {
  if (text === "all") return RULES
  const asked = text.split(",").map(name => {
    const rule = RULES.find(known => known === name.trim())
    if (rule === undefined) throw new Problem("rule-unknown", { value: name, known: RULES.join(", ") })
    return rule
  })
  return RULES.filter(rule => asked.includes(rule))
}

function refOf(text: string): string {
  const ref = text.trim()
  if (ref === "") throw new Problem("ref-malformed", { ref: text, form: "txid:vout, txid#n" })
  return ref
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find(one => one === value)
  if (found === undefined) throw new Problem("option-value", { option, value, expected: known.join(" / ") })
  return found
}

function wholeNumber(option: string, value: string): number {
  if (/^(0|[1-9][0-9]{0,8})$/.test(value)) return Number(value)
  throw new Problem("option-value", { option, value, expected: "0 - 999999999" })
}

function amountOf(option: string, value: string): bigint {
  try {
    return parseAmount(value)
  } catch (error) {
    throw error instanceof Problem ? error.at({ column: option }) : error
  }
}
