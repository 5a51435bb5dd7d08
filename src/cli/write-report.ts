import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { saidByOf } from "../cases/attribute-case.ts"
import type { Opened } from "../cases/open.ts"
import type { TraceDocument } from "../contracts/trace.ts"
import type { Language } from "../messages/language.ts"
import { bundledAttribution } from "../readers/attribution-file.ts"
import { renderReport } from "../reports/html/report.ts"
import { Problem } from "../units/problem.ts"
import type { TraceOptions } from "./options.ts"

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
  try {
    writeWhole(file, page)
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new Problem("report-unwritable", { reason }, { file })
  }
}

/**
 * Whole or not at all: a full disk or a kill must not leave half a page where an earlier report was. What is no
 * plain file (/dev/stdout, a link) is written to and never replaced.
 */
function writeWhole(file: string, page: string): void {
  const known = lstatSync(file, { throwIfNoEntry: false })
  if (known !== undefined && !known.isFile()) {
    writeFileSync(file, page)
    return
  }
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    writeFileSync(unfinished, page)
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

function versionOf(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version
}

/** As a shell reads it back. */
function quoted(arg: string): string {
  return /^[\w@%+=:,./#-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`
}
