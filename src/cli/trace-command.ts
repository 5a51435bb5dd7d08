import { flowStream } from "../cases/flow-stream.ts"
import type { Inquiry } from "../cases/inquiry.ts"
import { DEFAULT_LABELS, openLabelBook } from "../cases/labels-open.ts"
import { type Opened, openCase, openThefts } from "../cases/open.ts"
import { labelsInput, openServices } from "../cases/services-open.ts"
import { traceCase } from "../cases/trace-case.ts"
import type { TraceDocument } from "../contracts/trace.ts"
import type { RuleName } from "../ledger/vocabulary.ts"
import { gapText } from "../messages/gap-text.ts"
import type { Language } from "../messages/language.ts"
import type { OnProgress } from "../ports/progress.ts"
import { Problem } from "../units/problem.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"
import { parseTraceOptions, type TraceOptions } from "./options.ts"
import { type Progress, progressOn } from "./progress.ts"
import { writeJson } from "./write-json.ts"

/** `ashiato trace`: answers, prints and reports. Exit 1 when an answer does not reconcile. */
export async function traceCommand(args: readonly string[], language: Language): Promise<number> {
  const options = parseTraceOptions(args)
  if (options === "help") {
    const { traceHelp } = await import("../messages/help.ts")
    process.stdout.write(traceHelp(language))
    return 0
  }
  const progress = progressOn(process.stderr, language)
  try {
    return await answer(options, args, language, progress)
  } finally {
    progress.end()
  }
}

async function answer(
  options: TraceOptions,
  args: readonly string[],
  language: Language,
  progress: Progress,
): Promise<number> {
  // Labels first: a folder that is not there, or a day that is none, is said before records are read.
  const labels = await openLabelBook(options.labels, options.asOf)
  if (labels === null && options.asOf !== null) {
    throw new Problem("option-needs-option", { a: "--as-of", b: "--labels" })
  }
  const opened = await open(options, progress.onProgress)
  const inquiry: Inquiry = {
    ...opened,
    book: await openServices(opened, labels),
    caseId: opened.caseFile?.id ?? null,
    rules: options.rules,
    allRules: options.allRules,
    fees: options.fees,
    min: options.min,
    maxHops: options.maxHops,
    stopAtServices: options.stopAtServices,
    flows: flowsKept(options),
    onProgress: progress.onProgress,
  }
  const { document, grades, passed } = await traceCase(inquiry, gap => gapText(gap, language))
  progress.end()
  if (options.report !== null) {
    const { writeReport } = await import("./write-report.ts")
    const asked = labels === null ? null : await labelsInput(options.labels ?? DEFAULT_LABELS)
    const all = asked === null ? opened : { ...opened, inputs: [...opened.inputs, asked] }
    // A report is made again as of its day, whatever today is then.
    const dated = labels === null || options.asOf !== null ? args : [...args, "--as-of", labels.asOf]
    writeReport(options.report, document, { opened: all, options, args: dated, language })
  }
  const shown = options.report === null ? document : withFlows(document, options.flows)
  if (options.json) {
    const streams = options.flows === "all" && options.report === null
    await writeJson(process.stdout, streams ? withFlowStreams(shown, inquiry) : shown)
  } else {
    const { traceText } = await import("../reports/text/trace-text.ts")
    const width = process.stdout.isTTY ? process.stdout.columns : 120
    const input = { document: shown, caseFile: opened.caseFile, grades, passed }
    process.stdout.write(traceText(input, language, width))
    if (options.report !== null) {
      const { textMessages } = await import("../messages/text.ts")
      process.stdout.write(`${textMessages(language).reportWritten(options.report)}\n`)
    }
  }
  refuseUnreconciled(document)
  return 0
}

function open(options: TraceOptions, onProgress: OnProgress): Promise<Opened> {
  const { caseName, records, chain, theftRefs, theftsFile, servicesFile, toHeight } = options
  if (caseName !== null) {
    const nis = records?.kind === "nis" ? records.url : null
    return openCase(caseName, servicesFile, toHeight, nis, onProgress)
  }
  const asked = {
    records: records ?? { kind: "ledger", folder: DEFAULT_LEDGER },
    chain,
    theftRefs,
    theftsFile,
  } as const
  return openThefts(asked, servicesFile, toHeight, onProgress)
}

/** A report wants every flow at hand; JSON with all of them is streamed and keeps none. */
function flowsKept({ report, json, flows }: TraceOptions): Inquiry["flows"] {
  if (report !== null) return "all"
  return json && flows === "all" ? null : flows
}

function withFlowStreams(document: TraceDocument, inquiry: Inquiry): unknown {
  const answers = document.answers.map(answer => {
    const rules = Object.entries(answer.rules).map(([rule, own]) => {
      return [rule, { ...own, flows: flowStream(answer.asset, rule as RuleName, inquiry) }]
    })
    return { ...answer, rules: Object.fromEntries(rules) }
  })
  return { ...document, answers }
}

/** What is printed beside a report keeps to what was asked for. */
function withFlows(document: TraceDocument, flows: Inquiry["flows"]): TraceDocument {
  if (flows === "all") return document
  const cut = (rule: { flows: readonly unknown[] }) => ({
    ...rule,
    flows: rule.flows.slice(0, flows ?? 0),
    ...(flows === null ? {} : { flowsLeftOut: Math.max(0, rule.flows.length - flows) }),
  })
  const answers = document.answers.map(answer => ({
    ...answer,
    rules: Object.fromEntries(Object.entries(answer.rules).map(([name, rule]) => [name, cut(rule)])),
  }))
  return { ...document, answers } as TraceDocument
}

function refuseUnreconciled({ answers }: TraceDocument): void {
  for (const { asset, rules } of answers) {
    for (const [rule, answer] of Object.entries(rules)) {
      if (answer.reconciles === false) throw new Problem("does-not-reconcile", { asset, rule })
    }
  }
}
