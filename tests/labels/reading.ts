import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { LabelFileOptions, ListFacts, Reject } from "../../src/labels/label-file.ts"
import { Networks } from "../../src/labels/network.ts"
import { readLabelFile } from "../../src/labels/read-label-file.ts"
import type { LabelActor } from "../../src/ports/label-actor.ts"
import type { Label } from "../../src/ports/label-book.ts"
import { loadCase } from "../../src/readers/case-file.ts"

export const PLAIN: LabelFileOptions = {
  seen: null,
  list: null,
  licence: null,
  source: null,
  today: "2026-11-24",
}

/** Everything that a file of labels holds. */
export async function readFile(file: string, options: Partial<LabelFileOptions> = {}) {
  const labels: Label[] = []
  const actors: LabelActor[] = []
  const rejects: Reject[] = []
  const notes: string[] = []
  const lists: ListFacts[] = []
  await readLabelFile(
    file,
    await Networks.load(),
    { ...PLAIN, ...options },
    {
      begin: facts => lists.push(facts),
      label: label => labels.push(label),
      actor: actor => actors.push(actor),
      reject: reject => rejects.push(reject),
      note: text => notes.push(text),
    },
    async path => (await loadCase(path)).caseFile,
  )
  return { labels, actors, rejects, notes, list: lists[0] }
}

export function fileOf(name: string, text: string | Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), "ashiato-labels-")), name)
  writeFileSync(file, text)
  return file
}
