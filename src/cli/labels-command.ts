import { existsSync } from "node:fs"
import type { ImportedFile, ImportReport } from "../cases/labels-import.ts"
import type { ListedLabels } from "../cases/labels-list.ts"
import type { WhyLabels } from "../cases/labels-why.ts"
import type { LabelMessages } from "../messages/labels.en.ts"
import { labelMessages } from "../messages/labels.ts"
import type { Language } from "../messages/language.ts"
import { printable } from "../reports/text/table.ts"
import { Problem } from "../units/problem.ts"
import { actorLines, labelLines, labelledLines } from "./labels-lines.ts"
import { type LabelValues, parseLabelOptions } from "./labels-options.ts"
import { DEFAULT_LEDGER } from "./ledger-folder.ts"

/** Of a file's rejects, how many are printed; --json has up to 10,000. */
const REJECTS_PRINTED = 100

/** `ashiato labels import|list|why|export`. */
export async function labelsCommand(args: readonly string[], language: Language): Promise<number> {
  const say = labelMessages(language)
  if (args.includes("--help") || args.includes("-h")) return print(say.help)
  const { task, values, rest } = parseLabelOptions(args)
  switch (task) {
    case "import":
      return importFiles(rest, values, say)
    case "list":
      return list(values, say)
    case "why":
      return why(rest[0], values, language)
    case "export":
      return exportList(rest[0], values, say)
  }
}

async function importFiles(
  files: readonly string[],
  values: LabelValues,
  say: LabelMessages,
): Promise<number> {
  const { importLabels } = await import("../cases/labels-import.ts")
  const { DEFAULT_LABELS } = await import("../cases/labels-open.ts")
  const report = await importLabels(files, {
    folder: values.labels ?? DEFAULT_LABELS,
    seen: values.seen ?? null,
    list: values.list ?? null,
    licence: values.licence ?? null,
    source: values.source ?? null,
    complete: values.complete ?? false,
    strict: values.strict ?? false,
  })
  return values.json ? printJson(report) : printLines(importLines(report, say))
}

function importLines({ files, folder, stored }: ImportReport, say: LabelMessages): string[] {
  if (files.length === 0) return [say.indexed(folder)]
  const lines = files.flatMap(file => [
    say.imported(file.file, file.list, `${file.day} (${say.dayFrom[file.dayFrom]})`),
    say.entries(file.entries, file.labels, file.actors, file.rejects),
    ...(file.entries > file.rejects ? [say.counts(file.added, file.duplicates)] : []),
    ...(file.unchecked > 0 ? [say.unchecked(file.unchecked, networksOf(file))] : []),
    ...(file.future > 0 ? [say.future(file.future)] : []),
    ...(file.earlier > 0 ? [say.earlier(file.earlier)] : []),
    ...(file.withdrawn > 0 ? [say.withdrawnNow(file.withdrawn)] : []),
    ...notWithdrawnLines(file, say),
    ...(file.rejects > 0 ? [say.rejects(file.rejects)] : []),
    ...file.rejected
      .slice(0, REJECTS_PRINTED)
      .map(({ line, address, network, reason }) =>
        say.reject(
          line === null ? "" : say.line(line),
          address,
          network === null ? "" : ` (${network})`,
          reason,
        ),
      ),
    ...(file.rejects > REJECTS_PRINTED ? [say.moreRejects(file.rejects - REJECTS_PRINTED)] : []),
    ...file.notes.map(say.note),
  ])
  const isTaken = files.some(({ labels, actors }) => labels + actors > 0)
  return [...lines, stored ? say.stored(folder) : isTaken ? say.nothingNew(folder) : say.nothingTaken(folder)]
}

function networksOf({ uncheckedNetworks }: ImportedFile): string {
  return uncheckedNetworks.map(({ network, labels }) => `${network}: ${labels}`).join(", ")
}

function notWithdrawnLines({ notWithdrawn }: ImportedFile, say: LabelMessages): string[] {
  if (notWithdrawn === null) return []
  const { count, because, addresses, addressCount } = notWithdrawn
  const more = addressCount - REJECTS_PRINTED
  return [
    say.notWithdrawn(count, because),
    ...addresses.slice(0, REJECTS_PRINTED).map(({ address, entry }) => say.spared(address, entry)),
    ...(more > 0 ? [say.moreSpared(more)] : []),
  ]
}

async function list(values: LabelValues, say: LabelMessages): Promise<number> {
  const { listLabels } = await import("../cases/labels-list.ts")
  const filter = { list: values.list ?? null, category: values.category ?? null }
  const found = listLabels(values.labels ?? null, values["as-of"] ?? null, filter)
  if (values.json) return printJson(found)
  const { tableText } = await import("../reports/text/table.ts")
  return printLines(listLines(found, say, tableText))
}

type TableText = typeof import("../reports/text/table.ts").tableText

