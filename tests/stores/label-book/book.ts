import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { LabelActor } from "../../../src/ports/label-actor.ts"
import type { Label } from "../../../src/ports/label-book.ts"
import type { PackSection } from "../../../src/stores/label-book/pack.ts"
import type { PackWriter } from "../../../src/stores/label-book/pack-writer.ts"
import { importPack } from "../../../src/stores/label-book/publish-book.ts"

export interface TestList {
  readonly list: string
  readonly day: string
  readonly complete: boolean
  readonly labels: readonly Label[]
  readonly actors?: readonly LabelActor[]
}

export function newBook(): string {
  return join(mkdtempSync(join(tmpdir(), "ashiato-book-")), "labels")
}

export function labelOf(address: string, fields: Partial<Label> = {}): Label {
  return {
    address,
    network: "bitcoin",
    checked: true,
    label: "L",
    actor: null,
    category: null,
    abuse: null,
    confidence: null,
    definesCluster: null,
    source: null,
    licence: null,
    note: null,
    list: "list",
    creator: null,
    seen: "2024-01-01",
    seenFrom: "list",
    withdrawn: null,
    ...fields,
  }
}

/** Imports lists into a book, each as one file of one pack. @param least labels of a segment: few, so that a few labels make several */
export function importLists(folder: string, lists: readonly TestList[], least?: number) {
  const fill = async (pack: PackWriter) => {
    for (const one of lists) {
      pack.begin(sectionOf(one))
      for (const label of one.labels) pack.label(label)
      for (const actor of one.actors ?? []) pack.actor(actor)
    }
  }
  return importPack(folder, fill, least)
}

function sectionOf({ list, day, complete, labels, actors }: TestList): PackSection {
  const sha256 = JSON.stringify([labels, actors])
  return { file: "f", form: "csv", sha256, list, creator: null, day, dayFrom: "list", complete, options: {} }
}
