import type { LabelFileOptions, LabelForm, ListFacts, Reject } from "../labels/label-file.ts"
import { Networks } from "../labels/network.ts"
import { checkReadable, readLabelFile, sha256Of } from "../labels/read-label-file.ts"
import type { Label } from "../ports/label-book.ts"
import { loadCase } from "../readers/case-file.ts"
import { hasList } from "../stores/label-book/pack-reader.ts"
import type { PackWriter } from "../stores/label-book/pack-writer.ts"
import { importPack } from "../stores/label-book/publish-book.ts"
import type { SectionCounts } from "../stores/label-book/spans.ts"
import type { SparedLabels } from "../stores/label-book/spared-labels.ts"
import { Problem } from "../units/problem.ts"
import { dayOf, seenDayOf } from "./labels-day.ts"

/** Of the rejects of one file, how many are kept by name; all are counted. */
const MOST_REJECTS_NAMED = 10_000

const MOST_NETWORKS = 10

export interface ImportOptions {
  readonly folder: string
  /** YYYY-MM-DD; null where the user does not say. */
  readonly seen: string | null
  readonly list: string | null
  readonly licence: string | null
  readonly source: string | null
  /** Each file is the whole of its list, as of its day. */
  readonly complete: boolean
  /** One reject refuses everything. */
  readonly strict: boolean
}

export interface ImportedFile {
  readonly file: string
  readonly form: LabelForm
  readonly list: string
  readonly creator: string | null
  readonly day: string
  readonly dayFrom: Label["seenFrom"]
  /** Entries of the file: labels or actors, and rejects. */
  readonly entries: number
  /** Labels read, rejects not counted. */
  readonly labels: number
  /** Of them, those whose address has no check here. */
  readonly unchecked: number
  /** The same by network: the ten with most. */
  readonly uncheckedNetworks: readonly { readonly network: string; readonly labels: number }[]
  /** Labels and actors dated after today: they count from their day on. */
  readonly future: number
  /** Actors read; a file that has any has no labels. */
  readonly actors: number
  /** Labels, or actors, that are new, and those that are known already or stand twice in the file. */
  readonly added: number
  readonly duplicates: number
  /** Of the duplicates, those that are known from an earlier day on now. */
  readonly earlier: number
  /** Labels of the list that stood before and that this file ended. */
  readonly withdrawn: number
  /** Labels that it would have ended, had an entry that was not taken not perhaps meant them; null for none. */
  readonly notWithdrawn: SparedLabels | null
  readonly rejects: number
  readonly rejected: readonly Reject[]
  readonly notes: readonly string[]
}

export interface ImportReport {
  readonly folder: string
  /** False where everything was there already. */
  readonly stored: boolean
  readonly files: readonly ImportedFile[]
}

/**
 * Imports files of labels into the book of a folder: all of them, or, where one cannot be read, none. Without files the
 * index is made anew from what was imported before, where that is needed.
 *
 * @throws Problem of the file that is wrong, or of the book
 */
export async function importLabels(files: readonly string[], options: ImportOptions): Promise<ImportReport> {
  const { folder } = options
  if (files.length === 0) {
    const { stored } = await importPack(folder, null)
    return { folder, stored, files: [] }
  }
  const networks = await Networks.load()
  const said: LabelFileOptions = {
    ...options,
    today: dayOf(null),
    seen: options.seen === null ? null : seenDayOf(options.seen),
  }
  const read: FileInPack[] = []
  const { counts, stored } = await importPack(folder, async pack => {
    for (const file of files) {
      read.push(await readInto(pack, file, networks, said, options))
      checkWholeOnce(read, options.complete)
      checkNotEmpty(folder, read, options.complete)
    }
  })
  return {
    folder,
    stored,
    files: read.map((one, n) => {
      const known = { added: 0, duplicates: one.labels + one.actors, earlier: 0, withdrawn: 0 }
      const { spared, ...did }: SectionCounts = counts[n] ?? known
      return { ...one, ...did, notWithdrawn: spared ?? null }
    }),
  }
}

type FileInPack = Omit<ImportedFile, "added" | "duplicates" | "earlier" | "withdrawn" | "notWithdrawn">

async function readInto(
  pack: PackWriter,
  file: string,
  networks: Networks,
  said: LabelFileOptions,
  { complete, strict }: ImportOptions,
): Promise<FileInPack> {
  try {
    await checkReadable(file)
    const sha256 = await sha256Of(file)
    const { seen, licence, source } = said
    const found: { facts: ListFacts | null } = { facts: null }
    const rejected: Reject[] = []
    const notes: string[] = []
    let [labels, actors, rejects, future] = [0, 0, 0, 0]
    const unchecked = new Map<string, number>()
    await readLabelFile(
      file,
      networks,
      said,
      {
        begin(facts) {
          found.facts = facts
          const name = file.split(/[\\/]/).at(-1) ?? file
          pack.begin({ ...facts, file: name, sha256, complete, options: { seen, licence, source } })
        },
        label(label) {
          labels++
          if (!label.checked) unchecked.set(label.network, (unchecked.get(label.network) ?? 0) + 1)
          if (label.seen > said.today) future++
          pack.label(label)
        },
        actor(actor) {
          actors++
          if (actor.seen > said.today) future++
          pack.actor(actor)
        },
        reject(reject) {
          rejects++
          pack.reject(reject.isCut ? "" : reject.address)
          if (rejected.length < MOST_REJECTS_NAMED) rejected.push(reject)
        },
        note(text) {
          notes.push(text)
        },
      },
      async path => (await loadCase(path)).caseFile,
    )
    if (found.facts === null) throw new Problem("labels-malformed", { reason: "no list" })
    if ((await sha256Of(file)) !== sha256) {
      throw new Problem("labels-malformed", { reason: "the file changed while it was read" })
    }
    const [first] = rejected
    if (strict && first !== undefined) throw rejectProblem(rejects, first)
    const entries = labels + actors + rejects
    const counted = { entries, labels, ...uncheckedOf(unchecked), actors, future, rejects }
    return { file, ...found.facts, ...counted, rejected, notes }
  } catch (error) {
    throw error instanceof Problem ? error.at({ file }) : error
  }
}

function rejectProblem(count: number, { address, reason, line }: Reject): Problem {
  return new Problem("labels-reject", { count, address, reason }, line === null ? {} : { line })
}

/** Two files that are each the whole of one list contradict each other. */
function checkWholeOnce(read: readonly FileInPack[], complete: boolean): void {
  const last = read.at(-1)
  if (!complete || last === undefined) return
  const other = read.find(one => one !== last && one.list === last.list && one.creator === last.creator)
  if (other !== undefined)
    throw new Problem("option-conflict", { a: "--complete", b: `${other.file}, ${last.file}` })
}

/** Nothing taken is no list: it would say of everything that the book has of this list that it stands no more. */
function checkNotEmpty(folder: string, read: readonly FileInPack[], complete: boolean): void {
  const last = read.at(-1)
  if (!complete || last === undefined || last.labels + last.actors > 0 || !hasList(folder, last)) return
  throw new Problem("labels-complete-empty", { list: last.list }, { file: last.file })
}

/** By network, so that a misspelt one is seen: an address of it is checked by nothing. */
function uncheckedOf(found: ReadonlyMap<string, number>) {
  const networks = [...found].map(([network, labels]) => ({ network, labels }))
  networks.sort((a, b) => b.labels - a.labels || (a.network < b.network ? -1 : 1))
  const unchecked = networks.reduce((sum, { labels }) => sum + labels, 0)
  return { unchecked, uncheckedNetworks: networks.slice(0, MOST_NETWORKS) }
}