function listLines(
  { asOf, lists, labels, actors }: ListedLabels,
  say: LabelMessages,
  tableText: TableText,
): string[] {
  if (lists.length === 0) return [say.noLists]
  const head = say.lists
  const columns = [
    { head: head.list, align: "left" },
    { head: head.standing, align: "right" },
    { head: head.withdrawn, align: "right" },
    ...(lists.some(({ actors }) => actors > 0) ? [{ head: head.actors, align: "right" } as const] : []),
    { head: head.days, align: "left" },
    { head: head.creator, align: "left" },
    { head: head.licence, align: "left" },
  ] as const
  const rows = lists.map(one => [
    printable(one.list),
    String(one.standing),
    String(one.withdrawn),
    ...(lists.some(({ actors }) => actors > 0) ? [String(one.actors)] : []),
    one.firstSeen === one.lastSeen ? one.lastSeen : `${one.firstSeen} - ${one.lastSeen}`,
    printable(one.creator ?? "-"),
    printable(one.licences.join(", ") || "-"),
  ])
  const notes = lists.map(({ sources, sourceCount, later }) =>
    printable(
      [
        say.sources(sources.join(", ") || "-", sourceCount - sources.length),
        ...(later > 0 ? [say.later(later)] : []),
      ].join("; "),
    ),
  )
  const all = [say.asOf(asOf), ...tableText(columns, rows, process.stdout.columns ?? 120, notes)]
  return [
    ...all,
    ...(labels ?? []).map(({ address, label, category, network }) =>
      printable(`${address}  ${label}  ${category ?? "-"}  ${network}`),
    ),
    ...(actors ?? []).map(({ id, label, categories, jurisdictions }) =>
      printable(`${id}  ${label}  ${categories.join(", ") || "-"}  ${jurisdictions.join(", ") || "-"}`),
    ),
  ]
}

async function why(address: string | undefined, values: LabelValues, language: Language): Promise<number> {
  if (address === undefined) throw new Problem("labels-why-what")
  const { whyLabels } = await import("../cases/labels-why.ts")
  const ledger = values.ledger ?? (existsSync(DEFAULT_LEDGER) ? DEFAULT_LEDGER : null)
  const found = await whyLabels(values.labels ?? null, address, values["as-of"] ?? null, ledger)
  if (values.json) return printJson(found)
  const { throughLines } = await import("../reports/text/labels-through-text.ts")
  const lines = [...whyLines(found, labelMessages(language)), ...throughLines(found, language)]
  return printLines(lines.map(printable))
}

function whyLines(found: WhyLabels, say: LabelMessages): string[] {
  const { standing, withdrawn, later, actors, described, labelled, lookAlikes } = found
  const said = actors.map(({ actor, lists }) => say.saidBy(actor, lists.join(", "))).join("; ")
  return [
    say.asOf(found.asOf),
    standing.length > 0 || (described.length === 0 && labelled === null)
      ? standing.length === 0
        ? say.none(found.address)
        : say.standing(standing.length, found.address)
      : say.actorAsked(found.asked),
    ...standing.flatMap(label => labelLines(label, say)),
    ...(actors.length > 1 ? ["", say.conflict(said)] : []),
    ...(described.length > 0 ? ["", say.describedTitle] : []),
    ...described.flatMap(actor => actorLines(actor, say)),
    ...(labelled === null ? [] : ["", ...labelledLines(labelled, say)]),
    ...(withdrawn.length > 0 ? ["", say.withdrawnTitle] : []),
    ...withdrawn.flatMap(label => labelLines(label, say)),
    ...(later.length > 0 ? ["", say.laterTitle] : []),
    ...later.flatMap(label => labelLines(label, say)),
    ...(lookAlikes.length > 0 ? ["", say.lookAlikes] : []),
    ...lookAlikes.map(({ address, head, tail }) => say.lookAlike(address, head, tail)),
  ]
}

async function exportList(
  file: string | undefined,
  values: LabelValues,
  say: LabelMessages,
): Promise<number> {
  if (values.list === undefined) throw new Problem("option-needs-option", { a: "labels export", b: "--list" })
  if (file === undefined) throw new Problem("option-needs-value", { option: "export", command: "labels" })
  const { exportLabels } = await import("../cases/labels-export.ts")
  const written = await exportLabels(values.labels ?? null, values.list, file, values.actors ?? false)
  const { what, count, withdrawn, later } = written
  if (values.json) return printJson({ file, [what]: count, leftOut: { withdrawn, later } })
  return printLines([
    say.exported(what, count, file),
    ...(withdrawn + later > 0 ? [say.leftOut(withdrawn, later)] : []),
  ])
}

function printLines(lines: readonly string[]): number {
  return print(`${lines.join("\n")}\n`)
}

function printJson(value: unknown): number {
  return print(`${JSON.stringify(value, null, 2)}\n`)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
