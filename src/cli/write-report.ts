import { readFileSync } from "node:fs"
import { saidByOf } from "../cases/attribute-case.ts"
import type { Opened } from "../cases/open.ts"
import type { TraceDocument } from "../contracts/trace.ts"
import type { Language } from "../messages/language.ts"
import { bundledAttribution } from "../readers/attribution-file.ts"
import { renderReport } from "../reports/html/report.ts"
import type { TraceOptions } from "./options.ts"
import { writeWhole } from "./write-whole.ts"

export interface ReportContext {
  readonly opened: Opened
  readonly options: TraceOptions
  readonly args: readonly string[]
  readonly language: Language
}

/** @throws Problem `report-unwritable` */
export function writeReport(file: string, trace: TraceDocument, context: ReportContext): void {
  const { opened, options, args, language } = context
  const { caseFile, inputs } = opened
  const { fees, stopAtServices, min, maxHops } = options
  const attribution = caseFile === null ? null : bundledAttribution(caseFile.id)
  const page = renderReport(
    {
      trace,
      caseFile,
      command: `ashiato trace ${args.map(quoted).join(" ")}`,
      version: versionOf(),
      inputs: attribution === null ? inputs : [...inputs, attribution],
      ...(attribution === null ? {} : { saidBy: saidByOf(attribution.file) }),
      fees,
      stopAtServices,
      min: min.toString(),
      maxHops,
    },
    language,
  )
  writeWhole(file, page)
}

function versionOf(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version
}

/** As a shell reads it back. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./#-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`
}
